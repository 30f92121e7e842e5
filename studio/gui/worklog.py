"""What long work did and when, for whoever wants the details."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, Signal

from studio.gui.i18n import tr
from studio.gui.workspace import Workspace

__all__ = ["WorkLog"]

_LINES = 500


class WorkLog(QObject):
    """A line an event, the newest last; only the latest are kept.

    Signals:
        added: A line (already with its time).
    """

    added = Signal(str)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.lines: list[str] = []
        self._job = ""
        self._stage = ""
        self._searching = False
        self._finished = self._rejected = self._failed = 0
        workspace.job_started.connect(self._on_started)
        workspace.job_ended.connect(self._on_ended)
        workspace.failed.connect(self._on_error)
        workspace.training_changed.connect(self._on_training)

    def add(self, text: str) -> None:
        """Note something that happened now."""
        line = f"{datetime.now():%H:%M:%S}  {text}"
        self.lines = [*self.lines, line][-_LINES:]
        self.added.emit(line)

    def _on_started(self, title: str) -> None:
        self._job = title
        self.add(tr(title))

    def _on_ended(self) -> None:
        self.add(tr("{work}: ended", work=tr(self._job)))

    def _on_error(self, error: Exception) -> None:
        self.add(str(error))

    def _on_training(self) -> None:
        record, searching = self._workspace.training, self._workspace.searching
        if searching and not self._searching:
            self._stage = ""
            self._finished = self._rejected = self._failed = 0
            self.add(tr("The search begins."))
        if record is not None:
            if record.stage and record.stage != self._stage:
                self._stage = record.stage
                self.add(record.stage)
            for text, before, now in (
                (tr("Models trained: {n}"), self._finished, record.finished),
                (tr("Left out as too large: {n}"), self._rejected, record.rejected),
                (tr("Failed: {n}"), self._failed, record.failed),
            ):
                if now != before:
                    self.add(text.format(n=now))
            self._finished, self._rejected = record.finished, record.rejected
            self._failed = record.failed
        if self._searching and not searching:
            self.add(tr("The search has ended."))
        self._searching = searching
