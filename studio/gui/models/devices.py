"""The devices of a project with the verdict on the chosen candidate; and those that are wanted."""

from __future__ import annotations

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
from studio.domain.matrix import Cell
from studio.domain.report import Verdict
from studio.gui.fitting.desk import FittingDesk
from studio.gui.fitting.words import spoken
from studio.gui.mime import DEVICE, device_data
from studio.gui.widgets.basics import plain

if TYPE_CHECKING:
    from studio.app import DeviceFilter

__all__ = ["DeviceListModel", "DeviceSieve"]

Index = QModelIndex | QPersistentModelIndex
_ORDER = {Verdict.FITS: 0, Verdict.UNKNOWN: 1, Verdict.DOES_NOT_FIT: 2, None: 3}


class DeviceListModel(QAbstractListModel):
    """Every device; before there is a candidate without a verdict."""

    DeviceRole = Qt.ItemDataRole.UserRole
    CellRole = Qt.ItemDataRole.UserRole + 1
    SizeRole = Qt.ItemDataRole.UserRole + 2
    NameRole = Qt.ItemDataRole.UserRole + 3

    def __init__(self, desk: FittingDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._workspace = desk, desk.workspace
        self._rows: tuple[Device, ...] = ()
        self._cells: list[Cell | None] = []
        self._keys: list[str] = []
        desk.devices_changed.connect(self._read)
        desk.rows_changed.connect(self._on_rows)
        self._workspace.reports_changed.connect(self._on_verdicts)
        self._workspace.choice_changed.connect(self._on_verdicts)
        self._read()

    def _read(self) -> None:
        self.beginResetModel()
        self._rows = tuple(self._workspace.devices.values())
        self._take([self._desk.cell(device.id) for device in self._rows])
        self.endResetModel()

    def _take(self, cells: list[Cell | None]) -> None:
        self._cells = cells
        self._keys = list(map(_size_key, self._rows, cells))  # sorting asks for each many times

    def _on_rows(self) -> None:
        if self._workspace.checking:  # else the reports of the chosen candidate say more
            self._on_verdicts()

    def _on_verdicts(self) -> None:
        if len(self._rows) != len(self._workspace.devices):
            self._read()
            return
        cells = [self._desk.cell(device.id) for device in self._rows]
        if cells != self._cells:
            self._take(cells)
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
        cell = self._cells[index.row()]
        if role == self.CellRole:
            return cell
        if role == self.SizeRole:
            return self._keys[index.row()]
        if role == self.NameRole:
            return device.name.casefold()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(device, cell)
        return plain(spoken(device, cell)) if role == Qt.ItemDataRole.ToolTipRole else None

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
        self.wanted: DeviceFilter | None = None
        self.verdict: Verdict | None = None
        self.setSourceModel(DeviceListModel(desk, self))
        self.setSortRole(DeviceListModel.SizeRole)
        self.sort(0)

    def set(self, wanted: DeviceFilter | None, verdict: Verdict | None, by_name: bool) -> None:
        """Say what is wanted, and in which order."""
        self.beginFilterChange()
        self.wanted, self.verdict = wanted, verdict
        self.endFilterChange()
        self.setSortRole(DeviceListModel.NameRole if by_name else DeviceListModel.SizeRole)

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


def _size_key(device: Device, cell: Cell | None) -> str:
    """Return what sorts by verdict, RAM and flash; an unknown size counts as the largest.

    Prices are not known, so the size stands for them.
    """
    ram, flash = (
        "~" if fact.value is None else f"{fact.value:016}"
        for fact in (device.ram_bytes, device.flash_bytes)
    )
    return f"{_ORDER[cell.verdict if cell else None]} {ram} {flash} {device.name.casefold()}"
