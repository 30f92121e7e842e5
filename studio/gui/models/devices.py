"""The devices of a project with the verdict on the chosen candidate; and those that are wanted."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from studio.domain.device import Device
from studio.domain.report import Verdict
from studio.gui.fitting.desk import FittingDesk
from studio.gui.fitting.words import spoken
from studio.gui.mime import DEVICE, device_data
from studio.gui.widgets.basics import plain

if TYPE_CHECKING:
    from studio.app import DeviceFilter

__all__ = ["DeviceListModel", "DeviceSieve"]

Index = QModelIndex | QPersistentModelIndex
_ORDER = {Verdict.FITS: 0, Verdict.UNKNOWN: 1, Verdict.DOES_NOT_FIT: 2}


class DeviceListModel(QAbstractListModel):
    """Every device; before there is a candidate without a verdict."""

    DeviceRole = Qt.ItemDataRole.UserRole
    CellRole = Qt.ItemDataRole.UserRole + 1

    def __init__(self, desk: FittingDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._workspace = desk, desk.workspace
        self._rows: tuple[Device, ...] = ()
        desk.devices_changed.connect(self._read)
        for signal in (self._workspace.reports_changed, desk.rows_changed):
            signal.connect(self._on_verdicts)
        self._workspace.choice_changed.connect(self._on_verdicts)
        self._read()

    def _read(self) -> None:
        self.beginResetModel()
        self._rows = tuple(self._workspace.devices.values())
        self.endResetModel()

    def _on_verdicts(self) -> None:
        if len(self._rows) != len(self._workspace.devices):
            self._read()
        elif self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many devices there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name, what a screen reader says, the device or its verdict."""
        device = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return device.name
        if role == self.DeviceRole:
            return device
        if role == self.CellRole:
            return self._desk.cell(device.id)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(device, self._desk.cell(device.id))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain(spoken(device, self._desk.cell(device.id)))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let a device be dragged onto a model, and models be dropped on it."""
        usual = super().flags(index)
        drags = Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled
        return usual | drags if index.isValid() else usual

    def mimeTypes(self) -> list[str]:
        """Return what a drag of a device is."""
        return [DEVICE]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the device that is dragged."""
        return device_data(self._rows[indexes[0].row()].id)


class DeviceSieve(QSortFilterProxyModel):
    """Devices that are wanted and whose verdict is, the smallest that fits first, or by name."""

    def __init__(self, desk: FittingDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.wanted: DeviceFilter | None = None
        self.verdict: Verdict | None = None
        self.by_name = False
        self.setSourceModel(DeviceListModel(desk, self))
        self.sort(0)

    def set(self, wanted: DeviceFilter | None, verdict: Verdict | None, by_name: bool) -> None:
        """Say what is wanted, and in which order."""
        self.wanted, self.verdict, self.by_name = wanted, verdict, by_name
        self.invalidate()

    def device(self, row: int) -> Device:
        """Return the device in a row."""
        found: Device = self.index(row, 0).data(DeviceListModel.DeviceRole)
        return found

    def row_of(self, device_id: str) -> int:
        """Return the row of a device, or -1 where it is not wanted."""
        rows = range(self.rowCount())
        return next((row for row in rows if self.device(row).id == device_id), -1)

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        """Say whether a device is shown."""
        index = self.sourceModel().index(row, 0)
        if self.wanted is not None and not self.wanted(index.data(DeviceListModel.DeviceRole)):
            return False
        cell = index.data(DeviceListModel.CellRole)
        return self.verdict is None or (cell is not None and cell.verdict is self.verdict)

    def lessThan(self, left: Index, right: Index) -> bool:
        """Say which of two devices comes first."""
        return self._key(left) < self._key(right)

    def _key(self, index: Index) -> tuple[float, float, float, str]:
        device: Device = index.data(DeviceListModel.DeviceRole)
        name = device.name.casefold()
        if self.by_name:
            return (0, 0, 0, name)
        cell = index.data(DeviceListModel.CellRole)
        # Prices are not known, so the size stands for them; an unknown one counts as largest.
        ram, flash = (
            math.inf if fact.value is None else fact.value
            for fact in (device.ram_bytes, device.flash_bytes)
        )
        return (_ORDER.get(cell.verdict, 3) if cell else 3, ram, flash, name)
