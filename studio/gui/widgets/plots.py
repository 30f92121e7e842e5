"""The pictures of a search: accuracy over time and against size; amounts, told and true."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from studio.domain.candidate import Candidate
from studio.domain.evaluation import RegressionEvaluation
from studio.domain.wording import bytes_text
from studio.gui import words
from studio.gui.i18n import tr
from studio.gui.theme import base_font, mixed, tokens
from studio.gui.training import TrainingRecord

__all__ = ["AmountPlot", "CandidatePlot", "CurvePlot", "is_instant"]

_FAR = 3.0
"""A limit this many times beyond the largest model is told in words instead of drawn."""


def is_instant(candidate: Candidate) -> bool:
    """Return whether a model was learned at once, without training."""
    return candidate.space.startswith("instant")


def _dress(plot: pg.PlotWidget, bottom: str, left: str) -> None:
    t = tokens()
    plot.setBackground(t.surface)
    plot.setMenuEnabled(False)
    plot.hideButtons()
    plot.setMouseEnabled(x=False, y=False)
    plot.showGrid(x=False, y=True, alpha=0.12)
    plot.setMinimumHeight(160)
    # What a plot shows stands in a table as well, which is what the keyboard goes to.
    for part in (plot, plot.viewport()):
        part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    for side, text in (("bottom", bottom), ("left", left)):
        axis = plot.getAxis(side)
        axis.setPen(t.line)
        axis.setTextPen(t.muted)
        axis.setStyle(tickFont=base_font(11))
        axis.setLabel(text, color=t.muted, **{"font-size": "11px"})


def _name(plot: pg.PlotWidget, side: str, text: str) -> None:
    axis = plot.getAxis(side)
    if axis.labelText != text:
        axis.setLabel(text, color=tokens().muted, **{"font-size": "11px"})


#: Trials drawn at once, the newest; more are a grey carpet and slow to draw.
_MOST_CURVES = 40


def name_of_goodness(*, amounts: bool) -> str:
    """Return what the vertical axis of a search counts."""
    return tr("variance explained, %") if amounts else tr("validation accuracy, %")


class CurvePlot(pg.PlotWidget):
    """Validation accuracy of every trial over time; the best trial stands out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _dress(self, tr("minutes"), tr("validation accuracy, %"))
        self.setYRange(0, 100, padding=0.04)
        self._curves: dict[int, pg.PlotDataItem] = {}
        self._shown: dict[int, tuple[int, bool]] = {}
        self.setAccessibleName(tr("Validation accuracy over time"))

    def show_goal(self, *, amounts: bool) -> None:
        """Say what is counted."""
        _name(self, "left", name_of_goodness(amounts=amounts))

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
            line = self._curves.get(trial) or self._add(trial, instant=trial in record.instant)
            chosen = trial == best
            colour = t.accent if chosen else mixed(t.muted, t.surface, 0.55)
            line.setPen(pg.mkPen(colour, width=2.5 if chosen else 1.2))
            line.setSymbolBrush(colour)
            line.setZValue(1 if chosen else 0)
            line.setData([s / 60 for s in curve.seconds], [100 * a for a in curve.accuracy])
        last = max(record.ends_s if record.ended is None else 0, record.seconds) / 60
        self.setXRange(0, last or 1, padding=0.02)

    def _add(self, trial: int, *, instant: bool) -> pg.PlotDataItem:
        shape = {"symbol": "t1", "symbolSize": 10} if instant else {"symbol": "o", "symbolSize": 4}
        self._curves[trial] = self.plot([], [], symbolPen=None, **shape)
        return self._curves[trial]


class CandidatePlot(pg.PlotWidget):
    """Every candidate as a point: validation accuracy against size, with the board's limit.

    A circle was trained, a triangle was learned at once; a ring marks those no other beats.

    Signals:
        candidate_chosen: The id of the candidate whose point was clicked.
    """

    candidate_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _dress(self, tr("size of the int8 model, KiB"), tr("validation accuracy, %"))
        t = tokens()
        self._points = pg.ScatterPlotItem(hoverable=True, tip=self._tip)
        self._points.sigClicked.connect(self._on_clicked)
        self.addItem(self._points)
        pen = pg.mkPen(t.change, width=1.5, style=Qt.PenStyle.DashLine)
        self.limit = pg.InfiniteLine(
            angle=90, pen=pen, label="", labelOpts={"color": t.change, "position": 0.12}
        )
        self.limit.hide()
        self.addItem(self.limit)
        self.setAccessibleName(tr("Models: accuracy against size"))

    def show_candidates(
        self,
        candidates: Sequence[Candidate],
        chosen: int | None,
        front: Collection[int] = (),
        limit_bytes: float | None = None,
    ) -> None:
        """Draw these candidates, and how large the largest may be."""
        sizes = {c.id: size / 1024 for c in candidates if (size := words.int8_size(c)) is not None}
        self._points.setData(
            [
                self._spot(c, sizes[c.id], chosen=c.id == chosen, leads=c.id in front)
                for c in candidates
                if c.id in sizes
            ]
        )
        amounts = any(isinstance(c.validation, RegressionEvaluation) for c in candidates)
        _name(self, "left", name_of_goodness(amounts=amounts))
        self._show_limit(limit_bytes, max(sizes.values(), default=0.0))
        self.autoRange(padding=0.12)

    def _spot(
        self, candidate: Candidate, kib: float, *, chosen: bool, leads: bool
    ) -> dict[str, object]:
        t = tokens()
        return {
            "pos": (kib, 100 * candidate.validation.goodness),
            "size": 14 if chosen else 10,
            "symbol": "t1" if is_instant(candidate) else "o",
            "brush": t.accent if chosen else mixed(t.muted, t.surface, 0.55),
            "pen": pg.mkPen(t.text if leads else t.surface, width=1.6 if leads else 1),
            "data": candidate.id,
        }

    def _show_limit(self, limit_bytes: float | None, largest_kib: float) -> None:
        near = limit_bytes is not None and limit_bytes / 1024 <= _FAR * max(largest_kib, 1)
        self.limit.setVisible(near)
        title = tr("size of the int8 model, KiB")
        if limit_bytes is not None and not near:
            size = bytes_text(limit_bytes)
            title = tr("size of the int8 model, KiB (limit {size})", size=size)
        _name(self, "bottom", title)
        if near and limit_bytes is not None:
            self.limit.setValue(limit_bytes / 1024)
            self.limit.label.setFormat(tr("limit {size}", size=bytes_text(limit_bytes)))

    @staticmethod
    def _tip(x: float, y: float, data: int) -> str:
        return f"#{data}: {y:.1f} %, {x:.1f} KiB"

    def _on_clicked(self, item: object, points: Sequence[pg.SpotItem], event: object) -> None:
        if len(points):
            self.candidate_chosen.emit(points[0].data())


class AmountPlot(pg.PlotWidget):
    """Every sample as a point: what the model tells against what is true.

    Signals:
        sample_chosen: The place of the sample whose point was clicked.
    """

    sample_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _dress(self, tr("true amount"), tr("amount the model tells"))
        t = tokens()
        self._same = pg.InfiniteLine(angle=45, pen=pg.mkPen(t.muted, width=1))
        self._points = pg.ScatterPlotItem(size=7, brush=t.accent, pen=pg.mkPen(t.surface))
        self._points.sigClicked.connect(self._on_clicked)
        for item in (self._same, self._points):
            self.addItem(item)
        self.setAccessibleName(tr("Amounts: told against true"))

    def show_amounts(self, truth: Sequence[float], predicted: Sequence[float]) -> None:
        """Draw these samples."""
        self._points.setData(list(truth), list(predicted), data=list(range(len(truth))))
        self.autoRange(padding=0.08)

    def _on_clicked(self, item: object, points: Sequence[pg.SpotItem], event: object) -> None:
        if len(points):
            self.sample_chosen.emit(points[0].data())


pg.setConfigOptions(antialias=True)
