"""``candidates``: the leaderboard."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from studio.app import Session
from studio.cli.arguments import add_project
from studio.cli.command import Command, Outcome, Surroundings
from studio.cli.documents import candidate_document
from studio.cli.wording import leaderboard


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    with Session.open(options.project) as session:
        found = session.candidates()
    text = leaderboard(found) if found else "No candidate yet; `automl-studio search` makes some."
    document = {"candidates": [candidate_document(candidate) for candidate in found]}
    return Outcome(document=document, text=text)


ENTRY = Command(
    id="candidates",
    order=50,
    summary="show the trained models, the best first",
    arguments=_arguments,
    run=_run,
)
