"""``export``: write the bundle for the engineer."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from studio.app import ExportSummary, Session, ecosystems
from studio.cli.arguments import add_candidate, add_project, path
from studio.cli.command import Command, Outcome, Surroundings
from studio.cli.costs import add_costs, costs_of
from studio.cli.documents import report_document
from studio.cli.table import plain
from studio.cli.wording import verdict_text
from studio.domain.figure import Figure
from studio.domain.wording import bytes_text


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument("--device", metavar="ID", required=True, help="a device of `devices`")
    parser.add_argument(
        "--out", metavar="PATH.zip", required=True, type=path, help="the bundle to write"
    )
    parser.add_argument(
        "--as",
        dest="ecosystem",
        metavar="FORM",
        choices=tuple(ecosystems()),
        default="",
        help=f"lay it out for a build system: {', '.join(ecosystems())} (default: the usual one)",
    )
    add_candidate(parser)
    add_costs(
        parser,
        finds="from what output on the model in the bundle answers follows from it (default: where"
        " an answer is more likely right than wrong)",
    )


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    costs = costs_of(options)
    surroundings.terminal.live("Writing the bundle")
    with Session.open(options.project) as session:
        summary = session.export(
            options.device,
            options.out,
            candidate_id=options.candidate,
            costs=costs,
            ecosystem=options.ecosystem,
        )
    form = {"as": options.ecosystem or "bundle"}
    return Outcome(document={**document(summary), **form}, text=text(summary))


def document(summary: ExportSummary) -> dict[str, object]:
    """Return what was written, for machines."""
    size = Figure.measured(summary.size_bytes, "B", "length of the file")
    return {
        "bundle": str(summary.path),
        "size": size.as_json(),
        "candidate": summary.candidate_id,
        "device": summary.device_id,
        "certainty": summary.certainty,
        "smaller": None if summary.smaller is None else summary.smaller.as_json(),
        "report": report_document(summary.report),
    }


def text(summary: ExportSummary) -> str:
    """Return what was written, for a person."""
    smaller = "" if summary.smaller is None else f"{summary.smaller.text()}\n"
    unsure = f"{plain(summary.not_sure)}\n" if summary.not_sure else ""
    return (
        f"Wrote {summary.path} ({bytes_text(summary.size_bytes)}): candidate"
        f" #{summary.candidate_id} for {summary.device_id}.\n{smaller}{unsure}"
        f"{verdict_text(summary.report)}\n"
        f"Next: automl-studio verify {summary.path}"
    )


ENTRY = Command(
    id="export",
    order=80,
    summary="write the bundle for the engineer",
    arguments=_arguments,
    run=_run,
)
