"""``check``: does a model fit a device?"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from studio.app import (
    ACCELERATORS,
    Session,
    check_model_file,
    device_catalogue,
    ethos_u_answer,
)
from studio.cli.arguments import add_candidate, path
from studio.cli.command import Command, Outcome, Surroundings, WrongUse
from studio.cli.documents import ethos_u_document, report_document
from studio.cli.looking_over import file_outcome
from studio.cli.wording import ethos_u_text, memory_table, report_table, run_text, verdict_text
from studio.domain.errors import ModelError
from studio.domain.report import CompatibilityReport

Reports = tuple[CompatibilityReport, ...]


def _check_project(options: Namespace) -> Reports:
    if options.ethos_u is not None:
        raise WrongUse("--ethos-u goes with a model file; `convert` and `export` write them")
    with Session.open(options.source) as session:
        return session.check(options.candidate, options.device)


def _check_model(options: Namespace) -> Reports:
    if options.candidate is not None:
        raise WrongUse("--candidate goes with a project, not with a model file")
    return check_model_file(options.source, options.device)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of file, told by its first bytes and never by its name."""

    name: str
    offset: int
    magic: bytes
    check: Callable[[Namespace], Reports]


# https://www.sqlite.org/fileformat.html section 1.3; the file identifier in TensorFlow Lite's
# schema.fbs, at the place FlatBuffers keeps one.
_KINDS = (
    _Kind("project", 0, b"SQLite format 3\0", _check_project),
    _Kind("model", 4, b"TFL3", _check_model),
)


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "source", metavar="PROJECT|MODEL.tflite", type=path, help="a project, or any .tflite file"
    )
    add_candidate(parser)
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
        "--ethos-u",
        metavar="ACCELERATOR",
        choices=ACCELERATORS,
        help="also ask Vela, Arm's compiler, what this Ethos-U makes of a .tflite file: "
        f"{', '.join(ACCELERATORS)}",
    )


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    if options.file:
        return file_outcome(options.source)
    kind = _kind_of(options.source)
    reports = kind.check(options)
    document = {"source": kind.name, "reports": [report_document(report) for report in reports]}
    if options.ethos_u is None:
        return Outcome(document=document, text=_text(reports))
    answer = ethos_u_answer(options.source, options.ethos_u)
    return Outcome(
        document={**document, "ethos_u": ethos_u_document(answer)},
        text=f"{_text(reports)}\n\n{ethos_u_text(answer)}",
    )


def _kind_of(path: Path) -> _Kind:
    try:
        with path.open("rb") as file:
            head = file.read(max(kind.offset + len(kind.magic) for kind in _KINDS))
    except OSError as problem:
        raise ModelError(
            f"{path} cannot be read ({(problem.strerror or 'unknown reason').lower()}).",
            "Give the path of a project or of a .tflite file.",
            code="model.unreadable",
        ) from problem
    for kind in _KINDS:
        if head[kind.offset :].startswith(kind.magic):
            return kind
    raise ModelError(
        f"{path} is neither a project nor a TensorFlow Lite model.",
        "Give the path of a project or of a .tflite file.",
        code="model.not_tflite",
    )


def _text(reports: Reports) -> str:
    if len(reports) == 1:
        [report] = reports
        return f"{verdict_text(report)}\n\n{memory_table(report)}\n\n{run_text(report)}"
    return report_table(reports, device_catalogue())


ENTRY = Command(
    id="check",
    order=70,
    summary="say whether a model fits devices, and every part of the memory it takes",
    arguments=_arguments,
    run=_run,
)
