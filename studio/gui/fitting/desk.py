"""What the page Device asks of the session, off the window's thread, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from studio.domain.device import Device
from studio.domain.matrix import Cell, MatrixRow
from studio.domain.report import CompatibilityReport
from studio.domain.shopping import Wishes
from studio.gui.background import Lane, Task, call_if_alive
from studio.gui.i18n import mark
from studio.gui.settings import Settings
from studio.gui.workspace import Workspace

if TYPE_CHECKING:
    from studio.app import DeviceFilter
    from studio.app.session import Session

__all__ = ["FittingDesk", "fit_lane"]

_LANE = "fit"
_MOST_RECENT = 5
_BUILT_S = 1.0


def fit_lane(workspace: Workspace) -> Lane:
    """Return the thread for questions about boards; it ends with the workspace's others."""
    if _LANE not in workspace.lanes:
        lane = Lane(_LANE, lambda: workspace.backend.open(workspace.path), workspace)
        workspace.lanes[_LANE] = lane
    return workspace.lanes[_LANE]


class FittingDesk(QObject):
    """Asks for the page.

    Signals:
        rows_changed: `rows` has another candidate, or was emptied.
        devices_changed: The workspace has other devices.
        recent_changed: `recent` is in another order.
        shopped: What came of shopping.
        measured: A measurement ended; whether it told anything new.
        failed: An exception to be shown where the person is.
        _row: A row, on its way from the lane.
    """

    rows_changed = Signal()
    devices_changed = Signal()
    recent_changed = Signal()
    shopped = Signal(object)
    measured = Signal(bool)
    failed = Signal(object)
    _row = Signal(object, object)

    def __init__(self, workspace: Workspace, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self.workspace, self._settings = workspace, settings
        self.lane = fit_lane(workspace)
        self.rows: dict[int, MatrixRow] = {}
        self.reading = False
        self._reading_task: Task | None = None
        self._shopping_task: Task | None = None
        self._judged: tuple[int, ...] = ()
        self._again: set[str] = set()
        self._devices: Mapping[str, Device] = workspace.devices
        self._row.connect(self._on_row)
        workspace.view_changed.connect(self._on_view_changed)
        workspace.choice_changed.connect(self._on_choice_changed)
        workspace.reports_changed.connect(self._on_reports_changed)
        # The lane waits until the page is built: a busy thread beside it doubles what that takes.
        self._built = Event()
        built = QTimer(self, singleShot=True, interval=0)
        built.timeout.connect(self._built.set)
        built.start()
        self._on_view_changed()

    # -- verdicts ------------------------------------------------------------------------

    def cell(self, device_id: str, candidate_id: int | None = None) -> Cell | None:
        """Return the verdict on a device of a candidate (the chosen one) as far as known."""
        chosen = self.workspace.candidate
        if chosen is None:
            return None
        if candidate_id in (None, chosen.id) and device_id in self.workspace.reports:
            return Cell.of(self.workspace.reports[device_id])
        row = self.rows.get(chosen.id if candidate_id is None else candidate_id)
        return row.cells.get(device_id) if row else None

    def read_matrix(self) -> None:
        """Judge every candidate on every device; rows come in one by one."""
        if self._reading_task is not None:
            self._reading_task.cancel()
        self.rows.clear()
        self.rows_changed.emit()

        def work(session: Session, task: Task) -> None:
            self._built.wait(_BUILT_S)
            if not task.cancelled():
                session.fitting.matrix(
                    cancelled=task.cancelled, on_row=lambda row: self._row.emit(task, row)
                )

        self.reading = True
        self._reading_task = self.lane.submit(work, self._on_read, self._on_read_failed)

    def _on_row(self, task: Task, row: MatrixRow) -> None:
        if not task.cancelled():
            self.rows[row.candidate.id] = row
            self.rows_changed.emit()

    def _on_read(self, nothing: object) -> None:
        self.reading = False
        self.rows_changed.emit()

    def _on_read_failed(self, error: Exception) -> None:
        self._on_read(None)
        self._on_failed(error)

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)

    def _on_view_changed(self) -> None:
        view = self.workspace.view
        found = tuple(sorted(each.id for each in view.candidates)) if view else ()
        if found != self._judged:
            self._judged = found
            self.read_matrix()

    # -- other devices -------------------------------------------------------------------

    def _on_choice_changed(self) -> None:
        before, now = self._devices, self.workspace.devices
        if before is now or before == now:
            return
        self._devices = now
        reports = self.workspace.reports
        for id in [id for id in reports if id not in now or now[id] != before.get(id)]:
            del reports[id]
        self.devices_changed.emit()
        self.check_again([id for id, device in now.items() if device != before.get(id)])
        if self._judged:
            self.read_matrix()

    def _on_reports_changed(self) -> None:
        if self._again:
            self.check_again(())

    def check_again(self, device_ids: Sequence[str]) -> None:
        """Judge the chosen candidate on some devices again."""
        candidate = self.workspace.candidate
        self._again |= set(device_ids)
        if candidate is None or not self._again or self.workspace.checking:
            return  # asked once the reports that are being made are there
        wanted = tuple(id for id in self.workspace.devices if id in self._again)
        self._again.clear()

        def done(found: Sequence[CompatibilityReport]) -> None:
            self.take(candidate.id, found)

        self.lane.submit(
            lambda session, task: session.fitting.check(candidate.id, wanted),
            done,
            self._on_failed,
        )

    def take(self, candidate_id: int, found: Sequence[CompatibilityReport]) -> bool:
        """Show reports if they are of the chosen candidate; return whether they say more."""
        workspace = self.workspace
        if workspace.candidate is None or workspace.candidate.id != candidate_id:
            return False
        new = [r for r in found if workspace.reports.get(r.device_id) != r]
        workspace.reports.update({report.device_id: report for report in new})
        if new:
            workspace.reports_changed.emit()
        return bool(new)

    # -- choosing ------------------------------------------------------------------------

    def choose(self, device_id: str, candidate_id: int | None = None) -> None:
        """Choose a device, or a pair; it is shown, judged and exported from now on."""
        if candidate_id is not None:
            self.workspace.choose_candidate(candidate_id)
        self.workspace.choose_device(device_id)
        others = [id for id in self._settings["boards"].splitlines() if id != device_id]
        self._settings["boards"] = "\n".join([device_id, *others][:_MOST_RECENT])
        self.recent_changed.emit()

    @property
    def recent(self) -> tuple[Device, ...]:
        """The devices chosen last, the newest first, as far as this project knows them."""
        devices = self.workspace.devices
        return tuple(devices[id] for id in self._settings["boards"].splitlines() if id in devices)

    # -- measuring -----------------------------------------------------------------------

    def measure(self, device_ids: Sequence[str]) -> bool:
        """Compile, link and emulate the chosen candidate for the cores of some devices.

        Returns:
            False where other long work runs; else `measured` follows.
        """
        candidate, devices = self.workspace.candidate, self.workspace.devices
        if candidate is None:
            return False
        # One device of each core: what was compiled for it serves all others.
        cores = list({devices[id].core: id for id in device_ids}.values())
        alike = [d.id for d in devices.values() if d.core in {devices[id].core for id in cores}]

        def work(session: Session, task: Task) -> Sequence[CompatibilityReport]:
            for done, id in enumerate(cores):
                task.progress(done, len(cores))
                if task.cancelled():
                    break
                session.fitting.check(candidate.id, (id,), measure=True)
            # Without measuring: what is kept by now is read, the rest stays an estimate.
            return session.fitting.check(candidate.id, tuple(alike))

        def done(found: Sequence[CompatibilityReport]) -> None:
            self.measured.emit(self.take(candidate.id, found))
            self.read_matrix()

        return self.workspace.run_job(mark("Compiling and measuring"), work, done, self._on_failed)

    # -- shopping ------------------------------------------------------------------------

    def shop(self, wishes: Wishes, wanted: DeviceFilter) -> None:
        """Look for boards that meet wishes; `shopped` follows."""
        self.stop_shopping()

        def work(session: Session, task: Task) -> Any:
            found = session.fitting.shop(wishes, cancelled=task.cancelled, wanted=wanted)
            return None if task.cancelled() else found

        def done(found: object) -> None:
            if found is not None:
                self.shopped.emit(found)

        self._shopping_task = self.lane.submit(work, done, self._on_failed)

    def stop_shopping(self) -> None:
        """Look no further; nothing follows."""
        if self._shopping_task is not None:
            self._shopping_task.cancel()

    # -- devices of the person's own -----------------------------------------------------

    def keep(
        self,
        work: Callable[[Session], Any],
        on_done: Callable[[Any], None],
        on_error: Callable[[Exception], None],
    ) -> None:
        """Add, change, remove or read an own device; everything that shows devices follows."""
        workspace = self.workspace

        def done(found: Any) -> None:
            # Also where this page is gone by then: the window was built anew.
            workspace.tell_samples_changed()
            call_if_alive(on_done, found)

        workspace.lanes["read"].submit(lambda session, task: work(session), done, on_error)
