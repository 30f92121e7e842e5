"""What matters to a person: sliders, one for each thing that models differ in."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QWidget

from studio.gui.i18n import mark, tr
from studio.gui.theme import SPACING
from studio.gui.widgets.basics import label

__all__ = ["Importance"]

_MOST = 10
_SETTLED_MS = 120

#: Name of the weight, what a person calls it, and where its slider stands at first.
_MATTERS = (
    ("accuracy", mark("Accuracy"), _MOST),
    ("flash", mark("Small file"), 0),
    ("ram", mark("Little memory"), 0),
)


class Importance(QWidget):
    """Sliders from "no matter" to "all that matters".

    Signals:
        changed: The person let go of a slider, or pressed a key on it.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sliders: dict[str, QSlider] = {}
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self.changed)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACING[1])
        grid.setVerticalSpacing(SPACING[0])
        for row, (name, title, value) in enumerate(_MATTERS):
            slider = self.sliders[name] = QSlider(Qt.Orientation.Horizontal)
            slider.setRange(0, _MOST)
            slider.setValue(value)
            slider.setAccessibleName(tr("How much it matters: {what}", what=tr(title)))
            slider.setToolTip(tr("How much it matters: {what}", what=tr(title)))
            slider.valueChanged.connect(self._settled.start)
            word: QLabel = label(tr(title), wrap=False)
            word.setBuddy(slider)
            grid.addWidget(word, row, 0)
            grid.addWidget(slider, row, 1)

    @property
    def weights(self) -> dict[str, float]:
        """By name; accuracy alone where every slider stands at the left."""
        found = {name: float(slider.value()) for name, slider in self.sliders.items()}
        return found if any(found.values()) else {**found, "accuracy": 1.0}
