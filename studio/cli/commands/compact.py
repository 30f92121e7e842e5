"""``compact``: make a project file small again."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from studio.app import Session
from studio.cli.arguments import add_project
from studio.cli.command import Command, Outcome, Surroundings
from studio.domain.wording import bytes_text


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    with Session.open(options.project) as session:
        saved = max(0, session.compact())
    return Outcome(document={"saved_bytes": saved}, text=f"{bytes_text(saved)} smaller.")


ENTRY = Command(
    id="compact",
    order=114,
    summary="drop what nothing in the project needs, and give the space back",
    arguments=_arguments,
    run=_run,
)
