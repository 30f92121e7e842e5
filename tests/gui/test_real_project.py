"""The window on a real project file: drop a folder, label, see the rail change, open again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from studio.app import Session
from studio.gui.application import Program
from studio.gui.backend import AppBackend
from studio.gui.settings import Settings

from .conftest import settled
from .fake_backend import png
from .test_pages import select
from .test_window import drop, photo_folder


@pytest.fixture
def real(qapp: QApplication, settings: Settings):
    """Return a program on the real session."""
    made = Program(qapp, AppBackend(), settings)
    made.show()
    yield made
    made.end()
    made.window.close()
    made.window.deleteLater()
    made.deleteLater()


def test_drop_label_and_open_again(real: Program, qtbot, tmp_path: Path):
    folder = photo_folder(tmp_path / "버섯", {"good": 4, "bad": 3})
    (folder / "bad" / "broken.png").write_bytes(png(7)[:60])
    loose = tmp_path / "new photo.png"
    loose.write_bytes(png(900, 40))
    drop(real.window, [folder])
    start = real.window.page("start")
    qtbot.waitUntil(lambda: start.check.ready)
    start.panel.accept.click()
    qtbot.waitUntil(lambda: real.workspace is not None, timeout=20_000)
    data = real.window.page("data")
    qtbot.waitUntil(lambda: "7 photos added" in data.summary.text(), timeout=20_000)
    assert data.skipped.rowCount() == 1
    drop(real.window, [loose])
    qtbot.waitUntil(lambda: data.check.ready)
    data.panel.accept.click()
    qtbot.waitUntil(lambda: "1 photo added" in data.summary.text(), timeout=20_000)
    qtbot.waitUntil(lambda: settled(real), timeout=20_000)
    assert real.window.rail.buttons["data"].text() == "Data\n8"
    assert real.window.rail.buttons["label"].text() == "Label\n1 ○"

    real.window.go("label")
    page = real.window.page("label")
    page.filter.setCurrentRow(1)
    qtbot.waitUntil(lambda: page.model.rowCount() == 1 and page.model.sample(0) is not None)
    qtbot.waitUntil(lambda: settled(real), timeout=20_000)
    select(page.grid, [0])
    page.choice.lineEdit().setText("good")
    page.set_class.click()
    qtbot.waitUntil(lambda: real.window.rail.buttons["label"].text() == "Label\n✓", timeout=20_000)

    def labelled(state: str) -> None:
        button = real.window.rail.buttons["label"]
        qtbot.waitUntil(lambda: button.text() == f"Label\n{state}", timeout=20_000)

    real.window.menu_actions["undo"].trigger()
    labelled("1 ○")
    real.window.menu_actions["redo"].trigger()
    labelled("✓")

    path = real.workspace.path
    assert path.name == "버섯.automl"
    real.close_project()
    assert [p.name for p in path.parent.glob("버섯.automl*")] == ["버섯.automl"]
    real.open(path)
    qtbot.waitUntil(lambda: real.workspace is not None and settled(real), timeout=20_000)
    assert {c.name: c.samples for c in real.workspace.view.classes} == {"good": 5, "bad": 3}
    grid = real.window.page("data").grid
    qtbot.waitUntil(lambda: grid.samples.data(grid.samples.index(0), 1) is not None)


def test_a_file_that_is_no_project_is_refused_in_words(real: Program, qtbot, tmp_path: Path):
    letter = tmp_path / "letter.automl"
    letter.write_text("Dear all,", encoding="utf-8")
    drop(real.window, [letter])
    qtbot.waitUntil(real.window.notice.isVisible, timeout=20_000)
    assert real.workspace is None
    assert real.window.notice.details.startswith("project.")
    assert letter.read_text(encoding="utf-8") == "Dear all,"


def test_recordings_are_shown_by_name_and_raise_no_alarm(real: Program, qtbot, tmp_path: Path):
    folder = tmp_path / "pumps" / "running"
    folder.mkdir(parents=True)
    for number in range(3):
        rows = "".join(f"{n},{(n * number) % 7}\n" for n in range(60))
        (folder / f"{number}.csv").write_text(f"time_ms,x\n{rows}")
    path = tmp_path / "pumps.automl"
    with Session.create(path, task="sensor-classification") as session:
        assert session.import_paths([folder.parent]).added == 3
    alarms: list[object] = []
    real.open(path)
    qtbot.waitUntil(lambda: real.workspace is not None, timeout=20_000)
    real.workspace.failed.connect(alarms.append)
    grid = real.window.page("data").grid
    qtbot.waitUntil(lambda: grid.samples.rowCount() == 3 and settled(real), timeout=20_000)
    grid.grab()  # painting is what asks for thumbnails
    qtbot.waitUntil(lambda: settled(real), timeout=20_000)
    assert alarms == []
    assert grid.samples.index(0).data() == "running/0.csv"
    assert real.window._status.text().startswith("3 recordings · ")
