"""The models beside the boards: choose one, drag it onto a board, or drop a board on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from studio.domain.candidate import Candidate
from studio.gui import words
from studio.gui.fitting.desk import FittingDesk
from studio.gui.i18n import tr
from studio.gui.icons import icon
from studio.gui.mime import CANDIDATE, candidate_data, dragged_device
from studio.gui.theme import tokens

__all__ = ["ModelsList", "ModelsModel"]

Index = QModelIndex | QPersistentModelIndex


class ModelsModel(QAbstractListModel):
    """The candidates, the best first, each with its verdict on the chosen device."""

    CandidateRole = Qt.ItemDataRole.UserRole

    def __init__(self, desk: FittingDesk) -> None:
        super().__init__(desk)
        self._desk, self._workspace = desk, desk.workspace
        self._rows: tuple[Candidate, ...] = ()
        self._workspace.view_changed.connect(self._read)
        for signal in (
            desk.rows_changed,
            self._workspace.choice_changed,
            self._workspace.reports_changed,
        ):
            signal.connect(self._on_verdicts)
        self._read()

    def _read(self) -> None:
        view = self._workspace.view
        found = view.candidates if view else ()
        if found != self._rows:
            self.beginResetModel()
            self._rows = found
            self.endResetModel()

    def _on_verdicts(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many candidates there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def candidate(self, row: int) -> Candidate:
        """Return the candidate in a row."""
        return self._rows[row]

    def row_of(self, candidate_id: int) -> int:
        """Return the row of a candidate, or -1."""
        rows = range(len(self._rows))
        return next((row for row in rows if self._rows[row].id == candidate_id), -1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return number, result and verdict."""
        candidate = self._rows[index.row()]
        device = self._workspace.device
        cell = self._desk.cell(device.id, candidate.id) if device else None
        if role == Qt.ItemDataRole.DisplayRole:
            result = words.short_result(words.best_evaluation(candidate))
            return f"#{candidate.id}  {result}"
        if role == self.CandidateRole:
            return candidate
        if role == Qt.ItemDataRole.DecorationRole and cell is not None:
            return icon(words.VERDICT_ICONS[cell.verdict], tokens().verdict(cell.verdict), 16)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            told = words.verdict_word(cell.verdict) if cell else ""
            shown = f"#{candidate.id} {words.result(words.best_evaluation(candidate))}"
            return f"{shown}, {told}" if told else shown
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let a model be dragged onto a board, and boards be dropped on it."""
        usual = super().flags(index)
        drags = Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled
        return usual | drags if index.isValid() else usual

    def mimeTypes(self) -> list[str]:
        """Return what a drag of a model is."""
        return [CANDIDATE]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the model that is dragged."""
        return candidate_data(self._rows[indexes[0].row()].id)


class ModelsList(QListView):
    """The candidates; standing on one chooses it.

    Signals:
        chosen: Number of a candidate.
        device_dropped: A candidate's number, and the id of the device that fell on it.
        menu_wanted: Number of a candidate, and where on the screen.
    """

    chosen = Signal(int)
    device_dropped = Signal(int, str)
    menu_wanted = Signal(int, QPoint)

    def __init__(self, desk: FittingDesk) -> None:
        super().__init__()
        self._workspace = desk.workspace
        self.candidates = ModelsModel(desk)
        self.setObjectName("rows")
        self.setModel(self.candidates)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setAccessibleName(tr("Models, best first"))
        self.selectionModel().currentChanged.connect(self._on_current)
        self.candidates.modelReset.connect(self.show_chosen)
        self._workspace.choice_changed.connect(self.show_chosen)
        self.show_chosen()

    def show_chosen(self) -> None:
        """Stand on the chosen candidate."""
        chosen = self._workspace.candidate
        row = self.candidates.row_of(chosen.id) if chosen else -1
        if row >= 0 and self.currentIndex().row() != row:
            self.setCurrentIndex(self.candidates.index(row))

    def _on_current(self, now: QModelIndex, before: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self.candidates.candidate(now.row()).id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the model under the pointer, or of the current one."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            place = self.visualRect(index).center() if by_key else event.pos()
            where = self.viewport().mapToGlobal(place)
            self.menu_wanted.emit(self.candidates.candidate(index.row()).id, where)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take boards."""
        if dragged_device(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take a board only over a model."""
        over = self.indexAt(event.position().toPoint())
        if over.isValid() and dragged_device(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Choose the pair of the board and the model."""
        over = self.indexAt(event.position().toPoint())
        device = dragged_device(event.mimeData())
        if over.isValid() and device in self._workspace.devices:
            event.acceptProposedAction()
            self.device_dropped.emit(self.candidates.candidate(over.row()).id, device)
