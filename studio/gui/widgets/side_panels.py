"""Panels at the side of the window: history and backups. Never modal; each can be closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from studio.domain.operation import OperationState
from studio.domain.wording import bytes_text
from studio.gui.file_desk import FileDesk
from studio.gui.i18n import mark, tr
from studio.gui.labelling.steps import step_text
from studio.gui.theme import SPACING, tokens
from studio.gui.widgets.basics import button, label

__all__ = ["PANELS", "BackupsPanel", "HistoryPanel", "SidePanel"]

_WIDTH_PX = 320
_DATA = Qt.ItemDataRole.UserRole


def _when(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


class HistoryPanel(QWidget):
    """Every step, the newest first; going back to one undoes what came after."""

    def __init__(self, desk: FileDesk) -> None:
        super().__init__()
        self._desk = desk
        self.steps = QListWidget()
        self.steps.setAccessibleName(tr("Steps, the newest first"))
        self.steps.setWordWrap(True)
        self.steps.itemActivated.connect(lambda item: self._on_back())
        self.back = button(tr("Go back to this step"), self._on_back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label(tr("Every change is a step; none is lost by going back."), "muted"))
        column.addWidget(self.steps, 1)
        column.addWidget(self.back)
        self.steps.currentItemChanged.connect(lambda *items: self._on_chosen())
        desk.changed.connect(self.refresh)
        desk.read_history()
        self._on_chosen()

    def refresh(self) -> None:
        """Show the steps as they are known now."""
        row = self.steps.currentRow()
        self.steps.clear()
        for step in self._desk.history or ():
            undone = step.state is OperationState.UNDONE
            words = step_text(step)
            title = tr("{step} (undone)", step=words) if undone else words
            when = _when(datetime.fromisoformat(step.made_at))
            item = QListWidgetItem(f"{title}\n{when}")
            item.setData(_DATA, step)
            if undone:
                item.setForeground(QColor(tokens().muted))
            self.steps.addItem(item)
        self.steps.setCurrentRow(min(row, self.steps.count() - 1))

    def _on_chosen(self) -> None:
        self.back.setEnabled(self.steps.currentItem() is not None)

    def _on_back(self) -> None:
        item = self.steps.currentItem()
        if item is not None:
            self._desk.go_back_to(item.data(_DATA))


class BackupsPanel(QWidget):
    """The backups on this computer; one of them can take the project's place.

    Signals:
        restore_requested: A `Backup` that is to take the project's place.
    """

    restore_requested = Signal(object)

    def __init__(self, desk: FileDesk) -> None:
        super().__init__()
        self._desk = desk
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Backups, the newest first"))
        self.nothing = label(tr("No backup yet; one is kept ten minutes after a change."), "muted")
        self.now = button(tr("Keep one now"), desk.back_up)
        self.restore = button(tr("Put this backup in the project's place…"), self._on_restore)
        self.where = label("", "small")
        self.sure = label(
            tr("The project as it is now is backed up first. Press again to do it."), "muted"
        )
        self.sure.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.nothing, self.list, self.now, self.restore, self.sure, self.where):
            column.addWidget(widget, 1 if widget is self.list else 0)
        column.addStretch()
        self.list.currentItemChanged.connect(lambda *items: self._on_chosen())
        desk.changed.connect(self.refresh)
        desk.read_backups()
        self.refresh()

    def refresh(self) -> None:
        """Show the backups as they are known now."""
        found = self._desk.backups or ()
        self.list.clear()
        for backup in found:
            text = f"{_when(backup.made_at)}\n{bytes_text(backup.size_bytes)}"
            item = QListWidgetItem(text)
            item.setData(_DATA, backup)
            self.list.addItem(item)
        self.where.setText(tr("They lie in {folder}", folder=found[0].path.parent) if found else "")
        self.list.setVisible(bool(found))
        self.nothing.setVisible(not found)
        self._on_chosen()

    def _on_chosen(self) -> None:
        self.sure.hide()
        self.restore.setEnabled(self.list.currentItem() is not None)

    def _on_restore(self) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        if not self.sure.isVisible():  # asked in place, not in a dialog
            self.sure.show()
            return
        self.restore_requested.emit(item.data(_DATA))


PANELS: Mapping[str, tuple[str, Callable[[FileDesk], QWidget]]] = {
    "history": (mark("History"), HistoryPanel),
    "backups": (mark("Backups"), BackupsPanel),
}
"""By the command that shows it."""


class SidePanel(QFrame):
    """Room for one panel at a time; hidden while none is wanted.

    Signals:
        restore_requested: A `Backup` that is to take the project's place.
    """

    restore_requested = Signal(object)

    def __init__(self, desk: FileDesk) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setFixedWidth(_WIDTH_PX)
        self._desk = desk
        self.current = ""
        self.panel: QWidget | None = None
        self.title = label("", "section")
        self.dismiss = button("", self.close_panel, picture="close")
        self.dismiss.setAccessibleName(tr("Close"))
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.dismiss)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(*[SPACING[2]] * 4)
        self._column.addLayout(head)
        self.hide()

    def toggle(self, id: str) -> None:
        """Show a panel, or close it where it is shown."""
        wanted = "" if id == self.current else id
        self.close_panel()
        if not wanted:
            return
        title, build = PANELS[wanted]
        self.current, self.panel = wanted, build(self._desk)
        if isinstance(self.panel, BackupsPanel):
            self.panel.restore_requested.connect(self.restore_requested)
        self.title.setText(tr(title))
        self._column.addWidget(self.panel, 1)
        self.show()
        self.dismiss.setFocus()

    def close_panel(self) -> None:
        """Close what is shown."""
        self.current = ""
        if self.panel is not None:
            self.panel.hide()
            self.panel.deleteLater()
            self.panel = None
        self.hide()
