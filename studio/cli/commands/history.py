"""``history``: what was done to a project."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from studio.app import Session
from studio.cli.arguments import add_project, positive
from studio.cli.command import Command, Outcome, Surroundings
from studio.cli.documents import operation_document
from studio.cli.table import plain, render


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument(
        "--limit", metavar="N", type=positive, default=20, help="the latest N (default: 20)"
    )


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    with Session.open(options.project) as session:
        steps = session.history(options.limit)
    rows = [(str(s.id), s.made_at, str(s.state), plain(s.title)) for s in steps]
    text = render(("step", "when", "state", "what"), rows) if rows else "Nothing was done yet."
    return Outcome(document={"steps": [operation_document(s) for s in steps]}, text=text)


ENTRY = Command(
    id="history", order=28, summary="show what was done", arguments=_arguments, run=_run
)
