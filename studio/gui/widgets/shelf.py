"""The jobs shelf: where long work lives, at the foot of every page."""

from __future__ import annotations

from time import monotonic

from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from studio.gui import words
from studio.gui.i18n import plural, tr
from studio.gui.pace import Pace, left_text
from studio.gui.theme import SPACING
from studio.gui.training import TrainingRecord
from studio.gui.widgets.basics import button, label
from studio.gui.worklog import WorkLog
from studio.gui.workspace import Workspace

__all__ = ["JobsShelf", "search_sentence"]

_LINES = 500
_TEXT_PX = 120


def search_sentence(record: TrainingRecord, stopping: bool) -> str:
    """Return how a search stands, in one line."""
    if stopping:
        return tr("Ending the search; finished models are kept…")
    if not record.finished and not record.curves:
        return record.stage or tr("Starting the search…")
    parts = [plural("{n} model trained", "{n} models trained", record.finished)]
    if record.best is not None:
        parts.append(tr("best {share} so far", share=words.percent(record.best)))
    left = max(0.0, record.ends_s - record.seconds)
    parts.append(tr("at most {time} left", time=words.duration(left)))
    return " · ".join(parts)


class _Row(QWidget):
    """One piece of long work: its sentence, a bar, its buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.sentence = label(wrap=False)
        # A long sentence gives way, never the buttons behind it.
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setFixedWidth(180)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(SPACING[3], SPACING[1], SPACING[3], SPACING[1])
        self._row.addWidget(self.sentence, 1)
        self._row.addWidget(self.bar)
        self.hide()

    def add(self, widget: QWidget) -> None:
        self._row.addWidget(widget)


class JobsShelf(QFrame):
    """Shows the running import or export, and the running search; hidden when all is quiet."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setObjectName("shelf")
        self._workspace = workspace
        self._pace = Pace()
        self.record = WorkLog(workspace, self)
        self.job = _Row()
        self.cancel = button(tr("Cancel"), self._on_cancel)
        self.job.add(self.cancel)
        self.search = _Row()
        self.stop = button(tr("Stop and keep the best"), workspace.stop_search)
        self.search.add(self.stop)
        self.details = button(tr("Details"), self._on_details, role="link")
        self.details.setCheckable(True)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(tr("What was done, and when"))
        self.text.setMaximumBlockCount(_LINES)
        self.text.setFixedHeight(_TEXT_PX)
        self.text.setTabChangesFocus(True)
        self.text.hide()
        self._lay_out()
        self.record.added.connect(self.text.appendPlainText)
        workspace.job_started.connect(self._on_job_started)
        workspace.job_progressed.connect(self._on_job_progressed)
        workspace.job_ended.connect(self._on_job_ended)
        workspace.training_changed.connect(self._on_training_changed)
        if workspace.job is not None:
            self._on_job_started(workspace.job)
        self._on_training_changed()

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.job)
        column.addWidget(self.search)
        row = QHBoxLayout()
        row.addLayout(column, 1)
        row.addWidget(self.details)
        row.setContentsMargins(0, 0, SPACING[3], 0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(row)
        outer.addWidget(self.text)

    def _tidy(self) -> None:
        busy = self._workspace.job is not None or self._workspace.searching
        self.setVisible(busy or self.details.isChecked())

    def _on_details(self) -> None:
        self.text.setVisible(self.details.isChecked())
        self._tidy()

    def _on_cancel(self) -> None:
        self._workspace.cancel_job()
        self.cancel.setEnabled(False)
        title = tr(self._workspace.job) if self._workspace.job else ""
        self.job.sentence.setText(tr("{title}: ending it…", title=title))

    def _on_job_started(self, title: str) -> None:
        self._pace = Pace()
        self.cancel.setEnabled(True)
        self.job.sentence.setText(f"{tr(title)}…")
        self.job.bar.setRange(0, 0)
        self.job.bar.setAccessibleName(tr(title))
        self.job.show()
        self._tidy()

    def _on_job_progressed(self, done: int, total: int) -> None:
        self.job.bar.setRange(0, total)
        self.job.bar.setValue(done)
        if not self.cancel.isEnabled():
            return
        self._pace.note(monotonic(), done, total)
        title = tr(self._workspace.job) if self._workspace.job else ""
        text = tr("{title}: {done} of {total}", title=title, done=f"{done:,}", total=f"{total:,}")
        left = left_text(self._pace.left)
        self.job.sentence.setText(f"{text} · {left}" if left else text)

    def _on_job_ended(self) -> None:
        self.job.hide()
        self._tidy()

    def _on_training_changed(self) -> None:
        record, searching = self._workspace.training, self._workspace.searching
        self.search.setVisible(searching and record is not None)
        if record is not None and searching:
            self.search.sentence.setText(search_sentence(record, self._workspace.stopping))
            self.search.bar.setRange(0, max(1, round(record.ends_s)))
            self.search.bar.setValue(min(round(record.seconds), self.search.bar.maximum()))
            self.search.bar.setAccessibleName(tr("Time used by the search"))
            self.stop.setEnabled(not self._workspace.stopping)
        self._tidy()
