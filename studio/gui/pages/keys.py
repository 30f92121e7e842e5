"""Every key of the window, to be found and changed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QGridLayout,
    QKeySequenceEdit,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from studio.gui.i18n import mark, tr
from studio.gui.menus import MENUS, Entry, default_keys
from studio.gui.settings import Settings
from studio.gui.widgets.basics import Card, button, label, page_layout, scrolled

__all__ = ["FIXED", "KeysPage"]

#: Keys that belong to a page and cannot be changed here.
FIXED: tuple[tuple[str, str], ...] = (
    ("1 … 9", mark("Label: give what is selected a class")),
    ("Backspace", mark("Label: take the class away")),
    ("D, A", mark("Label: next and previous")),
    ("Ctrl+A", mark("Label: select all that is shown")),
    ("F2", mark("Data: rename a session")),
    ("Delete", mark("Start: take a project off the list")),
)


def _plain_title(entry: Entry) -> str:
    """Return a menu's line without its access key and dots."""
    text = tr(entry.title)
    head, bracket, rest = text.partition("(&")
    text = head + rest.partition(")")[2] if bracket else text
    return text.replace("&", "").rstrip("…").strip()


class KeysPage(QWidget):
    """A line a command: what it does, its keys to be typed anew, and its own ones back."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search keys"))
        self.search.setAccessibleName(tr("Search keys"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_search)
        self.taken = label("", "bad")
        self.taken.hide()
        self.edits: dict[str, QKeySequenceEdit] = {}
        self._lines: list[tuple[str, list[QWidget]]] = []
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        frame = Card()
        frame.add(label(tr("Keys"), "section"))
        frame.add(self.search)
        frame.add(self.taken)
        frame.add_layout(self._grid)
        for _, entries in MENUS:
            for entry in entries:
                self._add(entry)
        for keys, meaning in FIXED:
            self._add_fixed(keys, tr(meaning))
        inside = QWidget()
        inner = QVBoxLayout(inside)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(frame)
        inner.addStretch()
        scroll = scrolled(inside)
        column = QVBoxLayout()
        page_layout(self, column)
        column.addWidget(scroll)

    def _add(self, entry: Entry) -> None:
        title = _plain_title(entry)
        keys = self._settings.keys.get(entry.command, default_keys(entry))
        edit = QKeySequenceEdit(QKeySequence(keys))
        edit.setMaximumSequenceLength(1)
        edit.setAccessibleName(tr("Keys for: {what}", what=title))
        edit.setMaximumWidth(220)
        line = edit.findChild(QLineEdit)
        if line is not None:  # Qt's own invitation is not in our languages
            line.setPlaceholderText(tr("no keys"))
        edit.editingFinished.connect(lambda: self._on_typed(entry))
        back = button(tr("Reset"), lambda: self._on_back(entry), role="link")
        back.setAccessibleName(tr("Reset the keys for: {what}", what=title))
        self.edits[entry.command] = edit
        self._put(title, [label(title, wrap=False), edit, back])

    def _add_fixed(self, keys: str, meaning: str) -> None:
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        self._put(meaning, [label(meaning, wrap=False), label(shown or keys, "muted", wrap=False)])

    def _put(self, title: str, widgets: list[QWidget]) -> None:
        row = len(self._lines)
        for column, widget in enumerate(widgets):
            self._grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignVCenter)
        self._lines.append((title.casefold(), widgets))

    def _on_search(self, text: str) -> None:
        for title, widgets in self._lines:
            for widget in widgets:
                widget.setVisible(text.casefold().strip() in title)

    def _on_typed(self, entry: Entry) -> None:
        keys = self.edits[entry.command].keySequence().toString()
        other = next(
            (each for _, entries in MENUS for each in entries
             if each is not entry and keys
             and self._settings.keys.get(each.command, default_keys(each)) == keys),
            None,
        )  # fmt: skip
        self.taken.setVisible(other is not None)
        if other is not None:
            self.taken.setText(
                tr("{keys} is taken by: {what}", keys=keys, what=_plain_title(other))
            )
            self._show(entry)
            return
        if keys != self._settings.keys.get(entry.command, default_keys(entry)):
            self._settings.choose_keys(entry.command, keys)

    def _on_back(self, entry: Entry) -> None:
        self._settings.choose_keys(entry.command, None)
        self._show(entry)

    def _show(self, entry: Entry) -> None:
        keys = self._settings.keys.get(entry.command, default_keys(entry))
        self.edits[entry.command].setKeySequence(QKeySequence(keys))
