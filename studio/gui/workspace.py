"""The open project as the window sees it: what is known, what runs, and what may be asked.

No method blocks. The session lives on other threads (see `studio.gui.background`); pages read
`Workspace.view` and redraw when a signal says that something changed.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from studio.domain.candidate import Candidate
from studio.domain.device import Device
from studio.domain.event import JobEvent
from studio.domain.report import CompatibilityReport
from studio.domain.search import SearchRequest
from studio.gui.backend import Backend
from studio.gui.background import Lane, Task, call_if_alive
from studio.gui.follower import SearchFollower
from studio.gui.i18n import mark
from studio.gui.training import TrainingRecord
from studio.gui.view import View, read_view

if TYPE_CHECKING:
    from studio.app.session import Session

__all__ = ["View", "Workspace"]

_ELSEWHERE_POLL_MS = 3000
_NEWS = {"trial_finished", "candidate_ready", "job_finished", "job_failed"}


def _nothing(session: Session, task: Task) -> None:
    """Do nothing; the lane opens its session for it."""


class Workspace(QObject):
    """The open project.

    Signals:
        view_changed: `view` was read again.
        samples_changed: Samples or their labels changed; lists of them must be read again.
        choice_changed: Another candidate or device is chosen.
        reports_changed: `reports` (chosen candidate on every device) changed.
        fit_changed: `fits` (each candidate on its own device) changed.
        training_changed: `training` took in events, or a search began or ended.
        job_started, job_progressed, job_ended: Long work other than the search.
        exported: A bundle was written (its Path).
        samples_wanted: Show these samples under Label: their ids, and what they are.
        failed: An exception the person must see.
    """

    view_changed = Signal()
    samples_changed = Signal()
    choice_changed = Signal()
    reports_changed = Signal()
    fit_changed = Signal()
    training_changed = Signal()
    job_started = Signal(str)
    job_progressed = Signal(int, int)
    job_ended = Signal()
    exported = Signal(object)
    samples_wanted = Signal(object, str)
    failed = Signal(object)

    def __init__(self, path: Path, backend: Backend, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self.backend = backend
        self.view: View | None = None
        self.devices: Mapping[str, Device] = {}
        self.reports: dict[str, CompatibilityReport] = {}
        self.reports_for: int | None = None
        self.fits: dict[int, CompatibilityReport] = {}
        self.training: TrainingRecord | None = None
        self.job: str | None = None
        self._job_task: Task | None = None
        self._asked_fits: set[int] = set()
        self._candidate_id: int | None = None
        self._device_id = ""
        self._follower: SearchFollower | None = None
        self._reading = self._read_again = False
        self.stopping = False
        self.lanes = {
            name: Lane(name, self._open, self)
            for name in ("read", "check", "thumbnails", "work", "look", "browse")
        }
        self._elsewhere = QTimer(self, interval=_ELSEWHERE_POLL_MS)
        self._elsewhere.timeout.connect(self.refresh)

    def _open(self) -> Session:
        return self.backend.open(self.path)

    def begin(self) -> None:
        """Read the catalogue and the project for the first time."""
        self.lanes["read"].submit(
            lambda session, task: self.backend.devices(), self._on_devices, self.failed.emit
        )
        for name in ("check", "thumbnails", "work"):
            # Opened now, not later: opening takes in what a dead search left, and a search
            # that is just starting looks dead for a moment.
            self.lanes[name].submit(_nothing, None, self.failed.emit)
        self.refresh()

    def refresh(self) -> None:
        """Read the project again; `view_changed` follows if it is another than before.

        Asked for again while a reading is under way, it is read once more after that.
        """
        if self._reading:
            self._read_again = True
            return
        self._reading = True
        # Not where labels are written: these need not wait until all is counted again.
        lane = self.lanes["browse"]
        lane.submit(lambda s, task: read_view(s), self._on_view, self._on_unreadable)

    def _on_devices(self, devices: Mapping[str, Device]) -> None:
        self.devices = devices
        self.choice_changed.emit()

    def _on_unreadable(self, error: Exception) -> None:
        self._reading = False
        self.failed.emit(error)

    def _on_view(self, view: View) -> None:
        before, self.view = self.view, view
        self._reading = False
        if self._read_again:
            self._read_again = False
            self.refresh()
        elsewhere = view.overview.running and self._follower is None
        if elsewhere is not self._elsewhere.isActive():
            self._elsewhere.start() if elsewhere else self._elsewhere.stop()
        if view == before:
            return
        if before is None or before.devices != view.devices:
            self._on_devices(view.devices)
        self.view_changed.emit()
        if before is None or before.candidates != view.candidates:
            self._check_again()

    # -- what is chosen ------------------------------------------------------------------

    @property
    def candidate(self) -> Candidate | None:
        """The chosen candidate; the best one before the person chooses."""
        if self.view is None or not self.view.candidates:
            return None
        found = (c for c in self.view.candidates if c.id == self._candidate_id)
        return next(found, self.view.candidates[0])

    @property
    def device(self) -> Device | None:
        """The chosen device; the one the candidate was searched for before that."""
        if self._device_id in self.devices:
            return self.devices[self._device_id]
        return self.devices.get(self.candidate.device_id) if self.candidate else None

    def choose_candidate(self, candidate_id: int) -> None:
        """Make another candidate the one that is shown, checked and exported."""
        if self.candidate is None or self.candidate.id != candidate_id:
            self._candidate_id = candidate_id
            self.choice_changed.emit()
            self._check_again()

    def choose_device(self, device_id: str) -> None:
        """Make another device the one to export for."""
        if device_id != self._device_id:
            self._device_id = device_id
            self.choice_changed.emit()

    # -- fits or not ---------------------------------------------------------------------

    @property
    def checking(self) -> bool:
        """Whether the reports of the chosen candidate are being made."""
        return self.candidate is not None and self.reports_for != self.candidate.id

    def _check_again(self) -> None:
        candidate = self.candidate
        if candidate is None or self.view is None:
            return
        if self.reports_for != candidate.id:
            self.reports = {}
            self.reports_changed.emit()
            self._check(candidate.id, (), lambda found: self._on_reports(candidate.id, found))
        for each in self.view.candidates:
            # One searched for with a person's own limits has no device to fit yet.
            if each.device_id and each.id not in self._asked_fits:
                self._asked_fits.add(each.id)
                self._check(each.id, (each.device_id,), lambda r, i=each.id: self._on_fit(i, r))

    def _check(
        self, candidate_id: int, devices: Sequence[str], on_done: Callable[..., None]
    ) -> None:
        self.lanes["check"].submit(
            lambda session, task: session.check(candidate_id, devices), on_done, self.failed.emit
        )

    def _on_reports(self, candidate_id: int, found: Sequence[CompatibilityReport]) -> None:
        if self.candidate is not None and self.candidate.id == candidate_id:
            self.reports = {report.device_id: report for report in found}
            self.reports_for = candidate_id
            self.reports_changed.emit()

    def _on_fit(self, candidate_id: int, found: Sequence[CompatibilityReport]) -> None:
        if found:
            self.fits[candidate_id] = found[0]
            self.fit_changed.emit()

    # -- samples -------------------------------------------------------------------------

    def assign(self, sample_ids: Sequence[int], class_name: str | None) -> None:
        """Label samples, or clear their label; `samples_changed` follows."""
        ids = tuple(sample_ids)
        self.lanes["read"].submit(
            lambda session, task: session.assign(ids, class_name),
            lambda result: self.tell_samples_changed(),
            self.failed.emit,
        )

    def tell_samples_changed(self) -> None:
        """Have everything that shows samples or classes read again."""
        self.samples_changed.emit()
        self.refresh()

    def import_paths(
        self,
        paths: Sequence[Path],
        on_done: Callable[[Any], None],
        options: Mapping[str, str] | None = None,
    ) -> None:
        """Take in files in the background; `on_done` gets the summary."""

        def work(session: Session, task: Task) -> object:
            return session.import_paths(
                paths, options=options, progress=task.progress, cancelled=task.cancelled
            )

        self._import(mark("Importing"), work, on_done)

    def import_sample(self, name: str, on_done: Callable[[Any], None]) -> None:
        """Take in the files of a sample project; `on_done` gets the summary."""

        def work(session: Session, task: Task) -> object:
            with tempfile.TemporaryDirectory(prefix="automl-sample-") as folder:
                files = self.backend.build_sample(name, Path(folder))
                return session.import_paths(
                    [files], progress=task.progress, cancelled=task.cancelled
                )

        self._import(mark("Importing the sample data"), work, on_done)

    def _import(
        self, title: str, work: Callable[[Session, Task], Any], on_done: Callable[[Any], None]
    ) -> None:
        def done(summary: object) -> None:
            self.tell_samples_changed()
            on_done(summary)

        self.run_job(title, work, done)

    # -- long work -----------------------------------------------------------------------

    def run_job(
        self,
        title: str,
        work: Callable[[Session, Task], Any],
        on_done: Callable[[Any], None],
        on_error: Callable[[Exception], None] | None = None,
    ) -> bool:
        """Do long work with its place on the shelf; one at a time, else return False."""
        if self.job is not None:
            return False
        self.job = title

        def done(result: object) -> None:
            self._end_job()
            call_if_alive(on_done, result)

        def failed(error: Exception) -> None:
            self._end_job()
            if not call_if_alive(on_error, error):
                self.failed.emit(error)

        progress = self.job_progressed.emit
        self._job_task = self.lanes["work"].submit(work, done, failed, progress)
        self.job_started.emit(title)
        return True

    def cancel_job(self) -> None:
        """Ask the long work to end early."""
        if self._job_task is not None:
            self._job_task.cancel()

    def _end_job(self) -> None:
        self.job = self._job_task = None
        self.job_ended.emit()

    # -- the search ----------------------------------------------------------------------

    @property
    def searching(self) -> bool:
        """Whether this window runs a search."""
        return self._follower is not None

    def start_search(self, request: SearchRequest) -> None:
        """Begin a search and follow it."""
        self._follow(request, request.minutes)

    def resume_search(self, minutes: float) -> None:
        """Go on with the newest unfinished search, for so many minutes from now."""
        if self.view is not None and self.view.unfinished is not None:
            self._follow(None, minutes)

    def _follow(self, request: SearchRequest | None, minutes: float) -> None:
        if self._follower is not None:
            return
        self.training = TrainingRecord(minutes=minutes, resumes=request is None)
        self.stopping = False
        follower = self._follower = SearchFollower(self._open, request, minutes, self)
        follower.started_search.connect(self.refresh)
        follower.events.connect(self._on_events)
        follower.failed.connect(self.failed)
        follower.ended.connect(self._on_search_ended)
        follower.start()
        self.training_changed.emit()

    def _on_events(self, events: Sequence[JobEvent]) -> None:
        assert self.training is not None
        for event in events:
            self.training.take(event)
        if any(event.name in _NEWS for event in events):
            self.refresh()
        self.training_changed.emit()

    def _on_search_ended(self) -> None:
        self._follower = None
        if self.training is not None and self.training.ended is None:
            self.training.ended = "failed"
        self.training_changed.emit()
        self.refresh()

    def stop_search(self) -> None:
        """Stop soon and keep the best."""
        if self._follower is not None:
            self.stopping = True
            self._follower.stop_and_keep_best()
            self.training_changed.emit()

    def cancel_search(self) -> None:
        """End the search now; finished trials are kept."""
        if self._follower is not None:
            self.stopping = True
            self._follower.cancel()
            self.training_changed.emit()

    # -- the end -------------------------------------------------------------------------

    def close(self) -> None:
        """End every thread and the search's worker; blocks until they have ended."""
        self._elsewhere.stop()
        if self._follower is not None:
            with contextlib.suppress(RuntimeError):
                self._follower.ended.disconnect(self._on_search_ended)
            self._follower.ask_to_end()
        for lane in self.lanes.values():
            lane.ask_to_end()
        for thread in (*self.lanes.values(), *([self._follower] if self._follower else [])):
            thread.wait()
        self._follower = None
