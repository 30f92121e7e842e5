"""``relink``: look for linked originals that are not where they were."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from studio.app import RelinkSummary, Session
from studio.cli.arguments import add_project, path
from studio.cli.command import Command, Outcome, Surroundings
from studio.cli.documents import change_document
from studio.cli.links import missing_lines
from studio.cli.wording import counted


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument(
        "folder", metavar="FOLDER", type=path, help="where they may be now, however deep"
    )
    parser.add_argument(
        "--thorough",
        action="store_true",
        help="first compare the bytes of those that seem to be there",
    )


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    def _on_progress(done: int, total: int) -> None:
        surroundings.terminal.live(f"Comparing {done:,} of {total:,} files")

    with Session.open(options.project) as session:
        found = session.relink(options.folder, thorough=options.thorough, progress=_on_progress)
    document = {
        "looked_for": found.looked_for,
        "change": None if found.change is None else change_document(found.change),
        "missing": [asdict(link) for link in found.missing],
    }
    return Outcome(document=document, text=_text(found))


def _text(found: RelinkSummary) -> str:
    if not found.looked_for:
        return "Every linked original is where it was."
    again = found.looked_for - len(found.missing)
    first = f"Found {again:,} of {counted(found.looked_for, 'original')} again."
    return "\n".join([first, *missing_lines(found.missing)])


ENTRY = Command(
    id="relink",
    order=21,
    summary="look in a folder for linked originals that are not where they were",
    arguments=_arguments,
    run=_run,
)
