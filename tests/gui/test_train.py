"""The search under Train as a person steers it, on the stand-in session."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QWidget

from studio.domain.event import JobEvent
from studio.domain.report import Verdict
from studio.domain.search import Search, SearchRequest, SearchState
from studio.gui.mime import CANDIDATE, dragged_candidate
from studio.gui.search_words import rejections_sentence
from studio.gui.training import TrainingRecord

from .conftest import settled
from .fake_backend import candidate, search_events
from .fake_judging import FakeView, of_instant


@pytest.fixture
def train(opened, qtbot):
    """Open a project on the Train page and wait until it can start."""

    def open_(**filled: int):
        program = opened(**filled)
        program.window.go("train")
        page = program.window.page("train")
        qtbot.waitUntil(lambda: settled(program))
        return program, page

    return open_


def started(program, page, qtbot) -> None:
    """Start, and wait until the stand-in has told all it has."""
    qtbot.mouseClick(page.settings.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.workspace.training.finished == 2)
    qtbot.waitUntil(lambda: settled(program))


# -- before


def test_without_samples_nothing_can_start_and_the_page_says_what_lacks(train):
    _, page = train(photos=0)
    assert not page.settings.start.isEnabled()
    assert page.settings.state.text() == ("A search needs labelled photos of at least two classes.")
    assert page._empty.isVisible()
    assert not page.tabs["results"].isEnabled()


def test_the_forecast_is_a_range_and_follows_the_time(train, qtbot):
    _, page = train()
    says = page.settings.forecast
    qtbot.waitUntil(lambda: "20–40 trainings" in says.text())
    assert "A first model in 6–14 s" in says.text()
    page.settings.minutes.setCurrentIndex(page.settings.minutes.findData(15))
    qtbot.waitUntil(lambda: "60–120 trainings" in says.text())


def test_a_forecast_nobody_can_make_is_called_unknown(train, qtbot, backend):
    backend.forecast_known = False
    _, page = train()
    qtbot.waitUntil(lambda: "unknown until one search" in page.settings.forecast.text())


def test_a_time_and_limits_of_ones_own(train, qtbot):
    program, page = train()
    page.settings.minutes.setCurrentIndex(page.settings.minutes.count() - 1)
    page.settings.own_minutes.setValue(42)
    limits = page.settings.limits
    qtbot.mouseClick(limits.own, Qt.MouseButton.LeftButton, pos=limits.own.rect().center())
    limits.own.setChecked(True)
    limits.flash.setValue(64)
    assert limits.ram.text() == "no limit"
    assert page.settings.request == SearchRequest(minutes=42, flash_bytes=64 * 1024)
    page.settings.start.click()
    qtbot.waitUntil(lambda: not program.workspace.searching and settled(program))
    assert program._backend.runs[0].search.request.flash_bytes == 64 * 1024


def test_a_worker_is_made_ready_when_the_page_is_shown(train, qtbot, backend):
    train()
    qtbot.waitUntil(lambda: backend.prepared == 1)


# -- while it runs


def test_pause_rests_and_goes_on(train, qtbot, backend):
    backend.endless = True
    program, page = train()
    started(program, page, qtbot)
    settings = page.settings
    qtbot.mouseClick(settings.pause, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Paused" in settings.state.text())
    assert settings.pause.text() == "Go on"
    qtbot.mouseClick(settings.pause, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Paused" not in settings.state.text())
    qtbot.mouseClick(settings.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not program.workspace.searching and settled(program))
    assert settings.state.text() == "Cancelled; finished models were kept."


def test_many_events_are_painted_together(train, qtbot, backend):
    backend.endless = True
    program, page = train()
    started(program, page, qtbot)
    painted = []
    show = page.curves.show_record
    page.curves.show_record = lambda record: (painted.append(1), show(record))
    for _ in range(200):
        program.workspace.training_changed.emit()
    qtbot.waitUntil(lambda: bool(painted) and not page._repaint.isActive())
    assert len(painted) <= 2
    page.settings.cancel.click()
    qtbot.waitUntil(lambda: not program.workspace.searching and settled(program))


def test_a_killed_worker_is_told_in_a_sentence_and_the_search_goes_on(train, qtbot, backend):
    backend.dies = True
    program, page = train()
    page.settings.start.click()
    qtbot.waitUntil(lambda: bool(backend.runs) and not program.workspace.searching)
    qtbot.waitUntil(lambda: settled(program))
    assert page.settings.state.text().startswith("The search was interrupted: its worker ended")
    assert page.settings.resume.isVisible()
    backend.dies = False
    qtbot.mouseClick(page.settings.resume, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.workspace.training.ended == "time")
    qtbot.waitUntil(lambda: not program.workspace.searching and settled(program))


def test_a_search_that_found_nothing_that_fits_says_so(train, qtbot, backend):
    sentence = "None of 12 models fits: they need at least 9000 bytes of RAM."
    data = {"code": "search.nothing_fits", "sentence": sentence}
    backend.events = [*search_events()[:3], JobEvent(name="job_failed", seconds=4.0, data=data)]
    program, page = train()
    page.settings.start.click()
    qtbot.waitUntil(lambda: sentence in page.settings.state.text())
    qtbot.waitUntil(lambda: not program.workspace.searching and settled(program))


# -- searches of others, and of before


def test_a_search_elsewhere_is_followed(train, qtbot, backend, tmp_path):
    program, page = train()
    stored = backend.stored[program.workspace.path]
    search = Search(
        id=1,
        request=SearchRequest(device_id="nano33ble"),
        dataset_digest="0" * 64,
        state=SearchState.RUNNING,
        job="job",
    )
    stored.searches.append(search)
    stored.running = True
    backend.elsewhere = FakeView(search, search_events())
    program.workspace.refresh()
    qtbot.waitUntil(lambda: len(page.curves._curves) == 2)
    assert "in another window or terminal" in page.settings.state.text()
    assert "2 models trained" in page.settings.state.text()
    assert not page.settings.start.isEnabled()
    stored.running = False
    program.workspace.refresh()
    end = JobEvent(name="job_finished", seconds=90.0, data={"why": "time"})
    backend.elsewhere._events = (end,)
    qtbot.waitUntil(lambda: page.settings.start.isEnabled())


def test_the_last_search_is_drawn_again_after_opening(train, qtbot, backend):
    end = JobEvent(name="job_finished", seconds=90.0, data={"why": "exhausted"})
    backend.past = [*search_events(), end]
    _, page = train(candidates=2)
    qtbot.waitUntil(lambda: len(page.curves._curves) == 2)
    assert page.settings.state.text() == "Every configuration that fits was tried."
    assert page.settings.start.isEnabled()


# -- by keyboard


@pytest.mark.parametrize("view", ["search", "results", "try"])
def test_whatever_tab_reaches_has_a_name(train, qtbot, view: str):
    program, page = train(candidates=2)
    page.show_view(view)
    qtbot.waitUntil(lambda: settled(program))
    reached = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        # A spin box is one thing to a screen reader; its field speaks with the box's name.
        and not isinstance(widget.parent(), QAbstractSpinBox)
    ]
    assert len(reached) > 4  # the tabs are three of them
    for widget in reached:
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        assert widget.accessibleName() or text, type(widget).__name__


# -- what is told


def test_rejections_are_counted_by_what_was_too_large():
    record = TrainingRecord(minutes=1)
    for why in ("ram", "ram", "flash", "memory"):
        record.take(JobEvent(name="rejected", seconds=1.0, data={"why": why}))
    record.take(JobEvent(name="baseline", seconds=1.0, data={"name": "forest", "score": 0.9}))
    assert rejections_sentence(record) == (
        "3 left out before training, so no time was spent on them: 2 need too much memory,"
        " 1 have too large a file. 1 left out: this computer's memory is too small to train them."
        " For comparison, forest, which no small device runs, comes to a score of 0.900."
    )


# -- the leaderboard


def test_what_matters_sorts_the_table(train, qtbot):
    _, page = train(candidates=4)
    model = page.panel.model

    def order() -> list[int]:
        return [model.candidate(row).id for row in range(model.rowCount())]

    qtbot.waitUntil(lambda: page.desk.order != ())
    assert (
        order()[0]
        == max((model.candidate(r) for r in range(4)), key=lambda c: c.validation.accuracy.value).id
    )
    sliders = page.settings.importance.sliders
    sliders["accuracy"].setValue(0)
    sliders["flash"].setFocus()
    for _ in range(10):
        qtbot.keyClick(sliders["flash"], Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: order() == [1, 2, 3, 4])  # their files grow with their number


def test_a_column_sorts_and_the_first_one_leads_back(train, qtbot):
    _, page = train(candidates=4)
    model = page.panel.model
    qtbot.waitUntil(lambda: page.desk.order != ())
    model.sort(3, Qt.SortOrder.DescendingOrder)
    assert [model.candidate(row).id for row in range(4)] == [4, 3, 2, 1]
    model.sort(0)
    assert tuple(model.candidate(row).id for row in range(4)) == page.desk.order


def test_a_model_can_be_dragged_and_used_by_menu(train, qtbot):
    program, page = train(candidates=2)
    model = page.panel.model
    index = model.index(1, 0)
    assert index.flags() & Qt.ItemFlag.ItemIsDragEnabled
    data = model.mimeData([index])
    assert dragged_candidate(data) == model.candidate(1).id
    assert dragged_candidate(QMimeData()) is None
    bad = QMimeData()
    bad.setData(CANDIDATE, b"-1; drop")
    assert dragged_candidate(bad) is None
    fits = [d for d, r in program.workspace.reports.items() if r.verdict is Verdict.FITS]
    actions = page.panel.menu().actions()
    assert len(actions) == len(fits)
    actions[0].trigger()
    assert program.window.current == "device"
    assert program.workspace.device.name == actions[0].text()


def test_the_boards_limit_is_a_line_or_words(train, qtbot):
    _, page = train(candidates=2)
    points = page.points
    models = [candidate(1), of_instant(candidate(2))]
    points.show_candidates(models, 1, {1}, 20 * 1024)
    assert points.limit.isVisible()
    assert points.limit.value() == 20
    symbols = [spot.symbol() for spot in points._points.points()]
    assert symbols == ["o", "t1"]
    points.show_candidates(models, 1, {1}, 900 * 1024)
    assert not points.limit.isVisible()
    assert "limit 900 KiB" in points.getAxis("bottom").labelText
