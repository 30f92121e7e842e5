"""A device of the person's own: a form in its place, errors at the field, or a TOML file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from studio.app import core_names
from studio.domain.device import Device, DeviceKind
from studio.gui import words
from studio.gui.fitting.desk import FittingDesk
from studio.gui.fitting.words import KIND_WORDS
from studio.gui.i18n import mark, tr
from studio.gui.settings import Settings
from studio.gui.theme import SPACING
from studio.gui.widgets.basics import Card, button, label, scrolled

if TYPE_CHECKING:
    from studio.app.session import Session

__all__ = ["OwnDeviceForm"]

_FIELD = re.compile(r"in the field '([a-z_]+)|leaves out the field '([a-z_]+)")
_SIZE = mark("Write a size as 96K or 1M, or as a whole number of bytes.")
_WRONG = {
    "name": mark("A device needs a name of one line, 80 letters at most."),
    "core": mark("Choose a core from the list; others are not known here."),
    "ram_bytes": _SIZE,
    "flash_bytes": _SIZE,
    "clock_hz": mark("Write a clock as 64MHz, or as a whole number of hertz."),
    "vendor": mark("The maker is one line of 80 letters at most."),
}
"""What to write where a field was refused; the checker itself names the field."""


class OwnDeviceForm(QWidget):
    """Adds a device, or changes one.

    Signals:
        saved: The device, after it was added or changed.
        closed: The person is done here.
    """

    saved = Signal(object)
    closed = Signal()

    def __init__(self, desk: FittingDesk, settings: Settings) -> None:
        super().__init__()
        self._desk, self._settings = desk, settings
        self._id = ""
        self._before: dict[str, str] = {}
        self.title = label("", "section")
        self.name, self.vendor = _line(tr("Name")), _line(tr("Maker"))
        self.kind, self.core = QComboBox(), _core_box()
        self.kind.setAccessibleName(tr("Kind"))
        for kind, title in KIND_WORDS.items():
            self.kind.addItem(tr(title), kind)
        self.ram, self.flash = _line(tr("RAM"), "96K"), _line(tr("Flash"), "512K")
        self.clock = _line(tr("Clock"), "64MHz")
        self.fields: dict[str, QWidget] = {
            "name": self.name,
            "kind": self.kind,
            "core": self.core,
            "ram_bytes": self.ram,
            "flash_bytes": self.flash,
            "clock_hz": self.clock,
            "vendor": self.vendor,
        }
        self.wrong: dict[str, QLabel] = {name: label("", "bad") for name in self.fields}
        self.other = label("", "bad")
        self.save = button(tr("Keep this device"), self._on_save, role="primary")
        self.cancel = button(tr("Cancel"), self.closed.emit)
        self.file = button(tr("From a TOML file…"), self._on_file, role="link")
        self._lay_out()

    def _lay_out(self) -> None:
        card = Card()
        card.add(self.title)
        card.add(
            label(
                tr("What you do not know stays unknown; figures you give count as said by you."),
                "muted",
            )
        )
        for name, widget in self.fields.items():
            title = label(widget.accessibleName())
            title.setBuddy(widget)
            for part in (title, widget, self.wrong[name]):
                card.add(part)
            self.wrong[name].hide()
        self.other.hide()
        card.add(self.other)
        row = QHBoxLayout()
        row.addWidget(self.save)
        row.addWidget(self.cancel)
        row.addStretch()
        card.add_layout(row)
        card.add(self.file)
        card.add(label(tr("Or drop such a file on this page."), "small"))
        card.add_stretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING[0])
        column.addWidget(scrolled(card))

    # -- what stands in it ---------------------------------------------------------------

    def begin(self, device: Device | None = None, fields: Mapping[str, Any] | None = None) -> None:
        """Show an empty form, or one to change a device with the fields it was given."""
        self._id = device.id if device else ""
        given = fields or {}
        self.title.setText(
            tr("Change {device}", device=device.name) if device else tr("A board of your own")
        )
        for name in ("name", "vendor", "ram_bytes", "flash_bytes", "clock_hz"):
            self._box(name).setText(_said(given.get(name)))
        self.core.setEditText(_said(given.get("core")))
        kind = DeviceKind(given.get("kind", DeviceKind.MICROCONTROLLER))
        self.kind.setCurrentIndex(self.kind.findData(kind))
        self._before = self._texts() if device else {}
        self._clear_errors()
        self.name.setFocus()

    def _box(self, name: str) -> QLineEdit:
        found = self.fields[name]
        assert isinstance(found, QLineEdit)
        return found

    def _texts(self) -> dict[str, str]:
        texts = {n: f.text().strip() for n, f in self.fields.items() if isinstance(f, QLineEdit)}
        return {
            **texts,
            "core": self.core.currentText().strip(),
            "kind": str(DeviceKind(self.kind.currentData())),
        }

    @property
    def given(self) -> dict[str, Any]:
        """The fields as they would be kept; of a change only what is another, None for emptied."""
        texts = {n: t for n, t in self._texts().items() if t != self._before.get(n, "")}
        return {name: _value(name, text) for name, text in texts.items()}

    # -- keeping it ----------------------------------------------------------------------

    def _on_save(self) -> None:
        fields, id = self.given, self._id
        self._clear_errors()

        def work(session: Session) -> Device:
            return session.devices.change(id, fields) if id else session.devices.add(fields)

        self.save.setEnabled(False)
        self._desk.keep(work, self._on_kept, self._on_refused)

    def take_file(self, path: Path) -> None:
        """Add the device that a TOML file describes."""
        self._clear_errors()
        self._desk.keep(
            lambda session: session.devices.add_file(path), self._on_kept, self._on_refused
        )

    def _on_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, tr("A device file"), self._settings.last_folder, "TOML (*.toml)"
        )
        if path:
            self._settings["last_folder"] = str(Path(path).parent)
            self.take_file(Path(path))

    def _on_kept(self, device: Device) -> None:
        self.save.setEnabled(True)
        self.saved.emit(device)

    # -- errors --------------------------------------------------------------------------

    def _clear_errors(self) -> None:
        for line in (*self.wrong.values(), self.other):
            line.hide()
            line.setText("")

    def _on_refused(self, error: Exception) -> None:
        self.save.setEnabled(True)
        happened, remedy, _ = words.explain(error)
        found = _FIELD.search(getattr(error, "happened", ""))
        field = next((name for name in found.groups() if name), "") if found else ""
        of_form = self.isVisible() and field in _WRONG
        line = self.wrong[field] if of_form else self.other
        line.setText(tr(_WRONG[field]) if of_form else f"{happened} {remedy}")
        line.show()
        if of_form:
            self.fields[field].setFocus()


def _line(name: str, example: str = "") -> QLineEdit:
    box = QLineEdit()
    box.setAccessibleName(name)
    box.setPlaceholderText(example)
    return box


def _core_box() -> QComboBox:
    box = QComboBox(editable=True, insertPolicy=QComboBox.InsertPolicy.NoInsert)
    box.addItems(core_names())
    box.setCurrentIndex(-1)
    box.setAccessibleName(tr("Core"))
    completer = QCompleter(box.model(), box)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    box.setCompleter(completer)
    return box


def _said(value: Any) -> str:
    """Return what stands in a field of an own device as text for the form."""
    if isinstance(value, Mapping):
        value = value.get("value")
    return "" if value is None else str(value)


def _value(name: str, text: str) -> str | int | None:
    if not text:
        return None
    number = name.endswith(("_bytes", "_hz")) and text.isascii() and text.isdigit()
    return int(text) if number else text
