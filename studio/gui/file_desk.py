"""The open project as a file: other names, backups, history."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from studio.gui.background import Task
from studio.gui.i18n import mark
from studio.gui.workspace import Workspace

if TYPE_CHECKING:
    from studio.app.session import Session
    from studio.domain.operation import Operation
    from studio.store.backup import Backup

__all__ = ["FileDesk"]

_STEPS = 200


class FileDesk(QObject):
    """Asks the session what the panels at the side show.

    Signals:
        changed: Something below is different now.
        written: The project stands under another name too (a Path).
    """

    changed = Signal()
    written = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.workspace = workspace
        self.backups: tuple[Backup, ...] | None = None
        self.history: tuple[Operation, ...] | None = None
        self.read_only = False
        workspace.samples_changed.connect(self._on_samples_changed)

    def _on_samples_changed(self) -> None:
        if self.history is not None:
            self.read_history()

    def read_state(self) -> None:
        """Find out whether another program writes to the project."""
        self._read(
            lambda session, task: session.read_only, lambda found: self._keep(read_only=found)
        )

    def read_backups(self) -> None:
        """Read which backups there are on this computer."""
        self._read(lambda session, task: session.backups(), lambda found: self._keep(backups=found))

    def read_history(self) -> None:
        """Read the latest steps."""
        self._read(
            lambda session, task: session.history(_STEPS), lambda found: self._keep(history=found)
        )

    def back_up(self) -> None:
        """Keep a backup now."""
        self.workspace.run_job(
            mark("Keeping a backup"),
            lambda session, task: session.backup(),
            lambda path: self.read_backups(),
        )

    def save_as(self, target: Path) -> None:
        """Write the project under another name; the dialog asked about a file in the way."""
        self.workspace.run_job(
            mark("Writing the project under another name"),
            lambda session, task: session.save_as(target, overwrite=True),
            self.written.emit,
        )

    def go_back_to(self, step: Operation) -> None:
        """Undo, or do again, until this step is the latest that is in force."""

        def work(session: Session, task: Task) -> None:
            turn_to(session, step.id)

        def done(nothing: object) -> None:
            self.workspace.tell_samples_changed()
            self.read_history()

        self.workspace.lanes["read"].submit(work, done, self.workspace.failed.emit)

    def _keep(self, **found: object) -> None:
        for name, value in found.items():
            setattr(self, name, value)
        self.changed.emit()

    def _read(self, work: Callable[[Session, Task], Any], done: Callable[[Any], None]) -> None:
        self.workspace.lanes["look"].submit(work, done, self.workspace.failed.emit)


def turn_to(session: Session, step_id: int) -> None:
    """Undo or redo until a step is the latest in force; stops where nothing changes."""
    from studio.domain.operation import OperationState

    for _ in range(_STEPS):
        done = [s.id for s in session.history(_STEPS) if s.state is OperationState.DONE]
        newest = max(done, default=0)
        if newest == step_id:
            return
        change = session.undo() if newest > step_id else session.redo()
        if change is None:
            return
