"""A search at work, seen from the program that started it."""

from __future__ import annotations

from dataclasses import replace

from studio.app.advice import would_fit
from studio.app.devices import devices_of
from studio.app.taking_in import take_in, take_in_all
from studio.domain.event import JobEvent
from studio.domain.search import Search
from studio.jobs import Job, JournalReader
from studio.store.project_file import ProjectFile

__all__ = ["SearchRun"]


class SearchRun:
    """Follows a worker and takes what it finishes into the project at once.

    Attributes:
        search: The search as it was recorded at the start.
    """

    def __init__(self, project: ProjectFile, search: Search, job: Job) -> None:
        self.search = search
        self._project = project
        self._job = job

    @property
    def running(self) -> bool:
        """Whether there are events to come; False once the last one was returned."""
        return self._job.running

    def poll(self) -> tuple[JobEvent, ...]:
        """Return what happened since the last call; finished trials are in the project then.

        Raises:
            ProjectError: if the project file cannot take a result, for example on a full
                disk. Nothing is lost: the next opening of the project takes it in.
        """
        events = tuple(map(self._advised, self._job.poll()))
        take_in(self._project, self.search, self._job.directory, events)
        if events and not self._job.running:
            take_in_all(self._project, self.search, self._job.directory)
        return events

    def _advised(self, event: JobEvent) -> JobEvent:
        """Return the event, with what would help where the search says that nothing fits."""
        if event.data.get("code") != "search.nothing_fits":
            return event
        events = JournalReader(self._job.directory.journal).read_new()
        advice = would_fit(events, devices_of(self._project).values())
        sentence = f"{event.data['sentence']} {advice}".strip()
        return replace(event, data={**event.data, "sentence": sentence})

    def stop(self) -> None:
        """Ask the worker to stop and keep the best; events follow until the last."""
        self._job.stop()

    def pause(self) -> None:
        """Ask the worker to rest; its time stands still."""
        self._job.pause()

    def resume(self) -> None:
        """Ask the worker to go on after `pause`."""
        self._job.resume()

    def cancel(self) -> None:
        """Ask the worker to end now; finished trials are kept."""
        self._job.cancel()

    def close(self) -> None:
        """Let the worker go; it ends by itself if it still runs."""
        self._job.close()
