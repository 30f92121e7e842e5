"""``gui``: open the window."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from studio.cli.arguments import path
from studio.cli.command import Command, Outcome, Surroundings
from studio.domain.errors import StudioError


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "project", metavar="PROJECT", nargs="?", type=path, help="an .automl file to open"
    )


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    try:
        status = surroundings.open_window(options.project)
    except ImportError as problem:
        if (problem.name or "").startswith("studio"):
            raise  # a mistake of ours
        # Qt is there but a library of the system is not: `libEGL.so.1: cannot open ...`.
        raise StudioError(
            f"The window cannot open on this machine ({problem}).",
            "Install the system package that brings it; every other command works without.",
            code="window.library_missing",
        ) from problem
    document = {"status": status}
    failure = None
    if status:
        failure = StudioError(
            f"The window ended with status {status}.", "Its log says more.", code="window.failed"
        )
    return Outcome(document=document, text="", failure=failure)


ENTRY = Command(id="gui", order=120, summary="open the window", arguments=_arguments, run=_run)
