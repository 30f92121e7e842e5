"""The jobs shelf: where long work lives, at the foot of every page."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from studio.gui import words
from studio.gui.i18n import plural, tr
from studio.gui.theme import SPACING
from studio.gui.training import TrainingRecord
from studio.gui.widgets.basics import button, label
from studio.gui.workspace import Workspace

__all__ = ["JobsShelf", "search_sentence"]


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
        self.job = _Row()
        self.job.add(button(tr("Cancel"), workspace.cancel_job))
        self.search = _Row()
        self.stop = button(tr("Stop and keep the best"), workspace.stop_search)
        self.search.add(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.job)
        column.addWidget(self.search)
        workspace.job_started.connect(self._on_job_started)
        workspace.job_progressed.connect(self._on_job_progressed)
        workspace.job_ended.connect(self._on_job_ended)
        workspace.training_changed.connect(self._on_training_changed)
        if workspace.job is not None:
            self._on_job_started(workspace.job)
        self._on_training_changed()

    def _tidy(self) -> None:
        self.setVisible(self._workspace.job is not None or self._workspace.searching)

    def _on_job_started(self, title: str) -> None:
        self.job.sentence.setText(f"{tr(title)}…")
        self.job.bar.setRange(0, 0)
        self.job.bar.setAccessibleName(tr(title))
        self.job.show()
        self._tidy()

    def _on_job_progressed(self, done: int, total: int) -> None:
        self.job.bar.setRange(0, total)
        self.job.bar.setValue(done)
        title = tr(self._workspace.job) if self._workspace.job else ""
        self.job.sentence.setText(
            tr("{title}: {done} of {total}", title=title, done=f"{done:,}", total=f"{total:,}")
        )

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
