"""One device in full: what it has, what the model needs, and how each number is known."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from studio.domain.device import Device, Fact
from studio.domain.figure import Figure
from studio.domain.report import CompatibilityReport, MemoryLine, MemoryRegion
from studio.domain.wording import KIND_MARKS, bytes_text
from studio.gui import words
from studio.gui.fitting.engineer import engineer_box
from studio.gui.fitting.words import KIND_WORDS, part_word, size_text, trust_text
from studio.gui.i18n import mark, tr
from studio.gui.icons import pixmap
from studio.gui.theme import SPACING, tokens
from studio.gui.widgets.basics import Card, button, clear, label, plain
from studio.gui.widgets.figure_label import FigureLabel
from studio.gui.widgets.memory_bar import MemoryBar
from studio.gui.workspace import Workspace

__all__ = ["DevicePanel"]

_REGIONS = {MemoryRegion.RAM: mark("RAM"), MemoryRegion.FLASH: mark("Flash")}


class DevicePanel(QScrollArea):
    """Everything about the chosen device and the chosen candidate on it.

    Args:
        workspace: Whose choice is shown.
        act: What stands below the verdict: buttons, and what would fit; kept as it is.
    """

    def __init__(self, workspace: Workspace, act: QWidget) -> None:
        super().__init__()
        self._workspace, self._act = workspace, act
        self._shown: tuple[Device | None, CompatibilityReport | None, bool] | None = None
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._card = Card()
        self._head, self._body = QVBoxLayout(), QVBoxLayout()
        self.details = button(tr("Details for the engineer"), self._on_details, role="link")
        self.details.setCheckable(True)
        self._below = QWidget()
        self._engineer = QVBoxLayout(self._below)
        self._engineer.setContentsMargins(0, 0, 0, 0)
        self._card.add_layout(self._head)
        self._card.add(act)
        self._card.add_layout(self._body)
        self._card.add(self.details)
        self._card.add(self._below)
        self._card.add_stretch()
        self._below.hide()
        self.setWidget(self._card)
        workspace.choice_changed.connect(self._refresh)
        workspace.reports_changed.connect(self._refresh)
        workspace.view_changed.connect(self._refresh)
        self._refresh()

    def _on_details(self) -> None:
        self._show_below()

    def _refresh(self) -> None:
        device = self._workspace.device
        report = self._workspace.reports.get(device.id) if device else None
        checking = self._workspace.checking
        now = (device, report, checking)
        if now == self._shown:
            return  # so that nothing jumps while somebody reads
        self._shown = now
        for column in (self._head, self._body, self._engineer):
            clear(column)
        self._act.setVisible(report is not None)
        self.details.setVisible(device is not None)
        if device is None:
            self._head.addWidget(label(tr("Choose a device to see what it has."), "muted"))
            self._below.hide()
            return
        self._show_head(device, report, checking)
        if report is not None:
            self._show_report(report)
        self._show_below()

    def _show_below(self) -> None:
        """Show what the engineer asks for, made when it is asked for."""
        device, report, _ = self._shown or (None, None, False)
        wanted = device is not None and self.details.isChecked()
        self._below.setVisible(wanted)
        if device is not None and wanted and not self._engineer.count():
            self._engineer.addWidget(engineer_box(device, report))

    def _show_head(
        self, device: Device, report: CompatibilityReport | None, checking: bool
    ) -> None:
        self._head.addWidget(label(device.name, "section"))
        kind = tr(KIND_WORDS[device.kind])
        about = " · ".join(part for part in (device.vendor, device.core, kind) if part)
        self._head.addWidget(label(about, "muted"))
        if report is not None:
            self._head.addLayout(_verdict_row(report))
        elif checking:
            self._head.addWidget(label(tr("Checking…"), "muted"))
        self._head.addLayout(_facts(device))
        for feature in device.features.values():
            line = label(", ".join(feature.names), "small")
            line.setToolTip(plain("\n".join(feature.sources)))
            self._head.addWidget(line)

    def _show_report(self, report: CompatibilityReport) -> None:
        limits = {
            MemoryRegion.RAM: (report.ram, report.ram_limit_bytes),
            MemoryRegion.FLASH: (report.flash, report.flash_limit_bytes),
        }
        for region, (used, limit) in limits.items():
            lines = [line for line in report.memory if line.region is region]
            self._show_memory(tr(_REGIONS[region]), used, limit, lines)
        self._body.addSpacing(SPACING[1])
        for name, figure in (
            (tr("Time of one run"), report.latency),
            (tr("Energy of one run"), report.energy),
        ):
            self._body.addLayout(_figure_row(name, figure, strong=True))
        self._body.addWidget(_legend(_figures(report)))

    def _show_memory(
        self, name: str, used: Figure, limit: int | None, lines: list[MemoryLine]
    ) -> None:
        self._body.addSpacing(SPACING[1])
        head = QHBoxLayout()
        head.addWidget(label(name, "strong"), 1)
        head.addWidget(FigureLabel(used))
        of = tr("of {limit}", limit=bytes_text(limit) if limit else "?")
        head.addWidget(label(of, wrap=False))
        self._body.addLayout(head)
        bar = MemoryBar()
        bar.show_use(name, used, limit)
        self._body.addWidget(bar)
        for line in lines:
            self._body.addLayout(_figure_row(part_word(line.part), line.figure))


def _figures(report: CompatibilityReport) -> Iterable[Figure]:
    yield from (line.figure for line in report.memory)
    yield from (report.ram, report.flash, report.latency, report.energy)


def _legend(figures: Iterable[Figure]) -> QLabel:
    """Return the words for the marks that are seen."""
    kinds = dict.fromkeys(figure.kind for figure in figures)
    told = ", ".join(f"{KIND_MARKS[kind]} {words.kind_word(kind)}" for kind in kinds)
    return label(tr("How a number is known: {kinds}", kinds=told), "small")


def _figure_row(name: str, figure: Figure, *, strong: bool = False) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(label(name, "strong" if strong else "muted"), 1)
    row.addWidget(FigureLabel(figure))
    return row


def _facts(device: Device) -> QGridLayout:
    clock = device.clock_hz
    mhz = "?" if clock.value is None else f"{clock.value / 1e6:g} MHz"
    facts: tuple[tuple[str, str, Fact], ...] = (
        (tr("Clock"), mhz, clock),
        (tr("RAM"), size_text(device.ram_bytes), device.ram_bytes),
        (tr("Flash"), size_text(device.flash_bytes), device.flash_bytes),
    )
    grid = QGridLayout()
    for row, (name, text, fact) in enumerate(facts):
        grid.addWidget(label(name, "muted"), row, 0)
        grid.addWidget(label(text, wrap=False), row, 1)
        trust = label(trust_text(fact), "small", wrap=False)
        trust.setToolTip(plain("\n".join(fact.sources)))
        grid.addWidget(trust, row, 2)
    return grid


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
