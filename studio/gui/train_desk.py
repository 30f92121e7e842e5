"""What the Train page knows beyond the workspace: searches elsewhere and past, and the ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from studio.domain.event import JobEvent
from studio.domain.search import Search
from studio.gui.asking import Asker
from studio.gui.follower import SearchFollower
from studio.gui.training import TrainingRecord
from studio.gui.warmth import Warmth
from studio.gui.workspace import Workspace

if TYPE_CHECKING:
    from studio.app import SearchView
    from studio.app.session import Session

__all__ = ["TrainDesk"]

_LOOK_EVERY_MS = 1000


class TrainDesk(QObject):
    """Asks for the Train page.

    Signals:
        told: `record` took in events of a search, or is of another one.
        ranked: `order` or `front` changed.
    """

    told = Signal()
    ranked = Signal()

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._asker = Asker(workspace, self)
        self.order: tuple[int, ...] = ()
        self.front: frozenset[int] = frozenset()
        self._weights: Mapping[str, float] = {"accuracy": 1.0}
        self._other: TrainingRecord | None = None
        self._other_search: int | None = None
        self._watched: SearchView | None = None
        self._look = QTimer(self, interval=_LOOK_EVERY_MS)
        self._look.timeout.connect(self._ask_elsewhere)
        workspace.view_changed.connect(self._on_view_changed)
        self._on_view_changed()

    @property
    def record(self) -> TrainingRecord | None:
        """The search of this window, else the one at work elsewhere, else the newest that was."""
        return self._workspace.training or self._other

    # -- steering ------------------------------------------------------------------------

    def toggle_rest(self) -> None:
        """Let the search of this window rest, or go on."""
        record = self._workspace.training
        for follower in self._workspace.findChildren(SearchFollower):
            if record is not None and follower.isRunning():
                follower.rest(not record.paused)

    def warm(self) -> None:
        """Have a worker ready for the next search, where one may be started."""
        Warmth.of_program().keep()
        if not self._workspace.searching:
            self._asker.ask("warm", lambda session: session.outlook.prepare(), _nothing, _nothing)

    # -- searches of others, and of before -----------------------------------------------

    def _on_view_changed(self) -> None:
        view = self._workspace.view
        if view is None:
            return
        elsewhere = view.overview.running and not self._workspace.searching
        if elsewhere and not self._look.isActive():
            self._watched, self._other_search = None, None
            self._look.start()
        newest = view.searches[0] if view.searches else None
        if newest is not None and not view.overview.running and self._workspace.training is None:
            self._ask_past(newest)
        self.rank(self._weights)

    def _ask_past(self, search: Search) -> None:
        if self._other_search == search.id:
            return
        self._other_search = search.id

        def done(events: Sequence[JobEvent]) -> None:
            if events and self._workspace.training is None:
                self._other = TrainingRecord.of_past(search.request.minutes, events)
                self._other.ended = self._other.ended or "failed"
                self.told.emit()

        self._asker.ask("past", lambda session: session.outlook.past(search), done, _nothing)

    def _ask_elsewhere(self) -> None:
        def look(session: Session) -> tuple[float, tuple[JobEvent, ...], bool]:
            first = self._watched is None
            if self._watched is None:
                self._watched = session.outlook.follow()
            view = self._watched
            minutes = view.search.request.minutes if first else 0.0
            return minutes, view.poll(), view.running

        self._asker.ask("elsewhere", look, self._on_elsewhere, self._on_gone)

    def _on_elsewhere(self, found: tuple[float, Sequence[JobEvent], bool]) -> None:
        minutes, events, running = found
        if minutes:
            self._other = TrainingRecord(minutes=minutes)
        if self._other is not None:
            for event in events:
                self._other.take(event)
        if not running:
            self._on_gone(None)
        if events or minutes:
            self.told.emit()

    def _on_gone(self, error: object) -> None:
        self._look.stop()
        self._watched = None
        self._workspace.refresh()

    # -- the ranking ---------------------------------------------------------------------

    def rank(self, weights: Mapping[str, float]) -> None:
        """Order the models by what matters."""
        self._weights = dict(weights)
        if self._workspace.view is None or not self._workspace.view.candidates:
            return

        def question(session: Session) -> Any:
            outlook = session.outlook
            ids = tuple(candidate.id for candidate, _ in outlook.weighed(self._weights))
            return ids, outlook.front()

        self._asker.ask("rank", question, self._on_ranked)

    def _on_ranked(self, found: tuple[tuple[int, ...], frozenset[int]]) -> None:
        if found != (self.order, self.front):
            self.order, self.front = found
            self.ranked.emit()


def _nothing(answer: object) -> None:
    """Nobody needs the answer."""
