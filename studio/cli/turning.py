"""What ``undo`` and ``redo`` have in common."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from studio.app import Session
from studio.cli.arguments import add_project, positive
from studio.cli.command import Command, Outcome, Surroundings
from studio.cli.documents import change_document
from studio.cli.table import plain
from studio.domain.operation import Change

__all__ = ["turning_command"]


def turning_command(
    *,
    id: str,
    order: int,
    summary: str,
    done: str,
    nothing: str,
    turn: Callable[[Session], Change | None],
) -> Command:
    """Return a sub-command that goes along the history.

    Args:
        id: The word a person types.
        order: Place in the help.
        summary: What it does, in a line.
        done: Word before the title of each step.
        nothing: Sentence when there is no step.
        turn: Goes one step; None when there is none.
    """

    def run(options: Namespace, surroundings: Surroundings) -> Outcome:
        changes: list[Change] = []
        with Session.open(options.project) as session:
            while len(changes) < options.steps and (change := turn(session)) is not None:
                changes.append(change)
        lines = [f"{done}: {plain(change.operation.title)}." for change in changes]
        document = {"changes": [change_document(change) for change in changes]}
        return Outcome(document=document, text="\n".join(lines) or nothing)

    return Command(id=id, order=order, summary=summary, arguments=_arguments, run=run)


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument(
        "--steps", metavar="N", type=positive, default=1, help="how many (default: 1)"
    )
