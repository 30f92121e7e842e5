"""Questions about models, asked of the session one after the other; only the latest is answered.

A person who moves a slider asks ten times a second. What was asked before and has not begun is
dropped, and an answer that came too late is not shown.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from studio.gui.background import Lane, Task, call_if_alive
from studio.gui.workspace import Workspace

if TYPE_CHECKING:
    from studio.app.session import Session

__all__ = ["Asker", "judge_lane"]

_LANE = "judge"


def judge_lane(workspace: Workspace) -> Lane:
    """Return the workspace's thread for slow questions about models; it ends with the others."""
    if _LANE not in workspace.lanes:
        lane = Lane(_LANE, lambda: workspace.backend.open(workspace.path), workspace)
        workspace.lanes[_LANE] = lane
        # Opened now: opening takes in what a dead search left, and a search that is just
        # starting looks dead for a moment.
        lane.submit(lambda session, task: None, None, workspace.failed.emit)
    return workspace.lanes[_LANE]


class Asker(QObject):
    """Asks for one widget; questions are told apart by their subject."""

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._lane = judge_lane(workspace)
        self._latest: dict[str, Task] = {}

    def ask(
        self,
        subject: str,
        question: Callable[[Session], Any],
        on_done: Callable[[Any], None],
        on_error: Callable[[Exception], None] | None = None,
    ) -> None:
        """Ask; the answer to an earlier question on the same subject is not told any more."""
        self.forget(subject)

        def work(session: Session, task: Task) -> Any:
            return None if task.cancelled() else question(session)

        def done(answer: Any) -> None:
            if not task.cancelled():
                call_if_alive(on_done, answer)

        def failed(error: Exception) -> None:
            if not task.cancelled():
                call_if_alive(on_error or self._workspace.failed.emit, error)

        task = self._latest[subject] = self._lane.submit(work, done, failed)

    def forget(self, subject: str) -> None:
        """Drop what was asked about a subject."""
        if subject in self._latest:
            self._latest.pop(subject).cancel()
