"""``restore``: put a backup in a project's place."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from studio.app import restore_backup
from studio.cli.arguments import add_project, path
from studio.cli.command import Command, Outcome, Surroundings


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument(
        "--backup",
        metavar="FILE",
        type=path,
        help="which, as `backup --list` shows them (default: the newest)",
    )


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    used = restore_backup(options.project, options.backup)
    document = {"project": str(options.project), "backup": str(used)}
    return Outcome(document=document, text=f"{options.project} is now what {used.name} holds.")


ENTRY = Command(
    id="restore",
    order=113,
    summary="put a backup in a project's place; what is there is backed up first",
    arguments=_arguments,
    run=_run,
)
