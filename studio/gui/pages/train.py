"""Train: let the computer search for a model, and look at what it found."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QWidget

from studio.domain.evaluation import Evaluation
from studio.gui import words
from studio.gui.i18n import mark, tr
from studio.gui.place import Place
from studio.gui.settings import Settings
from studio.gui.theme import SPACING
from studio.gui.training import TrainingRecord
from studio.gui.widgets.basics import Card, button, label, page_layout
from studio.gui.widgets.candidates import CandidatesPanel, MistakesPanel
from studio.gui.widgets.empty import EmptyFace
from studio.gui.widgets.plots import CandidatePlot, CurvePlot
from studio.gui.widgets.search_settings import SearchSettings
from studio.gui.workspace import Workspace

__all__ = ["ENTRY", "TrainPage"]

_EMPTY, _CURVES, _POINTS = range(3)


class TrainPage(QWidget):
    """Settings on the left; pictures of the search above, what it found below."""

    def __init__(self, workspace: Workspace, settings: Settings) -> None:
        super().__init__()
        self._workspace = workspace
        self._record: TrainingRecord | None = None
        self.settings = SearchSettings(workspace, settings)
        self.curves = CurvePlot()
        self.points = CandidatePlot()
        self.points.candidate_chosen.connect(workspace.choose_candidate)
        self.panel = CandidatesPanel(workspace)
        self.mistakes = MistakesPanel(workspace)
        advice = tr("Choose a board and how long the computer may search, then start.")
        empty = EmptyFace("train", tr("No model yet"), advice)
        self._pictures = QStackedWidget()
        for face in (empty, self.curves, self.points):
            self._pictures.addWidget(face)
        self.show_curves = button(tr("Over time"), lambda: self._show(_CURVES))
        self.show_points = button(tr("Accuracy and size"), lambda: self._show(_POINTS))
        self.explained = label("", "small")
        split = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        above = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        above.addWidget(self._picture_card())
        above.addWidget(self.mistakes)
        above.setSizes([470, 360])
        above.setHandleWidth(SPACING[2])
        split.setHandleWidth(SPACING[2])
        split.addWidget(above)
        split.addWidget(self.panel)
        split.setSizes([390, 250])
        row = QHBoxLayout()
        page_layout(self, row)
        row.addWidget(self.settings)
        row.addWidget(split, 1)
        workspace.training_changed.connect(self._on_training_changed)
        workspace.view_changed.connect(self._on_view_changed)
        workspace.choice_changed.connect(self._on_view_changed)
        self._on_view_changed()
        self._on_training_changed()

    def _picture_card(self) -> QWidget:
        frame = Card()
        head = QHBoxLayout()
        head.addWidget(self.explained, 1)
        head.setSpacing(SPACING[1])
        for widget in (self.show_curves, self.show_points):
            widget.setCheckable(True)
            head.addWidget(widget)
        frame.add_layout(head)
        frame.add(self._pictures, 1)
        return frame

    def _show(self, face: int) -> None:
        self._pictures.setCurrentIndex(face)
        self.show_curves.setChecked(face == _CURVES)
        self.show_points.setChecked(face == _POINTS)

    def _on_view_changed(self) -> None:
        view, chosen = self._workspace.view, self._workspace.candidate
        candidates = view.candidates if view else ()
        self.points.show_candidates(candidates, chosen.id if chosen else None)
        self._tidy()

    def _on_training_changed(self) -> None:
        record = self._workspace.training
        if record is not None:
            if record is not self._record:
                self._record = record
                self._show(_CURVES)
            self.curves.show_record(record)
            self.explained.setText(_rejections(record.rejected, record.failed))
        self._tidy()

    def _tidy(self) -> None:
        """Show a face there is something for."""
        record, view = self._workspace.training, self._workspace.view
        curves = record is not None and (bool(record.curves) or self._workspace.searching)
        points = bool(view and view.candidates)
        self.show_curves.setVisible(curves and points)
        self.show_points.setVisible(curves and points)
        now = self._pictures.currentIndex()
        if now == _EMPTY and (curves or points):
            self._show(_CURVES if curves else _POINTS)
        elif (now == _CURVES and not curves) or (now == _POINTS and not points):
            self._show(_POINTS if points else _CURVES if curves else _EMPTY)


def _rejections(rejected: int, failed: int) -> str:
    parts = []
    if rejected:
        parts.append(
            tr(
                "{n} left out before training: too large for the board's memory, so no time was "
                "spent on them.",
                n=f"{rejected:,}",
            )
        )
    if failed:
        parts.append(tr("{n} could not be trained.", n=f"{failed:,}"))
    return " ".join(parts)


def _state(workspace: Workspace) -> tuple[str, str]:
    best = workspace.view.overview.best if workspace.view else None
    if workspace.searching:
        record = workspace.training
        if best is None and (record is None or record.best is None):
            return tr("searching"), tr("a search is running")
        running = record.best if record is not None and record.best is not None else 0.0
        kept = words.best_evaluation(best).goodness if best else 0.0
        share = words.percent(max(running, kept))
        return f"{share}…", tr("searching, best {share} so far", share=share)
    if best is None:
        return "–", tr("no model yet")
    share = words.short_result(words.best_evaluation(best))
    if not isinstance(best.validation, Evaluation):
        return share, tr("best model: {share} off on average", share=share)
    side = tr("test photos") if best.test else tr("validation photos")
    return share, tr("best model: {share} of the {side} right", share=share, side=side)


ENTRY = Place(id="train", order=3, title=mark("Train"), icon="train", build=TrainPage, state=_state)
