"""``candidates``: the leaderboard."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from studio.app import Session
from studio.app.standing import Standing
from studio.cli.arguments import add_project
from studio.cli.command import Command, Outcome, Surroundings
from studio.cli.documents import candidate_document
from studio.cli.wording import leaderboard


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    with Session.open(options.project) as session:
        standings = session.judging.leaderboard()
    found = [standing.candidate for standing in standings]
    alike = {standing.candidate.id for standing in standings if standing.within_noise}
    text = (
        leaderboard(found, alike)
        if found
        else "No candidate yet; `automl-studio search` makes some."
    )
    document = {
        "candidates": [
            {**candidate_document(standing.candidate), "beside_best": _beside(standing)}
            for standing in standings
        ]
    }
    return Outcome(document=document, text=text)


def _beside(standing: Standing) -> dict[str, object] | None:
    if standing.compared is None:
        return None
    return {
        "within_noise": standing.within_noise,
        "p": standing.compared.adjusted_p,
        "phrase": standing.compared.phrase.text(),
    }


ENTRY = Command(
    id="candidates",
    order=48,
    summary="show the trained models, the best first",
    arguments=_arguments,
    run=_run,
)
