"""Reports as files: the options of `check` that write one."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from studio.app import Session, Written, write_file_report
from studio.cli.arguments import path, positive
from studio.cli.command import Outcome, WrongUse
from studio.cli.documents import report_document
from studio.cli.wording import counted, verdict_text
from studio.domain.wording import bytes_text
from studio.languages import LANGUAGES

__all__ = ["add_candidates", "add_report", "reported", "the_candidate"]


def add_candidates(parser: ArgumentParser) -> None:
    """Add ``--candidate``, which a report may name several times."""
    parser.add_argument(
        "--candidate",
        metavar="ID",
        type=positive,
        action="append",
        default=[],
        help="number of the candidate, as `candidates` shows it (default: the best); with"
        " --report it may be given several times, to compare them",
    )


def add_report(parser: ArgumentParser) -> None:
    """Add ``--report`` and ``--lang``."""
    parser.add_argument(
        "--report",
        metavar="FILE",
        type=path,
        help="write a report: .html, .pdf or .json; of several candidates or devices, one that"
        " compares them",
    )
    parser.add_argument(
        "--lang",
        choices=tuple(LANGUAGES),
        default="en",
        help="language of the report (default: en); JSON is the same in all",
    )


def the_candidate(options: Namespace) -> int | None:
    """Return the one candidate that was asked for, or None for the best."""
    if len(options.candidate) > 1:
        raise WrongUse("several --candidate go with --report only")
    return options.candidate[0] if options.candidate else None


def reported(options: Namespace, *, ours: bool, measure: bool) -> Outcome:
    """Write the report that was asked for and return what is in it."""
    if options.all or options.ethos_u is not None:
        raise WrongUse("--report goes neither with --all nor with --ethos-u")
    if not ours:
        if options.candidate:
            raise WrongUse("--candidate goes with a project, not with a model file")
        written = write_file_report(
            options.source, options.report, options.device, language=options.lang, measure=measure
        )
        return _outcome(written, "model")
    with Session.open(options.source) as session:
        written = session.reporting.write(
            options.report,
            options.device,
            options.candidate,
            language=options.lang,
            measure=measure,
        )
    return _outcome(written, "project")


def _outcome(written: Written, source: str) -> Outcome:
    document = {
        "source": source,
        "report": str(written.path),
        "language": written.language,
        "size_bytes": written.size_bytes,
        "reports": [report_document(report) for report in written.reports],
    }
    first = f"Wrote {written.path} ({bytes_text(written.size_bytes)})."
    if len(written.reports) == 1:
        return Outcome(document=document, text=f"{first}\n{verdict_text(written.reports[0])}")
    compared = f"It compares {counted(len(written.reports), 'model-device pair')}."
    return Outcome(document=document, text=f"{first} {compared}")
