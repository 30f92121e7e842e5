"""A session without a file: same calls and records as `studio.app.session`, quick and in memory.

Photos are real PNG bytes; the search replays events with a budget of milliseconds. What the
real session does is tested with the real one (`test_real_project`).
"""

from __future__ import annotations

import hashlib
import io
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from PIL import Image, ImageDraw

from studio.app import Arrival, arrival_of, look_closer, preview_for, task_titles
from studio.app.exported import Exported, Told
from studio.app.lineage import Lineage, Node, NodeKind
from studio.app.records import ExportSummary, ImportSummary, Overview
from studio.datasets import SessionGuess, SplitReport
from studio.domain.candidate import Artifact, ArtifactFormat, Candidate, Precision
from studio.domain.dataset import Split
from studio.domain.device import Device, DeviceKind, Fact
from studio.domain.errors import EvaluationError, ExportError, ImportFailed, ProjectError
from studio.domain.evaluation import Evaluation
from studio.domain.event import JobEvent
from studio.domain.figure import Figure, FigureKind
from studio.domain.health import HealthFinding
from studio.domain.judgement import Costs
from studio.domain.operation import Operation
from studio.domain.phrase import Phrase
from studio.domain.preprocessing import ImagePreprocessing
from studio.domain.report import (
    CompatibilityReport,
    MemoryLine,
    MemoryRegion,
    OperatorUse,
    Verdict,
)
from studio.domain.sample import ImageFacts, Sample, SampleClass, SkippedFile
from studio.domain.search import Search, SearchRequest, SearchState
from studio.domain.wording import bytes_text
from studio.importers import ImportPreview
from studio.recipes import SampleProject, sample_projects
from studio.store.backup import Backup
from studio.store.datasets import DatasetSummary

from .fake_browsing import FakeBrowsing
from .fake_exporting import FakeExporting, fake_lineage
from .fake_fitting import FakeDevices, FakeFitting, open_gates
from .fake_judging import FakeJudging, FakeOutlook, FakeView

KB = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    name: str
    passed: bool
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    title: str
    device_id: str
    checks: tuple[Check, ...]

    @property
    def passed(self) -> bool:
        return all(check.passed for check in self.checks)


def png(seed: int, size: int = 64) -> bytes:
    """Return a small picture that differs by seed."""
    picture = Image.new("RGB", (size, size), ((seed * 37) % 200 + 40, (seed * 91) % 200 + 40, 120))
    draw = ImageDraw.Draw(picture)
    edge = size // 6 + seed % (size // 4)
    draw.ellipse((edge, edge, size - edge, size - edge), fill=(250, 240, (seed * 53) % 255))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


@dataclass
class Stored:
    """One project in memory, shared by the sessions of all threads."""

    title: str
    task: str = "image-classification"
    samples: list[Sample] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    searches: list[Search] = field(default_factory=list)
    own: dict[str, dict[str, object]] = field(default_factory=dict)
    removed: tuple[str, dict[str, object]] | None = None
    lock: threading.RLock = field(default_factory=threading.RLock)
    running: bool = False
    open_sessions: int = 0

    def versions(self) -> list[Node]:
        """Return a version for each search, the last of them without two labelled samples."""
        labelled = sum(s.class_name is not None for s in self.samples)
        shares = {"train": labelled * 7 // 10, "validation": labelled // 10, "test": labelled // 5}
        return [
            Node(
                id=f"version:{s.id}",
                kind=NodeKind.VERSION,
                record=DatasetSummary(
                    digest=f"{s.id:064x}",
                    seed=1,
                    created_at="2026-11-21T12:00:00+00:00",
                    classes=tuple(self.names),
                    **shares,
                ),
                parents=("data:",),
                order=order,
                behind=37 if s is self.searches[-1] else 0,
                older=s is not self.searches[-1],
            )
            for order, s in enumerate(self.searches)
        ]

    def add(self, name: str, content: bytes, class_name: str | None) -> bool:
        digest = hashlib.sha256(content).hexdigest()
        if digest in self.pictures:
            return False
        with Image.open(io.BytesIO(content)) as picture:
            width, height = picture.size
        self.pictures[digest] = content
        if class_name is not None and class_name not in self.names:
            self.names.append(class_name)
        self.samples.append(
            Sample(
                id=len(self.samples) + 1,
                digest=digest,
                name=name,
                media_type="image/png",
                facts=ImageFacts(width=width, height=height),
                class_name=class_name,
            )
        )
        return True


class FakeSession:
    """The calls of the real session on a `Stored` project."""

    def __init__(self, backend: FakeBackend, path: Path) -> None:
        self.path = path
        self._backend = backend
        self._stored = backend.stored[path]
        self._stored.open_sessions += 1
        self._thread = threading.get_ident()

    def __enter__(self) -> FakeSession:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        self._mine()
        self._stored.open_sessions -= 1

    def _mine(self) -> Stored:
        assert threading.get_ident() == self._thread, "a session belongs to one thread"
        assert threading.current_thread() is not threading.main_thread(), "never on the GUI thread"
        return self._stored

    def overview(self) -> Overview:
        stored = self._mine()
        return Overview(
            title=stored.title,
            task=stored.task,
            samples=len(stored.samples),
            unlabelled=sum(s.class_name is None for s in stored.samples),
            classes=len(stored.names),
            dataset_versions=len(stored.searches),
            searches=len(stored.searches),
            candidates=len(stored.candidates),
            best=stored.candidates[0] if stored.candidates else None,
            size_bytes=sum(map(len, stored.pictures.values())),
            running=stored.running,
        )

    def classes(self) -> tuple[SampleClass, ...]:
        stored = self._mine()
        return tuple(
            SampleClass(id=i, name=n, samples=sum(s.class_name == n for s in stored.samples))
            for i, n in enumerate(stored.names, 1)
        )

    def _chosen(self, class_name: str | None, unlabelled: bool) -> list[Sample]:
        found = self._mine().samples
        if unlabelled:
            return [s for s in found if s.class_name is None]
        return [s for s in found if class_name is None or s.class_name == class_name]

    def samples(
        self,
        *,
        offset: int = 0,
        limit: int = 200,
        class_name: str | None = None,
        unlabelled: bool = False,
    ) -> tuple[Sample, ...]:
        return tuple(self._chosen(class_name, unlabelled)[offset : offset + limit])

    @property
    def browsing(self) -> FakeBrowsing:
        return FakeBrowsing(self._mine())

    def sample_count(self, *, class_name: str | None = None, unlabelled: bool = False) -> int:
        return len(self._chosen(class_name, unlabelled))

    def thumbnail(self, digest: str) -> bytes:
        return self._mine().pictures[digest]

    def import_paths(
        self,
        paths: Sequence[Path],
        *,
        options: Mapping[str, str] | None = None,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> ImportSummary:
        stored = self._mine()
        files = [f for p in paths for f in (sorted(p.rglob("*")) if p.is_dir() else [p])]
        files = [f for f in files if f.is_file()]
        added, there, skipped = 0, 0, []
        for number, file in enumerate(files):
            self._backend.import_gate.wait(10)
            if cancelled is not None and cancelled():
                break
            nested = file.parent not in [p for p in paths if p.is_dir()] and file not in paths
            try:
                new = stored.add(file.name, file.read_bytes(), file.parent.name if nested else None)
            except OSError:
                skipped.append(SkippedFile(name=file.name, why="The picture is damaged."))
                continue
            finally:
                if progress is not None:
                    progress(number + 1, len(files))
            added, there = added + new, there + (not new)
        if not files:
            raise ImportFailed(
                "There is no photo in what was given.",
                "Choose a folder with JPEG or PNG files.",
                code="import.nothing",
            )
        return ImportSummary(
            added=added, already_there=there, classes=tuple(stored.names), skipped=tuple(skipped)
        )

    def preview_import(
        self, paths: Sequence[Path], *, options: Mapping[str, str] | None = None
    ) -> ImportPreview:
        return preview_for(paths, self._mine().task, options)

    @property
    def read_only(self) -> bool:
        self._mine()
        return self._backend.read_only

    def history(self, limit: int = 100) -> tuple[Operation, ...]:
        self._mine()
        return tuple(self._backend.history)

    def backups(self) -> tuple[Backup, ...]:
        self._mine()
        return tuple(self._backend.backups)

    def health(self, *, progress: Callable[[str, int, int], None]) -> tuple[HealthFinding, ...]:
        self._mine()
        progress("looking", 1, 2)
        return tuple(self._backend.findings)

    def sessions(self) -> tuple[SessionGuess, ...]:
        self._mine()
        return tuple(self._backend.guesses)

    def links(self) -> tuple[()]:
        self._mine()
        return ()

    def dataset_versions(self) -> tuple[()]:
        self._mine()
        return ()

    def split_report(self, *, progress: Callable[[str, int, int], None]) -> SplitReport:
        self._mine()
        progress("dividing", 1, 1)
        counts = {name: {Split.TRAIN: 70, Split.VALIDATION: 15, Split.TEST: 15} for name in CLASSES}
        return SplitReport(
            seed=1, sides={}, left_out=(), sessions=(), copies=(), counts=counts, findings=()
        )

    def leak_report(self, *, progress: Callable[[str, int, int], None]) -> None:
        self._mine()

    def assign(self, sample_ids: Sequence[int], class_name: str | None) -> None:
        stored = self._mine()
        if class_name is not None and class_name not in stored.names:
            stored.names.append(class_name)
        wanted = set(sample_ids)
        stored.samples[:] = [
            replace(s, class_name=class_name) if s.id in wanted else s for s in stored.samples
        ]

    def undo(self) -> None:
        """Bring back a device that was removed; nothing else can be undone here."""
        stored = self._mine()
        if stored.removed is not None:
            id, fields = stored.removed
            stored.own[id], stored.removed = fields, None

    def redo(self) -> None:
        """Nothing is ever redone here."""

    def backup_if_due(self) -> None:
        """Nothing is ever due here."""

    @property
    def judging(self) -> FakeJudging:
        return FakeJudging(self._backend, self._mine())

    @property
    def outlook(self) -> FakeOutlook:
        return FakeOutlook(self._backend, self._mine())

    @property
    def devices(self) -> FakeDevices:
        return FakeDevices(self._backend, self._mine())

    @property
    def fitting(self) -> FakeFitting:
        return FakeFitting(self._backend, self._mine(), report)

    def searches(self) -> tuple[Search, ...]:
        return tuple(reversed(self._mine().searches))

    def start_search(self, request: SearchRequest) -> FakeRun:
        stored = self._mine()
        search = Search(
            id=len(stored.searches) + 1,
            request=request,
            dataset_digest="0" * 64,
            state=SearchState.RUNNING,
            job="job",
        )
        stored.searches.append(search)
        return FakeRun(self._backend, stored, search)

    def freeze(self, *, seed: int = 1) -> None:
        self._mine()
        self._backend.frozen += 1

    def resume_search(self, *, more_minutes: float | None = None) -> FakeRun:
        return FakeRun(self._backend, self._mine(), self._stored.searches[-1])

    def candidates(self) -> tuple[Candidate, ...]:
        return tuple(self._mine().candidates)

    def check(
        self, candidate_id: int | None = None, device_ids: Sequence[str] = ()
    ) -> tuple[CompatibilityReport, ...]:
        self._mine()
        candidate = next(c for c in self._stored.candidates if candidate_id in (None, c.id))
        devices = self.devices.all()
        return tuple(report(candidate, devices[id]) for id in device_ids or devices)

    def export(
        self,
        device_id: str,
        out: Path,
        *,
        candidate_id: int | None = None,
        costs: Costs | None = None,
        ecosystem: str = "",
        told: Told,
    ) -> ExportSummary:
        self._mine()
        if self._backend.export_error is not None:
            raise self._backend.export_error
        self._backend.exporting.tell(told)
        out.write_bytes(b"a bundle")
        found = self.check(candidate_id, [device_id])[0]
        made = self._backend.exporting.keep(out, candidate_id or 1, device_id, ecosystem, costs)
        return ExportSummary(
            path=out,
            size_bytes=out.stat().st_size,
            candidate_id=candidate_id or 1,
            device_id=device_id,
            report=found,
            sha256=made.sha256,
        )

    def exported(self) -> tuple[Exported, ...]:
        self._mine()
        return tuple(self._backend.exporting.made)

    def lineage(self) -> Lineage:
        return fake_lineage(self._mine(), self._backend.exporting.made)

    @property
    def device_runs(self) -> FakeExporting:
        self._mine()
        return self._backend.exporting

    @property
    def reporting(self) -> FakeExporting:
        self._mine()
        return self._backend.exporting


class FakeRun:
    """Replays the backend's events, one batch a poll, then waits for stop where told to."""

    def __init__(self, backend: FakeBackend, stored: Stored, search: Search) -> None:
        self.search = search
        self._stored = stored
        self._batches = [[event] for event in backend.events]
        self._backend = backend
        self._endless = backend.endless
        self._why = "time"
        self._over = False
        self.closed = False
        stored.running = True
        backend.runs.append(self)

    @property
    def running(self) -> bool:
        return not self._over

    def poll(self) -> tuple[JobEvent, ...]:
        if self._batches:
            events = tuple(self._batches.pop(0))
            for event in events:
                if event.name == "trial_finished":
                    number = len(self._stored.candidates) + 1
                    self._stored.candidates.append(candidate(number, trial=event.data["trial"]))
            return events
        if self._endless:
            return ()
        self._finish()
        if self._backend.dies:
            data = {"code": "job.worker_died", "sentence": "The worker ended unexpectedly."}
            return (JobEvent(name="job_failed", seconds=9.0, data=data),)
        data = {"why": self._why, "trials": 1, "rejected": 1, "failed": 0, "seconds": 9.0}
        return (JobEvent(name="job_finished", seconds=9.0, data=data),)

    def _finish(self) -> None:
        self._over = True
        self._stored.running = False
        state = SearchState.FAILED if self._backend.dies else SearchState.FINISHED
        self._stored.searches[-1] = replace(self.search, state=state)

    def stop(self) -> None:
        self._endless, self._why = False, "stopped"

    def cancel(self) -> None:
        self._endless, self._why, self._batches = False, "cancelled", []

    def pause(self) -> None:
        self._batches.append([JobEvent(name="paused", seconds=90.0, data={})])

    def resume(self) -> None:
        self._batches.append([JobEvent(name="resumed", seconds=90.0, data={})])

    def close(self) -> None:
        self.closed = True
        self._stored.running = False


def search_events(epochs: int = 3) -> list[JobEvent]:
    """Return what a search of two trials tells."""
    events = [
        JobEvent(name="job_started", seconds=0.0, data={"kind": "search", "resumed": 0}),
        JobEvent(name="stage", seconds=0.5, data={"text": "Loading"}),
        JobEvent(
            name="rejected",
            seconds=1.0,
            data={"hyperparameters": {}, "flash_bytes": 9, "ram_bytes": 9, "why": "ram"},
        ),
    ]
    for trial in range(2):
        start = 2.0 + 40 * trial
        data = {"trial": trial, "hyperparameters": {}, "parameters": 1000, "epochs": epochs}
        events.append(JobEvent(name="trial_started", seconds=start, data=data))
        for epoch in range(1, epochs + 1):
            value = 0.96 - 0.6 / (epoch + trial)
            data = {
                "trial": trial,
                "epoch": epoch,
                "epochs": epochs,
                "loss": 1 - value,
                "accuracy": value,
                "val_loss": 1 - value,
                "val_accuracy": value,
            }
            events.append(JobEvent(name="epoch", seconds=start + 4 * epoch, data=data))
        done = start + 4 * epochs + 1
        events.append(JobEvent(name="trial_finished", seconds=done, data={"trial": trial}))
    return events


CLASSES = ("leaf", "rust", "mite")


def evaluation(right: int, split: Split, classes: Sequence[str] = CLASSES) -> Evaluation:
    """Return counts with `right` of 40 right in every class."""
    n = len(classes)
    rows = []
    for i in range(n):
        row = [0] * n
        row[i] = right
        row[(i + 1) % n] += 40 - right
        rows.append(tuple(row))
    return Evaluation(split=split, classes=tuple(classes), confusion=tuple(rows))


def candidate(id: int, *, trial: int = 0, tested: bool = True, right: int = 39) -> Candidate:
    """Return a candidate whose files grow with its id."""

    def artifact(precision: Precision, format: ArtifactFormat, size: int) -> Artifact:
        int8 = precision is Precision.INT8
        arena = (
            Figure.measured(9 * KB + 800 * id, "B", "TensorFlow Lite Micro interpreter")
            if int8
            else Figure.unknown("B", "float models are not run by TensorFlow Lite Micro")
        )
        return Artifact(
            precision=precision,
            format=format,
            digest=f"{id:064x}",
            size_bytes=size,
            arena=arena,
            evaluation=evaluation(right, Split.TEST) if tested else None,
        )

    return Candidate(
        id=id,
        search_id=1,
        trial=trial,
        task="image-classification",
        space="micro-cnn",
        device_id="nano33ble",
        dataset_digest="0" * 64,
        hyperparameters={"filters": 8 * id},
        parameters=1000 * id,
        validation=evaluation(right - id % 5, Split.VALIDATION),
        classes=CLASSES,
        preprocessing=ImagePreprocessing(width=32, height=32, channels=1),
        weights_digest="f" * 64,
        artifacts=(
            artifact(Precision.INT8, ArtifactFormat.TFLITE, 11 * KB + 3 * KB * id),
            artifact(Precision.FLOAT32, ArtifactFormat.TFLITE, 30 * KB + 9 * KB * id),
            artifact(Precision.FLOAT32, ArtifactFormat.ONNX, 31 * KB + 9 * KB * id),
        ),
    )


def _device(id: str, name: str, core: str, ram: int | None, flash: int | None, two: bool) -> Device:
    def fact(value: int | None) -> Fact:
        if value is None:
            return Fact(value=None)
        sources = ("data sheet", "board support package") if two else ("data sheet",)
        return Fact(value=value, sources=sources)

    return Device(
        id=id,
        name=name,
        vendor=name.split()[0],
        kind=DeviceKind.MICROCONTROLLER,
        core=core,
        clock_hz=fact(64_000_000),
        ram_bytes=fact(ram),
        flash_bytes=fact(flash),
        runtimes=("tflite_micro",),
    )


def catalogue() -> dict[str, Device]:
    """Return a few devices of every verdict."""
    devices = [
        _device("nano33ble", "Arduino Nano 33 BLE", "Cortex-M4", 256 * KB, 1024 * KB, True),
        _device("pico", "Raspberry Pi Pico", "Cortex-M0+", 264 * KB, 2048 * KB, True),
        _device("uno", "Arduino Uno R3", "AVR", 2 * KB, 32 * KB, True),
        _device("nucleo-f446re", "ST Nucleo-F446RE", "Cortex-M4", 128 * KB, 512 * KB, False),
        _device("mystery", "Example Prototype", "Cortex-M33", None, None, False),
    ]
    return {device.id: device for device in devices}


def report(candidate: Candidate, device: Device) -> CompatibilityReport:
    """Return what a check of the candidate on the device would say."""
    int8 = candidate.artifact(Precision.INT8, ArtifactFormat.TFLITE)
    ram = int8.arena.value + 6 * KB
    code = Figure(
        value=40.0 * KB, unit="B", kind=FigureKind.ESTIMATED, low=30.0 * KB, high=60.0 * KB
    )
    limit_ram, limit_flash = device.ram_bytes.value, device.flash_bytes.value
    if limit_ram is None:
        verdict, summary = Verdict.UNKNOWN, Phrase.of("limit-unknown-ram", device=device.name)
    elif ram > limit_ram:
        verdict, summary = (
            Verdict.DOES_NOT_FIT,
            Phrase.of(
                "needs-ram",
                runtime="TensorFlow Lite Micro",
                ram=bytes_text(ram),
                ram_limit=bytes_text(limit_ram),
            ),
        )
    else:
        verdict, summary = Verdict.FITS, Phrase.of("fit-yes", device=device.name, percent=41)
    flash = Figure(
        value=int8.size_bytes + 40.0 * KB,
        unit="B",
        kind=FigureKind.ESTIMATED,
        low=int8.size_bytes + 30.0 * KB,
        high=int8.size_bytes + 60.0 * KB,
    )
    size = Figure.measured(int8.size_bytes, "B", "length of the file")
    region = MemoryRegion
    return CompatibilityReport(
        device_id=device.id,
        runtime="tflite_micro",
        precision=Precision.INT8,
        verdict=verdict,
        summary=summary,
        for_engineer=summary,
        findings=(Phrase.of("unverified-ram", device=device.name),),
        memory=(
            MemoryLine(part="tensor arena", region=region.RAM, figure=int8.arena),
            MemoryLine(
                part="stack",
                region=region.RAM,
                figure=Figure(
                    value=2.0 * KB, unit="B", kind=FigureKind.ESTIMATED, low=1.0 * KB, high=4.0 * KB
                ),
            ),
            MemoryLine(part="model", region=region.FLASH, figure=size),
            MemoryLine(part="runtime code", region=region.FLASH, figure=code),
        ),
        flash=flash,
        ram=Figure(
            value=ram, unit="B", kind=FigureKind.ESTIMATED, low=ram - 2 * KB, high=ram + 2 * KB
        ),
        flash_limit_bytes=limit_flash,
        ram_limit_bytes=limit_ram,
        limits_verified=device.ram_bytes.verified and device.flash_bytes.verified,
        operators=(OperatorUse(name="CONV_2D", count=3, supported=True),),
    )


class FakeBackend:
    """Stands where `studio.gui.backend.AppBackend` stands."""

    def __init__(self) -> None:
        self.stored: dict[Path, Stored] = {}
        self.catalogue: Mapping[str, Device] = catalogue()
        self.events: list[JobEvent] = search_events()
        self.endless = False
        self.runs: list[FakeRun] = []
        self.import_gate = threading.Event()
        self.import_gate.set()
        self.export_error: ExportError | None = None
        self.exporting = FakeExporting()
        self.frozen = 0
        self.judging_error: EvaluationError | None = None
        self.forecast_known = True
        self.dies = False
        self.prepared = 0
        self.asked_costs: Costs | None = None
        self.past: list[JobEvent] = []
        self.elsewhere: FakeView | None = None
        self.read_only = False
        self.history: list[Operation] = []
        self.backups: list[Backup] = []
        self.findings: list[HealthFinding] = []
        self.guesses: list[SessionGuess] = []
        self.restored: list[tuple[Path, Path]] = []
        self.pruned_fits = False
        open_gates(self)

    def create(self, path: Path, task: str = "image-classification") -> FakeSession:
        path.touch()
        self.stored[path] = Stored(title=path.stem, task=task)
        return FakeSession(self, path)

    def open(self, path: Path) -> FakeSession:
        if path not in self.stored:
            raise ProjectError(
                "This file is no project.", "Choose a file ending in .automl.", code="project.none"
            )
        return FakeSession(self, path)

    def devices(self) -> Mapping[str, Device]:
        return self.catalogue

    def samples(self) -> Sequence[SampleProject]:
        return sample_projects()

    def task_titles(self) -> Mapping[str, str]:
        return task_titles()

    def arrival(self, paths: Sequence[Path]) -> Arrival:
        return arrival_of(paths)

    def preview(
        self, paths: Sequence[Path], task: str, options: Mapping[str, str]
    ) -> ImportPreview:
        return preview_for(paths, task, options)

    def look_closer(self, paths, task, options, progress, cancelled):
        return look_closer(paths, task, options, progress=progress, cancelled=cancelled)

    def restore(self, project: Path, backup: Path) -> None:
        self.restored.append((project, backup))

    def build_sample(self, name: str, folder: Path) -> Path:
        folder = folder / name
        for digit in range(2):
            (folder / str(digit)).mkdir(parents=True)
            for number in range(3):
                (folder / str(digit) / f"{number}.png").write_bytes(png(10 * digit + number, 32))
        return folder

    def verify(self, bundle: Path) -> Verification:
        good = bundle.read_bytes() == b"a bundle"
        check = Check(name="digests", passed=good, sentence="Every file has its digest.")
        return Verification(title="Seedlings", device_id="nano33ble", checks=(check,))

    def filled(self, path: Path, *, photos: int = 30, candidates: int = 0) -> Path:
        """Make a project with photos of three classes, every seventh without a class."""
        path.touch()
        stored = self.stored[path] = Stored(title=path.stem, names=list(CLASSES))
        for i in range(photos):
            stored.add(f"{i:04}.png", png(i), CLASSES[i % 3] if i % 7 else None)
        made = [candidate(i + 1, trial=i) for i in range(candidates)]
        stored.candidates = sorted(made, key=lambda c: -c.validation.accuracy.value)
        if candidates:
            stored.searches.append(
                Search(
                    id=1,
                    request=SearchRequest(device_id="nano33ble"),
                    dataset_digest="0" * 64,
                    state=SearchState.FINISHED,
                    job="job",
                )
            )
        return path
