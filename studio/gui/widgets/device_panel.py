"""One device in full: what it has, what the model needs, and how each number is known."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout

from studio.domain.device import Device, Fact
from studio.domain.figure import Figure
from studio.domain.report import CompatibilityReport, MemoryLine, MemoryRegion
from studio.domain.wording import bytes_text
from studio.gui import words
from studio.gui.i18n import mark, tr
from studio.gui.icons import pixmap
from studio.gui.theme import SPACING, tokens
from studio.gui.widgets.basics import Card, clear, label
from studio.gui.widgets.figure_label import FigureLabel
from studio.gui.widgets.memory_bar import MemoryBar
from studio.gui.workspace import Workspace

__all__ = ["DevicePanel"]

_WIDTH_PX = 310
_REGIONS = {MemoryRegion.RAM: mark("RAM"), MemoryRegion.FLASH: mark("Flash")}
#: Parts of the memory a report may name; an unknown one is shown as it is.
_PARTS = {
    part: part
    for part in (
        mark("model"),
        mark("runtime code"),
        mark("weights"),
        mark("code"),
        mark("variables"),
        mark("sensor buffer"),
        mark("stack of the sketch"),
        mark("tensor arena"),
        mark("input buffer"),
        mark("stack"),
        mark("runtime"),
        mark("operating system"),
        mark("tensors"),
        mark("sketch and startup code"),
        mark("sketch and startup data"),
    )
}


class DevicePanel(QScrollArea):
    """Everything about the chosen device and the chosen candidate on it."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.setFixedWidth(_WIDTH_PX)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._card = Card()
        self._column = self._card.box
        self.setWidget(self._card)
        workspace.choice_changed.connect(self._refresh)
        workspace.reports_changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        clear(self._column)
        device = self._workspace.device
        if device is None:
            self._column.addWidget(label(tr("Choose a device to see what it has."), "muted"))
            self._column.addStretch()
            return
        self._show_device(device)
        report = self._workspace.reports.get(device.id)
        if report is not None:
            self._show_report(report)
        elif self._workspace.checking:
            self._column.addWidget(label(tr("Checking…"), "muted"))
        self._column.addStretch()

    def _show_device(self, device: Device) -> None:
        self._column.addWidget(label(device.name, "section"))
        self._column.addWidget(label(f"{device.vendor} · {device.core}", "muted"))
        grid = QGridLayout()
        clock = device.clock_hz
        mhz = "?" if clock.value is None else f"{clock.value / 1e6:g} MHz"
        facts = (
            (tr("Clock"), mhz, clock),
            (tr("RAM"), _bytes(device.ram_bytes), device.ram_bytes),
            (tr("Flash"), _bytes(device.flash_bytes), device.flash_bytes),
        )
        for row, (name, text, fact) in enumerate(facts):
            grid.addWidget(label(name, "muted"), row, 0)
            grid.addWidget(label(text, wrap=False), row, 1)
            trust = label(_trust(fact), "small", wrap=False)
            trust.setToolTip("\n".join(fact.sources))
            grid.addWidget(trust, row, 2)
        self._column.addLayout(grid)
        if device.notes:
            self._column.addWidget(label(device.notes, "small"))

    def _show_report(self, report: CompatibilityReport) -> None:
        self._column.addSpacing(SPACING[1])
        self._column.addLayout(_verdict_row(report))
        for text in dict.fromkeys(p.text(tr) for p in (report.for_engineer, *report.findings)):
            self._column.addWidget(label(f"– {text}", "muted"))
        limits = {
            MemoryRegion.RAM: (report.ram, report.ram_limit_bytes),
            MemoryRegion.FLASH: (report.flash, report.flash_limit_bytes),
        }
        for region, (used, limit) in limits.items():
            lines = [line for line in report.memory if line.region is region]
            self._show_memory(tr(_REGIONS[region]), used, limit, lines)

    def _show_memory(
        self, name: str, used: Figure, limit: int | None, lines: list[MemoryLine]
    ) -> None:
        self._column.addSpacing(SPACING[1])
        head = QHBoxLayout()
        head.addWidget(label(name), 1)
        head.addWidget(FigureLabel(used))
        head.addWidget(
            label(tr("of {limit}", limit=bytes_text(limit) if limit else "?"), wrap=False)
        )
        self._column.addLayout(head)
        bar = MemoryBar()
        bar.show_use(name, used, limit)
        self._column.addWidget(bar)
        for line in lines:
            row = QHBoxLayout()
            part = tr(_PARTS[line.part]) if line.part in _PARTS else line.part
            row.addWidget(label(part, "muted"), 1)
            row.addWidget(FigureLabel(line.figure))
            self._column.addLayout(row)


def _bytes(fact: Fact) -> str:
    return "?" if fact.value is None else bytes_text(fact.value)


def _trust(fact: Fact) -> str:
    if fact.value is None:
        return tr("unknown")
    return tr("verified") if fact.verified else tr("unverified")


def _verdict_row(report: CompatibilityReport) -> QHBoxLayout:
    row = QHBoxLayout()
    colour = tokens().verdict(report.verdict)
    picture = QLabel()
    picture.setPixmap(pixmap(words.VERDICT_ICONS[report.verdict], colour, 20, 2.0))
    picture.setAlignment(Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(2)
    verdict = label(words.verdict_word(report.verdict))
    verdict.setStyleSheet(f"color: {colour}; font-weight: 600;")
    column.addWidget(verdict)
    column.addWidget(label(report.summary.text(tr)))
    row.addWidget(picture)
    row.addLayout(column, 1)
    return row
