"""The two pictures of a search: accuracy over time, and accuracy against size."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from studio.domain.candidate import Candidate
from studio.gui import words
from studio.gui.i18n import tr
from studio.gui.theme import base_font, mixed, tokens
from studio.gui.training import TrainingRecord

__all__ = ["CandidatePlot", "CurvePlot"]


def _dress(plot: pg.PlotWidget, bottom: str, left: str) -> None:
    t = tokens()
    plot.setBackground(t.surface)
    plot.setMenuEnabled(False)
    plot.hideButtons()
    plot.setMouseEnabled(x=False, y=False)
    plot.showGrid(x=False, y=True, alpha=0.12)
    plot.setMinimumHeight(160)
    for side, text in (("bottom", bottom), ("left", left)):
        axis = plot.getAxis(side)
        axis.setPen(t.line)
        axis.setTextPen(t.muted)
        axis.setStyle(tickFont=base_font(11))
        axis.setLabel(text, color=t.muted, **{"font-size": "11px"})


#: Trials drawn at once, the newest; more are a grey carpet and slow to draw.
_MOST_CURVES = 40


class CurvePlot(pg.PlotWidget):
    """Validation accuracy of every trial over time; the best trial stands out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _dress(self, tr("minutes"), tr("validation accuracy, %"))
        self.setYRange(0, 100, padding=0.04)
        self._curves: dict[int, pg.PlotDataItem] = {}
        self._shown: dict[int, tuple[int, bool]] = {}
        self.setAccessibleName(tr("Validation accuracy over time"))

    def show_record(self, record: TrainingRecord) -> None:
        """Draw what is new."""
        if set(self._curves) - set(record.curves):
            self.clear()
            self._curves, self._shown = {}, {}
        best, t = record.best_trial, tokens()
        for trial in sorted(record.curves)[-_MOST_CURVES:]:
            curve = record.curves[trial]
            shown = (len(curve.seconds), trial == best)
            if self._shown.get(trial) == shown:
                continue
            self._shown[trial] = shown
            line = self._curves.get(trial) or self._add(trial)
            chosen = trial == best
            colour = t.accent if chosen else mixed(t.muted, t.surface, 0.55)
            line.setPen(pg.mkPen(colour, width=2.5 if chosen else 1.2))
            line.setSymbolBrush(colour)
            line.setZValue(1 if chosen else 0)
            line.setData([s / 60 for s in curve.seconds], [100 * a for a in curve.accuracy])
        last = max(record.ends_s if record.ended is None else 0, record.seconds) / 60
        self.setXRange(0, last or 1, padding=0.02)

    def _add(self, trial: int) -> pg.PlotDataItem:
        self._curves[trial] = self.plot([], [], symbol="o", symbolSize=4, symbolPen=None)
        return self._curves[trial]


class CandidatePlot(pg.PlotWidget):
    """Every candidate as a point: test or validation accuracy against size.

    Signals:
        candidate_chosen: The id of the candidate whose point was clicked.
    """

    candidate_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _dress(self, tr("size of the int8 model, KiB"), tr("validation accuracy, %"))
        self._points = pg.ScatterPlotItem(hoverable=True, tip=self._tip)
        self._points.sigClicked.connect(self._on_clicked)
        self.addItem(self._points)
        self.setAccessibleName(tr("Models: accuracy against size"))

    def show_candidates(self, candidates: Sequence[Candidate], chosen: int | None) -> None:
        """Draw these candidates."""
        t = tokens()
        spots = [
            {
                "pos": (size / 1024, 100 * c.validation.goodness),
                "size": 13 if c.id == chosen else 9,
                "brush": t.accent if c.id == chosen else mixed(t.muted, t.surface, 0.55),
                "pen": pg.mkPen(t.surface),
                "data": c.id,
            }
            for c in candidates
            if (size := words.int8_size(c)) is not None
        ]
        self._points.setData(spots)
        self.autoRange(padding=0.12)

    @staticmethod
    def _tip(x: float, y: float, data: int) -> str:
        return f"#{data}: {y:.1f} %, {x:.1f} KiB"

    def _on_clicked(self, item: object, points: Sequence[pg.SpotItem], event: object) -> None:
        if len(points):
            self.candidate_chosen.emit(points[0].data())


pg.setConfigOptions(antialias=True)
