"""A search at work, seen from a program that did not start it."""

from __future__ import annotations

import time

from studio import jobs
from studio.domain.event import JobEvent
from studio.domain.search import Search
from studio.jobs import JobDirectory, JournalReader

__all__ = ["SearchView"]

_LAST = frozenset({"job_finished", "job_failed"})
_BETWEEN_LOOKS_SECONDS = 2.0
"""Between looks at whether anybody is at work: a look holds the job's lock for a moment."""


class SearchView:
    """Reads a job's journal, from the last start of its worker on; claims and changes nothing.

    Attributes:
        search: The search as the project records it.
    """

    def __init__(self, search: Search, directory: JobDirectory) -> None:
        self.search = search
        self._directory = directory
        self._reader = JournalReader(directory.journal)
        self._looked = time.monotonic()
        self._seconds = 0.0
        self._ended = False
        self._before = _since_start(self._reader.read_new())

    @property
    def running(self) -> bool:
        """Whether there are events to come; False once the last one was returned."""
        return not self._ended

    def poll(self) -> tuple[JobEvent, ...]:
        """Return what happened since the last call; the first gives what is past as well.

        A search that ended without a word is reported as ``job_failed``, ``job.worker_died``.
        """
        if self._ended:
            return ()
        gone = self._is_gone()  # before reading, so that nothing is missed
        events = [*self._before, *self._reader.read_new()]
        self._before = []
        if events:
            self._seconds = events[-1].seconds
        if any(event.name in _LAST for event in events):
            self._ended = True
        elif gone and not events:
            self._ended = True
            events.append(self._end())
        return tuple(events)

    def _end(self) -> JobEvent:
        """Return the last event of a job nobody is at work on."""
        past = JournalReader(self._directory.journal).read_new()
        if past and past[-1].name in _LAST:
            return past[-1]
        return _interrupted(self._seconds)

    def _is_gone(self) -> bool:
        now = time.monotonic()
        if now - self._looked < _BETWEEN_LOOKS_SECONDS:
            return False
        self._looked = now
        return not jobs.is_running(self._directory)


def _since_start(events: list[JobEvent]) -> list[JobEvent]:
    """Return what the worker that is at work has told; nothing if it has yet to begin."""
    starts = [place for place, event in enumerate(events) if event.name == "job_started"]
    latest = events[starts[-1] :] if starts else events
    return [] if any(event.name in _LAST for event in latest) else latest


def _interrupted(seconds: float) -> JobEvent:
    sentence = (
        "The search was interrupted. Every finished trial is kept; resume the search to go on."
    )
    data = {"code": "job.worker_died", "sentence": sentence}
    return JobEvent(name="job_failed", seconds=seconds, data=data)
