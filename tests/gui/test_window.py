"""The window as a person meets it: start, places, keys, language, theme, errors, the end."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication

from studio.gui.main_window import places

from .conftest import settled
from .fake_backend import png


def drop(widget, paths: list[Path]) -> None:
    """Drop files on a widget as the desktop does."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(QPoint(5, 5)),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    widget.dropEvent(event)


def photo_folder(root: Path, classes: dict[str, int]) -> Path:
    """Write a folder of small photos per class."""
    for number, (name, photos) in enumerate(classes.items()):
        (root / name).mkdir(parents=True)
        for i in range(photos):
            (root / name / f"{i}.png").write_bytes(png(100 * number + i, 40))
    return root


def test_the_five_places_are_always_there(program):
    assert [place.id for place in places()] == ["data", "label", "train", "device", "export"]
    assert set(program.window.rail.buttons) >= {place.id for place in places()}


def test_dropping_a_folder_on_the_window_starts_a_project(program, qtbot, tmp_path):
    folder = photo_folder(tmp_path / "beans", {"good": 3, "bad": 2})
    (folder / "bad" / "broken.png").write_bytes(b"no picture")
    drop(program.window, [folder])
    start = program.window.page("start")
    qtbot.waitUntil(lambda: start.check.ready)
    assert start.panel.title.text() == "2 classes, 6 photos"
    assert list(tmp_path.glob("*.automl")) == []  # nothing was written yet
    start.panel.accept.click()
    qtbot.waitUntil(lambda: program.workspace is not None and settled(program))
    data = program.window.page("data")
    qtbot.waitUntil(lambda: "5 photos added" in data.summary.text())
    qtbot.waitUntil(lambda: settled(program))
    assert program.workspace.path == tmp_path / "beans.automl"
    assert data.skipped.item(0, 0).text() == "broken.png"
    assert data.skipped.item(0, 1).text() == "The picture is damaged."
    assert "5" in program.window.rail.buttons["data"].text()
    qtbot.waitUntil(lambda: data.grid.samples.rowCount() == 5)


def test_ctrl_1_to_5_switch_places(opened, qtbot):
    window = opened().window
    window.activateWindow()
    for number, place in enumerate(places(), 1):
        window.menu_actions[f"go:{place.id}"].trigger()
        assert window.current == place.id
        assert window.menu_actions[f"go:{place.id}"].shortcut().toString() == f"Ctrl+{number}"
        assert window.rail.buttons[place.id].isChecked()


def test_a_file_that_is_no_project_is_said_in_words(program, qtbot, tmp_path):
    program.open(tmp_path / "letter.automl")
    notice = program.window.notice
    qtbot.waitUntil(notice.isVisible)
    assert notice.happened.text() == "This file is no project."
    notice.copy.click()
    assert QGuiApplication.clipboard().text().startswith("project.none: ")
    assert program.workspace is None


def test_recent_projects_are_offered_and_open(opened, qtbot):
    program = opened()
    path = program.workspace.path
    program.close_project()
    start = program.window.page("start")
    assert start.recent.count() == 1
    start.recent.itemActivated.emit(start.recent.item(0))
    qtbot.waitUntil(lambda: program.workspace is not None and settled(program))
    assert program.workspace.path == path


def test_korean_at_once_and_back(opened):
    program = opened(candidates=2)
    program.window.go("train")
    program.settings["language"] = "ko"
    assert program.window.rail.buttons["data"].text().startswith("데이터")
    assert program.window.current == "train"
    program.settings["language"] = "en"
    assert program.window.rail.buttons["data"].text().startswith("Data")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_changes_at_once(opened, theme, qapp):
    program = opened()
    program.settings["theme"] = theme
    light = qapp.palette().window().color().lightness() > 128
    assert light is (theme == "light")


def test_names_are_shown_as_they_are_never_as_markup(opened, qtbot):
    program = opened()
    stored = program._backend.stored[program.workspace.path]
    stored.title = "<b>bold</b><img src=x>"
    program.workspace.refresh()
    qtbot.waitUntil(lambda: program.window._title.text().startswith("<b>"))
    assert program.window._title.textFormat() is Qt.TextFormat.PlainText


def test_a_file_name_with_markup_stays_text_in_the_tooltip(opened, qtbot, backend):
    program = opened(photos=1)
    stored = backend.stored[program.workspace.path]
    stored.add("<img src='x'><b>a</b>.png", png(77), None)
    program.workspace.samples_changed.emit()
    model = program.window.page("data").grid.samples
    qtbot.waitUntil(lambda: model.rowCount() == 2)
    tip = model.data(model.index(1), Qt.ItemDataRole.ToolTipRole)
    assert "<b>" not in tip
    assert "&lt;b&gt;a" in tip


def test_closing_ends_the_search_and_every_thread(opened, qtbot, backend):
    backend.endless = True
    program = opened()
    program.window.page("train").settings.start.click()
    qtbot.waitUntil(lambda: bool(backend.runs))
    lanes = list(program.workspace.lanes.values())
    program.window.close()
    assert backend.runs[0].closed
    assert not any(lane.isRunning() for lane in lanes)
