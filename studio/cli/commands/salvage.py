"""``salvage``: what can still be read of a damaged project, as a new one."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from studio.app import SalvageReport, salvage_project
from studio.cli.arguments import add_project, path
from studio.cli.command import Command, Outcome, Surroundings
from studio.cli.table import render
from studio.cli.wording import counted


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument("--out", metavar="NEW.automl", type=path, required=True, help="where to")


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    report = salvage_project(options.project, options.out)
    document = {**asdict(report), "path": str(report.path)}
    return Outcome(document=document, text=_text(report))


def _text(report: SalvageReport) -> str:
    rows = [
        (table, f"{copied:,}", f"{report.lost_rows.get(table, 0):,}", _dropped(report, table))
        for table, copied in report.rows.items()
        if copied or report.lost_rows.get(table)
    ]
    lines = [f"Wrote {report.path}.", render(("what", "copied", "lost", "left out"), rows)]
    if report.lost_originals:
        lost = counted(report.lost_originals, "original")
        lines.append(f"{lost} could not be read; import them again to heal their samples.")
    return "\n".join(lines)


def _dropped(report: SalvageReport, table: str) -> str:
    return f"{report.dropped.get(table, 0):,}"


ENTRY = Command(
    id="salvage",
    order=115,
    summary="copy what can be read of a damaged project into a new one",
    arguments=_arguments,
    run=_run,
)
