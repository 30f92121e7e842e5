"""``check``: does a model fit a device?"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping

from studio.app import (
    ACCELERATORS,
    Session,
    check_model_file,
    device_catalogue,
    ethos_u_answer,
)
from studio.cli.arguments import path
from studio.cli.command import Command, Outcome, Surroundings, WrongUse
from studio.cli.documents import ethos_u_document, report_document
from studio.cli.looking_over import file_outcome
from studio.cli.reports import add_candidates, add_report, reported, the_candidate
from studio.cli.sources import is_project
from studio.cli.surveys import matrix_document, matrix_text
from studio.cli.wording import (
    alternatives_text,
    ethos_u_text,
    left_text,
    memory_table,
    report_table,
    run_text,
    verdict_text,
)
from studio.domain.device import Device
from studio.domain.report import CompatibilityReport

Reports = tuple[CompatibilityReport, ...]


def _check_project(options: Namespace) -> Reports:
    if options.ethos_u is not None:
        raise WrongUse("--ethos-u goes with a model file; `convert` and `export` write them")
    with Session.open(options.source) as session:
        return session.fitting.check(
            the_candidate(options), options.device, measure=_measured(options)
        )


def _check_model(options: Namespace) -> Reports:
    if options.candidate:
        raise WrongUse("--candidate goes with a project, not with a model file")
    return check_model_file(options.source, options.device, measure=_measured(options))


def _measured(options: Namespace) -> bool:
    """Compile where a person asks for it, or looks at one device closely."""
    return options.measure or len(options.device) == 1


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "source",
        metavar="PROJECT|MODEL",
        type=path,
        help="a project, or any .tflite or .onnx file",
    )
    add_candidates(parser)
    add_report(parser)
    parser.add_argument(
        "--file",
        action="store_true",
        help="look the project file itself over instead: every original against its digest",
    )
    parser.add_argument(
        "--device",
        metavar="ID",
        action="append",
        default=[],
        help="may be given several times (default: every device)",
    )
    parser.add_argument(
        "--measure",
        action="store_true",
        help="compile the generated C for each core and measure code, constants and stack (some"
        " seconds a core, kept for later); with one --device this is done anyway; without it,"
        " ranges from other models' builds",
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help="every candidate of a project on every device, and the best that fits each",
    )
    parser.add_argument(
        "--ethos-u",
        metavar="ACCELERATOR",
        choices=ACCELERATORS,
        help="also ask Vela, Arm's compiler, what this Ethos-U makes of a .tflite file: "
        f"{', '.join(ACCELERATORS)}",
    )


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    if options.file:
        return file_outcome(options.source)
    ours = is_project(options.source)
    if options.report is not None:
        return reported(options, ours=ours, measure=_measured(options))
    if options.all:
        return _everything(options, ours=ours)
    reports = _check_project(options) if ours else _check_model(options)
    devices = _devices(options) if ours else device_catalogue()
    kind = "project" if ours else "model"
    document = {"source": kind, "reports": [report_document(report) for report in reports]}
    if options.ethos_u is None:
        return Outcome(document=document, text=_text(reports, devices))
    answer = ethos_u_answer(options.source, options.ethos_u)
    return Outcome(
        document={**document, "ethos_u": ethos_u_document(answer)},
        text=f"{_text(reports, devices)}\n\n{ethos_u_text(answer)}",
    )


def _everything(options: Namespace, *, ours: bool) -> Outcome:
    if not ours or options.candidate or options.ethos_u is not None:
        raise WrongUse("--all goes with a project, and neither with --candidate nor --ethos-u")
    with Session.open(options.source) as session:
        matrix = session.fitting.matrix(device_ids=options.device)
    return Outcome(document=matrix_document(matrix), text=matrix_text(matrix))


def _devices(options: Namespace) -> Mapping[str, Device]:
    with Session.open(options.source) as session:
        return session.devices.all()


def _text(reports: Reports, devices: Mapping[str, Device]) -> str:
    if len(reports) == 1:
        [report] = reports
        parts = (verdict_text, memory_table, left_text, run_text, alternatives_text)
        return "\n\n".join(text for part in parts if (text := part(report)))
    return report_table(reports, devices)


ENTRY = Command(
    id="check",
    order=70,
    summary="say whether a model fits devices, and every part of the memory it takes",
    arguments=_arguments,
    run=_run,
)
