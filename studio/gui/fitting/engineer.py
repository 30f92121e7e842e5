"""What an engineer asks of a report: numbers, runtimes, operators, banks, sources."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from studio.domain.device import Device
from studio.domain.placement import Where
from studio.domain.report import Alternative, CompatibilityReport
from studio.domain.wording import bytes_text
from studio.gui import words
from studio.gui.fitting.words import part_word
from studio.gui.i18n import mark, tr
from studio.gui.theme import SPACING
from studio.gui.widgets.basics import label

__all__ = ["engineer_box"]

_WHERE = {
    Where.ACCELERATOR: mark("on the accelerator"),
    Where.PROCESSOR: mark("on the processor"),
    Where.NOWHERE: mark("nowhere"),
}
_MOST_OPERATORS = 40


def engineer_box(device: Device, report: CompatibilityReport | None) -> QWidget:
    """Return everything below "Details for the engineer"."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SPACING[0])
    if report is not None:
        _findings(column, report)
        _runtimes(column, report)
        _operators(column, report)
        _banks(column, report)
        _figures(column, report)
    _sources(column, device)
    return box


def _head(column: QVBoxLayout, text: str) -> None:
    column.addSpacing(SPACING[1])
    column.addWidget(label(text, "strong"))


def _grid(column: QVBoxLayout, rows: Sequence[Sequence[QLabel | str]]) -> None:
    grid = QGridLayout()
    grid.setHorizontalSpacing(SPACING[1])
    for number, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            grid.addWidget(label(cell, "small") if isinstance(cell, str) else cell, number, place)
    grid.setColumnStretch(0, 1)
    column.addLayout(grid)


def _findings(column: QVBoxLayout, report: CompatibilityReport) -> None:
    told = dict.fromkeys(p.text(tr) for p in (report.for_engineer, *report.findings))
    for text in told:
        column.addWidget(label(f"– {text}", "muted"))


def _runtimes(column: QVBoxLayout, report: CompatibilityReport) -> None:
    if not report.runtime:
        return
    _head(column, tr("Runtimes"))
    runtimes: tuple[CompatibilityReport | Alternative, ...] = (report, *report.alternatives)
    for each in runtimes:
        ram, flash = words.figure_text(each.ram), words.figure_text(each.flash)
        verdict = words.verdict_word(each.verdict)
        text = tr("{ram} RAM · {flash} flash", ram=ram, flash=flash)
        column.addWidget(label(f"{each.runtime}: {verdict} · {text}", "small"))
    for other in report.alternatives:
        if other.why is not None:
            column.addWidget(label(f"{other.runtime}: {other.why.text(tr)}", "small"))


def _operators(column: QVBoxLayout, report: CompatibilityReport) -> None:
    placement = report.placement
    if placement is not None:
        rows = [
            [name, f"{count} ×", tr(_WHERE[where])]
            for where in Where
            for name, count in placement.counted(where).items()
        ]
        reasons = dict.fromkeys(place.reason for place in placement.operators if place.reason)
    else:
        rows = [
            [each.name, f"{each.count} ×", "" if each.supported else tr("the runtime lacks it")]
            for each in report.operators
        ]
        reasons = {}
    if not rows:
        return
    _head(column, tr("Operators"))
    _grid(column, rows[:_MOST_OPERATORS])
    if placement is None:
        column.addWidget(label(tr("Where each one runs is not known."), "small"))
    for reason in reasons:
        column.addWidget(label(f"– {reason}", "small"))


def _banks(column: QVBoxLayout, report: CompatibilityReport) -> None:
    if not report.banks:
        return
    _head(column, tr("Banks of the RAM"))
    rows = [
        [
            bank.name,
            f"{bytes_text(bank.used_bytes)} / {bytes_text(bank.size_bytes)}",
            ", ".join(map(part_word, bank.parts)),
        ]
        for bank in report.banks
    ]
    _grid(column, rows)


def _figures(column: QVBoxLayout, report: CompatibilityReport) -> None:
    """Say of every figure how it is known; the tooltips above need a mouse."""
    _head(column, tr("How each figure is known"))
    figures = [
        *((part_word(line.part), line.figure) for line in report.memory),
        (tr("Time of one run"), report.latency),
        (tr("Energy of one run"), report.energy),
    ]
    for name, figure in figures:
        column.addWidget(label(f"{name}: {words.figure_tooltip(figure)}", "small"))


def _sources(column: QVBoxLayout, device: Device) -> None:
    _head(column, tr("Where these figures are from"))
    facts = (
        (tr("Clock"), device.clock_hz.sources),
        (tr("RAM"), device.ram_bytes.sources),
        (tr("Flash"), device.flash_bytes.sources),
        *((", ".join(f.names), f.sources) for f in device.features.values()),
    )
    for name, sources in facts:
        told = "; ".join(sources) or tr("nobody we can cite states it")
        column.addWidget(label(f"{name}: {told}", "small"))
    if device.notes:
        column.addWidget(label(device.notes, "small"))
