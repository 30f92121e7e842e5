"""Two questions before going on: is another model really better, and would more data help?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from studio.domain.candidate import Candidate
from studio.domain.dataset import Split
from studio.domain.judgement import Comparison, LearningCurve
from studio.gui.asking import Asker
from studio.gui.background import Task
from studio.gui.i18n import mark, tr
from studio.gui.nouns import nouns
from studio.gui.results.refusals import refusal
from studio.gui.theme import SPACING
from studio.gui.widgets.basics import button, label
from studio.gui.workspace import Workspace

if TYPE_CHECKING:
    from studio.app.session import Session

__all__ = ["MoreDataPanel", "VersusPanel"]

_MINUTES = 5.0


class VersusPanel(QWidget):
    """The chosen model beside another, on the same samples."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._asker = Asker(workspace, self)
        self._candidate: Candidate | None = None
        self.other = QComboBox()
        self.other.setAccessibleName(tr("Compare with"))
        self.says = label("")
        self.counts = label("", "small")
        row = QHBoxLayout()
        row.addWidget(label(tr("Compare with"), wrap=False))
        row.addWidget(self.other, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING[1])
        column.addWidget(label(tr("Is another model better?"), "section"))
        column.addLayout(row)
        column.addWidget(self.says)
        column.addWidget(self.counts)
        self.other.currentIndexChanged.connect(self._ask)

    def show_candidate(self, candidate: Candidate) -> None:
        """Offer the others of the same dataset version; they have the same samples."""
        view = self._workspace.view
        others = [
            each
            for each in (view.candidates if view else ())
            if each.id != candidate.id and each.dataset_digest == candidate.dataset_digest
        ]
        known = [self.other.itemData(i) for i in range(1, self.other.count())]
        same = self._candidate is not None and self._candidate.id == candidate.id
        if same and known == [each.id for each in others]:
            return
        self._candidate = candidate
        self.other.blockSignals(True)
        self.other.clear()
        self.other.addItem(tr("choose a model") if others else tr("there is no other yet"), None)
        for each in others:
            self.other.addItem(f"#{each.id}", each.id)
        self.other.blockSignals(False)
        self.says.setText("")
        self.counts.setText("")

    def _ask(self, index: int) -> None:
        first, second = self._candidate, self.other.currentData()
        if first is None or second is None:
            return
        self.says.setText(tr("Comparing…"))

        def question(session: Any) -> Any:
            return session.judging.compare(first.id, second)

        self._asker.ask("compare", question, self._on_compared, self._on_refused)

    def _on_compared(self, found: tuple[Split, Comparison]) -> None:
        side, compared = found
        view = self._workspace.view
        self.says.setText(compared.phrase.text(tr))
        self.counts.setText(
            tr(
                "Of {samples} ({side}): only {first} does better on {a}, only {second} on {b}.",
                samples=nouns(view.overview.task if view else "").count(compared.samples),
                side=tr("test") if side is Split.TEST else tr("validation"),
                first=compared.first,
                second=compared.second,
                a=compared.only_first,
                b=compared.only_second,
            )
        )

    def _on_refused(self, error: Exception) -> None:
        self.says.setText(refusal(error))
        self.counts.setText("")


class _Ended(Exception):
    """The person does not want to know any more."""


class MoreDataPanel(QWidget):
    """The same configuration on a quarter, half and all of the data; a job of minutes."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._candidate: Candidate | None = None
        self.ask = button(tr("Find out (up to {n} min)", n=f"{_MINUTES:.0f}"), self._on_ask)
        self.says = label("")
        self.points = label("", "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING[1])
        column.addWidget(label(tr("Would more data help?"), "section"))
        row = QHBoxLayout()
        row.addWidget(self.ask)
        row.addStretch()
        column.addLayout(row)
        column.addWidget(self.says)
        column.addWidget(self.points)
        for signal in (workspace.job_started, workspace.job_ended, workspace.training_changed):
            signal.connect(self._refresh)
        self._refresh()

    def show_candidate(self, candidate: Candidate) -> None:
        """Ask about another model."""
        if self._candidate is None or self._candidate.id != candidate.id:
            self.says.setText("")
            self.points.setText("")
        self._candidate = candidate

    def _refresh(self, *changed: object) -> None:
        busy = self._workspace.job is not None or self._workspace.searching
        self.ask.setEnabled(not busy)
        self.ask.setToolTip(tr("When what runs now has ended.") if busy else "")

    def _on_ask(self) -> None:
        candidate = self._candidate
        if candidate is None:
            return

        def work(session: Session, task: Task) -> LearningCurve:
            def progress(done: int, total: int) -> None:
                if task.cancelled():
                    raise _Ended
                task.progress(done, total)

            return session.judging.more_data(candidate.id, minutes=_MINUTES, progress=progress)

        title = mark("Training on parts of the data")
        if self._workspace.run_job(title, work, self._on_curve, self._on_refused):
            self.says.setText(tr("Training on parts of the data…"))

    def _on_curve(self, found: LearningCurve) -> None:
        view = self._workspace.view
        words = nouns(view.overview.task if view else "")
        self.says.setText(found.phrase.text(tr))
        self.points.setText(
            "\n".join(
                tr(
                    "{samples}: error {value} ({low} – {high})",
                    samples=words.count(point.samples),
                    value=f"{point.error.value:.2g}",
                    low=f"{point.error.low:.2g}",
                    high=f"{point.error.high:.2g}",
                )
                for point in found.points
            )
        )

    def _on_refused(self, error: Exception) -> None:
        ended = isinstance(error, _Ended)
        self.says.setText(tr("Cancelled.") if ended else refusal(error))
