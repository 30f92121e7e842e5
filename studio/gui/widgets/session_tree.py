"""What was taken in one go: sessions to join, rename and separate, samples to move."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QDropEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QMenu,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from studio.gui.data_desk import DataDesk
from studio.gui.i18n import tr
from studio.gui.nouns import nouns
from studio.gui.widgets.basics import button, label

if TYPE_CHECKING:
    from studio.datasets import SessionGuess

__all__ = ["SessionTree", "SessionsView"]

_IDS = Qt.ItemDataRole.UserRole
_NAME = Qt.ItemDataRole.UserRole + 1
_MEMBERS_SHOWN = 500


class SessionTree(QTreeWidget):
    """Sessions with their samples below; dragging joins and moves."""

    def __init__(self, desk: DataDesk) -> None:
        super().__init__()
        self._desk = desk
        self.setObjectName("rows")
        self.setAccessibleName(tr("Sessions"))
        self.setHeaderLabels([tr("Session"), tr("Samples"), tr("Why")])
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setUniformRowHeights(True)
        self.customContextMenuRequested.connect(self._on_menu)
        self.itemChanged.connect(self._on_changed)
        self.itemExpanded.connect(self._on_expanded)

    def show_sessions(self, found: Sequence[SessionGuess]) -> None:
        """Show other sessions."""
        self.blockSignals(True)
        self.clear()
        for session in found:
            item = QTreeWidgetItem([session.name, f"{len(session.sample_ids):,}", session.reason])
            item.setData(0, _IDS, session.sample_ids)
            item.setData(0, _NAME, session.name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            policy = QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator
            item.setChildIndicatorPolicy(policy)
            self.addTopLevelItem(item)
        for column in (0, 1):
            self.resizeColumnToContents(column)
        self.blockSignals(False)

    # -- members -------------------------------------------------------------------------

    def _on_expanded(self, item: QTreeWidgetItem) -> None:
        if item.parent() is not None or item.childCount():
            return
        ids, name = item.data(0, _IDS)[:_MEMBERS_SHOWN], item.data(0, _NAME)
        self._desk.workspace.lanes["look"].submit(
            lambda session, task: session.sample_names(ids),
            lambda names: self._add_members(name, names),
            self._desk.workspace.failed.emit,
        )

    def _add_members(self, name: str, names: dict[int, str]) -> None:
        item = self._top(name)
        if item is None or item.childCount():
            return
        self.blockSignals(True)
        for id, text in names.items():
            child = QTreeWidgetItem([text])
            child.setData(0, _IDS, (id,))
            item.addChild(child)
        self.blockSignals(False)

    def _top(self, name: str) -> QTreeWidgetItem | None:
        items = (self.topLevelItem(i) for i in range(self.topLevelItemCount()))
        return next((item for item in items if item and item.data(0, _NAME) == name), None)

    # -- what is chosen ------------------------------------------------------------------

    @property
    def chosen_sessions(self) -> list[str]:
        """The names of the chosen sessions, from the top."""
        items = [item for item in self.selectedItems() if item.parent() is None]
        return [item.data(0, _NAME) for item in sorted(items, key=self.indexOfTopLevelItem)]

    @property
    def chosen_samples(self) -> list[int]:
        """The chosen samples that are shown one by one."""
        items = [item for item in self.selectedItems() if item.parent() is not None]
        return [id for item in items for id in item.data(0, _IDS)]

    # -- what the person does ------------------------------------------------------------

    def _on_changed(self, item: QTreeWidgetItem, column: int) -> None:
        old, new = item.data(0, _NAME), item.text(0).strip()
        if column == 0 and item.parent() is None and old is not None and new != old:
            self._desk.move(item.data(0, _IDS), new)

    def join(self) -> None:
        """Make the chosen sessions one."""
        if len(self.chosen_sessions) > 1:
            self._desk.join(self.chosen_sessions)

    def separate(self) -> None:
        """Let every sample of the chosen session stand for itself."""
        for name in self.chosen_sessions[:1]:
            self._desk.separate(name)

    def rename(self) -> None:
        """Write another name in place."""
        items = [item for item in self.selectedItems() if item.parent() is None]
        if items:
            self.editItem(items[0], 0)

    def move_to(self, name: str) -> None:
        """Move the chosen samples into a session."""
        if self.chosen_samples:
            self._desk.move(self.chosen_samples, name)

    def actions_now(self) -> list[QAction]:
        """Return what may be done with what is chosen."""
        found = []
        for text, run, possible, keys in (
            (tr("Join into one session"), self.join, len(self.chosen_sessions) > 1, None),
            (tr("Rename"), self.rename, len(self.chosen_sessions) == 1, "F2"),
            (tr("Not taken in one go"), self.separate, len(self.chosen_sessions) == 1, None),
        ):
            action = QAction(text, self)
            action.setEnabled(possible)
            if keys:
                action.setShortcut(QKeySequence(keys))
            action.triggered.connect(lambda checked=False, run=run: run())
            found.append(action)
        return found

    def menu(self) -> QMenu:
        """Return the menu for what is chosen."""
        menu = QMenu(self)
        menu.addActions(self.actions_now())
        goals = menu.addMenu(tr("Move to"))
        goals.setEnabled(bool(self.chosen_samples))
        for i in range(self.topLevelItemCount()):
            item = self.topLevelItem(i)
            name = item.data(0, _NAME) if item else ""
            entry = goals.addAction(name.replace("&", "&&"))
            entry.triggered.connect(lambda checked=False, name=name: self.move_to(name))
        return menu

    def _on_menu(self, where: QPoint) -> None:
        self.menu().popup(self.viewport().mapToGlobal(where))

    def dropEvent(self, event: QDropEvent) -> None:
        """Join sessions that are dropped on one, and move samples into it."""
        target = self.itemAt(event.position().toPoint())
        while target is not None and target.parent() is not None:
            target = target.parent()
        event.setDropAction(Qt.DropAction.IgnoreAction)  # the list is read again instead
        event.accept()
        if target is None:
            return
        name = target.data(0, _NAME)
        if self.chosen_samples:
            self.move_to(name)
        elif others := [each for each in self.chosen_sessions if each != name]:
            self._desk.join([name, *others])


class SessionsView(QWidget):
    """The tree, with the buttons for those who do not drag."""

    def __init__(self, desk: DataDesk) -> None:
        super().__init__()
        self._desk = desk
        self.about = label("", "muted")
        self.finding = button(tr("Find sessions"), desk.keep_sessions, role="primary")
        self.tree = SessionTree(desk)
        self.joining = button(tr("Join"), self.tree.join)
        self.renaming = button(tr("Rename"), self.tree.rename)
        self.separating = button(tr("Not taken in one go"), self.tree.separate)
        row = QHBoxLayout()
        row.addWidget(self.finding)
        for widget in (self.joining, self.renaming, self.separating):
            row.addWidget(widget)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.about)
        column.addLayout(row)
        column.addWidget(self.tree, 1)
        self.tree.itemSelectionChanged.connect(self._on_chosen)
        desk.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the sessions as they are known now; ask for them where they are not."""
        if self._desk.sessions is None:
            if self.isVisible():
                self._desk.read_sessions()
            return
        found = self._desk.sessions
        view = self._desk.workspace.view
        named = nouns(view.overview.task if view else "")
        self.about.setText(
            tr(
                "What was taken in one go stays on one side of the split, so that the test is "
                "honest. Drag sessions onto each other to join them."
            )
            if found
            else tr(
                "No sessions are kept yet. The studio can find them from names, times and "
                "likeness; {samples} of one session then stay on one side of the split.",
                samples=named.many,
            )
        )
        self.tree.show_sessions(found)
        self.tree.setVisible(bool(found))
        self._on_chosen()

    def showEvent(self, event: object) -> None:
        """Ask for the sessions when they are first looked at."""
        self.refresh()

    def _on_chosen(self) -> None:
        chosen = len(self.tree.chosen_sessions)
        self.joining.setEnabled(chosen > 1)
        for widget in (self.renaming, self.separating):
            widget.setEnabled(chosen == 1)
