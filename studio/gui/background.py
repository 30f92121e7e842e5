"""Work off the window's thread.

A `Lane` is one thread with its own session on the project file (SQLite connections belong to
their thread). It does one thing after another, so two writes asked for in order happen in
order. Results come back on the thread that made the lane.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, Qt, QThread, Signal

from studio.domain.errors import StudioError

if TYPE_CHECKING:
    from studio.app.session import Session

__all__ = ["Lane", "Task", "call_if_alive"]

Work = Callable[[Any, "Task"], Any]


def call_if_alive(callback: Callable[..., None] | None, *arguments: object) -> bool:
    """Call `callback` unless it belongs to, or closes over, a widget that is gone meanwhile.

    Returns:
        Whether it was called.
    """
    if callback is None or not all(map(_alive, _held(callback))):
        return False
    callback(*arguments)
    return True


def _held(callback: Callable[..., None]) -> list[object]:
    held = [getattr(callback, "__self__", None)]
    for cell in getattr(callback, "__closure__", None) or ():
        with contextlib.suppress(ValueError):  # a cell nothing was put in yet
            held.append(cell.cell_contents)
    return held


def _alive(held: object) -> bool:
    return not isinstance(held, QObject) or shiboken6.isValid(held)


class Task:
    """One piece of work: what to do, how to report, and whether it is still wanted."""

    def __init__(
        self,
        work: Work,
        on_done: Callable[[Any], None] | None,
        on_error: Callable[[Exception], None] | None,
        on_progress: Callable[[int, int], None] | None,
        report: Callable[[Task, int, int], None],
    ) -> None:
        self.work = work
        self.on_done = on_done
        self.on_error = on_error
        self.on_progress = on_progress
        self._report = report
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Say that the result is no longer wanted; the work ends when it next asks."""
        self._cancelled.set()

    def cancelled(self) -> bool:
        """Whether it was cancelled; asked by the work itself."""
        return self._cancelled.is_set()

    def progress(self, done: int, total: int) -> None:
        """Report how far the work is; called by the work itself."""
        self._report(self, done, total)


class Lane(QThread):
    """One thread with its own session.

    Args:
        name: For the debugger.
        open_session: Opens the session on this thread before the first work.
    """

    _done = Signal(object, object)
    _failed = Signal(object, object)
    _progressed = Signal(object, int, int)

    def __init__(
        self, name: str, open_session: Callable[[], Session | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._open_session = open_session
        self._session: Session | None = None
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._pending: set[Task] = set()
        self._closed = False
        queued = Qt.ConnectionType.QueuedConnection
        self._done.connect(self._on_done, queued)
        self._failed.connect(self._on_failed, queued)
        self._progressed.connect(self._on_progressed, queued)

    def submit(
        self,
        work: Work,
        on_done: Callable[[Any], None] | None = None,
        on_error: Callable[[Exception], None] | None = None,
        on_progress: Callable[[int, int], None] | None = None,
    ) -> Task:
        """Do ``work(session, task)`` later; exactly one of `on_done` and `on_error` follows.

        Work that was cancelled begins all the same and finds out by asking its task, so that
        the one who asked hears of its end. A closed lane calls nobody.
        """
        task = Task(work, on_done, on_error, on_progress, self._progressed.emit)
        if self._closed:
            task.cancel()
            return task
        self._pending.add(task)
        self._tasks.put(task)
        if not self.isRunning():
            self.start()
        return task

    @property
    def idle(self) -> bool:
        """Whether nothing is being done and nothing waits."""
        return not self._pending

    def ask_to_end(self) -> None:
        """Cancel everything; the thread ends after the work it is doing, nothing is called back."""
        self._closed = True
        for task in tuple(self._pending):
            task.cancel()
        self._tasks.put(None)

    def close(self) -> None:
        """Cancel everything and wait until the thread has ended."""
        self.ask_to_end()
        self.wait()
        self._pending.clear()

    def run(self) -> None:
        """Take tasks until there is an empty one; Qt calls this on the new thread."""
        try:
            while (task := self._tasks.get()) is not None:
                self._do(task)
        finally:
            if self._session is not None:
                self._session.close()

    def _do(self, task: Task) -> None:
        if self._closed:
            return
        try:
            if self._session is None:
                self._session = self._open_session()
            self._done.emit(task, task.work(self._session, task))
        except Exception as error:
            self._failed.emit(task, error)

    def _on_done(self, task: Task, result: object) -> None:
        self._pending.discard(task)
        if not self._closed:
            call_if_alive(task.on_done, result)

    def _on_failed(self, task: Task, error: Exception) -> None:
        self._pending.discard(task)
        if self._closed:
            return
        if task.on_error is None and not isinstance(error, StudioError):
            raise error
        call_if_alive(task.on_error, error)

    def _on_progressed(self, task: Task, done: int, total: int) -> None:
        if not self._closed:
            call_if_alive(task.on_progress, done, total)
