"""Each place as a person uses it, on the stand-in session."""

from __future__ import annotations

import threading

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from .conftest import settled
from .fake_backend import png


def select(grid, rows: list[int]) -> None:
    """Select rows of the grid."""
    grid.clearSelection()
    model = grid.selectionModel()
    for row in rows:
        model.select(grid.samples.index(row), model.SelectionFlag.Select)


# -- Data


def test_import_can_be_cancelled_and_keeps_what_was_taken(opened, qtbot, tmp_path, backend):
    program = opened(photos=1)
    folder = tmp_path / "more"
    folder.mkdir()
    for i in range(20):
        (folder / f"{i}.png").write_bytes(png(500 + i, 40))
    backend.import_gate = threading.Event()
    program.window.page("data").import_paths([folder])
    qtbot.waitUntil(lambda: program.workspace.job is not None)
    assert not program.window.page("data").drop.isEnabled()
    program.workspace.cancel_job()
    backend.import_gate.set()
    qtbot.waitUntil(lambda: settled(program) and program.workspace.job is None)
    assert 1 <= program.workspace.view.overview.samples <= 2


def test_a_folder_without_photos_is_one_sentence(opened, qtbot, tmp_path):
    program = opened()
    (tmp_path / "nothing").mkdir()
    data = program.window.page("data")
    data.check_paths([tmp_path / "nothing"])
    qtbot.waitUntil(lambda: data.check.error is not None)
    assert data.panel.title.text() == "No pictures were found in nothing."
    assert not data.panel.accept.isEnabled()
    data.panel.cancel.click()
    assert not data.check.active


def test_thumbnails_come_when_they_are_looked_at(opened, qtbot):
    program = opened(photos=600)
    grid = program.window.page("data").grid
    qtbot.waitUntil(lambda: grid.samples.rowCount() == 600)
    qtbot.waitUntil(lambda: grid.samples.data(grid.samples.index(0), 1) is not None)
    assert 599 // 200 not in grid.samples._pages
    grid.scrollToBottom()
    qtbot.waitUntil(lambda: grid.samples.sample(599) is not None)
    index = grid.samples.index(599)
    qtbot.waitUntil(lambda: grid.samples.data(index, Qt.ItemDataRole.DecorationRole) is not None)


def test_the_sample_project_fills_the_page(program, qtbot):
    start = program.window.page("start")
    start.samples["digits"].findChild(QPushButton).click()
    qtbot.waitUntil(lambda: program.workspace is not None and settled(program))
    qtbot.waitUntil(lambda: program.workspace.view.overview.samples == 6)


# -- Label


def test_a_number_key_labels_what_is_selected(opened, qtbot):
    program = opened(photos=30)
    program.window.go("label")
    page = program.window.page("label")
    page.filter.setCurrentRow(1)
    unlabelled = program.workspace.view.overview.unlabelled
    qtbot.waitUntil(lambda: page.model.rowCount() == unlabelled)
    qtbot.waitUntil(lambda: settled(program))
    page.grid.setFocus()
    select(page.grid, [0, 1])
    qtbot.waitUntil(page.grid.hasFocus)
    qtbot.keyClick(page.grid, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: page.model.rowCount() == unlabelled - 2)
    qtbot.waitUntil(lambda: settled(program))
    assert f"{unlabelled - 2} ○" in program.window.rail.buttons["label"].text()
    rust = next(c for c in program.workspace.view.classes if c.name == "rust")
    assert f"rust: {rust.samples}   [2]" in page.filter.item(3).text()
    assert page.grid.currentIndex().row() == 0


def test_a_new_class_in_korean_is_typed_and_set(opened, qtbot):
    program = opened(photos=10)
    program.window.go("label")
    page = program.window.page("label")
    qtbot.waitUntil(lambda: page.model.rowCount() == 10 and settled(program))
    select(page.grid, [3])
    page.choice.lineEdit().setText("곰팡이")
    qtbot.keyClick(page.choice.lineEdit(), Qt.Key.Key_Return)
    names = lambda: [c.name for c in program.workspace.view.classes]  # noqa: E731
    qtbot.waitUntil(lambda: "곰팡이" in names())
    shown = lambda: getattr(page.model.sample(3), "class_name", None)  # noqa: E731
    qtbot.waitUntil(lambda: shown() == "곰팡이")


def test_backspace_takes_the_class_away(opened, qtbot):
    program = opened(photos=10)
    program.window.go("label")
    page = program.window.page("label")
    qtbot.waitUntil(lambda: page.model.rowCount() == 10 and settled(program))
    before = program.workspace.view.overview.unlabelled
    page.grid.setFocus()
    select(page.grid, [1])
    qtbot.waitUntil(page.grid.hasFocus)
    qtbot.keyClick(page.grid, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: program.workspace.view.overview.unlabelled == before + 1)


# -- Train


def test_a_search_draws_curves_and_fills_the_table(opened, qtbot):
    program = opened()
    program.window.go("train")
    page = program.window.page("train")
    qtbot.waitUntil(lambda: page.settings.start.isEnabled())
    page.settings.start.click()
    qtbot.waitUntil(lambda: program.workspace.training.ended == "time", timeout=15_000)
    qtbot.waitUntil(lambda: not program.workspace.searching and settled(program))
    assert sorted(program.workspace.training.curves) == [0, 1]
    assert len(page.curves._curves) == 2
    assert page.panel.model.rowCount() == 2
    assert page.settings.state.text() == "The time is used up."
    assert page.explained.text().startswith("1 left out before training")
    assert program.window.rail.buttons["train"].text() == "Train\n97.5 %"


def test_stop_keeps_the_best(opened, qtbot, backend):
    backend.endless = True
    program = opened()
    program.window.go("train")
    page = program.window.page("train")
    qtbot.waitUntil(lambda: page.settings.start.isEnabled())
    page.settings.start.click()
    qtbot.waitUntil(lambda: program.workspace.training.finished == 2, timeout=15_000)
    page.settings.stop.click()
    assert not page.settings.cancel.isEnabled()
    qtbot.waitUntil(lambda: not program.workspace.searching and settled(program))
    assert page.settings.state.text() == "Stopped; the best model was kept."
    assert len(program.workspace.view.candidates) == 2


def test_a_search_without_two_classes_is_not_offered(opened):
    program = opened(photos=0)
    page = program.window.page("train")
    assert not page.settings.start.isEnabled()
    assert "at least two classes" in page.settings.state.text()


def test_choosing_a_row_changes_confusion_device_and_export(opened, qtbot):
    program = opened(candidates=3)
    page = program.window.page("train")
    page.panel.table.selectRow(2)
    chosen = page.panel.model.candidate(2)
    assert program.workspace.candidate.id == chosen.id
    assert page.mistakes.title.text() == f"Mistakes of model #{chosen.id}"
    qtbot.waitUntil(lambda: settled(program))
    assert f"#{chosen.id}" in program.window.page("export").sentence.text()
    assert f"#{chosen.id}" in program.window.page("device").about.text()


def test_the_confusion_matrix_counts_what_the_evaluation_counts(opened):
    program = opened(candidates=1)
    table = program.window.page("train").mistakes.confusion
    counts = program.workspace.candidate.test.confusion
    for row, line in enumerate(counts):
        for column, n in enumerate(line):
            assert table.item(row, column).text() == (str(n) if n else "·")


# -- Export


def test_a_device_that_is_too_small_is_not_exported_to(opened):
    program = opened(candidates=1)
    program.workspace.choose_device("uno")
    page = program.window.page("export")
    assert not page.export.isEnabled()
    assert "needs 15.8 KiB of 2.0 KiB RAM" in page.advice.text()
