"""What the Export page asks of the session, and how far an export has come."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from studio.domain.device import Device
from studio.gui.background import Task
from studio.gui.exporting.proof import VERIFIED, planned
from studio.gui.i18n import language, mark
from studio.gui.workspace import Workspace

if TYPE_CHECKING:
    from studio.app import BundleVerification, DeviceRun, Exported, ExportStep, ExportSummary
    from studio.app.session import Session
    from studio.domain.judgement import Costs

__all__ = ["ExportDesk", "Order"]


class _Stopped(Exception):
    """The person cancelled; raised inside the work by what hears of its steps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be exported.

    Attributes:
        candidate_id: Which model.
        device: For which device.
        form: An id of `studio.gui.exporting.forms.FORMS`.
        out: The zip to write.
        costs: What errors cost; None for what the session takes.
    """

    candidate_id: int
    device: Device
    form: str
    out: Path
    costs: Costs | None = None


class ExportDesk(QObject):
    """One export at a time, and the records of earlier ones.

    Signals:
        changed: `steps`, `running` or `ended` changed.
        made: A bundle was written (its `ExportSummary`).
        verified: A bundle was read back (its `BundleVerification`).
        records_changed: `bundles` or `runs` were read again.
        forms_changed: `forms` were read for the chosen device.
        stopped: The person cancelled; nothing was written.
        refused: An exception; nothing was written, or a bundle cannot be read back.
    """

    changed = Signal()
    made = Signal(object)
    verified = Signal(object)
    records_changed = Signal()
    forms_changed = Signal()
    stopped = Signal()
    refused = Signal(object)
    _told = Signal(object)

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.order: Order | None = None
        self.steps: dict[str, ExportStep] = {}
        self.running = self.ended = False
        self.bundles: tuple[Exported, ...] = ()
        self.runs: tuple[DeviceRun, ...] = ()
        self.forms: dict[str, str] = {}
        self.forms_for = ""
        self._told.connect(self._on_step, Qt.ConnectionType.QueuedConnection)

    # -- one export ----------------------------------------------------------------------

    def export(self, order: Order) -> bool:
        """Write a bundle in the background and read it back; False while other work runs."""
        total = len(planned(order.device))

        def work(session: Session, task: Task) -> ExportSummary:
            done = 0

            def told(step: ExportStep | None) -> None:
                nonlocal done
                if task.cancelled():
                    raise _Stopped
                if step is not None:
                    done += 1
                    self._told.emit(step)
                    task.progress(done, total)

            return session.export(
                order.device.id,
                order.out,
                candidate_id=order.candidate_id,
                costs=order.costs,
                ecosystem=order.form,
                told=told,
            )

        started = self._workspace.run_job(
            mark("Exporting the bundle"), work, self._on_made, self._on_refused
        )
        if started:
            self.order, self.steps = order, {}
            self.running, self.ended = True, False
            self.changed.emit()
        return started

    def cancel(self) -> None:
        """End it at its next step; nothing is written then."""
        if self.running:
            self._workspace.cancel_job()

    def _on_step(self, step: ExportStep) -> None:
        if self.running:
            self.steps[step.id] = step
            self.changed.emit()

    def _on_made(self, summary: ExportSummary) -> None:
        self.made.emit(summary)
        self.read_records()
        self._workspace.exported.emit(summary.path)
        self.verify(summary.path)

    def _on_refused(self, error: Exception) -> None:
        self.running = False
        self.changed.emit()
        if isinstance(error, _Stopped):
            self.stopped.emit()
        else:
            self.refused.emit(error)

    def verify(self, path: Path) -> bool:
        """Read a bundle back and run its golden vectors; `verified` or `refused` follows."""
        return self._workspace.run_job(
            mark("Verifying the bundle"),
            lambda session, task: self._workspace.backend.verify(path),
            self._on_verified,
            self._on_refused,
        )

    def _on_verified(self, found: BundleVerification) -> None:
        from studio.app import ExportStep, Standing

        if self.running:
            standing = Standing.PROVED if found.passed else Standing.FAILED
            self.steps[VERIFIED] = ExportStep(id=VERIFIED, standing=standing)
            self.running, self.ended = False, True
        self.changed.emit()
        self.verified.emit(found)

    # -- forms and records ---------------------------------------------------------------

    def read_forms(self, device: Device) -> None:
        """Read which forms take a device."""
        if self.forms_for == device.id:
            return
        self.forms_for, self.forms = device.id, {}

        def work(session: Session, task: Task) -> dict[str, str]:
            from studio.app import ecosystems

            return dict(ecosystems(device))

        def done(found: dict[str, str]) -> None:
            if self.forms_for == device.id:
                self.forms = found
                self.forms_changed.emit()

        self._ask(work, done)

    def read_records(self) -> None:
        """Read the bundles that were made, and what boards said."""

        def done(found: tuple[Any, Any]) -> None:
            self.bundles, self.runs = found
            self.records_changed.emit()

        self._ask(lambda session, task: (session.exported(), session.device_runs.all()), done)

    def _ask(self, work: Callable[..., Any], done: Callable[[Any], None]) -> None:
        self._workspace.lanes["look"].submit(work, done, self._workspace.failed.emit)

    # -- reports and boards --------------------------------------------------------------

    def write_report(
        self,
        order: tuple[int, str],
        out: Path,
        on_done: Callable[[Any], None],
        on_error: Callable[[Exception], None],
    ) -> bool:
        """Write the report of a candidate on a device in the window's language."""
        candidate_id, device_id = order
        spoken = language()
        return self._workspace.run_job(
            mark("Writing the report"),
            lambda session, task: session.reporting.write(
                out, [device_id], [candidate_id], language=spoken, measure=True
            ),
            on_done,
            on_error,
        )

    def record(
        self,
        said: Path | str,
        *,
        emulated: bool,
        on_done: Callable[[DeviceRun], None],
        on_error: Callable[[Exception], None],
    ) -> bool:
        """Record what a board's self-test printed: a file, or its text."""

        def work(session: Session, task: Task) -> DeviceRun:
            if isinstance(said, Path):
                return session.device_runs.record(said, emulated=emulated)
            with tempfile.TemporaryDirectory(prefix="automl-said-") as folder:
                log = Path(folder) / "said.txt"
                log.write_text(said, encoding="utf-8")
                return session.device_runs.record(log, emulated=emulated)

        def done(run: DeviceRun) -> None:
            self.read_records()
            on_done(run)

        return self._workspace.run_job(mark("Recording the self-test"), work, done, on_error)
