"""Follows a running search from its own thread."""

from __future__ import annotations

import queue
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal

from studio.domain.search import SearchRequest

if TYPE_CHECKING:
    from studio.app.search_run import SearchRun
    from studio.app.session import Session

__all__ = ["SearchFollower"]

_POLL_S = 0.1


class SearchFollower(QThread):
    """One search: started or resumed, polled ten times a second, ended with the window.

    Args:
        open_session: Opens the session on this thread.
        request: What to search for, or None to resume the newest unfinished search.
        minutes: How long a resumed search may go on.

    Signals:
        started_search: The `Search` that runs now.
        events: A tuple of `JobEvent`, oldest first; what they report is saved already.
        failed: The exception that ended it.
        ended: Nothing follows; the search is no longer followed.
    """

    started_search = Signal(object)
    events = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(
        self,
        open_session: Callable[[], Session],
        request: SearchRequest | None,
        minutes: float,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self._open_session = open_session
        self._request = request
        self._minutes = minutes
        self._commands: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.finished.connect(self.ended)

    def stop_and_keep_best(self) -> None:
        """Ask the search to stop soon and evaluate the best it has."""
        self._commands.put("stop")

    def cancel(self) -> None:
        """Ask the search to end now; finished trials are kept."""
        self._commands.put("cancel")

    def rest(self, rests: bool) -> None:
        """Ask the search to rest, so that its time stands still, or to go on."""
        self._commands.put("pause" if rests else "resume")

    def close(self) -> None:
        """End the worker if it still runs, and wait until the thread has ended."""
        self.ask_to_end()
        self.wait()

    def ask_to_end(self) -> None:
        """Let go of the search; the thread ends within a poll."""
        self._commands.put("close")

    def run(self) -> None:
        """Start or resume, then follow; Qt calls this on the new thread."""
        try:
            with self._open_session() as session:
                run = self._begin(session)
                try:
                    self.started_search.emit(run.search)
                    self._follow(run)
                finally:
                    run.close()
        except Exception as error:
            self.failed.emit(error)

    def _begin(self, session: Session) -> SearchRun:
        if self._request is None:
            return session.resume_search(more_minutes=self._minutes)
        # The person means the photos and labels as they are now.
        session.freeze(seed=self._request.seed)
        return session.start_search(self._request)

    def _follow(self, run: SearchRun) -> None:
        while run.running:
            if events := run.poll():
                self.events.emit(events)
            try:
                command = self._commands.get(timeout=_POLL_S)
            except queue.Empty:
                continue
            if command == "close":
                return
            commands = {
                "stop": run.stop,
                "cancel": run.cancel,
                "pause": run.pause,
                "resume": run.resume,
            }
            commands[command]()
