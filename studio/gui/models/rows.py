"""The rows of tables: cells come by pages as they are looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QColor

from studio.domain.sample import Sample
from studio.gui.i18n import mark, tr
from studio.gui.labelling.mime import samples_mime
from studio.gui.models.samples import Index, SampleListModel
from studio.gui.theme import tokens
from studio.gui.widgets.basics import class_icon, plain
from studio.gui.workspace import Workspace

__all__ = ["RowTableModel"]

_PAGE = 200
_MOST_PAGES = 60

_TYPES = {
    "number": mark("number"),
    "category": mark("category"),
    "date": mark("date"),
    "text": mark("text"),
    "target": mark("to be told"),
    "ignore": mark("ignored"),
}


class RowTableModel(QAbstractTableModel):
    """The samples of a list as rows: their class first, where there are classes, then the cells.

    Signals:
        named: A row number of a sample and the class that was typed; "" for none.
    """

    named = Signal(int, str)

    def __init__(
        self, source: SampleListModel, workspace: Workspace, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.source = source
        self._workspace = workspace
        self.columns: dict[str, str] = {}
        self.with_class = True
        self.numbers: dict[str, int] = {}
        self._pages: dict[int, list[Mapping[str, Any]] | None] = {}
        self._generation = 0
        source.modelAboutToBeReset.connect(self.beginResetModel)
        source.modelReset.connect(self._on_reset)
        source.dataChanged.connect(self._on_changed)

    def set_columns(self, columns: Mapping[str, str], *, with_class: bool) -> None:
        """Show these columns, a type each; the class in the place of what is to be told."""
        target = {name: kind for name, kind in columns.items() if kind == "target"}
        others = {name: kind for name, kind in columns.items() if kind != "target"}
        columns = others if with_class else {**target, **others}
        if dict(columns) != self.columns or with_class != self.with_class:
            self.beginResetModel()
            self.columns, self.with_class = dict(columns), with_class
            self.endResetModel()

    def _on_reset(self) -> None:
        self._generation += 1
        self._pages = {}
        self.endResetModel()

    def _on_changed(self, first: QModelIndex, last: QModelIndex, roles: object = None) -> None:
        if self.rowCount() and self.columnCount():
            end = min(last.row(), self.rowCount() - 1)
            corner = self.index(end, self.columnCount() - 1)
            self.dataChanged.emit(self.index(first.row(), 0), corner)

    # -- Qt ------------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows pass the sieve."""
        return 0 if parent is not None and parent.isValid() else self.source.rowCount()

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are, the class among them."""
        if parent is not None and parent.isValid():
            return 0
        return len(self.columns) + self.with_class

    def name_of(self, column: int) -> str:
        """Return the name of a column; empty for that of the class."""
        place = column - self.with_class
        return "" if place < 0 else list(self.columns)[place]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's name and what its cells are."""
        if orientation == Qt.Orientation.Vertical:
            return f"{section + 1:,}" if role == Qt.ItemDataRole.DisplayRole else None
        name = self.name_of(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{name}\n{tr(_TYPES[self.columns[name]])}" if name else tr("Class")
        return plain(name) if role == Qt.ItemDataRole.ToolTipRole and name else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if role == SampleListModel.SampleRole:
            return self.source.sample(index.row())
        name = self.name_of(index.column())
        if not name:
            return self._class_data(self.source.sample(index.row()), role)
        cells = self._cells(index.row())
        if cells is None:
            return None
        value = cells.get(name)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return tr("missing") if value is None else _shown(value)
        if role == Qt.ItemDataRole.TextAlignmentRole and isinstance(value, int | float):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole and value is None:
            return QColor(tokens().change)
        return None

    def _class_data(self, sample: Sample | None, role: int) -> Any:
        if sample is None:
            return None
        name = sample.class_name
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return name or tr("no class")
        if role == Qt.ItemDataRole.EditRole:
            return name or ""
        if role == Qt.ItemDataRole.DecorationRole and name in self.numbers:
            return class_icon(self.numbers[name])
        if role == Qt.ItemDataRole.ForegroundRole and name is None:
            return QColor(tokens().muted)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take the class that was typed."""
        ids = self.source.ids_at([index.row()])
        if role != Qt.ItemDataRole.EditRole or not ids or self.name_of(index.column()):
            return False
        if str(value).strip() != (index.data(Qt.ItemDataRole.EditRole) or ""):
            self.named.emit(ids[0], str(value).strip())
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let classes be typed, and rows be dragged."""
        found = super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled
        if self.with_class and index.column() == 0:
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def mimeData(self, indexes: Iterable[QModelIndex]) -> QMimeData:
        """Return the rows that are dragged."""
        return samples_mime(self.source.ids_at(sorted({index.row() for index in indexes})))

    # -- cells ---------------------------------------------------------------------------

    def _cells(self, row: int) -> Mapping[str, Any] | None:
        number, place = divmod(row, _PAGE)
        if number not in self._pages:
            self._ask(number)
        page = self._pages.get(number)
        return page[place] if page is not None and place < len(page) else None

    def _ask(self, number: int) -> None:
        while len(self._pages) >= _MOST_PAGES:
            del self._pages[next(iter(self._pages))]
        self._pages[number] = None
        generation = self._generation
        ids = self.source.ids_at(range(number * _PAGE, (number + 1) * _PAGE))
        self._workspace.lanes["read"].submit(
            lambda session, task: session.browsing.rows(session.browsing.records(ids)),
            lambda cells: self._on_cells(generation, number, cells),
            self._workspace.failed.emit,
        )

    def _on_cells(self, generation: int, number: int, cells: list[Mapping[str, Any]]) -> None:
        if generation == self._generation and cells and self.columnCount():
            self._pages[number] = cells
            last = min(number * _PAGE + len(cells), self.rowCount()) - 1
            corner = self.index(last, self.columnCount() - 1)
            self.dataChanged.emit(self.index(number * _PAGE, 0), corner)


def _shown(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
