"""Settings, live at once, and the keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QComboBox, QFormLayout, QGridLayout, QVBoxLayout, QWidget

from studio import __version__
from studio.gui.i18n import LANGUAGES, mark, tr
from studio.gui.settings import Settings
from studio.gui.theme import THEMES
from studio.gui.widgets.basics import Card, label, page_layout

__all__ = ["SHORTCUTS", "SettingsPage"]

_THEME_WORDS = {
    "system": mark("Like the desktop"),
    "light": mark("Light"),
    "dark": mark("Dark"),
}

#: Keys and what they do, as the help shows them.
SHORTCUTS: tuple[tuple[QKeySequence.StandardKey | str, str], ...] = (
    (QKeySequence.StandardKey.New, mark("New project…")),
    (QKeySequence.StandardKey.Open, mark("Open a project…")),
    ("Ctrl+1 … Ctrl+5", mark("Go to Data, Label, Train, Device, Export")),
    ("1 … 9", mark("Label: give the selected photos a class")),
    ("Backspace", mark("Label: take the class away")),
    ("D, A", mark("Label: next and previous photo")),
    (QKeySequence.StandardKey.SelectAll, mark("Label: select all photos shown")),
    (QKeySequence.StandardKey.Quit, mark("Quit")),
)


class SettingsPage(QWidget):
    """Language, appearance, and every shortcut."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        column = QVBoxLayout()
        page_layout(self, column)
        self.language = self._box("language", {"": tr("Like the desktop"), **LANGUAGES})
        self.theme = self._box("theme", {key: tr(_THEME_WORDS[key]) for key in THEMES})
        form = QFormLayout()
        form.addRow(label(tr("Language"), wrap=False), self.language)
        form.addRow(label(tr("Appearance"), wrap=False), self.theme)
        self.language.setAccessibleName(tr("Language"))
        self.theme.setAccessibleName(tr("Appearance"))
        choices = Card()
        choices.add(label(tr("Settings"), "section"))
        choices.add_layout(form)
        column.addWidget(choices)
        column.addWidget(_keys())
        column.addWidget(label(f"Edge AutoML Studio {__version__} · Apache-2.0", "small"))
        column.addStretch()

    def _box(self, key: str, choices: dict[str, str]) -> QComboBox:
        box = QComboBox()
        box.setMaximumWidth(280)
        for value, text in choices.items():
            box.addItem(text, value)
        box.setCurrentIndex(max(0, box.findData(self._settings[key])))
        box.currentIndexChanged.connect(lambda i: self._choose(key, box.itemData(i)))
        return box

    def _choose(self, key: str, value: str) -> None:
        self._settings[key] = value


def _keys() -> QWidget:
    frame = Card()
    frame.add(label(tr("Keys"), "section"))
    grid = QGridLayout()
    grid.setColumnStretch(1, 1)
    for row, (keys, meaning) in enumerate(SHORTCUTS):
        native = QKeySequence.SequenceFormat.NativeText
        text = keys if isinstance(keys, str) else QKeySequence(keys).toString(native)
        grid.addWidget(label(text or "–", "muted", wrap=False), row, 0)
        grid.addWidget(label(tr(meaning), wrap=False), row, 1, Qt.AlignmentFlag.AlignLeft)
    frame.add_layout(grid)
    return frame
