"""``import``: take in samples."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from dataclasses import asdict

from studio.app import ImportSummary, Session
from studio.cli.arguments import add_project, path
from studio.cli.command import Command, Outcome, Surroundings
from studio.cli.documents import preview_document
from studio.cli.previewing import preview_text
from studio.cli.table import plain
from studio.cli.wording import counted

_SHOWN_SKIPPED = 10


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="+",
        type=path,
        help="a folder (the names of its folders become classes) or files",
    )
    parser.add_argument(
        "--preview", action="store_true", help="only say what would be imported, and how"
    )
    parser.add_argument(
        "--link",
        action="store_true",
        help="leave the files where they are and only note the way to them (see `relink` and"
        " `collect`)",
    )
    parser.add_argument(
        "--set",
        dest="choices",
        metavar="ID=VALUE",
        action="append",
        type=_choice,
        default=[],
        help="correct what the preview found, for example --set delimiter=';'",
    )


def _choice(text: str) -> tuple[str, str]:
    id, equals, value = text.partition("=")
    if not id or not equals:
        raise ArgumentTypeError(f"{text!r} is not ID=VALUE")
    return id, value


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    def _on_progress(done: int, total: int) -> None:
        surroundings.terminal.live(f"{done:,} of {total:,} files")

    choices = {**dict(options.choices), **({"link": "yes"} if options.link else {})}
    with Session.open(options.project) as session:
        if options.preview:
            preview = session.preview_import(options.paths, options=choices)
            return Outcome(document=preview_document(preview), text=preview_text(preview))
        summary = session.import_paths(options.paths, options=choices, progress=_on_progress)
    document = {
        "added": summary.added,
        "already_there": summary.already_there,
        "classes": list(summary.classes),
        "amounts": None if summary.amounts is None else asdict(summary.amounts),
        "skipped": [asdict(file) for file in summary.skipped],
    }
    return Outcome(document=document, text=_text(summary))


def _text(summary: ImportSummary) -> str:
    lines = [f"Imported {counted(summary.added, 'sample')}; {_told(summary)}."]
    if summary.already_there:
        lines.append(f"{counted(summary.already_there, 'sample')} already in the project.")
    if summary.skipped:
        lines.append(f"Skipped {counted(len(summary.skipped), 'file')}:")
        shown = summary.skipped[:_SHOWN_SKIPPED]
        lines += [f"  {plain(file.name)}: {plain(file.why)}" for file in shown]
        more = len(summary.skipped) - len(shown)
        lines += [f"  and {more:,} more (--json lists all)"] if more else []
    return "\n".join(lines)


def _told(summary: ImportSummary) -> str:
    """Return the classes, or the range of the amounts."""
    amounts = summary.amounts
    if amounts is None:
        return f"classes: {', '.join(map(plain, summary.classes)) or 'none'}"
    if amounts.low is None or amounts.high is None:
        return "no row says an amount"
    column = plain(" and ".join(amounts.columns))
    rest = f" ({counted(amounts.without, 'row')} without)" if amounts.without else ""
    return f"{column} from {_amount(amounts.low)} to {_amount(amounts.high)}{rest}"


def _amount(value: float) -> str:
    # The ends of the range as the table has them: rounding 3,775.25 would look like another.
    return f"{value:,.10g}"


ENTRY = Command(id="import", order=20, summary="take in samples", arguments=_arguments, run=_run)
