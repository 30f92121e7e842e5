"""What is there on every page: names, backups, history, keys, settings, log, tour, errors."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog

from studio.app import Session
from studio.domain.errors import ProjectError
from studio.gui import i18n, menus, words
from studio.gui.errors import without_homes
from studio.gui.notifier import Notifier
from studio.gui.pace import Pace
from studio.gui.tour import STEPS

from .conftest import settled
from .test_data import opened_at, real  # noqa: F401
from .test_window import drop, photo_folder


@pytest.fixture
def beans(tmp_path: Path) -> Path:
    """A real project of a few photos."""
    path = tmp_path / "beans.automl"
    with Session.create(path) as session:
        session.import_paths([photo_folder(tmp_path / "raw", {"good": 3, "bad": 3})])
    return path


def test_save_as_goes_on_in_the_new_file(real, qtbot, beans, tmp_path, monkeypatch):  # noqa: F811
    opened_at(real, qtbot, beans)
    other = tmp_path / "other name.automl"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(other), ""))
    real.window.menu_actions["save_as"].trigger()
    qtbot.waitUntil(lambda: real.workspace.path == other and settled(real))
    assert real.workspace.view.overview.samples == 6
    assert beans.exists()


def test_history_goes_back_to_a_step_and_forward_again(real, qtbot, beans):  # noqa: F811
    opened_at(real, qtbot, beans)
    first = 1
    real.workspace.assign([first], "rust")
    qtbot.waitUntil(lambda: settled(real))
    real.workspace.assign([first + 1], "mite")
    qtbot.waitUntil(lambda: settled(real))
    names = lambda: {c.name for c in real.workspace.view.classes if c.samples}  # noqa: E731
    assert names() == {"good", "bad", "rust", "mite"}
    real.window.menu_actions["history"].trigger()
    panel = real.window.side.panel
    qtbot.waitUntil(lambda: panel.steps.count() == 3)
    panel.steps.setCurrentRow(2)  # the import
    panel.back.click()
    qtbot.waitUntil(lambda: names() == {"good", "bad"})
    qtbot.waitUntil(lambda: "(undone)" in panel.steps.item(0).text())
    panel.steps.setCurrentRow(0)
    panel.back.click()
    qtbot.waitUntil(lambda: names() == {"good", "bad", "rust", "mite"})
    real.window.menu_actions["history"].trigger()
    assert not real.window.side.isVisible()


def test_a_backup_takes_the_project_s_place(real, qtbot, beans):  # noqa: F811
    opened_at(real, qtbot, beans)
    real.window.menu_actions["backups"].trigger()
    panel = real.window.side.panel
    panel.now.click()
    qtbot.waitUntil(lambda: panel.list.count() == 1)
    real.workspace.assign([1], "rust")
    qtbot.waitUntil(lambda: settled(real) and len(real.workspace.view.classes) == 3)
    panel.list.setCurrentRow(0)
    panel.restore.click()
    assert real.workspace is not None  # the first press only says what it would do
    panel.restore.click()
    qtbot.waitUntil(lambda: real.workspace is not None and settled(real))
    qtbot.waitUntil(lambda: len(real.workspace.view.classes) == 2)
    assert real.workspace.path == beans


def test_keys_are_found_changed_kept_and_reset(opened, qtbot):
    program = opened()
    program.window.go("keys")
    page = program.window.page("keys")
    page.search.setText("undo")
    shown = [title for title, widgets in page._lines if widgets[0].isVisibleTo(page)]
    assert shown == ["undo"]
    page.edits["undo"].setKeySequence(QKeySequence("Ctrl+U"))
    page.edits["undo"].editingFinished.emit()
    assert program.window.menu_actions["undo"].shortcut().toString() == "Ctrl+U"
    page.edits["redo"].setKeySequence(QKeySequence("Ctrl+U"))
    page.edits["redo"].editingFinished.emit()
    assert page.taken.text() == "Ctrl+U is taken by: Undo"
    program.settings.choose_keys("undo", None)
    assert program.window.menu_actions["undo"].shortcut().toString() == "Ctrl+Z"


def test_no_two_commands_have_the_same_keys():
    keys = [menus.default_keys(e) for _, entries in menus.MENUS for e in entries]
    told = [each for each in keys if each]
    assert len(told) == len(set(told))


def test_settings_are_found_by_typing(opened):
    page = opened().window.page("settings")
    page.search.setText("dark")
    shown = [w for w, widgets in page._lines if widgets[0].isVisibleTo(page)]
    assert len(shown) == 1
    assert shown[0].startswith("appearance")


def test_the_read_only_state_is_said(opened, qtbot, backend):
    backend.read_only = True
    program = opened()
    qtbot.waitUntil(lambda: program.window.read_only.isVisibleTo(program.window))
    assert "only be looked at" in program.window.read_only.text()


def test_what_was_recovered_is_said_in_one_sentence(real, qtbot, beans):  # noqa: F811
    beans.with_name(beans.name + "-journal").write_bytes(b"")
    opened_at(real, qtbot, beans)
    notice = real.window.notice
    assert "was not finished when the program ended" in notice.happened.text()
    assert notice.isVisible()


def test_the_log_of_long_work_can_be_opened(opened, qtbot, tmp_path):
    program = opened()
    shelf = program.window.findChild(type(program.window.side).__mro__[1], "shelf")
    program.window.page("data").import_paths([photo_folder(tmp_path / "p", {"leaf": 2})])
    qtbot.waitUntil(lambda: any("ended" in line for line in shelf.record.lines))
    shelf.details.click()
    assert "Importing" in shelf.text.toPlainText()
    assert shelf.isVisible()


def test_a_pace_is_a_range_and_unknown_at_first():
    pace = Pace()
    pace.note(0.0, 0, 100)
    assert pace.left is None
    pace.note(1.0, 10, 100)
    assert pace.left is None
    pace.note(4.0, 40, 100)
    low, high = pace.left
    assert low < 6.0 < high


def test_the_person_is_told_only_while_elsewhere(opened, qtbot, monkeypatch):
    program = opened()
    notifier = program.workspace.findChild(Notifier)
    monkeypatch.setattr(QApplication, "activeWindow", staticmethod(lambda: program.window))
    notifier.tell("done")
    assert notifier.told == []
    monkeypatch.setattr(QApplication, "activeWindow", staticmethod(lambda: None))
    notifier.tell("done")
    assert notifier.told == ["done"]
    program.settings["notify"] = "no"
    notifier.tell("again")
    assert notifier.told == ["done"]


def test_the_tour_ticks_what_is_really_done_and_can_be_left(opened, qtbot):
    program = opened(candidates=1)
    tour, coach = program.tour, program.window.coach
    assert not coach.isVisible()
    program.window.menu_actions["tour"].trigger()
    assert coach.isVisible()
    assert tour.step.id == "label"
    coach.go.click()
    assert program.window.current == "label"
    assert tour.step.id == "device"
    coach.go.click()
    assert tour.step.id == "export"
    coach.leave.click()
    assert not coach.isVisible()
    program.window.menu_actions["tour"].trigger()
    assert tour.step.id == "export"
    assert len(tour.ticks) == len(STEPS)


def test_the_tour_ends_with_a_bundle(opened, qtbot, tmp_path):
    program = opened(candidates=1)
    window, tour = program.window, program.tour
    window.menu_actions["tour"].trigger()
    for place in ("label", "device"):
        window.go(place)
    page = window.page("export")
    page.export_to(program.workspace.candidate, program.workspace.device, tmp_path / "b.zip")
    qtbot.waitUntil(lambda: tour.step is None)
    assert all(tour.ticks)
    assert window.coach.title.text() == "That was all: from samples to a bundle."
    assert not window.coach.go.isVisible()
    qtbot.waitUntil(lambda: settled(program))


def test_a_dropped_bundle_says_what_it_is(program, qtbot, tmp_path):
    bundle = tmp_path / "b.zip"
    with zipfile.ZipFile(bundle, "w") as packed:
        packed.writestr("manifest.json", '{"kind": "edge-automl-studio-bundle"}')
    drop(program.window, [bundle])
    qtbot.waitUntil(lambda: program.window.current == "bundle")
    page = program.window.page("bundle")
    qtbot.waitUntil(lambda: page.busy.isHidden())
    assert page.verdict.text() == "Something in it is not as it was made."
    page.leave.click()
    assert program.window.current == "start"


def test_an_error_speaks_korean_and_keeps_its_own_words_below():
    error = ProjectError("beans.automl is damaged.", "Restore.", code="project.damaged")
    i18n.install("ko")
    try:
        happened, remedy, details = words.explain(error)
    finally:
        i18n.install("en")
    assert happened == "프로젝트가 손상되었습니다."
    assert remedy.startswith("백업으로")
    assert "beans.automl is damaged." in details


def test_details_name_versions_and_nobody(opened):
    program = opened()
    try:
        raise RuntimeError(f"{Path.home()}/secret/x and /home/kim/y")
    except RuntimeError as error:
        program.workspace.failed.emit(error)
    program.window.notice.copy.click()
    text = QGuiApplication.clipboard().text()
    assert "Traceback" in text
    assert "PySide" in text
    assert str(Path.home()) + "/" not in text
    assert "kim" not in text
    assert without_homes(r"C:\Users\kim\a") == r"~\a"
