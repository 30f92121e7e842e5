"""The classes: a list to filter by, to drop samples on, to rename and to merge."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QIcon,
    QKeyEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from studio.domain.sample import SampleClass
from studio.gui.i18n import tr
from studio.gui.icons import icon
from studio.gui.labelling.mime import class_mime, dragged_class, dragged_samples
from studio.gui.nouns import Nouns
from studio.gui.widgets.basics import class_icon, plain

__all__ = ["KEYS", "ClassList"]

KEYS = 9
_ROW_PX = 30
_FIRST_CLASS = 2
_NAME = Qt.ItemDataRole.UserRole


class _NameEditor(QStyledItemDelegate):
    """Edits the bare name of a class, not the line with its number."""

    def __init__(self, owner: ClassList) -> None:
        super().__init__(owner)
        self._owner = owner

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAccessibleName(tr("New name of the class"))
        return editor

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        assert isinstance(editor, QLineEdit)
        editor.setText(index.data(_NAME))
        editor.selectAll()

    def setModelData(
        self,
        editor: QWidget,
        model: object,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        assert isinstance(editor, QLineEdit)
        old, new = str(index.data(_NAME)), editor.text().strip()
        if new and new != old:
            self._owner.renamed.emit(old, new)


class ClassList(QListWidget):
    """All samples, those without a class, then the classes.

    Signals:
        renamed: A class and its new name.
        samples_dropped: Row numbers of samples and the class they were dropped on; "" clears.
        merge_wanted: A class and the one it was dropped on.
        delete_wanted: A class.
    """

    renamed = Signal(str, str)
    samples_dropped = Signal(object, str)
    merge_wanted = Signal(str, str)
    delete_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Classes, and which samples to show"))
        self.setIconSize(QSize(16, 16))
        self.setItemDelegate(_NameEditor(self))
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDropIndicatorShown(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    # -- what is shown -------------------------------------------------------------------

    def fill(
        self,
        nouns: Nouns,
        total: int,
        unlabelled: int,
        classes: Sequence[SampleClass],
        *,
        with_classes: bool = True,
    ) -> None:
        """Show these classes, if samples have any; what is being renamed stays in the editor."""
        if self.state() == QAbstractItemView.State.EditingState:
            return
        self.clear()
        self._add("data", tr("All: {samples}", samples=nouns.count(total)))
        if not with_classes:
            return
        self._add("unknown", tr("Without a class: {n}", n=f"{unlabelled:,}"))
        for number, each in enumerate(classes):
            key = f"   [{number + 1}]" if number < KEYS else ""
            self._add(class_icon(number), f"{each.name}: {each.samples:,}{key}", each.name)

    def _add(self, picture: str | QIcon, text: str, class_name: str | None = None) -> None:
        found = icon(picture, size=16) if isinstance(picture, str) else picture
        item = QListWidgetItem(found, text)
        item.setData(_NAME, class_name)
        item.setSizeHint(QSize(0, _ROW_PX))
        item.setToolTip(plain(text))
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if class_name is not None:
            flags |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled
        item.setFlags(flags | Qt.ItemFlag.ItemIsDropEnabled)
        self.addItem(item)

    def names(self) -> list[str]:
        """Return the classes in order."""
        return [self.item(row).data(_NAME) for row in range(_FIRST_CLASS, self.count())]

    # -- dragging ------------------------------------------------------------------------

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        """Return the name of the class that is dragged."""
        return class_mime(items[0].data(_NAME) or "") if items else QMimeData()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take samples and classes."""
        self._judge(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where it would fall; a class does not fall on itself."""
        super().dragMoveEvent(event)
        self._judge(event)

    def _judge(self, event: QDropEvent) -> None:
        data = event.mimeData()
        item = self.itemAt(event.position().toPoint())
        over = item.data(_NAME) if item is not None else None
        takes = bool(dragged_samples(data)) or dragged_class(data) not in ("", over)
        event.setAccepted(takes)
        if takes:
            event.setDropAction(Qt.DropAction.CopyAction)

    def dropEvent(self, event: QDropEvent) -> None:
        """Label the samples, or ask whether to merge the classes."""
        item = self.itemAt(event.position().toPoint())
        if item is None:
            return
        row, name = self.row(item), item.data(_NAME)
        ids, dragged = dragged_samples(event.mimeData()), dragged_class(event.mimeData())
        if ids and row >= 1:
            self.samples_dropped.emit(ids, name or "")
        elif dragged and name is not None and name != dragged:
            self.merge_wanted.emit(dragged, name)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    # -- by key and menu -----------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 renames, Delete deletes the class."""
        name = self.currentItem().data(_NAME) if self.currentItem() else None
        if event.key() == Qt.Key.Key_Delete and name is not None:
            self.delete_wanted.emit(name)
        elif event.key() == Qt.Key.Key_F2 and name is not None:
            self.editItem(self.currentItem())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer by menu what dragging and keys do."""
        item = self.itemAt(event.pos()) or self.currentItem()
        if item is not None and item.data(_NAME) is not None:
            self.menu_for(item.data(_NAME)).popup(self.viewport().mapToGlobal(QPoint(event.pos())))

    def menu_for(self, name: str) -> QMenu:
        """Return the menu of a class."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        row = self.names().index(name) + _FIRST_CLASS
        menu.addAction(tr("Rename…"), lambda: self.editItem(self.item(row)))
        into = menu.addMenu(tr("Merge into"))
        for other in self.names():
            if other != name:
                into.addAction(
                    other.replace("&", "&&"), partial(self.merge_wanted.emit, name, other)
                )
        into.setEnabled(len(self.names()) > 1)
        menu.addAction(tr("Delete the class"), lambda: self.delete_wanted.emit(name))
        return menu
