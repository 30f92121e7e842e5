"""The results of a model and trying it, as a person does, on the stand-in session."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage

from studio.app import Session
from studio.app.explaining import _hidden, _spread
from studio.app.trying import Answerer
from studio.domain.errors import DatasetError, EvaluationError
from studio.domain.judgement import Costs
from studio.domain.preprocessing import FrontEnd, ImagePreprocessing, SignalPreprocessing
from studio.gui.application import Program
from studio.gui.backend import AppBackend
from studio.gui.results.why import picture_of, shaded
from studio.gui.trying.gathering import Gatherer, Lines
from studio.gui.trying.panel import TryPanel
from studio.gui.trying.sources import SerialPort
from tests.app.judged import MODEL, with_amounts

from .conftest import settled
from .fake_backend import CLASSES, candidate, png
from .fake_judging import NO_ANSWERS
from .test_window import drop


@pytest.fixture
def results(opened, qtbot):
    """Open the results of the best of some models."""

    def open_(photos: int = 120, candidates: int = 3):
        program = opened(photos=photos, candidates=candidates)
        program.window.go("train")
        page = program.window.page("train")
        qtbot.mouseClick(page.tabs["results"], Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: settled(program))
        return program, page.mistakes

    return open_


def cell(table, row: int, column: int):
    """Return where a cell is."""
    return table.visualItemRect(table.item(row, column)).center()


# -- results


def test_a_click_on_a_cell_shows_the_samples_behind_it(results, qtbot):
    program, panel = results()
    counts = panel.judgement.evaluation.confusion
    row, column = next(
        (r, c) for r, line in enumerate(counts) for c, n in enumerate(line) if n and r != c
    )
    table = panel.confusion
    place = cell(table, row, column)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: settled(program))
    n = counts[row][column]
    names = panel.judgement.evaluation.classes
    assert panel.behind.text() == f"{names[row]} called {names[column]} ({n})"
    assert panel.strip.count() == n
    assert not panel.strip.item(0).icon().isNull()
    wanted = []
    program.workspace.samples_wanted.connect(lambda ids, what: wanted.append((ids, what)))
    qtbot.mouseClick(panel.open, Qt.MouseButton.LeftButton)
    assert len(wanted[0][0]) == n


def test_the_surest_mistake_comes_first_and_says_why(results, qtbot):
    program, panel = results()
    mistakes = panel.judgement.evaluation.details.mistakes
    assert panel.behind.text().startswith("Worst mistakes first")
    assert panel.strip.item(0).data(Qt.ItemDataRole.UserRole) == mistakes[0].sample_id
    panel.strip.setFocus()
    panel.strip.setCurrentRow(0)
    qtbot.waitUntil(lambda: "Asked 226 times" in panel.why.meaning.text())
    assert "The darker, the more" in panel.why.meaning.text()
    qtbot.waitUntil(lambda: settled(program))


def test_figures_of_a_class_have_their_ranges_in_words(results):
    _, panel = results()
    metrics = panel.judgement.evaluation.per_class
    assert panel.classes.rowCount() == len(metrics)
    missed = metrics[0].samples - round(metrics[0].recall.value * metrics[0].samples)
    text = panel.classes.item(0, 2).text()
    assert text.startswith(f"{missed} of {metrics[0].samples}; the true rate may be up to")
    assert panel.said.text().startswith("Right: about ")


def test_costs_move_the_threshold_at_once(results, qtbot):
    _, panel = results()
    qtbot.waitUntil(lambda: bool(panel.threshold.says.text()))
    before = panel.threshold.says.text()
    panel.threshold.miss.setFocus()
    panel.threshold.miss.setValue(50)
    panel.threshold.alarm.setValue(50)
    qtbot.waitUntil(lambda: panel.threshold.says.text() != before)
    assert "not sure" in panel.threshold.says.text()
    assert panel.threshold.costs.miss == 50
    panel.threshold.quiet.setCurrentIndex(1)
    assert panel.threshold.costs.quiet == "leaf"


def test_what_errors_cost_counts_when_the_model_is_tried(results, qtbot, backend):
    program, panel = results()
    page = program.window.page("train")
    page.show_view("try")
    qtbot.waitUntil(lambda: page.trying._answerer is not None)
    assert backend.asked_costs is None  # nobody said, so it is as in a bundle
    page.show_view("results")
    panel.threshold.miss.setValue(30)
    page.show_view("try")
    qtbot.waitUntil(lambda: backend.asked_costs is not None)
    assert backend.asked_costs.miss == 30


def test_two_models_are_compared_in_words(results, qtbot):
    _, panel = results()
    panel.versus.other.setCurrentIndex(1)
    qtbot.waitUntil(lambda: "(p = " in panel.versus.says.text())
    assert "does better on" in panel.versus.counts.text()


def test_more_data_is_a_job_on_the_shelf(results, qtbot):
    program, panel = results()
    titles = []
    program.workspace.job_started.connect(titles.append)
    qtbot.mouseClick(panel.more.ask, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "samples the error" in panel.more.says.text())
    assert titles == ["Training on parts of the data"]
    assert panel.more.points.text().count("\n") == 2


def test_a_model_without_kept_answers_says_so_and_keeps_its_counts(results, qtbot, backend):
    backend.judging_error = NO_ANSWERS
    _, panel = results()
    assert panel.said.text() == (
        "The answers of candidate #1 on the test side are not kept. Search again."
    )
    assert panel.confusion.rowCount() == 3
    assert panel.classes.rowCount() == 3


def test_another_model_is_judged_when_it_is_chosen(results, qtbot):
    program, panel = results()
    other = program.workspace.view.candidates[-1]
    program.workspace.choose_candidate(other.id)
    qtbot.waitUntil(lambda: panel.judgement is not None and panel.judgement.candidate == other)
    assert panel.title.text() == f"Mistakes of model #{other.id}"


# -- try it


@pytest.fixture
def trying(opened, qtbot):
    """Open the panel with the model ready."""
    program = opened(photos=6, candidates=1)
    program.window.go("train")
    page = program.window.page("train")
    qtbot.mouseClick(page.tabs["try"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: settled(program) and page.trying._answerer is not None)
    return page.trying


def test_a_dropped_file_is_answered(trying: TryPanel, qtbot, tmp_path: Path):
    file = tmp_path / "rust.png"
    file.write_bytes(png(3))
    drop(trying, [file])
    qtbot.waitUntil(lambda: trying.said.text() == "rust")
    assert "Below 60 %" in trying.detail.text()
    assert "rust 90 %" in trying.bars.accessibleName()
    other = tmp_path / "stranger.png"
    other.write_bytes(png(4))
    drop(trying, [other])
    qtbot.waitUntil(lambda: trying.said.text() == "not sure")


def test_a_picture_is_pasted(trying: TryPanel, qtbot):
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.green)
    data = QMimeData()
    data.setImageData(image)
    QGuiApplication.clipboard().setMimeData(data)
    trying.window().activateWindow()
    trying.file.setFocus()
    qtbot.waitUntil(trying.file.hasFocus)
    qtbot.keyClick(trying.file, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: trying.said.text() == "leaf")
    empty = QMimeData()
    empty.setUrls([QUrl("https://example.org/leaf.png")])
    QGuiApplication.clipboard().setMimeData(empty)
    trying.paste_picture()
    assert trying.told.text() == "There is no picture or file to paste."


def test_a_file_that_is_too_large_says_so_and_the_panel_goes_on(trying, qtbot, tmp_path: Path):
    big = tmp_path / "big.png"
    big.write_bytes(bytes(2 << 20))
    drop(trying, [big])
    qtbot.waitUntil(lambda: "larger than 1 MB" in trying.detail.text())
    small = tmp_path / "mite.png"
    small.write_bytes(png(5))
    drop(trying, [small])
    qtbot.waitUntil(lambda: trying.said.text() == "mite")


def test_without_a_camera_it_says_so(trying, qtbot):
    from PySide6.QtMultimedia import QMediaDevices

    if QMediaDevices.videoInputs():
        pytest.skip("this machine has a camera")
    qtbot.mouseClick(trying.camera, Qt.MouseButton.LeftButton)
    assert trying.told.text() == "No camera is connected. Drop a picture instead."


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_a_serial_port_is_read_and_unplugged(qtbot, qapp):
    board, port = os.openpty()
    source = SerialPort(os.ttyname(port), 115_200, 2, 4, qapp)
    came, told, ended = [], [], []
    source.came.connect(came.append)
    source.told.connect(told.append)
    source.ended.connect(ended.append)
    source.start()
    assert told[0].endswith("4 more lines until the first answer.")
    os.write(board, b"booting\n1,2\n3,4\n5;6\n7 8\n")
    qtbot.waitUntil(lambda: bool(came))
    assert came[0].tolist() == [[1, 2], [3, 4], [5, 6], [7, 8]]
    assert told[-1].endswith("1 lines were no numbers.")
    os.close(port)
    os.close(board)
    qtbot.waitUntil(lambda: bool(ended))
    assert ended[0].endswith("is gone: was it unplugged? Plug it in and start again.")
    source.close()


def test_a_serial_port_that_is_not_there_says_so(qapp):
    source = SerialPort("/dev/nothing-here", 115_200, 1, 4, qapp)
    ended = []
    source.ended.connect(ended.append)
    source.start()
    assert ended[0].startswith("/dev/nothing-here cannot be opened")


# -- the model itself


def answerer(threshold: float) -> Answerer:
    """Return a real int8 model of three classes and 8 x 8 grey pixels."""
    how = ImagePreprocessing(width=8, height=8, channels=1)
    model = replace(candidate(1), preprocessing=how)
    return Answerer(model, MODEL, threshold, {})


def test_the_int8_model_itself_answers_a_picture(tmp_path: Path):
    file = tmp_path / "a.png"
    file.write_bytes(png(1))
    found = answerer(0.0).of_file(file)
    assert found.said in CLASSES
    assert found.seen.shape == (8, 8, 1)
    assert sum(found.shares) == pytest.approx(1, abs=0.02)
    assert answerer(2.0).of_file(file).said == ""


@pytest.mark.parametrize("content", [b"", b"no picture", png(1)[:80]])
def test_a_broken_file_is_refused_in_a_sentence(tmp_path: Path, content: bytes):
    file = tmp_path / "broken.png"
    file.write_bytes(content)
    with pytest.raises(DatasetError) as refused:
        answerer(0.5).of_file(file)
    assert refused.value.code == "dataset.unreadable"
    assert refused.value.remedy == "Try another one."


def test_a_picture_of_300_megabytes_is_not_even_read(tmp_path: Path):
    file = tmp_path / "huge.png"
    with file.open("wb") as made:
        made.truncate(300_000_000)
    with pytest.raises(DatasetError) as refused:
        answerer(0.5).of_file(file)
    assert refused.value.code == "trying.too_large"


def test_a_signal_that_is_too_short_is_refused():
    how = SignalPreprocessing(
        channels=("x",),
        rate_hz=50.0,
        keep_every=2,
        window=8,
        stride=4,
        front_end=FrontEnd.RAW,
        low=(-1.0,),
        high=(1.0,),
    )
    model = answerer(0.5)
    model.how = how
    assert model.needed == 16
    with pytest.raises(DatasetError) as refused:
        model.of_values(np.zeros((15, 1), np.float32))
    assert refused.value.code == "trying.too_short"


# -- properties


@given(st.integers(2, 40), st.integers(1, 40), st.sampled_from((2, 4, 8, 16)))
def test_every_place_of_an_input_is_hidden_at_least_once(high: int, wide: int, parts: int):
    masks = _hidden(np.zeros((high, wide, 1), np.uint8), parts)
    assert np.any(masks, axis=0).all()
    spread = _spread(masks, np.ones(len(masks)))
    assert np.allclose(spread, 1)


@given(st.lists(st.integers(1, 30), min_size=1, max_size=20), st.integers(1, 16))
def test_what_is_gathered_is_always_the_newest(sizes: list[int], needed: int):
    gatherer = Gatherer(1, needed, max(1, needed // 2))
    count = 0
    for size in sizes:
        values = np.arange(count, count + size, dtype=np.float32)[:, None]
        count += size
        window = gatherer.add(values)
        if window is not None:
            assert window[:, 0].tolist() == list(range(count - needed, count))


@given(st.binary(max_size=400), st.integers(1, 5))
def test_any_bytes_from_a_port_are_rows_or_skipped(content: bytes, channels: int):
    lines = Lines(channels)
    whole = lines.add(content + b"\n")
    again = Lines(channels)
    parts = [again.add((content + b"\n")[i : i + 7]) for i in range(0, len(content) + 1, 7)]
    assert whole.shape[1] == channels
    assert np.array_equal(np.concatenate([*parts, np.empty((0, channels))]), whole)


def test_a_shaded_picture_is_darkest_where_it_matters_most():
    seen = np.full((8, 8, 3), 200, np.uint8)
    drops = np.zeros((8, 8), np.float32)
    drops[2, 5] = 0.4
    dark = shaded(seen, drops)
    assert dark.pixelColor(5, 2).lightness() < dark.pixelColor(0, 0).lightness()
    assert picture_of(seen[..., :1]).size() == dark.size()


# -- amounts, on a real project


@pytest.fixture
def weights(qapp, settings, qtbot, tmp_path: Path):
    """Open a real project of rows with a model of weights, which is off by 2 each time."""
    path = tmp_path / "weights.automl"
    with_amounts(path, [float(n) for n in range(60)])
    program = Program(qapp, AppBackend(), settings)
    program.show()
    program.open(path)
    qtbot.waitUntil(lambda: program.workspace is not None and settled(program))
    yield program
    program.end()
    program.window.close()
    program.window.deleteLater()
    program.deleteLater()


def test_amounts_are_drawn_told_against_true(weights: Program, qtbot, monkeypatch):
    # A real one would take 700 MB for what nobody starts here.
    monkeypatch.setattr("studio.app.outlook.Outlook.prepare", lambda: None)
    weights.window.go("train")
    page = weights.window.page("train")
    assert "rows or more" not in page.settings.state.text()
    page.show_view("results")
    panel = page.mistakes
    qtbot.waitUntil(lambda: panel.judgement is not None and settled(weights))
    assert not panel.confusion.isVisible()
    assert not panel.threshold.isVisible()
    told, true = panel.amounts._points.getData()[::-1]
    assert np.allclose(np.abs(told - true), 2, atol=1e-4)
    assert panel.said.text().startswith("Off on average: about 2; between")
    assert "of new amounts lie within" in panel.said.text()
    panel.amounts.sample_chosen.emit(0)
    qtbot.waitUntil(lambda: panel.behind.text() == "The chosen point (1)")
    page.show_view("try")
    qtbot.waitUntil(lambda: "size" in page.trying.row.fields)
    assert page.trying.row.isVisible()
    page.trying.row.fields["size"].setText("not a number")
    assert page.trying.row.cells == {"size": None}


def test_of_a_row_there_are_no_parts_to_hide(tmp_path: Path):
    with_amounts(tmp_path / "weights.automl", [float(n) for n in range(60)])
    with Session.open(tmp_path / "weights.automl") as session:
        with pytest.raises(EvaluationError) as refused:
            session.judging.explaining.occlusion(None, 1)
        with pytest.raises(EvaluationError) as of_classes:
            session.judging.unsure(None, Costs(miss=1, false_alarm=1, not_sure=1))
        assert len(session.judging.amounts().truth) == 20
    assert refused.value.code == "explaining.not_here"
    assert of_classes.value.code == "evaluation.not_classes"
