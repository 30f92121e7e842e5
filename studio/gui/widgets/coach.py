"""The strip of the guided tour: which step, what to do, and the way out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from studio.gui.i18n import tr
from studio.gui.theme import SPACING
from studio.gui.tour import STEPS, Tour
from studio.gui.widgets.basics import button, label

__all__ = ["CoachStrip"]


class CoachStrip(QFrame):
    """Stands under the header while the tour runs; never in the way.

    Signals:
        place_requested: The id of the place where the step is done.
    """

    place_requested = Signal(str)

    def __init__(self, tour: Tour) -> None:
        super().__init__()
        self.setObjectName("coach")
        self._tour = tour
        self.ticks = label("", "strong", wrap=False)
        self.title = label("", "strong")
        self.advice = label("", "muted")
        self.go = button(tr("Take me there"), self._on_go)
        self.leave = button(tr("Leave the tour"), tour.leave)
        text = QVBoxLayout()
        text.setSpacing(2)
        text.addWidget(self.title)
        text.addWidget(self.advice)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACING[3], SPACING[1], SPACING[3], SPACING[1])
        row.setSpacing(SPACING[2])
        row.addWidget(self.ticks)
        row.addLayout(text, 1)
        row.addWidget(self.go)
        row.addWidget(self.leave)
        tour.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show where the tour is now."""
        self.setVisible(self._tour.running)
        ticks, step = self._tour.ticks, self._tour.step
        self.ticks.setText(" ".join("✓" if done else "○" for done in ticks))
        told = tr("{done} of {all} steps done", done=sum(ticks), all=len(ticks))
        self.ticks.setAccessibleName(told)
        self.ticks.setToolTip(told)
        self.go.setVisible(step is not None)
        if step is None:
            self.title.setText(tr("That was all: from samples to a bundle."))
            self.advice.setText(tr("Now with your own: drop a folder on the window."))
            self.leave.setText(tr("Close"))
            self.leave.setAccessibleName(tr("Close"))
            return
        number = STEPS.index(step) + 1
        self.title.setText(f"{number}. {tr(step.title)}")
        self.advice.setText(tr(step.advice))

    def _on_go(self) -> None:
        step = self._tour.step
        if step is not None:
            self.place_requested.emit(step.place)
