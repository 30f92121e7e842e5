"""How each class fares: found, called rightly, and beside the float model."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from studio.domain.candidate import ArtifactFormat, Candidate, Precision
from studio.domain.evaluation import ClassMetrics, Evaluation, Interval
from studio.gui import words
from studio.gui.i18n import mark, tr
from studio.gui.widgets.basics import plain

__all__ = ["ClassTable", "missed_sentence"]

_TITLES = (
    mark("Class"),
    mark("Tested"),
    mark("Missed"),
    mark("Found"),
    mark("Right when said"),
    mark("Found, float"),
)
_TIPS = {
    3: mark("Recall: of the samples of this class, the share that was found, int8"),
    4: mark("Precision: of the samples called this class, the share that is"),
    5: mark("Recall of the float model before it became int8, on the same samples"),
}


def _range(interval: Interval) -> str:
    value, low, high = (100 * end for end in (interval.value, interval.low, interval.high))
    return f"{value:.1f} % ({low:.0f}–{high:.0f})"


def missed_sentence(metrics: ClassMetrics) -> str:
    """Return how many of a class were missed, and how many it may truly be."""
    missed = metrics.samples - round(metrics.recall.value * metrics.samples)
    if not metrics.samples:
        return tr("none tested")
    return tr(
        "{missed} of {of}; the true rate may be up to {most} %",
        missed=missed,
        of=metrics.samples,
        most=f"{100 * (1 - metrics.recall.low):.0f}",
    )


class ClassTable(QTableWidget):
    """A line for each class, with intervals in words."""

    def __init__(self) -> None:
        super().__init__(0, len(_TITLES))
        self.setHorizontalHeaderLabels([tr(title) for title in _TITLES])
        for column, tip in _TIPS.items():
            if (title := self.horizontalHeaderItem(column)) is not None:
                title.setToolTip(tr(tip))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setObjectName("rows")
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.setAccessibleName(tr("Figures for each class"))

    def show_evaluation(self, evaluation: Evaluation, candidate: Candidate) -> None:
        """Show other figures."""
        self.setRowCount(len(evaluation.per_class))
        plain_float = candidate.artifact(Precision.FLOAT32, ArtifactFormat.TFLITE)
        other = plain_float.evaluation if plain_float else None
        same_side = isinstance(other, Evaluation) and other.split is evaluation.split
        recalls = other.per_class if same_side and isinstance(other, Evaluation) else ()
        # Of the float model only counts are kept, which know nothing of sessions: its range
        # would look narrower than it is, so it is told without one.
        for row, metrics in enumerate(evaluation.per_class):
            cells = (
                metrics.name,
                str(metrics.samples),
                missed_sentence(metrics),
                _range(metrics.recall),
                _range(metrics.precision),
                words.percent(recalls[row].recall.value) if recalls else tr("not tested"),
            )
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(plain(text))
                self.setItem(row, column, item)
