"""What was taken for what."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from studio.domain.evaluation import Evaluation
from studio.gui.i18n import plural, tr
from studio.gui.theme import tokens
from studio.gui.widgets.basics import plain

__all__ = ["ConfusionTable"]


class ConfusionTable(QTableWidget):
    """Rows are what a photo shows, columns what the model said."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName(tr("Confusion matrix"))
        self.setShowGrid(False)
        self._shown: Evaluation | None = None
        self.setObjectName("confusion")
        mode = QHeaderView.ResizeMode
        self.horizontalHeader().setSectionResizeMode(mode.ResizeToContents)
        self.horizontalHeader().setMinimumSectionSize(26)
        self.verticalHeader().setSectionResizeMode(mode.Fixed)
        self.verticalHeader().setMinimumSectionSize(24)
        self.verticalHeader().setDefaultSectionSize(24)

    def show_evaluation(self, evaluation: Evaluation) -> None:
        """Show other counts."""
        if evaluation == self._shown:
            return
        self._shown = evaluation
        names = list(evaluation.classes)
        self.setRowCount(len(names))
        self.setColumnCount(len(names))
        self.setHorizontalHeaderLabels(names)
        self.setVerticalHeaderLabels(names)
        for row, counts in enumerate(evaluation.confusion):
            total = sum(counts) or 1
            for column, n in enumerate(counts):
                self.setItem(row, column, self._cell(names, row, column, n, n / total))

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
        photos = plural("{n} photo", "{n} photos", n)
        words = tr(
            "{photos} of {true} called {said}", photos=photos, true=names[row], said=names[column]
        )
        item.setToolTip(plain(words))
        return item
