"""One recording: its channels, its time ranges, and for a sound playback and spectrogram."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from studio.domain.sample import Sample, TimeRange
from studio.gui.i18n import tr
from studio.gui.labelling.controller import LabelController
from studio.gui.labelling.peaks import Peaks, spectrogram
from studio.gui.labelling.signal_plot import MOST_CHANNELS, SignalPlot
from studio.gui.labelling.sound import Player
from studio.gui.theme import SPACING
from studio.gui.widgets.basics import button, class_icon, label

if TYPE_CHECKING:
    from studio.app.browsing import Recording, Region
    from studio.app.session import Session

__all__ = ["SignalView"]

_SOUND = "audio/"
_LIST_PX = 96
_BOX_PX = 120
_ID = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class _Shown:
    """A recording made ready for drawing, off the window's thread."""

    recording: Recording
    peaks: Peaks
    picture: NDArray[np.uint8] | None


def _made_ready(session: Session, sample: Sample) -> _Shown:
    found = session.browsing.recording(sample)
    rate = found.rate_hz or 1.0
    seconds = np.arange(found.samples) / rate if found.times is None else found.times
    sound = sample.media_type.startswith(_SOUND)
    picture = spectrogram(found.values[:, 0]) if sound else None
    return _Shown(found, Peaks(found.values, np.asarray(seconds, np.float64)), picture)


class SignalView(QWidget):
    """Shows a recording; a drag marks seconds, a digit says what they are.

    Signals:
        ready: The signal is drawn.
    """

    ready = Signal()

    def __init__(self, controller: LabelController) -> None:
        super().__init__()
        self._controller = controller
        self.sample: Sample | None = None
        self._shown: _Shown | None = None
        self._ranges: tuple[Region, ...] = ()
        self._asked = 0
        self.plot = SignalPlot()
        self.plot.chosen.connect(self._on_stretch)
        self.plot.picked.connect(self._on_picked)
        self.plot.moved.connect(controller.move_range)
        self.state = label("", "muted")
        self.start = self._seconds_box(tr("Start of the range in seconds"))
        self.end = self._seconds_box(tr("End of the range in seconds"))
        self.mark_button = button(tr("Mark these seconds"), self._on_mark)
        self.play = button(tr("Play"), self._on_play)
        self.fit = button(tr("Whole recording"), self._on_fit)
        self.ranges = QListWidget()
        self.ranges.setAccessibleName(tr("Time ranges of this recording"))
        self.ranges.setFixedHeight(_LIST_PX)
        self.ranges.currentItemChanged.connect(self._on_row)
        self.player = Player(self)
        self.player.stopped.connect(lambda: self.play.setText(tr("Play")))
        self.player.failed.connect(self.state.setText)
        self._lay_out()
        for widget in (self.plot, self.ranges):
            self._key(widget, "Delete", self.delete_picked)
            self._key(widget, "Escape", self.plot.forget_stretch)
        controller.workspace.samples_changed.connect(self.read_ranges)
        self._show_controls()

    def _key(self, widget: QWidget, keys: str, act: object) -> None:
        shortcut = QShortcut(QKeySequence(keys), widget)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(act)

    def _seconds_box(self, name: str) -> QDoubleSpinBox:
        box = QDoubleSpinBox(decimals=3, maximum=1e7, singleStep=0.1, suffix=" s")
        box.setAccessibleName(name)
        box.setToolTip(name)
        box.setFixedSize(_BOX_PX, 32)
        box.editingFinished.connect(self._on_typed)
        return box

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(SPACING[1])
        for widget in (self.start, self.end, self.mark_button, self.play, self.fit):
            tools.addWidget(widget)
        tools.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING[1])
        column.addWidget(self.plot, 1)
        column.addWidget(self.state)
        column.addLayout(tools)
        column.addWidget(self.ranges)

    # -- showing -------------------------------------------------------------------------

    def show_sample(self, sample: Sample | None) -> None:
        """Read a recording in the background and draw it."""
        if sample is None or (self.sample is not None and sample.id == self.sample.id):
            self.sample = sample or self.sample
            return
        self.player.stop()
        self.plot.forget_stretch()
        self.plot.pick(-1)
        self.sample, self._asked = sample, self._asked + 1
        asked = self._asked
        self.state.setText(tr("Reading the recording…"))
        self._controller.workspace.lanes["thumbnails"].submit(
            lambda session, task: _made_ready(session, sample),
            lambda shown: self._on_ready(asked, shown),
            self._on_unreadable,
        )

    def _on_unreadable(self, error: Exception) -> None:
        self._shown = None
        self.state.setText(str(error))
        self._show_controls()

    def _on_ready(self, asked: int, shown: _Shown) -> None:
        if asked != self._asked or self.sample is None:
            return
        self._shown, found = shown, shown.recording
        self.plot.may_mark = found.rate_hz is not None
        names = [f"{n} ({u})" if u else n for n, u in zip(found.channels, found.units, strict=True)]
        self.plot.show_signal(shown.peaks, names, shown.picture, found.rate_hz or 0.0)
        self.state.setText(self._about(found))
        self.start.setMaximum(shown.peaks.end_s)
        self._show_controls()
        self.read_ranges()
        self.ready.emit()

    def _about(self, found: Recording) -> str:
        if found.rate_hz is None:
            return tr(
                "Nobody said how many values a second these are, so seconds cannot be marked."
                " Import it again and say the rate."
            )
        parts = [
            tr(
                "Drag to mark seconds, then press a digit. The wheel zooms; Shift and a drag"
                " move on."
            )
        ]
        if len(found.channels) > MOST_CHANNELS:
            parts.append(
                tr("{n} of {all} channels are shown.", n=MOST_CHANNELS, all=len(found.channels))
            )
        if found.gaps:
            parts.append(tr("Values are missing in {n} places.", n=found.gaps))
        return " ".join(parts)

    def read_ranges(self) -> None:
        """Read the ranges of this recording again."""
        if self.sample is None or self._shown is None:
            return
        id = self.sample.id
        self._controller.read(
            lambda session: session.reviewing.ranges([id]), lambda found: self._on_ranges(id, found)
        )

    def _on_ranges(self, id: int, found: tuple[Region, ...]) -> None:
        if self.sample is None or self.sample.id != id:
            return
        self._ranges = found
        view = self._controller.workspace.view
        numbers = {c.name: n for n, c in enumerate(view.classes)} if view else {}
        self.plot.show_ranges(found, numbers)
        self.ranges.blockSignals(True)
        self.ranges.clear()
        for region in sorted(found, key=lambda one: _times(one)[0]):
            start, end = _times(region)
            text = tr("{name}: {start} to {end} s", name=region.shape.class_name,
                      start=f"{start:.3f}", end=f"{end:.3f}")  # fmt: skip
            item = QListWidgetItem(class_icon(numbers.get(region.shape.class_name, 0)), text)
            item.setData(_ID, region.id)
            self.ranges.addItem(item)
            if region.id == self.plot.picked_id:
                self.ranges.setCurrentItem(item)
        self.ranges.blockSignals(False)
        self._show_controls()

    def _show_controls(self) -> None:
        sound = self.sample is not None and self.sample.media_type.startswith(_SOUND)
        self.play.setVisible(sound)
        ready = self._shown is not None and self.plot.may_mark
        for widget in (self.start, self.end, self.mark_button):
            widget.setEnabled(ready)
        self.fit.setEnabled(self._shown is not None)
        self.ranges.setVisible(bool(self._ranges))

    # -- marking -------------------------------------------------------------------------

    @property
    def busy_with_range(self) -> bool:
        """Whether a digit means a range and not the whole recording."""
        return self.plot.stretched is not None or self.plot.picked_id >= 0

    def label_range(self, class_name: str) -> None:
        """Say what the marked seconds, or the picked range, are."""
        if self.sample is None:
            return
        stretch = self.plot.stretched
        if stretch is not None:
            shape = TimeRange(class_name=class_name, start_s=stretch[0], end_s=stretch[1])
            self._controller.mark(self.sample, shape)
            self.plot.forget_stretch()
            return
        for region in self._ranges:
            if region.id == self.plot.picked_id:
                start, end = _times(region)
                shape = TimeRange(class_name=class_name, start_s=start, end_s=end)
                self._controller.change_mark(region.id, shape)

    def delete_picked(self) -> None:
        """Take the picked range away."""
        if self.plot.picked_id >= 0:
            self._controller.delete_marks([self.plot.picked_id])
            self.plot.pick(-1)

    def _on_stretch(self, start: float, end: float) -> None:
        for box, value in ((self.start, start), (self.end, end)):
            box.blockSignals(True)
            box.setValue(value)
            box.blockSignals(False)

    def _on_typed(self) -> None:
        if self.plot.picked_id >= 0 and self.end.value() > self.start.value():
            now = {region.id: _times(region) for region in self._ranges}.get(self.plot.picked_id)
            if now is not None and now != (self.start.value(), self.end.value()):
                self._controller.move_range(
                    self.plot.picked_id, self.start.value(), self.end.value()
                )

    def _on_mark(self) -> None:
        if self.end.value() > self.start.value():
            self.plot.stretch(self.start.value(), self.end.value())
            self.plot.setFocus()

    def _on_picked(self, id: int) -> None:
        for row in range(self.ranges.count()):
            if self.ranges.item(row).data(_ID) == id:
                self.ranges.setCurrentRow(row)
        for region in self._ranges:
            if region.id == id:
                self._on_stretch(*_times(region))

    def _on_row(self, item: QListWidgetItem | None, *before: object) -> None:
        if item is not None:
            self.plot.pick(item.data(_ID))

    def _on_fit(self) -> None:
        if self._shown is not None:
            self.plot.plots[0].setXRange(0, self._shown.peaks.end_s, padding=0.01)

    # -- sound ---------------------------------------------------------------------------

    def _on_play(self) -> None:
        if self.player.playing:
            self.player.stop()
            return
        if self._shown is None or not self._shown.recording.rate_hz:
            return
        rate = self._shown.recording.rate_hz
        start, end = self.plot.stretched or self._picked_times() or (0.0, self._shown.peaks.end_s)
        part = self._shown.recording.values[int(start * rate) : int(end * rate) + 1, 0]
        self.play.setText(tr("Silence"))
        self.player.play(part, rate)
        if not self.player.playing:
            self.play.setText(tr("Play"))

    def _picked_times(self) -> tuple[float, float] | None:
        found: Sequence[Region] = [r for r in self._ranges if r.id == self.plot.picked_id]
        return _times(found[0]) if found else None


def _times(region: Region) -> tuple[float, float]:
    assert isinstance(region.shape, TimeRange)  # `ranges` gives nothing else
    return region.shape.start_s, region.shape.end_s
