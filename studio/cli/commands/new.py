"""``new``: make an empty project."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from studio.app import Session
from studio.cli.arguments import path
from studio.cli.command import Command, Outcome, Surroundings

_DEFAULT_TASK = "image-classification"


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("project", metavar="PROJECT.automl", type=path, help="the file to make")
    parser.add_argument(
        "--task", metavar="TASK", default=_DEFAULT_TASK, help=f"default: {_DEFAULT_TASK}"
    )


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    with Session.create(options.project, task=options.task) as session:
        path = str(session.path)
    return Outcome(
        document={"project": path, "task": options.task},
        text=f"Made {path}.\nNext: automl-studio import {path} FOLDER",
    )


ENTRY = Command(id="new", order=10, summary="make an empty project", arguments=_arguments, run=_run)
