"""Rows of a table on the screen: sorted by a click on a column, the class typed in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCompleter,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from studio.domain.sieve import Sieve
from studio.gui.i18n import tr
from studio.gui.models.rows import RowTableModel

__all__ = ["RowTable"]

_ROW_PX = 26
_COLUMN_PX = 110


class _ClassEditor(QStyledItemDelegate):
    """A field that completes the names of classes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.names: Sequence[str] = ()

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAccessibleName(tr("Class of this row"))
        completer = QCompleter(list(self.names), editor)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        editor.setCompleter(completer)
        return editor


class RowTable(QTableView):
    """A table of any length.

    Signals:
        sieve_wanted: The sieve in another order.
    """

    sieve_wanted = Signal(object)

    def __init__(self, model: RowTableModel) -> None:
        super().__init__()
        self.rows = model
        self.sieve = Sieve()
        self._editor = _ClassEditor(self)
        self.setModel(model)
        self.setObjectName("rows")
        self.setAccessibleName(tr("Rows"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        down = self.verticalHeader()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(_ROW_PX)
        across = self.horizontalHeader()
        across.setDefaultSectionSize(_COLUMN_PX)
        across.setSectionsClickable(True)
        across.setSortIndicatorShown(False)
        across.setHighlightSections(False)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.sectionClicked.connect(self.sort_by)

    def set_names(self, names: Sequence[str]) -> None:
        """Say which classes there are, and where they can be typed."""
        self._editor.names = names
        self.rows.numbers = {name: n for n, name in enumerate(names)}
        if self.rows.with_class:
            self.setItemDelegateForColumn(0, self._editor)

    def sort_by(self, column: int) -> None:
        """Order the rows by a column; the same again turns the order round, then ends it."""
        name = self.rows.name_of(column)
        if not name:
            return
        if self.sieve.column != name:
            changed = replace(self.sieve, column=name, falling=False)
        elif not self.sieve.falling:
            changed = replace(self.sieve, falling=True)
        else:
            changed = replace(self.sieve, column="", falling=False)
        self.sieve_wanted.emit(changed)

    def show_order(self, sieve: Sieve) -> None:
        """Mark the column the rows are ordered by."""
        self.sieve = sieve
        across = self.horizontalHeader()
        across.setSortIndicatorShown(bool(sieve.column))
        names = [self.rows.name_of(n) for n in range(self.rows.columnCount())]
        if sieve.column in names and sieve.column:
            order = Qt.SortOrder.DescendingOrder if sieve.falling else Qt.SortOrder.AscendingOrder
            across.setSortIndicator(names.index(sieve.column), order)
