"""The keys of the page Label as a table; a person may change each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QKeySequenceEdit, QWidget

from studio.gui.i18n import mark, tr
from studio.gui.settings import Settings
from studio.gui.widgets.basics import Card, button, label

__all__ = ["KEYS", "Key", "KeysPanel", "bind", "keys_of"]

_COMMAND = "label."


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key: a stable id, what it does, and the key it has until it is changed."""

    id: str
    title: str
    default: str


KEYS = (
    *(Key(id=f"class:{n}", title=mark("Set class {n}"), default=str(n)) for n in range(1, 10)),
    Key(id="clear", title=mark("Clear class"), default="Backspace"),
    Key(id="next", title=mark("Next"), default="D"),
    Key(id="previous", title=mark("Previous"), default="A"),
    Key(id="skip", title=mark("Skip to the next without a class"), default="S"),
    Key(id="one", title=mark("One at a time, and back"), default="R"),
    Key(id="larger", title=mark("Larger"), default="+"),
    Key(id="smaller", title=mark("Smaller"), default="-"),
    Key(id="box", title=mark("Draw boxes"), default="B"),
    Key(id="next_box", title=mark("Next box"), default="N"),
)


def title_of(key: Key) -> str:
    """Return what a key does, in words."""
    return tr(key.title, n=key.id.partition(":")[2])


def keys_of(settings: Settings) -> dict[str, str]:
    """Return the key of every act."""
    chosen = settings.keys
    return {key.id: chosen.get(_COMMAND + key.id, key.default) for key in KEYS}


def bind(
    widget: QWidget, settings: Settings, acts: Mapping[str, Callable[[], object]]
) -> list[QShortcut]:
    """Bind the keys while a widget has the focus, so that typing a name stays typing."""
    made = []
    for id, sequence in keys_of(settings).items():
        if id in acts and sequence:
            shortcut = QShortcut(QKeySequence(sequence), widget)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(acts[id])
            made.append(shortcut)
    return made


class KeysPanel(Card):
    """Every key of the page with a field to change it.

    Signals:
        changed: A key is another.
        closed: The person is done.
    """

    changed = Signal()
    closed = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.fields: dict[str, QKeySequenceEdit] = {}
        grid = QGridLayout()
        now = keys_of(settings)
        for place, key in enumerate(KEYS):
            field = QKeySequenceEdit(QKeySequence(now[key.id]))
            field.setMaximumSequenceLength(1)
            field.setAccessibleName(title_of(key))
            field.editingFinished.connect(self._on_edited)
            row, column = place % 10, 2 * (place // 10)
            grid.addWidget(label(title_of(key), wrap=False), row, column)
            grid.addWidget(field, row, column + 1)
            self.fields[key.id] = field
        self.add(label(tr("Keys of this page"), "section"))
        self.add_layout(grid)
        self.warning = label("", "bad")
        self.add(self.warning)
        self.usual = button(tr("The usual keys"), self._on_usual)
        self.done = button(tr("Done"), self.closed.emit, role="primary")
        self.add(self.usual)
        self.add(self.done)
        self.box.addStretch(1)

    def _on_edited(self) -> None:
        said = {id: field.keySequence().toString() for id, field in self.fields.items()}
        twice = [text for text in said.values() if text and list(said.values()).count(text) > 1]
        self.warning.setText(tr("{key} is given twice.", key=twice[0]) if twice else "")
        if not twice:
            for key in KEYS:
                changed = said[key.id] if said[key.id] != key.default else None
                self._settings.choose_keys(_COMMAND + key.id, changed)
            self.changed.emit()

    def _on_usual(self) -> None:
        for key in KEYS:
            self.fields[key.id].setKeySequence(QKeySequence(key.default))
        self._on_edited()
