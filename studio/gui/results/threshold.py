"""From when on to say "not sure", by what a miss and a false alarm cost."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QGridLayout, QSlider, QVBoxLayout, QWidget

from studio.domain.candidate import Candidate
from studio.domain.judgement import Costs, NotSureOutcome
from studio.gui.asking import Asker
from studio.gui.i18n import tr
from studio.gui.nouns import nouns
from studio.gui.results.refusals import refusal
from studio.gui.theme import SPACING
from studio.gui.widgets.basics import label
from studio.gui.workspace import Workspace

__all__ = ["ThresholdPanel"]

_MOST = 50
_SETTLED_MS = 120


class ThresholdPanel(QWidget):
    """Two sliders in units of what "not sure" costs, and what they lead to, at once."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._asker = Asker(workspace, self)
        self._candidate: Candidate | None = None
        self._touched = False
        self.miss = self._slider(tr("A miss costs"), 2)
        self.alarm = self._slider(tr("A false alarm costs"), 2)
        self.quiet = QComboBox()
        self.quiet.setAccessibleName(tr("The class that means nothing happens"))
        self.says = label("")
        self.outcome = label("", "small")
        self._amounts = [label("", wrap=False) for _ in range(2)]
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self._ask)
        self._lay_out()
        for slider in (self.miss, self.alarm):
            slider.valueChanged.connect(self._on_touched)
        self.quiet.currentIndexChanged.connect(self._on_touched)

    def _slider(self, name: str, value: int) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, _MOST)
        slider.setValue(value)
        slider.setAccessibleName(name)
        return slider

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setVerticalSpacing(SPACING[0])
        for row, (slider, amount) in enumerate(
            zip((self.miss, self.alarm), self._amounts, strict=True)
        ):
            word = label(slider.accessibleName(), wrap=False)
            word.setBuddy(slider)
            grid.addWidget(word, row, 0)
            grid.addWidget(slider, row, 1)
            grid.addWidget(amount, row, 2)
        grid.addWidget(label(tr("Nothing happens in"), wrap=False), 2, 0)
        grid.addWidget(self.quiet, 2, 1, 1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING[1])
        column.addWidget(label(tr("When to say “not sure”"), "section"))
        column.addWidget(label(tr("Counted in what one “not sure” costs you."), "small"))
        column.addLayout(grid)
        column.addWidget(self.says)
        column.addWidget(self.outcome)

    @property
    def given(self) -> Costs | None:
        """The costs, once the person has moved anything; None before."""
        return self.costs if self._touched else None

    @property
    def costs(self) -> Costs:
        """What the person says errors cost; "not sure" costs 1."""
        return Costs(
            miss=float(self.miss.value()),
            false_alarm=float(self.alarm.value()),
            not_sure=1.0,
            quiet=self.quiet.currentData() or "",
        )

    def show_candidate(self, candidate: Candidate) -> None:
        """Reckon for another model."""
        if self._candidate is None or self._candidate.classes != candidate.classes:
            self.quiet.blockSignals(True)
            self.quiet.clear()
            self.quiet.addItem(tr("no class"), "")
            for name in candidate.classes:
                self.quiet.addItem(name, name)
            self.quiet.blockSignals(False)
        self._candidate = candidate
        self._on_moved()

    def _on_touched(self, *moved: object) -> None:
        self._touched = True
        self._on_moved()

    def _on_moved(self, *moved: object) -> None:
        for slider, amount in zip((self.miss, self.alarm), self._amounts, strict=True):
            amount.setText(f"{slider.value()} ×")
        self._settled.start()

    def _ask(self) -> None:
        candidate, costs = self._candidate, self.costs
        if candidate is None:
            return

        def question(session: Any) -> Any:
            return session.judging.unsure(candidate.id, costs)

        self._asker.ask("unsure", question, self._on_unsure, self._on_refused)

    def _on_unsure(self, found: Any) -> None:
        self.says.setText(found.phrase.text(tr))
        side = found.chosen.test or found.chosen.validation
        self.outcome.setText(self._told(side))

    def _on_refused(self, error: Exception) -> None:
        self.says.setText(refusal(error))
        self.outcome.setText("")

    def _told(self, side: NotSureOutcome) -> str:
        view = self._workspace.view
        task = view.overview.task if view else ""
        answered = round(side.coverage.value * side.samples)
        which = tr("test") if side.split == "test" else tr("validation")
        return tr(
            "On {samples} of the {side} side: {answered} answered, {missed} missed, {alarms} false"
            " alarms.",
            samples=nouns(task).count(side.samples),
            side=which,
            answered=answered,
            missed=side.missed,
            alarms=side.false_alarms,
        )
