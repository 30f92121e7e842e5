"""Self-tests that ran on devices, read back and recorded."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.app import exporting
from studio.app.devices import own_of
from studio.devices import find_device
from studio.domain.candidate import ArtifactFormat, Candidate, Precision
from studio.domain.device import Device
from studio.domain.errors import BundleError, DeviceError
from studio.domain.figure import Figure, FigureKind
from studio.export.bundle import draft_of
from studio.export.ecosystems import expected_of
from studio.export.selftest_log import LARGEST_BYTES, SelftestRun, read_log
from studio.store import candidates
from studio.store import device_runs as stored
from studio.store.project_file import ProjectFile

__all__ = ["DeviceRun", "DeviceRuns"]

_MOST = 1_000
"""Records a project keeps; the oldest go first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRun:
    """One self-test, as recorded.

    Attributes:
        candidate_id: Whose model ran.
        device_id: The device it was exported for.
        passed: Whether the device made the studio's bytes.
        inputs: Inputs it prepared as the studio does, and of how many.
        outputs: Golden inputs it answered byte for byte, and of how many.
        answers: Answers that were the studio's, and of how many.
        latency: Mean time of an inference, in ms: measured on the device, or emulated; unknown
            where the program had no clock.
        emulated: Whether a person said it was an emulator.
        text_sha256: Of its lines.
    """

    candidate_id: int
    device_id: str
    passed: bool
    inputs: tuple[int, int]
    outputs: tuple[int, int]
    answers: tuple[int, int]
    latency: Figure
    emulated: bool
    text_sha256: str


class DeviceRuns:
    """What `studio.app.Session.device_runs` gives."""

    def __init__(self, project: ProjectFile) -> None:
        self._project = project

    def all(self) -> tuple[DeviceRun, ...]:
        """Return the recorded self-tests, the newest last."""
        return tuple(_read(record) for record in stored.all_runs(self._project))

    def record(self, log: Path, *, emulated: bool = False) -> DeviceRun:
        """Read what a device said, compare its last run with the project, and record it; *slow*.

        Args:
            log: A text with the lines of the self-test among others; a stranger's.
            emulated: Whether it ran in an emulator: then nothing was measured on a device.

        Raises:
            BundleError: ``selftest.cannot_read``, what `studio.export.selftest_log.read_log`
                says, ``selftest.unknown_model``, ``selftest.unknown_device``, and
                ``selftest.differs`` where a device that says PASS made other bytes.
            ProjectError: if the project cannot be written.
        """
        said = read_log(_content(log))[-1]
        candidate = self._candidate(said)
        self._compare(said, candidate)
        run = _made(said, candidate, emulated)
        kept = [_as_json(one) for one in self.all() if one.text_sha256 != run.text_sha256]
        self._project.claim_writing()
        with self._project.transaction():
            stored.keep_runs(self._project, [*kept, _as_json(run)][-_MOST:])
        return run

    def _candidate(self, said: SelftestRun) -> Candidate:
        for candidate in candidates.best_first(self._project):
            int8 = candidate.artifact(Precision.INT8, ArtifactFormat.TFLITE)
            if int8 is not None and int8.digest.startswith(said.model):
                return candidate
        raise BundleError(
            f"The device runs a model that is not of this project ({said.model}).",
            "Open the project the model was exported from.",
            code="selftest.unknown_model",
        )

    def _compare(self, said: SelftestRun, candidate: Candidate) -> None:
        """Hold what a device says against what the project makes of the same samples."""
        device = self._device(said.device)
        (report,) = exporting.check_candidate(self._project, candidate, [device.id])
        contents = exporting.contents_of(self._project, candidate, report)
        try:
            wanted = expected_of(draft_of(contents), said.vectors)
        except ValueError as error:
            raise _differs() from error
        same = (said.prepare.crc, said.run.crc) == (wanted.prepare, wanted.run)
        if said.passed and not same:
            raise _differs()

    def _device(self, id: str) -> Device:
        try:
            return find_device(id, own_of(self._project))
        except DeviceError as error:
            raise BundleError(
                f"The self-test is of a device nobody here knows ({id}).",
                "Add the device to the project first.",
                code="selftest.unknown_device",
            ) from error


def _differs() -> BundleError:
    return BundleError(
        "The device says PASS, but its checksums are not those of this project.",
        "Export the model again, put it on the device, and record what that says.",
        code="selftest.differs",
    )


def _content(log: Path) -> bytes:
    try:
        with log.open("rb") as file:
            return file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise BundleError(
            f"{log.name} cannot be read: {error.strerror or type(error).__name__}.",
            "Give the text that the device's terminal saved.",
            code="selftest.cannot_read",
        ) from error


def _made(said: SelftestRun, candidate: Candidate, emulated: bool) -> DeviceRun:
    return DeviceRun(
        candidate_id=candidate.id,
        device_id=said.device,
        passed=said.passed,
        inputs=(said.prepare.passed, said.prepare.of),
        outputs=(said.run.passed, said.run.of),
        answers=(said.answer.passed, said.answer.of),
        latency=_latency(said.run_us, said.vectors, emulated),
        emulated=emulated,
        text_sha256=hashlib.sha256(said.text.encode()).hexdigest(),
    )


def _latency(micros: int | None, vectors: int, emulated: bool) -> Figure:
    if micros is None:
        return Figure.unknown("ms", "The program on the device had no clock.")
    how = f"mean of {vectors} runs, by the self-test's own clock"
    if emulated:
        return Figure(value=micros / 1000, unit="ms", kind=FigureKind.EMULATED, source=how)
    return Figure.measured(micros / 1000, "ms", f"{how}, on the device")


def _as_json(run: DeviceRun) -> dict[str, Any]:
    micros = None if run.latency.value is None else round(run.latency.value * 1000)
    plain = {name: getattr(run, name) for name in DeviceRun.__slots__ if name != "latency"}
    return {**plain, "run_us": micros}


def _read(record: Mapping[str, Any]) -> DeviceRun:
    found: dict[str, Any] = {name: record[name] for name in DeviceRun.__slots__ if name in record}
    found |= {name: tuple(record[name]) for name in ("inputs", "outputs", "answers")}
    latency = _latency(record["run_us"], found["outputs"][1], found["emulated"])
    return DeviceRun(**found, latency=latency)
