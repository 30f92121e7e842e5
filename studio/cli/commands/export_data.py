"""``export-data``: write labelled samples for other programs, or for another project."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from studio.app import DataChoice, DataSummary, Session, data_formats
from studio.cli.arguments import add_project, path
from studio.cli.command import Command, Outcome, Surroundings
from studio.cli.table import plain
from studio.cli.wording import counted
from studio.domain.wording import bytes_text


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument(
        "--out",
        metavar="DIR|PATH.zip",
        required=True,
        type=path,
        help="a folder or zip that is not there yet",
    )
    listed = "; ".join(f"{id}: {title}" for id, title in data_formats().items())
    parser.add_argument(
        "--format",
        metavar="FORMAT",
        required=True,
        choices=list(data_formats()),
        help=f"{listed} (json keeps everything)",
    )
    parser.add_argument("--unlabelled", action="store_true", help="also samples without labels")
    parser.add_argument("--excluded", action="store_true", help="also excluded samples")


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    def _on_progress(done: int, total: int) -> None:
        surroundings.terminal.live(f"{done:,} of {total:,} samples")

    choice = DataChoice(unlabelled=options.unlabelled, excluded=options.excluded)
    with Session.open(options.project) as session:
        summary = session.export_data(
            options.out, options.format, choice=choice, progress=_on_progress
        )
    # None only for what was cancelled, and a shell cancels by a signal.
    assert summary is not None
    document = {**asdict(summary), "path": str(summary.path), "notes": list(summary.notes)}
    return Outcome(document=document, text=_text(summary))


def _text(summary: DataSummary) -> str:
    first = (
        f"Wrote {summary.path}: {counted(summary.samples, 'sample')} in"
        f" {counted(summary.files, 'file')} ({bytes_text(summary.size_bytes)})."
    )
    return "\n".join([first, *(plain(note) for note in summary.notes)])


ENTRY = Command(
    id="export-data",
    order=81,
    summary="write labelled samples for other programs, whole or not at all",
    arguments=_arguments,
    run=_run,
)
