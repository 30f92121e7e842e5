"""``sessions``: what was taken in one go, as the project keeps it, and correcting that."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace

from studio.app import Session
from studio.cli.arguments import add_project, sample_ids
from studio.cli.command import Command, Outcome, Surroundings, WrongUse
from studio.cli.documents import change_document
from studio.cli.sessions import sessions_text
from studio.cli.table import plain
from studio.cli.wording import counted
from studio.domain.operation import Change


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)
    action = parser.add_mutually_exclusive_group()
    action.add_argument(
        "--move",
        nargs=2,
        metavar=("IDS", "NAME"),
        help="put samples (7, 1-20, 1-3,9) into a session; a new name makes a new one",
    )
    action.add_argument(
        "--join", nargs="+", metavar="NAME", help="put these sessions together into the first"
    )
    action.add_argument(
        "--separate", metavar="NAME", help="its samples were not taken in one go after all"
    )


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    corrects = options.move or options.join or options.separate is not None
    with Session.open(options.project) as session:
        change = _corrected(session, options) if corrects else None
        kept = session.sessions()
    document = {
        "sessions": [found.as_json() for found in kept],
        **({"change": None if change is None else change_document(change)} if corrects else {}),
    }
    if corrects:
        done = "Nothing changed: it was so already."
        return Outcome(document=document, text=done if change is None else _said(change))
    head = f"{counted(len(kept), 'session')} kept, each on one side of a split:"
    none = "The project keeps no sessions. `split --apply` keeps those that are found."
    return Outcome(document=document, text=sessions_text(head, kept) if kept else none)


def _corrected(session: Session, options: Namespace) -> Change | None:
    if options.move:
        numbers, name = options.move
        return session.move_to_session(_ids(numbers), name)
    if options.join:
        return session.join_sessions(options.join)
    return session.separate_session(options.separate)


def _ids(text: str) -> tuple[int, ...]:
    try:
        return sample_ids(text)
    except ArgumentTypeError as error:
        raise WrongUse(str(error)) from None


def _said(change: Change) -> str:
    return f"{plain(change.operation.title)}. `undo` takes it back."


ENTRY = Command(
    id="sessions",
    order=29,
    summary="show and correct what was taken in one go: move, join, separate",
    arguments=_arguments,
    run=_run,
)
