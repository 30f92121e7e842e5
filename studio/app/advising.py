"""What would make a model fit a device: changes from the smallest on, until one does.

Nothing is guessed: what counts as fitting was made and judged. What was not tried says so.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path

from studio.app import exporting
from studio.app.models import check_model_file
from studio.app.tries import OUTCOMES, Trying
from studio.devices import find_device
from studio.domain.advice import Advice, Change, Outcome, Try
from studio.domain.candidate import Candidate, Precision
from studio.domain.device import Device, DeviceKind
from studio.domain.phrase import Phrase
from studio.domain.report import CompatibilityReport, Verdict
from studio.runtimes import RUNTIMES
from studio.store.project_file import ProjectFile

__all__ = ["advise_candidate", "advise_file"]

_USUAL_MINUTES = 2


def advise_candidate(
    project: ProjectFile,
    candidate: Candidate,
    ranked: Sequence[Candidate],
    device: Device,
    *,
    converting: bool = True,
    minutes: float = 0.0,
    progress: Callable[[str], None] = lambda sentence: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Advice:
    """Return the smallest change with which a candidate fits a device.

    Tried in this order, until one fits: another runtime, a smaller file of the same model,
    another candidate of the same dataset version, a search for the device.

    Args:
        project: Whose candidate it is.
        candidate: Which.
        ranked: All candidates, the best first.
        device: Where it is to run.
        converting: Whether a worker may convert and fine-tune, which takes up to minutes.
        minutes: For a search, whose candidates stay in the project; 0 searches not.
        progress: Called with what is being done.
        cancelled: Asked between tries and while a worker works; what was not tried says so.
    """
    progress("Compiling and checking")
    [report] = exporting.check_candidate(project, candidate, [device.id], measure=True)
    tries = _by_runtime(report, device, candidate.id)
    trying = Trying(
        project=project,
        candidate=candidate,
        ranked=ranked,
        device=device,
        progress=progress,
        cancelled=cancelled,
    )
    if report.verdict is not Verdict.FITS and _may_help(report, device):
        steps: list[tuple[Change, bool, Callable[[], Try]]] = [
            (Change.PRECISION, converting, trying.precision),
            (Change.CANDIDATE, True, trying.others),
            (Change.SEARCH, minutes > 0, lambda: trying.search(minutes)),
        ]
        for change, wanted, attempt in steps:
            tries.append(attempt() if wanted and not cancelled() else _left_out(change))
            if tries[-1].outcome is Outcome.FITS:
                break
    return _advice(report, candidate.id, tries, device)


def advise_file(path: Path, device_id: str) -> Advice:
    """Return what would make anybody's model file fit a device, without data to try it with.

    Raises:
        DeviceError: ``device.unknown``.
        ModelError: as `studio.app.models.check_model_file`.
    """
    device = find_device(device_id)
    [report] = check_model_file(path, [device.id], measure=True)
    tries = _by_runtime(report, device, None)
    if report.verdict is not Verdict.FITS and _may_help(report, device):
        key = "advice-file-int8" if report.precision is Precision.INT8 else "advice-file-data"
        tries.append(
            Try(change=Change.PRECISION, outcome=Outcome.NOT_TRIED, phrases=(Phrase.of(key),))
        )
    return _advice(report, None, tries, device)


def _by_runtime(report: CompatibilityReport, device: Device, candidate: int | None) -> list[Try]:
    """Return what the other runtimes of a device make of the model as it is.

    A report is about the runtime that serves best, so where that is not the one the device
    prefers, it is itself the change; those that serve worse are told, too.
    """
    judged = {report.runtime, *(other.runtime for other in report.alternatives)}
    preferred = next((id for id in device.runtimes if id in judged), "")
    tries = [
        Try(
            change=Change.RUNTIME,
            outcome=OUTCOMES[other.verdict],
            phrases=(
                Phrase.of(
                    "advice-runtime-not"
                    if other.verdict is Verdict.DOES_NOT_FIT
                    else "advice-runtime-unsure",
                    runtime=RUNTIMES[other.runtime].title,
                    device=device.name,
                ),
                *([other.why] if other.why else []),
            ),
            candidate_id=candidate,
        )
        for other in report.alternatives
        if other.verdict is not Verdict.FITS
    ]
    if report.verdict is Verdict.FITS and report.runtime != preferred:
        said = Phrase.of("advice-runtime", runtime=RUNTIMES[report.runtime].title)
        changed = Try(
            change=Change.RUNTIME,
            outcome=Outcome.FITS,
            phrases=(said,),
            report=report,
            candidate_id=candidate,
        )
        tries.insert(0, changed)
    return tries


def _may_help(report: CompatibilityReport, device: Device) -> bool:
    """Return whether something smaller could fit: what is not known of a device stays so."""
    small = device.kind is DeviceKind.MICROCONTROLLER
    limits = (report.ram_limit_bytes, report.flash_limit_bytes if small else 0)
    return bool(report.runtime) and None not in limits


_LEFT_OUT = {
    Change.PRECISION: "advice-precision-left",
    Change.CANDIDATE: "advice-candidate-left",
    Change.SEARCH: "advice-search-left",
}


def _left_out(change: Change) -> Try:
    said = Phrase.of(_LEFT_OUT[change])
    return Try(change=change, outcome=Outcome.NOT_TRIED, phrases=(said,))


def _advice(
    report: CompatibilityReport, candidate_id: int | None, tries: Sequence[Try], device: Device
) -> Advice:
    found = next((one for one in tries if one.outcome is Outcome.FITS), None)
    fitting = report if found is None else found.report or report
    return Advice(
        report=report,
        candidate_id=candidate_id,
        tries=tuple(tries),
        grower=_grower(report, tries, found, device),
        spare=_spare(fitting) if fitting.verdict is Verdict.FITS else None,
        engineer=fitting.for_engineer,
        command=_command(tries, found, candidate_id, device),
    )


def _grower(
    report: CompatibilityReport, tries: Sequence[Try], found: Try | None, device: Device
) -> Phrase:
    if found is not None:
        key = f"advice-fits-{found.change}"
        name = "" if found.candidate_id is None else f"#{found.candidate_id}"
        runtime = RUNTIMES[report.runtime].title
        return Phrase.of(key, device=device.name, name=name, runtime=runtime)
    made = any(t.change is not Change.RUNTIME and t.outcome is not Outcome.NOT_TRIED for t in tries)
    return Phrase.of("advice-nothing", device=device.name) if made else report.summary


def _spare(report: CompatibilityReport) -> Phrase | None:
    """Return what is left at the worst end, never rounded up."""
    left = (report.ram_left_bytes, report.flash_left_bytes)
    ram, flash = (None if one is None else _floored(one) for one in left)
    if ram is None:
        return None
    if flash is None:  # a card or disk of the owner's choice
        return Phrase.of("advice-spare-ram", ram=ram)
    return Phrase.of("advice-spare", ram=ram, flash=flash)


def _floored(count: float) -> str:
    scaled, unit = (count / 1024, "KiB") if count < 10 << 20 else (count / (1 << 20), "MiB")
    steps = 1 if scaled >= 10 else 10
    return f"{math.floor(scaled * steps) / steps:,g} {unit}"


def _command(
    tries: Sequence[Try], found: Try | None, candidate_id: int | None, device: Device
) -> str:
    """Return what makes a change lasting, or what has not been tried yet."""
    if found is not None and found.change is Change.PRECISION:
        return f"convert PROJECT --recipe {found.recipe} --candidate {candidate_id} --out FOLDER"
    left = [one.change for one in tries if one.outcome is Outcome.NOT_TRIED]
    if found is None and Change.SEARCH in left:
        return f"search PROJECT --device {device.id} --minutes {_USUAL_MINUTES}"
    return ""
