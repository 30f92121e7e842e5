"""What would make the chosen model fit the chosen device: tried when shown, further when asked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from studio.domain.advice import Advice, Outcome
from studio.domain.report import Verdict
from studio.gui.background import Task
from studio.gui.fitting.desk import FittingDesk
from studio.gui.i18n import mark

if TYPE_CHECKING:
    from studio.app.session import Session

__all__ = ["Attempt", "Standing", "Tries"]


class Standing(StrEnum):
    """How far an attempt is."""

    TRYING = "trying"
    FURTHER = "trying-further"
    FOUND = "found"
    NOTHING = "nothing"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What is known about one candidate on one device.

    Attributes:
        standing: How far it is.
        advice: What was tried; None before the first answer.
        error: Why there is none.
    """

    standing: Standing
    advice: Advice | None = None
    error: Exception | None = None

    @property
    def can_go_on(self) -> bool:
        """Whether the same model could be made smaller and that was not tried."""
        left = self.advice.tries if self.advice else ()
        tried = self.standing in (Standing.FOUND, Standing.NOTHING, Standing.CANCELLED)
        return tried and any(
            t.outcome is Outcome.NOT_TRIED and t.change == "precision" for t in left
        )


Pair = tuple[int, str]


class Tries(QObject):
    """Attempts by pair.

    Signals:
        changed: `now` is another.
        written: A converted file was written (its Path).
    """

    changed = Signal()
    written = Signal(object)

    def __init__(self, desk: FittingDesk) -> None:
        super().__init__(desk)
        self._desk, self._workspace = desk, desk.workspace
        self._known: dict[Pair, Attempt] = {}
        self._task: Task | None = None
        self._reports: Any = None
        self._workspace.choice_changed.connect(self._ask)
        self._workspace.reports_changed.connect(self._ask)
        desk.devices_changed.connect(self._forget)
        self._workspace.view_changed.connect(self._on_view_changed)
        self._ask()

    @property
    def _pair(self) -> Pair | None:
        candidate, device = self._workspace.candidate, self._workspace.device
        return (candidate.id, device.id) if candidate and device else None

    @property
    def now(self) -> Attempt | None:
        """About the chosen pair; None where it fits, or nobody knows yet."""
        return self._known.get(self._pair) if self._pair else None

    def _forget(self) -> None:
        self._known.clear()
        self._ask()

    def _on_view_changed(self) -> None:
        """Other candidates may be the answer now."""
        view = self._workspace.view
        found = tuple(each.id for each in view.candidates) if view else ()
        if found != self._reports:
            self._reports = found
            self._forget()

    def _put(self, pair: Pair, attempt: Attempt) -> None:
        self._known[pair] = attempt
        self.changed.emit()

    # -- at once -------------------------------------------------------------------------

    def _ask(self) -> None:
        pair = self._pair
        report = self._workspace.reports.get(pair[1]) if pair else None
        if pair is None or report is None or report.verdict is Verdict.FITS:
            return
        if pair in self._known:
            return
        if self._task is not None:
            self._task.cancel()
        self._put(pair, Attempt(standing=Standing.TRYING))

        def work(session: Session, task: Task) -> Advice | None:
            if task.cancelled():
                return None
            return session.fitting.advise(
                pair[1], pair[0], converting=False, cancelled=task.cancelled
            )

        def done(advice: Advice | None) -> None:
            self._take(pair, advice, cancelled=False)

        self._task = self._desk.lane.submit(work, done, lambda error: self._fail(pair, error))

    def _take(self, pair: Pair, advice: Advice | None, *, cancelled: bool) -> None:
        if advice is None:
            self._known.pop(pair, None)  # asked again when it is chosen again
            return
        found = advice.change is not None
        ended = Standing.CANCELLED if cancelled else Standing.NOTHING
        self._put(pair, Attempt(standing=Standing.FOUND if found else ended, advice=advice))
        # It was compiled for this, so it says more than the report that is shown.
        self._desk.take(pair[0], [advice.report])

    def _fail(self, pair: Pair, error: Exception) -> None:
        self._put(pair, Attempt(standing=Standing.FAILED, error=error))

    # -- further -------------------------------------------------------------------------

    def go_on(self) -> None:
        """Convert the model smaller in a worker, as long work on the shelf."""
        pair, before = self._pair, self.now
        if pair is None or before is None:
            return

        def work(session: Session, task: Task) -> tuple[Advice, bool]:
            found = session.fitting.advise(pair[1], pair[0], cancelled=task.cancelled)
            return found, task.cancelled()

        def done(found: tuple[Advice, bool]) -> None:
            self._take(pair, found[0], cancelled=found[1])

        if self._workspace.run_job(
            mark("Trying what would fit"), work, done, lambda error: self._fail(pair, error)
        ):
            self._put(pair, Attempt(standing=Standing.FURTHER, advice=before.advice))

    # -- doing it ------------------------------------------------------------------------

    def convert(self, candidate_id: int, recipe: str, folder: Path) -> None:
        """Make the smaller file that was found to fit, and keep it in a folder."""
        from studio.app import find_recipe

        def work(session: Session, task: Task) -> Any:
            return session.convert(
                [find_recipe(recipe)],
                candidate_id=candidate_id,
                out=folder,
                cancelled=task.cancelled,
            )

        def done(found: Any) -> None:
            for path in found.written.values():
                self.written.emit(path)

        self._workspace.run_job(
            mark("Converting the model"), work, done, lambda error: self._desk.failed.emit(error)
        )
