"""Recordings on the page Label: time ranges by mouse and keys, long signals, sounds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyqtgraph as pg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from studio.app import Session
from studio.gui.labelling.peaks import Peaks, spectrogram
from studio.gui.labelling.selection import go_to_row
from studio.gui.labelling.sound import pcm

from .label_bench import recordings, shown, sound, wait


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return recordings(tmp_path)


@pytest.fixture(autouse=True)
def _every_move_counts():
    """A test's hand is faster than a person's; pyqtgraph takes 100 moves a second."""
    before = pg.getConfigOption("mouseRateLimit")
    pg.setConfigOption("mouseRateLimit", 0)
    yield
    pg.setConfigOption("mouseRateLimit", before)


@pytest.fixture
def page(project, settings, qtbot):
    with shown(project, settings, qtbot) as made:
        go_to_row(made.grid, 0)
        wait(qtbot, made, lambda: bool(made.middle.signal.plot.curves))
        yield made
        assert made.problems == []


def ranges(path: Path) -> list[tuple[str, float, float]]:
    """Return what the file says, read by another session."""
    with Session.open(path) as session:
        found = [region.shape for region in session.reviewing.ranges()]
    return sorted((s.class_name, round(s.start_s, 2), round(s.end_s, 2)) for s in found)


def pixel(plot, second: float, channel: int = 0) -> QPoint:
    """Return where a second is on the widget."""
    box = plot.plots[channel]
    low, high = box.viewRange()[1]
    return plot.mapFromScene(box.mapViewToScene(QPointF(second, (low + high) / 2)))


def drag_time(plot, start: float, end: float, channel: int = 0) -> None:
    """Drag along the time axis with the left button."""
    a, b = pixel(plot, start, channel), pixel(plot, end, channel)
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    send(plot, QEvent.Type.MouseMove, a, none, none)
    send(plot, QEvent.Type.MouseButtonPress, a, left, left)
    for share in (0.25, 0.5, 0.75, 1.0):
        send(plot, QEvent.Type.MouseMove, a + (b - a) * share, none, left)
    send(plot, QEvent.Type.MouseButtonRelease, b, left, none)


def send(plot, kind, at: QPoint, button, buttons) -> None:
    on = plot.viewport()
    event = QMouseEvent(
        kind,
        QPointF(at),
        QPointF(on.mapToGlobal(at)),
        button,
        buttons,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(on, event)


def test_ranges_are_dragged_labelled_resized_deleted_and_undone(page, project, qtbot):
    plot = page.middle.signal.plot
    assert len(plot.plots) == 3
    drag_time(plot, 8.0, 12.0)
    assert plot.stretched == pytest.approx((8.0, 12.0), abs=0.1)
    qtbot.keyClick(plot, Qt.Key.Key_2)
    wait(qtbot, page, lambda: page.middle.signal.ranges.count() == 1)
    [(name, start, end)] = ranges(project)
    assert (name, start, end) == ("running", pytest.approx(8, abs=0.1), pytest.approx(12, abs=0.1))
    drag_time(plot, 1.0, 3.0, channel=2)
    qtbot.keyClick(plot, Qt.Key.Key_1)
    wait(qtbot, page, lambda: page.middle.signal.ranges.count() == 2)

    drag_time(plot, end, 14.0)
    wait(qtbot, page, lambda: ranges(project)[1][2] == pytest.approx(14, abs=0.1))
    assert len(ranges(project)) == 2
    qtbot.keyClick(plot, Qt.Key.Key_Delete)
    wait(qtbot, page, lambda: len(ranges(project)) == 1)
    page.controller.undo()
    wait(qtbot, page, lambda: len(ranges(project)) == 2)
    page.controller.undo()
    wait(qtbot, page, lambda: ranges(project)[1][2] == pytest.approx(12, abs=0.1))
    assert page.middle.signal.ranges.item(0).text().startswith("idle: ")


def test_the_same_by_keyboard_alone(page, project, qtbot):
    view = page.middle.signal
    view.start.setValue(2.0)
    view.end.setValue(5.5)
    view.mark_button.click()
    assert view.plot.stretched == pytest.approx((2.0, 5.5))
    qtbot.keyClick(view.plot, Qt.Key.Key_1)
    wait(qtbot, page, lambda: ranges(project) == [("idle", 2.0, 5.5)])
    view.ranges.setFocus()
    view.ranges.setCurrentRow(0)
    qtbot.keyClick(view.ranges, Qt.Key.Key_2)
    wait(qtbot, page, lambda: ranges(project) == [("running", 2.0, 5.5)])
    view.end.setValue(6.25)
    view.end.editingFinished.emit()
    wait(qtbot, page, lambda: ranges(project) == [("running", 2.0, 6.25)])
    qtbot.keyClick(view.ranges, Qt.Key.Key_Delete)
    wait(qtbot, page, lambda: ranges(project) == [])


def test_without_marked_seconds_a_digit_is_for_the_whole_recording(page, project, qtbot):
    page.grid.setFocus()
    qtbot.keyClick(page.grid, Qt.Key.Key_1)
    wait(qtbot, page, lambda: page.model.sample(0).class_name == "idle")
    assert page.middle.row == 1
    wait(qtbot, page, lambda: page.middle.signal.sample.name.endswith("r1.csv"))


def test_a_sound_has_a_spectrogram_and_says_why_it_cannot_be_played(tmp_path, settings, qtbot):
    with shown(sound(tmp_path), settings, qtbot) as page:
        go_to_row(page.grid, 0)
        wait(qtbot, page, lambda: len(page.middle.signal.plot.plots) == 2)
        assert page.middle.signal.play.isVisible()
        page.middle.signal.play.click()
        played = page.middle.signal.player.playing
        assert played or "sound output" in page.middle.signal.state.text()
        page.middle.signal.player.stop()
        assert page.problems == []


def test_a_rising_tone_rises_in_the_spectrogram():
    t = np.arange(32_000) / 16_000
    tone = np.sin(2 * np.pi * (500 + 1500 * t / 2) * t).astype(np.float32)
    loudest = spectrogram(tone).argmax(1)
    assert loudest[-1] > 2 * loudest[0]
    assert np.all(np.diff(loudest.astype(int)) >= -1)


@given(
    values=st.lists(
        st.one_of(st.floats(-1e6, 1e6, width=32), st.just(float("nan"))), min_size=1, max_size=3000
    ),
    points=st.integers(4, 60),
    cut=st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_no_peak_is_lost_however_far_one_zooms_out(values, points, cut):
    held = np.array(values, np.float32)[:, None]
    seconds = np.arange(len(held)) * 0.5
    peaks = Peaks(held, seconds)
    low, high = sorted(share * seconds[-1] for share in cut)
    when, drawn = peaks.shown(0, low, high, points)
    inside = held[(seconds >= low) & (seconds <= high), 0]
    assert len(when) == len(drawn)
    assert len(drawn) <= 2 * 8 * 2 * points + 4 or len(drawn) <= len(held)
    assert np.all(np.diff(when) >= 0)
    if np.isfinite(inside).any():
        assert np.nanmax(drawn) >= np.nanmax(inside)
        assert np.nanmin(drawn) <= np.nanmin(inside)


def test_pcm_is_cut_and_never_wraps_round():
    loud = np.array([0, 0.5, 2, -3, np.nan], np.float32)
    assert np.frombuffer(pcm(loud), "<i2").tolist() == [0, 16383, 32767, -32767, 0]
