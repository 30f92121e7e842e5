"""What the page Label does: every act in the lane that writes, then told to all who show it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from studio.domain.operation import Operation
from studio.domain.sample import Box, Sample, TimeRange
from studio.gui.background import Task
from studio.gui.i18n import mark
from studio.gui.labelling.lanes import QUIET_MS, browse_lane
from studio.gui.workspace import Workspace

if TYPE_CHECKING:
    from studio.app.browsing import SampleSession
    from studio.app.session import Session

__all__ = ["LabelController"]


class LabelController(QObject):
    """Acts on samples, classes and marks; knows the sessions, the history and who was asked.

    Signals:
        known_changed: `sessions`, `history`, `asked` or `columns` were read again.
        done: An act is written.
        quiet: Nothing changed for a moment after a change; what is shown may be read again.
    """

    known_changed = Signal()
    done = Signal()
    quiet = Signal()

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.sessions: tuple[SampleSession, ...] = ()
        self.history: tuple[Operation, ...] = ()
        self.asked = False
        self.columns: dict[str, str] = {}
        self._later = QTimer(self, interval=QUIET_MS, singleShot=True)
        self._later.timeout.connect(self._read_again)
        workspace.samples_changed.connect(self._later.start)
        self.read_known()

    # -- reading -------------------------------------------------------------------------

    def read(self, work: Callable[[Session], Any], on_done: Callable[[Any], None]) -> None:
        """Ask the session for something; failures are told to the window."""
        browse_lane(self.workspace).submit(
            lambda session, task: work(session), on_done, self.workspace.failed.emit
        )

    @property
    def settled(self) -> bool:
        """Whether nothing waits to be read again."""
        return not self._later.isActive()

    def _read_again(self) -> None:
        self.read_known()
        self.quiet.emit()

    def read_known(self) -> None:
        """Read sessions, history and columns again."""
        self.read(
            lambda session: (
                session.browsing.sessions(),
                session.history(200),
                session.browsing.asked(),
                session.browsing.columns(),
            ),
            self._on_known,
        )

    def _on_known(self, found: tuple[Any, ...]) -> None:
        self.sessions, self.history, self.asked, self.columns = found
        self.known_changed.emit()

    # -- acting --------------------------------------------------------------------------

    def act(self, work: Callable[[Session], object]) -> None:
        """Change the project; everything that shows samples is read again."""
        self.workspace.lanes["read"].submit(
            lambda session, task: work(session), self._on_acted, self.workspace.failed.emit
        )

    def _on_acted(self, change: object) -> None:
        self.workspace.tell_samples_changed()
        self.done.emit()

    def assign(self, ids: Sequence[int], class_name: str | None) -> None:
        """Label samples, or take their labels away."""
        if ids:
            chosen = tuple(ids)
            self.act(lambda session: session.assign(chosen, class_name))

    def accept(self, ids: Sequence[int]) -> None:
        """Label samples that have no class as the model, or their neighbours, suggest."""
        chosen = tuple(ids)
        self.act(lambda session: session.reviewing.accept(sample_ids=chosen))

    def move(self, ids: Sequence[int], session_name: str) -> None:
        """Put samples into a session."""
        chosen = tuple(ids)
        if chosen:
            self.act(lambda session: session.move_to_session(chosen, session_name))

    def exclude(self, ids: Sequence[int], *, out: bool) -> None:
        """Keep samples out of dataset versions, or let them in again."""
        chosen = tuple(ids)
        self.act(
            lambda session: (
                session.arranging.exclude(chosen) if out else session.arranging.include(chosen)
            )
        )

    def remove(self, ids: Sequence[int]) -> None:
        """Take samples out of the project."""
        chosen = tuple(ids)
        self.act(lambda session: session.arranging.remove(chosen))

    def add_class(self, name: str) -> None:
        """Make a class."""
        self.act(lambda session: session.arranging.add_class(name))

    def rename(self, old: str, new: str) -> None:
        """Give a class another name."""
        self.act(lambda session: session.arranging.rename_class(old, new))

    def merge(self, name: str, into: str) -> None:
        """Make two classes one."""
        self.act(lambda session: session.arranging.merge_classes([name], into))

    def delete_class(self, name: str) -> None:
        """Take a class away; its samples stay."""
        self.act(lambda session: session.arranging.delete_class(name))

    def mark(self, sample: Sample, shape: Box | TimeRange) -> None:
        """Draw a box or mark a time range."""
        self.act(lambda session: session.arranging.mark(sample.id, shape))

    def change_mark(self, region_id: int, shape: Box | TimeRange) -> None:
        """Change place, size or class of a box or range."""
        self.act(lambda session: session.arranging.change_mark(region_id, shape))

    def move_range(self, region_id: int, start_s: float, end_s: float) -> None:
        """Move the edges of a time range."""
        self.act(lambda session: session.arranging.move_range(region_id, start_s, end_s))

    def delete_marks(self, region_ids: Sequence[int]) -> None:
        """Take boxes or ranges away."""
        chosen = tuple(region_ids)
        self.act(lambda session: session.arranging.delete_marks(chosen))

    def undo(self) -> None:
        """Take back the latest step."""
        self.act(lambda session: session.undo())

    def redo(self) -> None:
        """Do the step again that was undone last."""
        self.act(lambda session: session.redo())

    def go_to(self, step_id: int) -> None:
        """Undo a step and all after it; or redo up to one that is undone."""
        self.act(lambda session: session.arranging.go_to(step_id, inclusive=True))

    def ask_model(self) -> bool:
        """Ask the best model and the neighbours what every sample is; False while a job runs."""

        def work(session: Session, task: Task) -> object:
            return session.reviewing.predict(
                progress=lambda what, done, total: task.progress(done, total),
                cancelled=task.cancelled,
            )

        return self.workspace.run_job(mark("Asking what the samples are"), work, self._on_acted)
