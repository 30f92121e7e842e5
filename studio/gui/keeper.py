"""Taking steps back, and a backup every ten minutes of change."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from studio.gui.background import Task
from studio.gui.workspace import Workspace

if TYPE_CHECKING:
    from studio.app.session import Session
    from studio.domain.operation import Change

__all__ = ["Keeper"]

_LOOK_EVERY_MS = 60_000


class Keeper(QObject):
    """Looks after the open project's history and backups; ends with its workspace."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._timer = QTimer(self, interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.back_up)
        self._timer.start()

    def back_up(self) -> None:
        """Keep a backup if one is due; the session knows."""
        self._workspace.lanes["work"].submit(
            lambda session, task: session.backup_if_due(), None, self._workspace.failed.emit
        )

    def undo(self) -> None:
        """Take back the latest step."""
        self._turn(lambda session, task: session.undo())

    def redo(self) -> None:
        """Do the step again that was undone last."""
        self._turn(lambda session, task: session.redo())

    def _turn(self, turn: Callable[[Session, Task], Change | None]) -> None:
        self._workspace.lanes["read"].submit(turn, self._on_turned, self._workspace.failed.emit)

    def _on_turned(self, change: Change | None) -> None:
        if change is not None:
            self._workspace.tell_samples_changed()
