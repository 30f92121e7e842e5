"""Every model on every board: a table that fills as rows are judged."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from studio.domain.candidate import Candidate
from studio.domain.device import Device
from studio.domain.matrix import Cell
from studio.gui import words
from studio.gui.fitting.desk import FittingDesk
from studio.gui.fitting.words import percent_text, share_text, worst_share
from studio.gui.i18n import tr
from studio.gui.icons import icon
from studio.gui.models.devices import DeviceSieve
from studio.gui.theme import tokens
from studio.gui.widgets.basics import plain

__all__ = ["MatrixModel", "MatrixTable"]

Index = QModelIndex | QPersistentModelIndex
_CELL_PX, _NAME_PX = 92, 210


class MatrixModel(QAbstractTableModel):
    """A row a board that is wanted, a column a candidate, the best first."""

    def __init__(self, desk: FittingDesk, sieve: DeviceSieve) -> None:
        super().__init__(desk)
        self._desk, self._sieve = desk, sieve
        self._devices: tuple[Device, ...] = ()
        self._candidates: tuple[Candidate, ...] = ()
        for signal in (
            sieve.modelReset,
            sieve.layoutChanged,
            sieve.rowsInserted,
            sieve.rowsRemoved,
            desk.workspace.view_changed,
        ):
            signal.connect(self._read)
        for signal in (desk.rows_changed, desk.workspace.reports_changed):
            signal.connect(self._on_cells)
        self._read()

    def _read(self, *changed: object) -> None:
        view = self._desk.workspace.view
        devices = tuple(self._sieve.device(row) for row in range(self._sieve.rowCount()))
        candidates = view.candidates if view else ()
        if (devices, candidates) != (self._devices, self._candidates):
            self.beginResetModel()
            self._devices, self._candidates = devices, candidates
            self.endResetModel()

    def _on_cells(self) -> None:
        if self._devices and self._candidates:
            last = self.index(len(self._devices) - 1, len(self._candidates) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many boards are wanted."""
        return 0 if parent is not None and parent.isValid() else len(self._devices)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many candidates there are."""
        return 0 if parent is not None and parent.isValid() else len(self._candidates)

    def pair(self, index: Index) -> tuple[Candidate, Device]:
        """Return the candidate and the board of a cell."""
        return self._candidates[index.column()], self._devices[index.row()]

    def place_of(self, candidate_id: int, device_id: str) -> QModelIndex:
        """Return the cell of a pair; an invalid one where it is not shown."""
        columns = {each.id: n for n, each in enumerate(self._candidates)}
        rows = {each.id: n for n, each in enumerate(self._devices)}
        if candidate_id not in columns or device_id not in rows:
            return QModelIndex()
        return self.index(rows[device_id], columns[candidate_id])

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a board's name, or a candidate's number and result."""
        if orientation is Qt.Orientation.Vertical:
            device = self._devices[section]
            return device.name if role == Qt.ItemDataRole.DisplayRole else None
        candidate = self._candidates[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"#{candidate.id}\n{words.short_result(words.best_evaluation(candidate))}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return words.result(words.best_evaluation(candidate))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the verdict of a pair."""
        candidate, device = self.pair(index)
        cell = self._desk.cell(device.id, candidate.id)
        if cell is None:
            return self._lacking(candidate, role)
        colour = tokens().verdict(cell.verdict)
        if role == Qt.ItemDataRole.DisplayRole:
            share = worst_share(cell)
            return "?" if share is None else percent_text(share)
        if role == Qt.ItemDataRole.DecorationRole:
            return icon(words.VERDICT_ICONS[cell.verdict], colour, 16)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(colour)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return plain(_spoken(candidate, device, cell))
        return None

    def _lacking(self, candidate: Candidate, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return "–" if candidate.id in self._desk.rows else "…"
        if role == Qt.ItemDataRole.ToolTipRole:
            judged = candidate.id in self._desk.rows
            return tr("This model has no int8 file to judge.") if judged else tr("Checking…")
        return None


def _spoken(candidate: Candidate, device: Device, cell: Cell) -> str:
    verdict, share = words.verdict_word(cell.verdict), share_text(cell)
    told = f"#{candidate.id}, {device.name}: {verdict}"
    return f"{told}, {share}" if share else told


class MatrixTable(QTableView):
    """The table; a click or Enter chooses a pair.

    Signals:
        chosen: A candidate's number and a device's id.
    """

    chosen = Signal(int, str)

    def __init__(self, desk: FittingDesk, sieve: DeviceSieve) -> None:
        super().__init__()
        self._workspace = desk.workspace
        self.cells = MatrixModel(desk, sieve)
        self.setObjectName("rows")
        self.setModel(self.cells)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(tr("Every model on every board"))
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setDefaultSectionSize(_CELL_PX)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        down.setDefaultSectionSize(30)
        down.setFixedWidth(_NAME_PX)
        down.setTextElideMode(Qt.TextElideMode.ElideRight)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.clicked.connect(self._choose)

    def _choose(self, index: QModelIndex) -> None:
        candidate, device = self.cells.pair(index)
        self.chosen.emit(candidate.id, device.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by Enter; arrows move."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def show_chosen(self) -> None:
        """Stand on the chosen pair."""
        candidate, device = self._workspace.candidate, self._workspace.device
        if candidate is not None and device is not None:
            place = self.cells.place_of(candidate.id, device.id)
            if place.isValid() and place != self.currentIndex():
                self.setCurrentIndex(place)
