"""What a model must fit: a board, or limits a person names."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QGridLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from studio.domain.device import Device
from studio.domain.wording import bytes_text
from studio.gui.i18n import tr
from studio.gui.settings import Settings
from studio.gui.theme import SPACING
from studio.gui.widgets.basics import label
from studio.gui.workspace import Workspace

__all__ = ["LimitsChooser"]

_LARGEST_KIB = 1 << 22


class LimitsChooser(QWidget):
    """A box with every board, and two numbers for those who know their limits themselves.

    Signals:
        changed: Something else was chosen.
    """

    changed = Signal()

    def __init__(self, workspace: Workspace, settings: Settings) -> None:
        super().__init__()
        self._workspace, self._settings = workspace, settings
        self.device = self._device_box()
        self.own = QCheckBox(tr("My own limits instead"))
        self.flash = self._size_box(tr("Largest model file"))
        self.ram = self._size_box(tr("Most working memory (RAM)"))
        self._about = label("", "small")
        self._sizes = QWidget()
        grid = QGridLayout(self._sizes)
        grid.setContentsMargins(0, 0, 0, 0)
        for row, (text, box) in enumerate(
            ((tr("Model file"), self.flash), (tr("Memory"), self.ram))
        ):
            grid.addWidget(label(text, wrap=False), row, 0)
            grid.addWidget(box, row, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING[0])
        for widget in (self.device, self._about, self.own, self._sizes):
            column.addWidget(widget)
        self.own.toggled.connect(self._on_changed)
        self.flash.valueChanged.connect(self._on_changed)
        self.ram.valueChanged.connect(self._on_changed)
        self.device.currentIndexChanged.connect(self._on_changed)
        self.refresh()

    def _device_box(self) -> QComboBox:
        box = QComboBox(editable=True, insertPolicy=QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(box.model(), box)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        box.setCompleter(completer)
        box.setMinimumContentsLength(10)
        for part in filter(None, (box, box.lineEdit())):
            part.setAccessibleName(tr("Board the model must fit"))
        return box

    def _size_box(self, name: str) -> QSpinBox:
        box = QSpinBox(minimum=0, maximum=_LARGEST_KIB, singleStep=16, suffix=" KiB")
        box.setSpecialValueText(tr("no limit"))
        box.setAccessibleName(name)
        return box

    @property
    def chosen(self) -> Device | None:
        """The board; None while the typed words name none, or the limits are the person's own."""
        index = self.device.findText(self.device.currentText())
        if self.own.isChecked() or index < 0:
            return None
        return self._workspace.devices.get(self.device.itemData(index))

    @property
    def complete(self) -> bool:
        """Whether it is said what a model must fit."""
        return self.own.isChecked() or self.chosen is not None

    @property
    def asked(self) -> dict[str, str | int | None]:
        """The fields of a search request that say it."""
        if not self.own.isChecked():
            return {"device_id": self.chosen.id if self.chosen else ""}
        return {
            "device_id": "",
            "flash_bytes": self.flash.value() * 1024 or None,
            "ram_bytes": self.ram.value() * 1024 or None,
        }

    def refresh(self) -> None:
        """Show what is known by now."""
        self._fill()
        self._sizes.setVisible(self.own.isChecked())
        self.device.setVisible(not self.own.isChecked())
        self._about.setText(self._sentence())

    def _fill(self) -> None:
        if self.device.count() == len(self._workspace.devices):
            return
        self.device.blockSignals(True)
        self.device.clear()
        for each in sorted(self._workspace.devices.values(), key=lambda d: d.name.casefold()):
            self.device.addItem(each.name, each.id)
        wanted = self._workspace.device
        first = self.device.findData(self._settings["device"] or (wanted.id if wanted else ""))
        self.device.setCurrentIndex(max(0, first))
        self.device.blockSignals(False)

    def _on_changed(self, *changed: object) -> None:
        self.refresh()
        self.changed.emit()

    def _sentence(self) -> str:
        if self.own.isChecked():
            return tr("For a board that is not in the list. Speed is told once a board ran it.")
        device = self.chosen
        if device is None:
            return tr("No board has this name.")
        ram, flash = (
            "?" if fact.value is None else bytes_text(fact.value)
            for fact in (device.ram_bytes, device.flash_bytes)
        )
        return tr("{core}, {ram} RAM, {flash} flash", core=device.core, ram=ram, flash=flash)
