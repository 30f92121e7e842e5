"""``save-as``: write a project under another name."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from studio.app import Session
from studio.cli.arguments import add_project, path
from studio.cli.command import Command, Outcome, Surroundings


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument("target", metavar="NEW.automl", type=path, help="where to")
    parser.add_argument("--overwrite", action="store_true", help="also if it is there already")


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    with Session.open(options.project) as session:
        made = session.save_as(options.target, overwrite=options.overwrite)
    return Outcome(document={"path": str(made)}, text=f"Wrote {made}.")


ENTRY = Command(
    id="save-as",
    order=111,
    summary="write a project under another name, whole or not at all",
    arguments=_arguments,
    run=_run,
)
