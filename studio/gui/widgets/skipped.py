"""Files that are left out, and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from studio.domain.sample import SkippedFile
from studio.gui.i18n import tr
from studio.gui.import_words import reason_text

__all__ = ["SkippedTable"]

_SHOWN = 1000
_HEIGHT_PX = 150


class SkippedTable(QTableWidget):
    """A line a file; hidden while there is none."""

    def __init__(self) -> None:
        super().__init__(0, 2)
        self.setHorizontalHeaderLabels([tr("File"), tr("Why it was skipped")])
        self.setAccessibleName(tr("Skipped files"))
        self.verticalHeader().hide()
        self.setObjectName("rows")
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.setMaximumHeight(_HEIGHT_PX)
        self.hide()

    def show_files(self, skipped: Sequence[SkippedFile]) -> None:
        """Show the first thousand of them."""
        shown = skipped[:_SHOWN]
        self.setRowCount(len(shown))
        for row, each in enumerate(shown):
            for column, text in enumerate((each.name, reason_text(each.why))):
                self.setItem(row, column, QTableWidgetItem(text))
        self.setVisible(bool(shown))
