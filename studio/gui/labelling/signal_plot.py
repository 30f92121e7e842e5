"""Channels one below the other on one time axis; a drag marks a stretch."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import Qt, QTimer, Signal

from studio.domain.sample import TimeRange
from studio.gui.i18n import tr
from studio.gui.labelling.peaks import Peaks
from studio.gui.theme import CLASS_COLOURS, base_font, mixed, tokens

if TYPE_CHECKING:
    from studio.app.browsing import Region

__all__ = ["MOST_CHANNELS", "SignalPlot"]

MOST_CHANNELS = 6
_POINTS = 1500
_AXIS_PX = 68
_LEAST_SHARE = 0.002
"""A shorter drag, as a share of what is shown, is a click."""


class _TimeBox(pg.ViewBox):
    """The wheel zooms in time; a drag marks; with Shift or the other button it moves on."""

    def __init__(self, plot: SignalPlot) -> None:
        super().__init__(enableMenu=False)
        self._owner = plot
        self.setMouseEnabled(x=True, y=False)

    def mouseDragEvent(self, ev: Any, axis: int | None = None) -> None:
        plain = ev.button() == Qt.MouseButton.LeftButton and not ev.modifiers()
        if not plain:
            super().mouseDragEvent(ev, axis=0)
            return
        ev.accept()
        start = self.mapToView(ev.buttonDownPos()).x()
        self._owner.stretch(start, self.mapToView(ev.pos()).x())

    def mouseClickEvent(self, ev: Any) -> None:
        ev.accept()
        self._owner.click(self.mapToView(ev.pos()).x())


class SignalPlot(pg.GraphicsLayoutWidget):
    """Draws a recording and its ranges.

    Signals:
        chosen: A stretch was marked: start and end in seconds; equal where there is none.
        picked: The row number of the range that was clicked, -1 for none.
        moved: Row number, start and end of a range whose edges were dragged.
    """

    chosen = Signal(float, float)
    picked = Signal(int)
    moved = Signal(int, float, float)

    def __init__(self) -> None:
        super().__init__()
        self.setBackground(tokens().surface)
        self.setAccessibleName(tr("Signal over time"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.peaks: Peaks | None = None
        self.picked_id = -1
        self.may_mark = True
        self.plots: list[pg.ViewBox] = []
        self.curves: list[pg.PlotCurveItem] = []
        self._axes: list[pg.AxisItem] = []
        self._image: pg.ImageItem | None = None
        self.bands: dict[int, list[pg.LinearRegionItem]] = {}
        self._selection: list[pg.LinearRegionItem] = []
        self._regions: Sequence[Region] = ()
        self._redraw = QTimer(self, interval=0, singleShot=True)
        self._redraw.timeout.connect(self.draw)

    # -- the signal ----------------------------------------------------------------------

    def show_signal(
        self,
        peaks: Peaks,
        names: Sequence[str],
        picture: NDArray[np.uint8] | None = None,
        hertz: float = 0.0,
    ) -> None:
        """Draw a recording from its start to its end, with its spectrogram if it has one."""
        self.peaks = peaks
        names = list(names[:MOST_CHANNELS])
        rows = [*names, "Hz"] if picture is not None else names
        if len(rows) != len(self.plots) or bool(self._image) != (picture is not None):
            self._build(len(rows))
        self.show_ranges((), {})
        for axis, name in zip(self._axes, rows, strict=True):
            axis.setLabel(_short(name))
        for channel, curve in enumerate(self.curves):
            many = len(names) > 1
            curve.setPen(pg.mkPen(CLASS_COLOURS[channel % 6] if many else tokens().accent, width=1))
        if picture is not None:
            self._show_picture(picture, hertz)
        end = max(peaks.end_s, 1e-3)
        self.plots[0].setLimits(xMin=-0.02 * end, xMax=1.02 * end)
        self.plots[0].setXRange(0, end, padding=0.01)
        self.draw()

    def _build(self, rows: int) -> None:
        """Make a box with an axis for every row; far lighter than pyqtgraph's own plots."""
        self.clear()
        grid = self.ci.layout
        grid.setColumnFixedWidth(0, _AXIS_PX)
        grid.setColumnStretchFactor(1, 100)
        grid.setSpacing(4)
        self.plots, self.curves, self.bands, self._selection, self._axes = [], [], {}, [], []
        self._image = None
        for row in range(rows):
            box = _TimeBox(self)
            left = self._axis("left", box)
            left.setWidth(_AXIS_PX)
            self.addItem(left, row=row, col=0)
            self.addItem(box, row=row, col=1)
            box.setXLink(self.plots[0]) if self.plots else None
            self.plots.append(box)
            self._axes.append(left)
            curve = pg.PlotCurveItem(connect="finite")
            box.addItem(curve)
            self.curves.append(curve)
        self.plots[0].sigXRangeChanged.connect(lambda *_: self._redraw.start())
        bottom = self._axis("bottom", self.plots[-1])
        bottom.setLabel(tr("seconds"))
        self.addItem(bottom, row=rows, col=1)

    def _axis(self, side: str, box: pg.ViewBox) -> pg.AxisItem:
        t = tokens()
        axis = pg.AxisItem(side, pen=t.line, textPen=t.muted, linkView=box)
        axis.enableAutoSIPrefix(False)
        axis.setStyle(tickFont=base_font(11))
        return axis

    def _show_picture(self, picture: NDArray[np.uint8], hertz: float) -> None:
        box = self.plots[-1]
        if self._image is None:
            self._image = pg.ImageItem()
            self._image.setLookupTable(pg.colormap.get("viridis").getLookupTable())
            box.addItem(self._image)
            box.removeItem(self.curves.pop())
        assert self.peaks is not None
        self._image.setImage(picture, levels=(0, 255))
        self._image.setRect(0, 0, self.peaks.end_s, hertz / 2)
        box.setYRange(0, hertz / 2, padding=0)

    def draw(self) -> None:
        """Draw what is in view."""
        if self.peaks is None or not self.plots:
            return
        start, end = self.plots[0].viewRange()[0]
        for channel, curve in enumerate(self.curves):
            curve.setData(*self.peaks.shown(channel, start, end, _POINTS))

    # -- ranges --------------------------------------------------------------------------

    def show_ranges(self, regions: Sequence[Region], numbers: dict[str, int]) -> None:
        """Draw labelled ranges; `numbers` says which mark a class has."""
        for bands in self.bands.values():
            for plot, band in zip(self.plots, bands, strict=False):
                plot.removeItem(band)
        self._regions, self.bands = regions, {}
        for region in regions:
            if isinstance(region.shape, TimeRange) and self.plots:
                number = numbers.get(region.shape.class_name, 0)
                self.bands[region.id] = self._bands_of(region.id, region.shape, number)
        self._show_picked()

    def _bands_of(self, id: int, shape: TimeRange, number: int) -> list[pg.LinearRegionItem]:
        colour = CLASS_COLOURS[number % len(CLASS_COLOURS)]
        bands = [self._band(shape.start_s, shape.end_s, colour) for _ in self.plots]
        for place, (plot, band) in enumerate(zip(self.plots, bands, strict=True)):
            plot.addItem(band, ignoreBounds=True)
            band.sigRegionChanged.connect(lambda moved, all=bands: _follow(moved, all))
            band.sigRegionChangeFinished.connect(lambda moved, i=id: self._on_moved(i, moved))
            if place == 0:
                text = shape.class_name if number > 8 else f"{number + 1}  {shape.class_name}"
                words = pg.InfLineLabel(
                    band.lines[0],
                    text,
                    position=0.95,
                    anchors=[(0, 0), (0, 0)],
                    color=tokens().text,
                    fill=tokens().surface,
                )
                words.setFont(base_font(11))
        return bands

    def _band(self, start: float, end: float, colour: str) -> pg.LinearRegionItem:
        fill = pg.mkBrush(_see_through(colour))
        pen = pg.mkPen(colour, width=2)
        hover = pg.mkPen(tokens().text, width=3)
        band = pg.LinearRegionItem(
            (start, end), brush=fill, pen=pen, hoverPen=hover, swapMode="sort"
        )
        band.setZValue(-5)
        return band

    def _on_moved(self, id: int, band: pg.LinearRegionItem) -> None:
        start, end = band.getRegion()
        self.pick(id)
        self.moved.emit(id, max(0.0, float(start)), float(end))

    def stretch(self, start: float, end: float) -> None:
        """Mark from one second to another, as a drag does."""
        if self.peaks is None or not self.may_mark:
            return
        self.setFocus()
        low, high = sorted((start, end))
        low, high = max(0.0, low), min(self.peaks.end_s, high)
        self.pick(-1)
        if not self._selection:
            self._selection = [self._band(low, high, tokens().accent) for _ in self.plots]
            for plot, band in zip(self.plots, self._selection, strict=True):
                band.setZValue(5)
                plot.addItem(band, ignoreBounds=True)
                band.sigRegionChanged.connect(self._on_stretched)
        self._selection[0].setRegion((low, high))
        self.chosen.emit(low, high)

    def _on_stretched(self, moved: pg.LinearRegionItem) -> None:
        _follow(moved, self._selection)
        low, high = moved.getRegion()
        self.chosen.emit(max(0.0, float(low)), float(high))

    @property
    def stretched(self) -> tuple[float, float] | None:
        """What is marked and not labelled yet, in seconds."""
        if not self._selection or self.peaks is None:
            return None
        low, high = map(float, self._selection[0].getRegion())
        start, end = self.plots[0].viewRange()[0]
        if high - low < _LEAST_SHARE * (end - start):
            return None
        return max(0.0, low), min(high, self.peaks.end_s)

    def forget_stretch(self) -> None:
        """Take the mark away."""
        for plot, band in zip(self.plots, self._selection, strict=False):
            plot.removeItem(band)
        self._selection = []
        self.chosen.emit(0.0, 0.0)

    def click(self, second: float) -> None:
        """Pick the range under a click, or none."""
        self.setFocus()
        found = [
            region.id
            for region in self._regions
            if isinstance(region.shape, TimeRange)
            and region.shape.start_s <= second <= region.shape.end_s
        ]
        self.forget_stretch()
        self.pick(found[-1] if found else -1)

    def pick(self, region_id: int) -> None:
        """Make a range the one that keys act on."""
        if region_id != self.picked_id:
            self.picked_id = region_id
            self._show_picked()
            self.picked.emit(region_id)

    def _show_picked(self) -> None:
        for id, bands in self.bands.items():
            for band in bands:
                for line in band.lines:
                    pen = pg.mkPen(line.pen)
                    pen.setWidth(4 if id == self.picked_id else 2)
                    line.setPen(pen)


def _follow(moved: pg.LinearRegionItem, bands: Sequence[pg.LinearRegionItem]) -> None:
    """Bring the same range in the other channels to where it was dragged."""
    for band in bands:
        if band is not moved and band.getRegion() != moved.getRegion():
            band.blockSignals(True)
            band.setRegion(moved.getRegion())
            band.blockSignals(False)


def _short(name: str) -> str:
    """Return a name as an axis can hold it; pyqtgraph reads its labels as markup."""
    return escape(name if len(name) <= 14 else name[:13] + "…")


def _see_through(colour: str) -> Any:
    found = pg.mkColor(mixed(colour, tokens().surface, 0.9))
    found.setAlpha(60)
    return found
