"""The catalogue with the verdict on the chosen candidate, as a table."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QColor

from studio.domain.device import Device, Fact
from studio.domain.report import CompatibilityReport, Verdict
from studio.domain.wording import bytes_text
from studio.gui import words
from studio.gui.i18n import mark, tr
from studio.gui.icons import icon
from studio.gui.theme import tokens
from studio.gui.workspace import Workspace

__all__ = ["DeviceFilterModel", "DeviceTableModel"]

Index = QModelIndex | QPersistentModelIndex
_COLUMNS = (mark("Device"), mark("Verdict"), mark("RAM"), mark("Flash"), mark("Limits"))
_NAME, _VERDICT, _RAM, _FLASH, _VERIFIED = range(5)
_ORDER = {Verdict.FITS: 0, Verdict.UNKNOWN: 1, Verdict.DOES_NOT_FIT: 2, None: 3}


def _limit(fact: Fact) -> str:
    return "?" if fact.value is None else bytes_text(fact.value)


class DeviceTableModel(QAbstractTableModel):
    """Every device; before there is a candidate without a verdict."""

    DeviceRole = Qt.ItemDataRole.UserRole
    VerdictRole = Qt.ItemDataRole.UserRole + 1
    SortRole = Qt.ItemDataRole.UserRole + 2

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._rows: tuple[Device, ...] = ()
        workspace.choice_changed.connect(self._on_choice_changed)
        workspace.reports_changed.connect(self._on_reports_changed)
        self._on_choice_changed()

    def _on_choice_changed(self) -> None:
        if len(self._rows) != len(self._workspace.devices):
            self.beginResetModel()
            self._rows = tuple(self._workspace.devices.values())
            self.endResetModel()

    def _on_reports_changed(self) -> None:
        if self._rows:
            last = self.index(len(self._rows) - 1, len(_COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many devices the catalogue has."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return the number of columns."""
        return len(_COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's title."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(_COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        device, column = self._rows[index.row()], index.column()
        report = self._workspace.reports.get(device.id)
        if role == self.DeviceRole:
            return device
        if role == self.VerdictRole:
            return report.verdict if report else None
        if role == self.SortRole:
            return self._sort_key(device, report, column)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(device, report, column)
        if column == _VERDICT and report is not None:
            return self._verdict(report, role)
        if role == Qt.ItemDataRole.ToolTipRole and report is not None and column in (_RAM, _FLASH):
            used = report.ram if column == _RAM else report.flash
            return f"{words.figure_text(used)}: {words.figure_tooltip(used)}"
        if column == _NAME and role == Qt.ItemDataRole.ToolTipRole:
            return f"{device.vendor}, {device.core}"
        return None

    def _text(self, device: Device, report: CompatibilityReport | None, column: int) -> str:
        if column == _NAME:
            return device.name
        if column == _VERDICT:
            if report is not None:
                return words.verdict_word(report.verdict)
            return "…" if self._workspace.checking else "–"
        if column == _RAM:
            limit = device.ram_bytes
            return words.use_text(report.ram, limit.value) if report else _limit(limit)
        if column == _FLASH:
            limit = device.flash_bytes
            return words.use_text(report.flash, limit.value) if report else _limit(limit)
        both = device.ram_bytes.verified and device.flash_bytes.verified
        return tr("verified") if both else tr("unverified")

    def _verdict(self, report: CompatibilityReport, role: int) -> Any:
        colour = tokens().verdict(report.verdict)
        if role == Qt.ItemDataRole.DecorationRole:
            return icon(words.VERDICT_ICONS[report.verdict], colour, 16)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(colour)
        return report.summary.text(tr) if role == Qt.ItemDataRole.ToolTipRole else None

    def _sort_key(self, device: Device, report: CompatibilityReport | None, column: int) -> Any:
        if column == _VERDICT:
            return f"{_ORDER[report.verdict if report else None]}{device.name.casefold()}"
        if column == _RAM:
            return device.ram_bytes.value or 0
        if column == _FLASH:
            return device.flash_bytes.value or 0
        return self._text(device, report, column).casefold()


class DeviceFilterModel(QSortFilterProxyModel):
    """Devices whose name, vendor or core has the words, and whose verdict is wanted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: list[str] = []
        self._verdict: Verdict | None = None
        self.setSortRole(DeviceTableModel.SortRole)

    def set_words(self, text: str) -> None:
        """Keep devices in which every word of `text` occurs."""
        self.beginFilterChange()
        self._words = text.casefold().split()
        self.endFilterChange()

    def set_verdict(self, verdict: Verdict | None) -> None:
        """Keep devices with this verdict; None keeps all."""
        self.beginFilterChange()
        self._verdict = verdict
        self.endFilterChange()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        """Say whether a device is shown."""
        index = self.sourceModel().index(row, 0, parent)
        device: Device = index.data(DeviceTableModel.DeviceRole)
        verdict = index.data(DeviceTableModel.VerdictRole)
        text = f"{device.name} {device.vendor} {device.core} {device.id}".casefold()
        # Qt hands enums back as plain text, which still equals them.
        fitting = self._verdict is None or verdict == self._verdict
        return fitting and all(word in text for word in self._words)
