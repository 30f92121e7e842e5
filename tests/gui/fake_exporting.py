"""What the stand-in session says of exports, reports and boards, and its records as a graph."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QPdfWriter

from studio.app import DeviceRun, Exported, ExportStep, Lineage, Node, NodeKind, Standing
from studio.app.exported import Told
from studio.domain.errors import BundleError
from studio.domain.figure import Figure, FigureKind
from studio.domain.judgement import Costs

if TYPE_CHECKING:
    from .fake_backend import Stored


def _emulated(value: float, unit: str) -> Figure:
    return Figure(value=value, unit=unit, kind=FigureKind.EMULATED, source="an emulated core")


STEPS = (
    ExportStep(id="fits"),
    ExportStep(id="files", inputs=120),
    ExportStep(id="host", inputs=120, sentence="The C code gives the reference's bytes."),
    ExportStep(id="memory", figures={"arena": Figure.measured(1688, "B", "the plan")}),
    ExportStep(
        id="device",
        figures={
            "flash": Figure.measured(9584, "B", "linked"),
            "ram": Figure.measured(3736, "B", "linked"),
        },
    ),
    ExportStep(id="emulation", inputs=5, figures={"instructions": _emulated(179560, "")}),
    ExportStep(id="written"),
)
WITHOUT_CODE = (
    *STEPS[:2],
    ExportStep(id="code", standing=Standing.NOT_DONE, sentence="No operator for LSTM."),
    STEPS[-1],
)


@dataclass
class FakeExporting:
    """Steps told one after the other; a gate holds them back after the one it is named for."""

    steps: Sequence[ExportStep] = STEPS
    hold_after: str = ""
    gate: threading.Event = field(default_factory=threading.Event)
    made: list[Exported] = field(default_factory=list)
    costs: list[Costs | None] = field(default_factory=list)
    runs: list[DeviceRun] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)

    def tell(self, told: Told) -> None:
        for step in self.steps:
            told(step)
            if step.id == self.hold_after:
                self.gate.wait(30)
        told(None)

    def keep(
        self, out: Path, candidate_id: int, device_id: str, form: str, costs: Costs | None
    ) -> Exported:
        one = Exported(
            candidate_id=candidate_id,
            device_id=device_id,
            ecosystem=form,
            name=out.name,
            size_bytes=8,
            sha256=hashlib.sha256(f"{len(self.made)}".encode()).hexdigest(),
            made_at=f"2026-11-21T12:{len(self.made):02}:00+00:00",
        )
        self.made.append(one)
        self.costs.append(costs)
        return one

    def all(self) -> tuple[DeviceRun, ...]:
        return tuple(self.runs)

    def record(self, log: Path, *, emulated: bool = False) -> DeviceRun:
        text = log.read_text(encoding="utf-8")
        if "STUDIO-SELFTEST" not in text:
            raise BundleError(
                "The text holds no whole self-test of a device.",
                "Save what the device says from 'begin' to 'end', then try again.",
                code="selftest.none",
            )
        latency = _emulated(1.5, "ms") if emulated else Figure.measured(1.5, "ms", "on the device")
        run = DeviceRun(
            candidate_id=1,
            device_id="nano33ble",
            passed="FAIL" not in text,
            inputs=(5, 5),
            outputs=(5, 5),
            answers=(5, 5),
            latency=latency,
            emulated=emulated,
            text_sha256="0" * 64,
        )
        self.runs.append(run)
        return run

    def write(
        self,
        out: Path,
        device_ids: Sequence[str],
        candidate_ids: Sequence[int],
        *,
        language: str,
        measure: bool,
    ) -> FakeWritten:
        self.languages.append(language)
        writer = QPdfWriter(str(out))
        from PySide6.QtGui import QPainter

        painter = QPainter(writer)
        painter.drawRect(100, 100, 4000, 2000)
        writer.newPage()
        painter.end()
        return FakeWritten(path=out)


@dataclass(frozen=True)
class FakeWritten:
    path: Path


def fake_lineage(stored: Stored, made: Sequence[Exported]) -> Lineage:
    """Return the graph of what is stored: a version a search, the last of them the latest."""
    labelled = sum(s.class_name is not None for s in stored.samples)
    nodes = [Node(id="data:", kind=NodeKind.DATA, record=labelled)] if stored.samples else []
    nodes += stored.versions()
    latest = len(stored.searches)
    nodes += [
        Node(
            id=f"search:{s.id}",
            kind=NodeKind.SEARCH,
            record=s,
            parents=(f"version:{s.id}",),
            order=order,
            older=s.id != latest,
        )
        for order, s in enumerate(stored.searches)
    ]
    for kind, parent in ((NodeKind.CANDIDATE, "search"), (NodeKind.ARTIFACT, "candidate")):
        nodes += [
            Node(
                id=f"{kind}:{c.id}",
                kind=kind,
                record=c,
                parents=(f"{parent}:{c.search_id if parent == 'search' else c.id}",),
                order=order,
                older=c.search_id != latest,
            )
            for order, c in enumerate(sorted(stored.candidates, key=lambda c: c.id))
        ]
    nodes += [
        Node(
            id=f"bundle:{order}",
            kind=NodeKind.BUNDLE,
            record=one,
            parents=(f"artifact:{one.candidate_id}",),
            order=order,
        )
        for order, one in enumerate(made)
    ]
    return Lineage(nodes=tuple(nodes), samples=len(stored.samples))
