"""How the samples are divided, and what a split by chance would show instead."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from studio.domain.dataset import Split
from studio.gui import words
from studio.gui.data_desk import DataDesk
from studio.gui.i18n import mark, plural, tr
from studio.gui.widgets.basics import button, label

__all__ = ["SplitView"]

_SIDES = {
    Split.TRAIN: mark("Training"),
    Split.VALIDATION: mark("Validation"),
    Split.TEST: mark("Test"),
}

_OF_SESSIONS = mark(
    "A quick model names {honest} of sessions it has not seen, and {naive} when chance divides."
)
_OF_COPIES = mark(
    "A quick model names {honest} when copies stay together, and {naive} when chance divides."
)


class SplitView(QWidget):
    """Counts of each side by class, and the leak in two figures."""

    def __init__(self, desk: DataDesk) -> None:
        super().__init__()
        self._desk = desk
        self.look = button(tr("Show the split"), desk.divide, role="primary")
        self.about = label(
            tr("Which samples teach, which choose the model, and which are kept for the test."),
            "muted",
        )
        self.table = QTableWidget(0, 4)
        self.table.setObjectName("rows")
        self.table.setAccessibleName(tr("Samples of each class on each side"))
        self.table.setHorizontalHeaderLabels([tr("Class"), *map(tr, _SIDES.values())])
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.kept = label("", "muted")
        self.leak = label("")
        self.findings = label("", "muted")
        row = QHBoxLayout()
        row.addWidget(self.look)
        row.addWidget(self.about, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        for widget in (self.leak, self.kept, self.findings):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addStretch()
        desk.changed.connect(self.refresh)
        for signal in (desk.workspace.job_started, desk.workspace.job_ended):
            signal.connect(self._on_jobs)
        self.refresh()

    def _on_jobs(self, *_: object) -> None:
        self.look.setEnabled(self._desk.workspace.job is None)

    def refresh(self) -> None:
        """Show the split as it is known now."""
        report = self._desk.split
        for widget in (self.table, self.kept, self.leak, self.findings):
            widget.setVisible(report is not None)
        if report is None:
            return
        self.leak.setText(self._leak_text())
        sessions = plural("{n} session", "{n} sessions", len(report.sessions))
        copies = plural("{n} chain of copies", "{n} chains of copies", len(report.copies))
        self.kept.setText(
            tr("{sessions} and {copies} stay on one side.", sessions=sessions, copies=copies)
        )
        self.findings.setText("\n".join(each.sentence for each in report.findings))
        self.findings.setVisible(bool(report.findings))
        self.table.setRowCount(len(report.counts))
        for row, (name, counts) in enumerate(report.counts.items()):
            self.table.setItem(row, 0, QTableWidgetItem(name))
            for column, side in enumerate(_SIDES, 1):
                item = QTableWidgetItem(f"{counts.get(side, 0):,}")
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(row, column, item)

    def _leak_text(self) -> str:
        leak = self._desk.leak
        if leak is None:
            return tr("No sessions or copies are known, so chance divides as well as anything.")
        report = self._desk.split
        unseen = bool(report and report.sessions)
        text = tr(_OF_SESSIONS if unseen else _OF_COPIES, honest=words.accuracy(leak.honest),
                  naive=words.accuracy(leak.naive))  # fmt: skip
        more = (
            tr("Only the first figure will hold in use.")
            if leak.leaking
            else tr("The two do not differ clearly.")
        )
        return f"{text} {more}"
