"""The Train page: a search, the results of the chosen model, and trying it."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from studio.domain.judgement import Costs
from studio.gui import words
from studio.gui.i18n import mark, tr
from studio.gui.search_words import rejections_sentence
from studio.gui.settings import Settings
from studio.gui.theme import SPACING
from studio.gui.train_desk import TrainDesk
from studio.gui.training import TrainingRecord
from studio.gui.warmth import Warmth
from studio.gui.widgets.basics import Card, button, label, page_layout
from studio.gui.widgets.candidates import CandidatesPanel
from studio.gui.widgets.empty import EmptyFace
from studio.gui.widgets.plots import CandidatePlot, CurvePlot
from studio.gui.widgets.search_settings import SearchSettings
from studio.gui.workspace import Workspace

if TYPE_CHECKING:
    from studio.gui.results.page import ResultsPanel
    from studio.gui.trying.panel import TryPanel

__all__ = ["TrainPage"]

_REPAINT_MS = 16
"""Between two paintings of the curves: what comes meanwhile is drawn together."""

_VIEWS = (
    ("search", mark("Search")),
    ("results", mark("Results")),
    ("try", mark("Try it")),
)


class TrainPage(QWidget):
    """Three views: the search, the results of the chosen model, and trying it."""

    def __init__(self, workspace: Workspace, settings: Settings) -> None:
        super().__init__()
        self._workspace = workspace
        self._record: TrainingRecord | None = None
        self.desk = TrainDesk(workspace, self)
        self.settings = SearchSettings(workspace, settings, self.desk)
        self.settings.importance.changed.connect(self._on_importance)
        self.panel = CandidatesPanel(workspace, self.desk)
        self._settings = settings
        self.explained = label("", "small")
        self._repaint = QTimer(self, singleShot=True, interval=_REPAINT_MS)
        self._repaint.timeout.connect(self._paint_record)
        self._step = QTimer(self, singleShot=True, interval=0)
        self._step.timeout.connect(self._make_plots)
        self._pictures = QHBoxLayout()
        self.views = QStackedWidget()
        self.tabs = self._tabs()
        self._search = self._search_view()
        self.views.addWidget(self._search)
        self._lay_out()
        workspace.training_changed.connect(self._on_training_changed)
        self.desk.told.connect(self._on_training_changed)
        self.desk.ranked.connect(self._on_view_changed)
        for signal in (workspace.view_changed, workspace.choice_changed, workspace.fit_changed):
            signal.connect(self._on_view_changed)
        self.desk.rank(self.settings.importance.weights)
        self._on_view_changed()
        self._on_training_changed()
        self._step.start()

    # -- where things stand --------------------------------------------------------------

    def _tabs(self) -> dict[str, QPushButton]:
        group = QButtonGroup(self)
        found = {}
        for name, title in _VIEWS:
            tab = button(tr(title), partial(self._show, name))
            tab.setCheckable(True)
            tab.setChecked(name == "search")
            group.addButton(tab)
            found[name] = tab
        return found

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACING[1])
        for tab in self.tabs.values():
            head.addWidget(tab)
        self.about = label("", "muted", wrap=False)
        head.addSpacing(SPACING[2])
        head.addWidget(self.about, 1)
        column = QVBoxLayout()
        page_layout(self, column)
        column.addLayout(head)
        column.addWidget(self.views, 1)

    def _search_view(self) -> QWidget:
        split = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        split.setHandleWidth(SPACING[2])
        split.addWidget(self._picture_card())
        split.addWidget(self.panel)
        split.setSizes([340, 280])
        view = QWidget()
        row = QHBoxLayout(view)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING[2])
        row.addWidget(self.settings)
        row.addWidget(split, 1)
        return view

    def _picture_card(self) -> QWidget:
        advice = tr("Choose a board and how long the computer may search, then start.")
        self._empty = EmptyFace("train", tr("No model yet"), advice)
        card = Card()
        card.add(self.explained)
        self._pictures.setSpacing(SPACING[2])
        card.add(self._empty, 1)
        card.add_layout(self._pictures)
        meaning = tr("● trained   ▲ learned at once   ring: no other is better in all")
        self._legend = label(meaning, "small")
        card.add(self._legend)
        return card

    # Built when they are first asked for, so that the page does not wait for them.

    @cached_property
    def curves(self) -> CurvePlot:
        """How the models of the search learn."""
        plot = CurvePlot()
        self._pictures.insertWidget(0, plot, 1)
        return plot

    @cached_property
    def points(self) -> CandidatePlot:
        """What every model comes to."""
        plot = CandidatePlot()
        plot.candidate_chosen.connect(self._workspace.choose_candidate)
        self._pictures.addWidget(plot, 1)
        return plot

    @property
    def _plotted(self) -> bool:
        return {"curves", "points"} <= self.__dict__.keys()

    def _make_plots(self) -> None:
        """Make one plot, let the window breathe, make the other, then draw."""
        if "curves" not in self.__dict__:
            self.curves.hide()
            self._step.start()
            return
        self.points.hide()
        self._on_view_changed()
        self._paint_record()

    @cached_property
    def mistakes(self) -> ResultsPanel:
        """The results of the chosen model."""
        from studio.gui.results.page import ResultsPanel

        panel = ResultsPanel(self._workspace)
        self.views.addWidget(panel)
        return panel

    @cached_property
    def trying(self) -> TryPanel:
        """The chosen model, ready to be tried."""
        from studio.gui.trying.panel import TryPanel

        panel = TryPanel(self._workspace, self._settings, self._costs)
        self.views.addWidget(panel)
        return panel

    def _costs(self) -> Costs | None:
        """What errors cost, if the person said so under Results."""
        return self.mistakes.threshold.given if "mistakes" in self.__dict__ else None

    def _view(self, name: str) -> QWidget:
        if name == "search":
            return self._search
        return self.mistakes if name == "results" else self.trying

    def show_view(self, name: str) -> None:
        """Show ``search``, ``results`` or ``try``."""
        self.tabs[name].click()

    def _show(self, name: str) -> None:
        self.views.setCurrentWidget(self._view(name))
        self.tabs[name].setChecked(True)

    # -- the worker of the next search ---------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Have a worker ready while somebody looks."""
        super().showEvent(event)
        self.desk.warm()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let it go a while after."""
        Warmth.of_program().cool()
        super().hideEvent(event)

    # -- what is known -------------------------------------------------------------------

    def _on_importance(self) -> None:
        self.desk.rank(self.settings.importance.weights)

    def _on_view_changed(self) -> None:
        view, chosen = self._workspace.view, self._workspace.candidate
        candidates = view.candidates if view else ()
        if self._plotted:
            chosen_id = chosen.id if chosen else None
            self.points.show_candidates(candidates, chosen_id, self.desk.front, self._limit_bytes())
        for name in ("results", "try"):
            self.tabs[name].setEnabled(chosen is not None)
        self.about.setText(self._chosen_sentence())
        self._tidy()

    def _limit_bytes(self) -> float | None:
        """Return how large a model may be on the board of the chosen one, as its report has it."""
        chosen = self._workspace.candidate
        report = self._workspace.fits.get(chosen.id) if chosen else None
        size = words.int8_size(chosen) if chosen else None
        if report is None or size is None or report.flash_limit_bytes is None:
            return None
        used = report.flash.high if report.flash.high is not None else report.flash.value
        return None if used is None else report.flash_limit_bytes - (used - size)

    def _chosen_sentence(self) -> str:
        chosen, view = self._workspace.candidate, self._workspace.view
        if chosen is None or view is None:
            return ""
        result = words.result(words.best_evaluation(chosen))
        side = tr("test") if chosen.test else tr("validation")
        return tr("Model #{id}: {result} on {side}", id=chosen.id, result=result, side=side)

    def _on_training_changed(self) -> None:
        if not self._repaint.isActive():
            self._repaint.start()
        self._tidy()

    def _paint_record(self) -> None:
        record = self.desk.record
        if record is None or not self._plotted:
            return
        if record is not self._record:
            if self._record is not None and self._workspace.searching:
                self._show("search")
            self._record = record
        view = self._workspace.view
        self.curves.show_goal(amounts=bool(view and view.overview.task.endswith("regression")))
        self.curves.show_record(record)
        self.explained.setText(rejections_sentence(record))
        self.explained.setVisible(bool(self.explained.text()))

    def _tidy(self) -> None:
        """Show a face there is something for."""
        record, view = self.desk.record, self._workspace.view
        curves = record is not None and (bool(record.curves) or record.ended is None)
        points = bool(view and view.candidates)
        if self._plotted:
            self.curves.setVisible(curves)
            self.points.setVisible(points)
        self._empty.setVisible(not curves and not points)
        self._legend.setVisible(points or curves)
