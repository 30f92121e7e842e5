"""What was taken for what."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from studio.domain.evaluation import Evaluation
from studio.gui.i18n import tr
from studio.gui.nouns import Nouns, nouns
from studio.gui.theme import tokens
from studio.gui.widgets.basics import plain

__all__ = ["ConfusionTable"]


class ConfusionTable(QTableWidget):
    """Rows are what a sample is, columns what the model said.

    Signals:
        cell_chosen: A cell with samples in it, by mouse or keyboard: places of the true class
            and of the class that was said.
    """

    cell_chosen = Signal(int, int)

    def __init__(self, task: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nouns: Nouns = nouns(task)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName(tr("Confusion matrix"))
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self._shown: Evaluation | None = None
        self.setObjectName("confusion")
        mode = QHeaderView.ResizeMode
        self.horizontalHeader().setSectionResizeMode(mode.ResizeToContents)
        self.horizontalHeader().setMinimumSectionSize(26)
        self.verticalHeader().setSectionResizeMode(mode.Fixed)
        self.verticalHeader().setMinimumSectionSize(24)
        self.verticalHeader().setDefaultSectionSize(24)
        self.cellClicked.connect(self._on_cell)
        self.currentCellChanged.connect(lambda row, column, *before: self._on_cell(row, column))

    def show_task(self, task: str) -> None:
        """Speak of the samples of a task."""
        self._nouns = nouns(task)

    def show_evaluation(self, evaluation: Evaluation) -> None:
        """Show other counts."""
        if evaluation == self._shown:
            return
        self._shown = evaluation
        names = list(evaluation.classes)
        self.blockSignals(True)
        self.clear()
        self.setRowCount(len(names))
        self.setColumnCount(len(names))
        self.setHorizontalHeaderLabels(names)
        self.setVerticalHeaderLabels(names)
        for row, counts in enumerate(evaluation.confusion):
            total = sum(counts) or 1
            for column, n in enumerate(counts):
                self.setItem(row, column, self._cell(names, row, column, n, n / total))
        self.blockSignals(False)

    def _on_cell(self, row: int, column: int) -> None:
        inside = self._shown is not None and row >= 0 and column >= 0
        if inside and self._shown is not None and self._shown.confusion[row][column]:
            self.cell_chosen.emit(row, column)

    def _cell(
        self, names: list[str], row: int, column: int, n: int, share: float
    ) -> QTableWidgetItem:
        item = QTableWidgetItem(str(n) if n else "·")
        item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
        t = tokens()
        if n:
            colour = QColor(t.fits if row == column else t.no)
            colour.setAlphaF(min(0.6, 0.12 + 0.4 * share))
            item.setBackground(colour)
        else:
            item.setForeground(QColor(t.muted))
        words = tr(
            "{samples} of {true} called {said}",
            samples=self._nouns.count(n),
            true=names[row],
            said=names[column],
        )
        item.setToolTip(plain(words))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
        return item
