"""Settings: a table of what can be chosen, searched by typing, in force at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from studio import __version__
from studio.gui.i18n import LANGUAGES, mark, tr
from studio.gui.settings import Settings
from studio.gui.widgets.basics import Card, button, label, page_layout

__all__ = ["CHOICES", "Choice", "SettingsPage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One setting of the page.

    Attributes:
        key: Of `studio.gui.settings`.
        title: What it is.
        about: What it does, in a sentence.
        values: What can be chosen, by value; None for a folder.
    """

    key: str
    title: str
    about: str
    values: Callable[[], dict[str, str]] | None


def _yes_no() -> dict[str, str]:
    return {"yes": tr("Yes"), "no": tr("No")}


CHOICES = (
    Choice(
        key="language",
        title=mark("Language"),
        about=mark("The words of the window."),
        values=lambda: {"": tr("Like the desktop"), **LANGUAGES},
    ),
    Choice(
        key="theme",
        title=mark("Appearance"),
        about=mark("Light or dark, or as the desktop is."),
        values=lambda: {
            "system": tr("Like the desktop"),
            "light": tr("Light"),
            "dark": tr("Dark"),
        },
    ),
    Choice(
        key="notify",
        title=mark("Tell me when long work ends"),
        about=mark("A notification of the desktop while another window is in front."),
        values=_yes_no,
    ),
    Choice(
        key="projects_folder",
        title=mark("Folder for new projects"),
        about=mark("Where a project goes that was started by dropping something."),
        values=None,
    ),
)


class SettingsPage(QWidget):
    """A line a setting; whatever is chosen is in force at once."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search settings"))
        self.search.setAccessibleName(tr("Search settings"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_search)
        self.controls: dict[str, QWidget] = {}
        self._lines: list[tuple[str, list[QWidget]]] = []
        self._grid = QGridLayout()
        self._grid.setColumnStretch(2, 1)
        for choice in CHOICES:
            self._add(choice)
        frame = Card()
        frame.add(label(tr("Settings"), "section"))
        frame.add(self.search)
        frame.add_layout(self._grid)
        column = QVBoxLayout()
        page_layout(self, column)
        column.addWidget(frame)
        column.addWidget(label(f"Edge AutoML Studio {__version__} · Apache-2.0", "small"))
        column.addStretch()

    def _add(self, choice: Choice) -> None:
        control = self._folder(choice) if choice.values is None else self._box(choice)
        self.controls[choice.key] = control
        title, about = tr(choice.title), tr(choice.about)
        self._put(f"{title} {about}", [label(title, wrap=False), control, label(about, "muted")])

    def _put(self, words: str, widgets: list[QWidget]) -> None:
        for column, widget in enumerate(widgets):
            self._grid.addWidget(widget, len(self._lines), column)
        self._lines.append((words.casefold(), widgets))

    def _box(self, choice: Choice) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(tr(choice.title))
        box.setMinimumWidth(220)
        for value, text in (choice.values or dict)().items():
            box.addItem(text, value)
        box.setCurrentIndex(max(0, box.findData(self._settings[choice.key])))
        box.currentIndexChanged.connect(lambda i: self._choose(choice.key, box.itemData(i)))
        return box

    def _folder(self, choice: Choice) -> QWidget:
        shown = QLineEdit(str(self._settings.projects_folder))
        shown.setReadOnly(True)
        shown.setAccessibleName(tr(choice.title))
        change = button(tr("Change…"), lambda: self._on_folder(choice, shown))
        change.setAccessibleName(tr("Change: {what}", what=tr(choice.title)))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(shown, 1)
        row.addWidget(change)
        return holder

    def _on_folder(self, choice: Choice, shown: QLineEdit) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr(choice.title), shown.text())
        if folder:
            self._choose(choice.key, folder)
            shown.setText(folder)

    def _choose(self, key: str, value: str) -> None:
        self._settings[key] = value

    def _on_search(self, text: str) -> None:
        for words, widgets in self._lines:
            for widget in widgets:
                widget.setVisible(text.casefold().strip() in words)
