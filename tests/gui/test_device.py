"""The page Device as a person uses it, on the stand-in session."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import shiboken6
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
)
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QPushButton, QWidget

from studio.app import DeviceFilter, device_catalogue
from studio.domain.device import FEATURES, DeviceKind
from studio.domain.report import Verdict
from studio.gui import words
from studio.gui.fitting.chips import BoardFilter
from studio.gui.fitting.page import DevicePage
from studio.gui.fitting.trying import Standing
from studio.gui.mime import candidate_data, device_data

from .conftest import settled
from .fake_backend import KB, _device
from .test_accessibility import controls

NO_BUTTON, LEFT = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def device(opened, qtbot, backend):
    """Return program and page; a tight board fits model #1 and not #6."""
    tight = _device("tight", "Tight Board", "Cortex-M4F", 18 * KB, 512 * KB, True)
    backend.catalogue = {**backend.catalogue, "tight": tight}

    def build(**filled: int):
        program = opened(**{"candidates": 6, **filled})
        program.window.go("device")
        page: DevicePage = program.window.page("device")
        qtbot.waitUntil(lambda: settled(program))
        return program, page

    return build


def shown(page: DevicePage) -> list[str]:
    return [page.sieve.device(row).id for row in range(page.sieve.rowCount())]


def texts(widget: QWidget) -> list[str]:
    QApplication.processEvents()
    return [each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget)]


def drop(widget: QWidget, place: QPoint, data: QMimeData) -> bool:
    """Drag something over a place and let it fall there; return whether it was taken."""
    at, copy = QPointF(place), Qt.DropAction.CopyAction
    enter = QDragEnterEvent(place, copy, data, LEFT, NONE)
    QApplication.sendEvent(widget, enter)
    QApplication.sendEvent(widget, QDragMoveEvent(place, copy, data, LEFT, NONE))
    fall = QDropEvent(at, copy, data, NO_BUTTON, NONE)
    QApplication.sendEvent(widget, fall)
    return enter.isAccepted() and fall.isAccepted()


def pressed(widget: QWidget, text: str) -> QPushButton:
    """Press the button that says something."""
    QApplication.processEvents()  # what was just laid out is shown
    [found] = [b for b in widget.findChildren(QPushButton) if b.text() == text and b.isVisible()]
    found.click()
    return found


def action(menu: QMenu, *path: str) -> QAction:
    """Return an action of a menu by its words."""
    [found] = [each for each in menu.actions() if each.text() == path[0]]
    return action(found.menu(), *path[1:]) if path[1:] else found


# -- looking for a board


def test_boards_are_found_by_words_and_verdict(device):
    program, page = device(candidates=1)
    assert len(shown(page)) == 6
    page.filters.search.setText("cortex-m4 st")
    assert shown(page) == ["nucleo-f446re"]
    page.filters.search.clear()
    action(page.filters.menu(), "Verdict", "does not fit").trigger()
    assert shown(page) == ["uno"]
    pressed(page.filters, "does not fit")
    assert len(shown(page)) == 6
    page.filters.fits.click()
    assert len(shown(page)) == 4
    assert program.window.rail.buttons["device"].text() == "Device\n4/6"


def test_a_filter_that_nothing_passes_teaches_the_way_back(device):
    _, page = device()
    page.filters.search.setText("no board is called so")
    assert page.nothing.isVisible()
    pressed(page.nothing, "Show all boards")
    assert page.cards.isVisible()
    assert page.filters.search.text() == ""


CATALOGUE = device_catalogue()
FILTERS = st.builds(
    DeviceFilter,
    text=st.sampled_from(["", "nano", "st m4", "Raspberry"]),
    vendor=st.sampled_from(["", *{each.vendor for each in CATALOGUE.values()}]),
    core=st.sampled_from(["", "Cortex-M4F", "m0+", "Cortex-A53"]),
    kind=st.sampled_from([None, *DeviceKind]),
    features=st.frozensets(st.sampled_from(FEATURES)),
    accelerated=st.sampled_from([None, True, False]),
    own=st.sampled_from([None, None, True, False]),
)


def test_filters_compose_as_the_catalogue_has_them(opened, qtbot, backend):
    backend.catalogue = CATALOGUE
    program = opened(candidates=1)
    page = program.window.page("device")
    qtbot.waitUntil(lambda: settled(program))

    @examples(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(wanted=FILTERS, verdict=st.sampled_from([None, Verdict.FITS, Verdict.DOES_NOT_FIT]))
    def compose(wanted: DeviceFilter, verdict: Verdict | None) -> None:
        page.filters.set(BoardFilter(wanted=wanted, verdict=verdict))
        found = {each.id for each in wanted.among(CATALOGUE.values())}
        reports = program.workspace.reports
        right = {id for id in found if verdict is None or reports[id].verdict is verdict}
        assert set(shown(page)) == right
        # Each condition that holds can be taken back one by one.
        for _, without in page.filters.texts():
            assert without != page.filters.filter

    compose()


def test_the_smallest_that_fits_comes_first_or_the_first_by_name(device):
    _, page = device(candidates=1)
    assert shown(page)[:2] == ["tight", "nucleo-f446re"]
    assert shown(page)[-1] == "uno"
    page.filters.order.setCurrentIndex(1)
    names = [page.sieve.device(row).name for row in range(6)]
    assert names == sorted(names, key=str.casefold)


def test_verdicts_come_in_while_the_window_goes_on(opened, qtbot, backend):
    backend.matrix_gate.clear()
    program = opened(candidates=6)
    program.window.go("device")
    page = program.window.page("device")
    page.show_view("matrix")
    cells = page.matrix.cells
    place = cells.place_of(6, "pico")
    assert cells.data(place) == "…"
    page.choose("pico")
    assert program.workspace.device.id == "pico"
    assert any(report.verdict is Verdict.FITS for report in program.workspace.reports.values())
    backend.matrix_gate.set()
    qtbot.waitUntil(lambda: settled(program))
    assert cells.data(place).endswith(" %")
    assert "fits" in cells.data(place, Qt.ItemDataRole.ToolTipRole)


# -- this board


def test_every_memory_line_of_the_report_stands_there_with_its_kind(device):
    program, page = device(candidates=1)
    report = program.workspace.reports[program.workspace.device.id]
    found = {each.text(): each.toolTip() for each in page.panel.findChildren(QLabel)}
    for line in report.memory:
        text = words.figure_text(line.figure)
        assert text in found
        assert words.kind_word(line.figure.kind) in found[text]
    assert report.summary.text() in found


def test_the_engineer_finds_operators_runtimes_and_sources_below(device):
    _, page = device(candidates=1)
    assert "CONV_2D" not in texts(page.panel)
    page.panel.details.click()
    told = texts(page.panel)
    assert "CONV_2D" in told
    assert "Where each one runs is not known." in told
    assert "RAM: data sheet; board support package" in told
    assert any(text.startswith("tflite_micro: fits") for text in told)
    assert "tensor arena: measured: TensorFlow Lite Micro interpreter" in told


def test_arrows_move_and_enter_chooses(device, qtbot):
    program, page = device(candidates=1)
    page.cards.setFocus()
    page.cards.setCurrentIndex(page.sieve.index(0, 0))
    before = program.workspace.device.id
    qtbot.keyClick(page.cards, Qt.Key.Key_Right)
    assert program.workspace.device.id == before
    second = page.sieve.device(page.cards.currentIndex().row()).id
    qtbot.keyClick(page.cards, Qt.Key.Key_Return)
    assert program.workspace.device.id == second
    assert page.desk.recent[0].id == second
    assert any(b.text() == page.desk.recent[0].name for b in page.findChildren(QPushButton))


def test_tab_reaches_every_control_of_every_view(device):
    program, page = device(candidates=2)
    for begin in (page.begin_own, *(partial(page.show_view, view) for view in page.tabs)):
        begin()
        QApplication.processEvents()
        seen, widget = {program.window}, program.window.nextInFocusChain()
        while widget is not program.window:
            seen.add(widget)
            widget = widget.nextInFocusChain()
        wanted = {w for w in controls(page) if w.isVisibleTo(program.window) and w.isEnabled()}
        assert wanted <= seen
        spoken = {w: w.accessibleName() or w.parent().accessibleName() for w in wanted}
        assert all(spoken.values()), [w for w, name in spoken.items() if not name]


def test_answers_that_come_after_the_page_was_built_anew_do_no_harm(opened, qtbot, backend):
    backend.matrix_gate.clear()
    program = opened(candidates=6)
    program.window.go("device")
    page = program.window.page("device")
    page.desk.check_again(["pico", "uno"])
    page.show_view("shop")
    page.shop.look.click()
    page._on_pair(6, "uno")
    page.begin_own()
    page.form.name.setText("Late")
    page.form.core.setEditText("Cortex-M4F")
    page.form.save.click()
    page.remedy.measure.click()
    gone = page.desk
    program.settings["language"] = "ko"  # the window is built anew
    qtbot.waitUntil(lambda: not shiboken6.isValid(gone))
    backend.matrix_gate.set()
    qtbot.waitUntil(lambda: settled(program) and "late" in program.workspace.devices)
    program.window.go("device")
    qtbot.waitUntil(lambda: settled(program))
    assert program.window.page("device").desk.cell("late", 6) is not None


def test_measuring_is_long_work_and_says_what_came_of_it(device, qtbot):
    program, page = device(candidates=1)
    page.remedy.measure.click()
    assert program.workspace.job is not None
    assert not page.remedy.measure.isEnabled()
    qtbot.waitUntil(lambda: program.workspace.job is None and settled(program))
    # The stand-in has no compiler.
    assert page.remedy.told.text().startswith("Nothing new was measured")
    assert page.remedy.measure.isEnabled()


# -- pairs


def test_a_model_falls_on_a_card_and_the_pair_is_chosen(device, qtbot):
    program, page = device()
    row = shown(page).index("pico")
    index = page.sieve.index(row, 0)
    page.cards.scrollTo(index)
    place = page.cards.visualRect(index).center()
    assert drop(page.cards.viewport(), place, candidate_data(3))
    assert (program.workspace.candidate.id, program.workspace.device.id) == (3, "pico")
    qtbot.waitUntil(lambda: settled(program))
    assert program.workspace.reports_for == 3
    assert not drop(page.cards.viewport(), place, QMimeData())
    drop(page.cards.viewport(), place, candidate_data(99))  # of another project
    assert program.workspace.candidate.id == 3


def test_a_card_falls_on_a_model(device, qtbot):
    program, page = device()
    rows = page.models.candidates
    place = page.models.visualRect(rows.index(rows.row_of(2))).center()
    dragged = page.sieve.mimeData([page.sieve.index(shown(page).index("pico"), 0)])
    assert drop(page.models.viewport(), place, dragged)
    assert (program.workspace.candidate.id, program.workspace.device.id) == (2, "pico")
    assert not drop(page.models.viewport(), place, candidate_data(1))
    drop(page.models.viewport(), place, device_data("no such"))
    assert program.workspace.device.id == "pico"
    qtbot.waitUntil(lambda: settled(program))


def test_the_menus_do_what_drags_do(device, qtbot, monkeypatch):
    program, page = device()
    action(
        page.board_menu(program.workspace.devices["pico"]), "Check a model on it", "#4"
    ).trigger()
    assert (program.workspace.candidate.id, program.workspace.device.id) == (4, "pico")
    action(page.model_menu(5), "Check it on a board", "Tight Board").trigger()
    assert (program.workspace.candidate.id, program.workspace.device.id) == (5, "tight")
    wanted: list[str] = []
    page.cards.menu_wanted.disconnect()
    page.cards.menu_wanted.connect(lambda id, where: wanted.append(id))
    page.cards.setCurrentIndex(page.sieve.index(2, 0))
    by_key = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    QApplication.sendEvent(page.cards.viewport(), by_key)
    assert wanted == [shown(page)[2]]
    qtbot.waitUntil(lambda: settled(program))


def test_a_click_in_the_matrix_chooses_the_pair(device, qtbot):
    program, page = device()
    page.tabs["matrix"].click()
    place = page.matrix.cells.place_of(6, "tight")
    page.matrix.scrollTo(place)
    at = page.matrix.visualRect(place).center()
    qtbot.mouseClick(page.matrix.viewport(), LEFT, pos=at)
    assert (program.workspace.candidate.id, program.workspace.device.id) == (6, "tight")
    cells = page.matrix.cells
    assert "does not fit" in cells.data(place, Qt.ItemDataRole.ToolTipRole)
    page.filters.search.setText("pico")
    assert cells.rowCount() == 1
    qtbot.waitUntil(lambda: settled(program))


# -- what would fit


def chosen(program, page, qtbot, candidate: int, board: str) -> None:
    page._on_pair(candidate, board)
    known = (Standing.FOUND, Standing.NOTHING)
    qtbot.waitUntil(lambda: settled(program) and page.remedy.tries.now is not None)
    qtbot.waitUntil(lambda: page.remedy.tries.now.standing in known)


def test_another_model_that_fits_is_one_click_away(device, qtbot):
    program, page = device()
    chosen(program, page, qtbot, 6, "tight")
    assert page.remedy.tries.now.standing is Standing.FOUND
    other = page.remedy.tries.now.advice.change.candidate_id
    assert f"Model #{other} fits the Tight Board in its place." in texts(page.remedy)
    assert "fits with a change" in texts(page.remedy)
    pressed(page.remedy, f"Use model #{other} instead")
    assert program.workspace.candidate.id == other
    qtbot.waitUntil(lambda: settled(program))
    assert "What would fit" not in texts(page.remedy)


def test_further_tries_are_long_work_that_can_be_cancelled(device, qtbot, backend):
    program, page = device()
    chosen(program, page, qtbot, 6, "uno")
    assert "Nothing that was tried surely fits the Arduino Uno R3." in texts(page.remedy)
    backend.advice_gate.clear()
    pressed(page.remedy, "Try further: make it smaller")
    assert page.remedy.tries.now.standing is Standing.FURTHER
    program.workspace.cancel_job()
    backend.advice_gate.set()
    qtbot.waitUntil(lambda: page.remedy.tries.now.standing is Standing.CANCELLED)
    assert any(text.startswith("Cancelled.") for text in texts(page.remedy))
    pressed(page.remedy, "Try further: make it smaller")
    qtbot.waitUntil(lambda: page.remedy.tries.now.standing is Standing.NOTHING)
    assert not page.remedy.tries.now.can_go_on
    assert any(text.startswith("came to nothing:") for text in texts(page.remedy))


def test_a_smaller_file_that_fits_can_be_kept(device, qtbot, backend, monkeypatch, tmp_path):
    backend.pruned_fits = True
    program, page = device()
    chosen(program, page, qtbot, 6, "uno")
    pressed(page.remedy, "Try further: make it smaller")
    qtbot.waitUntil(lambda: page.remedy.tries.now.standing is Standing.FOUND)
    asked: list[tuple[int, str, Path]] = []
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *a, **k: str(tmp_path))
    monkeypatch.setattr(page.remedy.tries, "convert", lambda *given: asked.append(given))
    pressed(page.remedy, "Convert and save…")
    assert asked == [(6, "int8-pruned-tflite", tmp_path)]


def test_a_search_for_the_board_is_one_click_away(device, qtbot, backend):
    backend.endless = True
    program, page = device()
    chosen(program, page, qtbot, 6, "uno")
    pressed(page.remedy, "Search for a smaller model")
    assert program.window.current == "train"
    qtbot.waitUntil(lambda: bool(backend.runs))
    assert backend.runs[0].search.request.device_id == "uno"
    program.workspace.cancel_search()
    qtbot.waitUntil(lambda: not program.workspace.searching and settled(program))


# -- what to buy


def test_wishes_lead_to_boards_and_a_click_chooses_one(device, qtbot):
    program, page = device()
    page.tabs["shop"].click()
    page.shop.accuracy.setValue(80.0)
    page.shop.look.click()
    qtbot.waitUntil(lambda: page.shop.state.text() == "4 boards suit.")
    offers = [b for b in page.shop.findChildren(QPushButton) if "Tight Board" in b.text()]
    assert [offer.text().split(" · ")[1] for offer in offers] == ["18.0 KiB RAM"]
    offers[0].click()
    assert program.workspace.device.id == "tight"
    page.shop.accuracy.setValue(100.0)
    page.shop.look.click()
    qtbot.waitUntil(lambda: page.shop.state.text() == "No board surely meets every wish.")
    told = texts(page.shop)
    assert "These come nearest" in told
    assert any("Without the wish for accuracy 4 boards would do." in text for text in told)
    qtbot.waitUntil(lambda: settled(program))


# -- a board of one's own


def test_a_wrong_size_is_said_at_its_field_then_the_board_is_there(device, qtbot):
    program, page = device()
    page.add.click()
    form = page.form
    form.name.setText("<b>Logger</b>")
    form.core.setEditText("m4f")
    form.ram.setText("lots")
    form.save.click()
    qtbot.waitUntil(lambda: form.wrong["ram_bytes"].isVisible())
    assert form.wrong["ram_bytes"].text() == (
        "Write a size as 96K or 1M, or as a whole number of bytes."
    )
    assert form.ram.hasFocus()
    form.ram.setText("96K")
    form.save.click()
    qtbot.waitUntil(lambda: settled(program) and program.workspace.device.name == "<b>Logger</b>")
    assert page.right.currentWidget() is page.panel
    assert "said by you" in texts(page.panel)
    qtbot.waitUntil(lambda: program.workspace.device.id in program.workspace.reports)
    page.filters.own.click()
    assert shown(page) == [program.workspace.device.id]


def test_an_own_board_is_changed_removed_and_brought_back(device, qtbot):
    program, page = device()
    page.begin_own()
    page.form.name.setText("Logger")
    page.form.core.setEditText("Cortex-M4F")
    page.form.ram.setText("20480")
    page.form.save.click()
    qtbot.waitUntil(lambda: settled(program) and "logger" in program.workspace.devices)
    mine = program.workspace.devices["logger"]
    action(page.board_menu(mine), "Change…").trigger()
    qtbot.waitUntil(lambda: page.form.isVisible() and page.form.ram.text() == "20480")
    page.form.ram.setText("1M")
    page.form.save.click()
    qtbot.waitUntil(lambda: program.workspace.devices["logger"].ram_bytes.value == 1 << 20)
    qtbot.waitUntil(lambda: settled(program))
    action(page.board_menu(program.workspace.devices["logger"]), "Remove").trigger()
    qtbot.waitUntil(lambda: "logger" not in program.workspace.devices)
    assert page.gone.text() == "Logger was removed."
    page.undo.click()
    qtbot.waitUntil(lambda: "logger" in program.workspace.devices and settled(program))


def test_a_device_file_falls_on_the_page(device, qtbot, tmp_path):
    program, page = device()
    file = tmp_path / "bench.toml"
    file.write_text('name = "Bench"\ncore = "Cortex-M0+"\nram_bytes = "8K"\n')
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    assert drop(page, QPoint(9, 9), data)
    qtbot.waitUntil(lambda: "bench" in program.workspace.devices and settled(program))
    assert program.workspace.device.id == "bench"
    file.write_text("name = [")
    assert drop(page, QPoint(9, 9), data)
    qtbot.waitUntil(lambda: page.form.other.isVisible())
    assert "bench.toml is not TOML" in page.form.other.text()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "photo.png"))])
    photo = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, LEFT, NONE)
    page.dragEnterEvent(photo)
    assert not photo.isAccepted()  # it is for the window
    qtbot.waitUntil(lambda: settled(program))


def test_a_page_without_models_still_shows_the_boards(device, qtbot):
    _, page = device(candidates=0)
    assert len(shown(page)) == 6
    assert page.about.text().startswith("No model yet.")
    assert not page.tabs["matrix"].isEnabled()
    assert not page.models.isVisible()
    other = replace(page.filters.filter, verdict=Verdict.FITS)
    page.filters.set(other)
    assert page.nothing.isVisible()
