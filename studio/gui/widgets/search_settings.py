"""What a person decides about a search, and the buttons to steer it."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QLocale, Qt, QTime, QTimer
from PySide6.QtWidgets import QComboBox, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from studio.domain.search import SearchRequest
from studio.gui.asking import Asker
from studio.gui.i18n import mark, tr
from studio.gui.search_words import can_search, forecast_sentence, state_sentence
from studio.gui.settings import Settings
from studio.gui.theme import SPACING
from studio.gui.train_desk import TrainDesk
from studio.gui.widgets.basics import Card, button, label
from studio.gui.widgets.importance import Importance
from studio.gui.widgets.limits import LimitsChooser
from studio.gui.workspace import Workspace

__all__ = ["MINUTES", "SearchSettings"]

_WIDTH_PX = 288
_INSET_PX = 18
_FORECAST_MS = 250
_LONGEST_MINUTES = 7 * 24 * 60
_OWN = -1

#: How long a search may take, and what a person calls it.
MINUTES = (
    (2, mark("2 minutes: a first look")),
    (5, mark("5 minutes")),
    (15, mark("15 minutes")),
    (60, mark("Over lunch: 1 hour")),
    (480, mark("Overnight: 8 hours")),
    (_OWN, mark("Another time…")),
)


class SearchSettings(QScrollArea):
    """What a model must fit, time, what matters; start, pause, stop, cancel, resume."""

    def __init__(self, workspace: Workspace, settings: Settings, desk: TrainDesk) -> None:
        super().__init__()
        self._workspace, self._settings, self._desk = workspace, settings, desk
        self._asker = Asker(workspace, self)
        self._asked: SearchRequest | None = None
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is inside takes it, and is scrolled to
        self.setFixedWidth(_WIDTH_PX)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.limits = LimitsChooser(workspace, settings)
        self.device = self.limits.device
        self.minutes = self._minutes_box()
        self.own_minutes = QSpinBox(minimum=1, maximum=_LONGEST_MINUTES, value=30)
        self.own_minutes.setSuffix(" " + tr("minutes"))
        self.own_minutes.setAccessibleName(tr("Minutes to search"))
        self.own_minutes.setVisible(self.minutes.currentData() == _OWN)
        self.ends = label("", "small")
        self.forecast = label("", "small")
        self.importance = Importance()
        self.start = button(tr("Start the search"), self._on_start, role="primary")
        self.resume = button(tr("Go on with the last search"), self._on_resume)
        self.pause = button(tr("Pause"), desk.toggle_rest)
        self.stop = button(tr("Stop and keep the best"), workspace.stop_search)
        self.cancel = button(tr("Cancel the search"), workspace.cancel_search)
        self.cancel.setToolTip(tr("Ends at once; models that are finished are kept."))
        self.resume.setToolTip(tr("Nothing that is finished is trained again."))
        self.state = label("", "muted")
        self._lay_out()
        self._soon = QTimer(self, singleShot=True, interval=_FORECAST_MS)
        self._soon.timeout.connect(self._ask_forecast)
        self.limits.changed.connect(self._refresh)
        self.own_minutes.valueChanged.connect(self._refresh)
        for signal in (
            workspace.view_changed,
            workspace.training_changed,
            workspace.choice_changed,
            desk.told,
        ):
            signal.connect(self._refresh)
        self._refresh()

    def _minutes_box(self) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(tr("How long to search"))
        for minutes, title in MINUTES:
            box.addItem(tr(title), minutes)
        box.setCurrentIndex(max(0, box.findData(int(float(self._settings["minutes"])))))
        box.currentIndexChanged.connect(self._on_minutes)
        return box

    def _lay_out(self) -> None:
        frame = Card()
        for widget in (
            label(tr("Search for a model"), "section"),
            label(tr("Board the model must fit")),
            self.limits,
            label(tr("How long to search")),
            self.minutes,
            self.own_minutes,
            self.ends,
            self.forecast,
            self.start,
            self.resume,
            self.pause,
            self.stop,
            self.cancel,
            self.state,
            label(tr("What matters to you")),
            self.importance,
        ):
            frame.add(widget)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING[1])
        column.addWidget(frame)
        column.addStretch()
        self.setWidget(inside)

    # -- what is chosen ------------------------------------------------------------------

    @property
    def chosen_minutes(self) -> float:
        """How long the search may take."""
        chosen = self.minutes.currentData()
        return float(self.own_minutes.value() if chosen == _OWN else chosen)

    @property
    def request(self) -> SearchRequest | None:
        """What starting now would ask for; None while no board is named."""
        if not self.limits.complete:
            return None
        return SearchRequest(minutes=self.chosen_minutes, **self.limits.asked)  # type: ignore[arg-type]

    def _on_minutes(self, index: int) -> None:
        self.own_minutes.setVisible(self.minutes.currentData() == _OWN)
        self._refresh()

    def _on_start(self) -> None:
        request = self.request
        if request is None:
            return
        if request.device_id:
            self._settings["device"] = request.device_id
        if self.minutes.currentData() != _OWN:
            self._settings["minutes"] = str(self.minutes.currentData())
        self._workspace.start_search(request)

    def _on_resume(self) -> None:
        self._workspace.resume_search(self.chosen_minutes)

    # -- the forecast --------------------------------------------------------------------

    def _ask_forecast(self) -> None:
        request = self.request
        if request is None or request == self._asked:
            return
        self._asked = request
        self.forecast.setText(tr("Reckoning what this would come to…"))
        self._asker.ask(
            "forecast",
            lambda session: session.outlook.forecast(request),
            lambda found: self.forecast.setText(forecast_sentence(found)),
            self._on_no_forecast,
        )

    def _on_no_forecast(self, error: Exception) -> None:
        self.forecast.setText(getattr(error, "happened", str(error)))

    # -- faces ---------------------------------------------------------------------------

    def _refresh(self, *changed: object) -> None:
        self.limits.refresh()
        view, searching = self._workspace.view, self._workspace.searching
        why_not = can_search(self._workspace)
        record = self._desk.record
        self.start.setVisible(not searching)
        self.start.setEnabled(self.limits.complete and not why_not)
        self.resume.setVisible(not searching and bool(view and view.unfinished))
        resting = bool(record and record.paused)
        self.pause.setText(tr("Go on") if resting else tr("Pause"))
        self.pause.setAccessibleName(self.pause.text())
        for widget in (self.pause, self.stop, self.cancel):
            widget.setVisible(searching)
            widget.setEnabled(not self._workspace.stopping)
        for box in (self.limits, self.minutes, self.own_minutes):
            box.setEnabled(not searching)
        for line in (self.ends, self.forecast):
            line.setVisible(not searching and not why_not)
        self.ends.setText(self._end_sentence())
        self.state.setText(state_sentence(self._workspace, self._desk.record, why_not))
        for line in (self.state, self.forecast):
            # A wrapped label in a nested layout does not claim its height by itself.
            height = line.heightForWidth(_WIDTH_PX - 3 * _INSET_PX)
            line.setMinimumHeight(max(0, height))
        if not searching and not why_not:
            self._soon.start()

    def _end_sentence(self) -> str:
        end = datetime.now() + timedelta(minutes=self.chosen_minutes)
        clock = QLocale().toString(QTime(end.hour, end.minute), QLocale.FormatType.ShortFormat)
        return tr("Started now it ends by {clock} at the latest.", clock=clock)
