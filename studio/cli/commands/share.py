"""``share``: a copy of a project for somebody else, without what tells of its maker."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from studio.app import ShareReport, Travelling, share_preview, share_project
from studio.cli.arguments import add_project, path
from studio.cli.command import Command, Outcome, Surroundings, WrongUse
from studio.cli.table import plain
from studio.cli.wording import counted
from studio.domain.wording import bytes_text

_MOST_NAMED = 10


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument("out", metavar="OUT.automl", nargs="?", type=path, help="the copy")
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--without-samples",
        dest="which",
        action="store_const",
        const=Travelling.NONE,
        help="no originals: it opens and shows its candidates, but cannot be exported from",
    )
    which.add_argument(
        "--test-samples-only",
        dest="which",
        action="store_const",
        const=Travelling.TEST,
        help="only the originals of the test side, with which an export proves itself",
    )
    parser.add_argument("--preview", action="store_true", help="only tell what would be in it")
    parser.set_defaults(which=Travelling.ALL)


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    if options.preview is (options.out is not None):
        raise WrongUse("give either OUT.automl or --preview")
    surroundings.terminal.live("Looking through the project")
    if options.preview:
        report = share_preview(options.project, options.which)
    else:
        report = share_project(options.project, options.out, options.which)
    assert report is not None
    return Outcome(document=document(report), text=text(report))


def document(report: ShareReport) -> dict[str, object]:
    """Return what is in it, for machines."""
    return {**asdict(report), "path": None if report.path is None else str(report.path)}


def text(report: ShareReport) -> str:
    """Return what is in it and what is not, for a person."""
    does = "is" if report.path else "would be"
    lines = [
        f"Wrote {report.path} ({bytes_text(report.size_bytes)})." if report.path else "",
        f"In it {does}: {counted(report.samples, 'sample')} with labels and sessions,"
        f" {counted(report.originals, 'original')}, {counted(report.candidates, 'candidate')}.",
        f"Classes: {plain(', '.join(report.classes))}" if report.classes else "",
        f"Left out: {counted(report.left_out, 'original')}; without them nothing can be frozen or"
        " searched, and of the test side nothing exported."
        if report.left_out
        else "",
        f"Copied in from where they lay: {counted(report.collected, 'linked original')}."
        if report.collected
        else "",
        f"Place, camera, comments taken out of {counted(report.stripped, 'original')}; pixels and"
        " values are the same, their digests are not, so freezing again gives another version."
        if report.stripped
        else "",
        f"Changed: {counted(report.renamed, 'name')} and notes in which your name or a path stood."
        if report.renamed
        else "",
        f"Dropped: {counted(report.steps, 'step')} of the undo history." if report.steps else "",
        *_warnings(report),
    ]
    return "\n".join(filter(None, lines))


def _warnings(report: ShareReport) -> list[str]:
    lost = plain(", ".join(report.lost[:_MOST_NAMED]))
    named = plain(", ".join(report.named_classes[:_MOST_NAMED]))
    return [
        f"Not in it, as they are TIFF, damaged or not there: {len(report.lost)}, as {lost}."
        if report.lost
        else "",
        f"Look at these names of classes, they hold your name: {named}." if named else "",
        f"The cells of {counted(report.tables, 'row')} travel as they are: look at them yourself."
        if report.tables
        else "",
        "What can be seen or heard in originals travels with them." if report.originals else "",
    ]


ENTRY = Command(
    id="share",
    order=112,
    summary="write a copy for others, without personal paths, names and places",
    arguments=_arguments,
    run=_run,
)
