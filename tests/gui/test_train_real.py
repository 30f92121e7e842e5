"""Results, reasons and trying on a real trained model, and a real search from the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from studio.app.outlook import Outlook
from studio.gui.application import Program
from studio.gui.backend import AppBackend
from studio.gui.settings import Settings

from .conftest import settled
from .test_window import drop

pytestmark = [pytest.mark.worker, pytest.mark.long, pytest.mark.together("trained")]

_LONG_MS = 240_000


@pytest.fixture
def page(qapp: QApplication, settings: Settings, trained_project: Path, qtbot):
    """Open the trained project on the Train page; nothing may be left over."""
    program = Program(qapp, AppBackend(), settings)
    program.show()
    program.open(trained_project)
    qtbot.waitUntil(lambda: program.workspace is not None and settled(program), timeout=_LONG_MS)
    program.window.go("train")
    yield program.window.page("train")
    program.end()
    Outlook.dismiss()
    program.window.close()
    program.window.deleteLater()
    program.deleteLater()


def test_a_real_model_is_judged_explained_and_tried(page, qtbot, digit_photos: Path):
    workspace = page._workspace
    qtbot.mouseClick(page.tabs["results"], Qt.MouseButton.LeftButton)
    panel = page.mistakes
    qtbot.waitUntil(lambda: panel.judgement is not None, timeout=_LONG_MS)
    evaluation = panel.judgement.evaluation
    row = next(i for i, line in enumerate(evaluation.confusion) if line[i])
    panel.confusion.setCurrentCell(row, row)
    right = evaluation.confusion[row][row]
    qtbot.waitUntil(lambda: panel.strip.count() == right, timeout=_LONG_MS)
    panel.strip.setCurrentRow(0)
    qtbot.waitUntil(lambda: bool(panel.why.meaning.text()), timeout=_LONG_MS)
    meaning = panel.why.meaning.text()
    assert "The darker, the more" in meaning or "No single part" in meaning
    assert f"the model says {evaluation.classes[row]}" in panel.why.says.text()

    qtbot.mouseClick(page.tabs["try"], Qt.MouseButton.LeftButton)
    trying = page.trying
    qtbot.waitUntil(lambda: trying._answerer is not None, timeout=_LONG_MS)
    photo = next(iter(sorted((digit_photos / "0").iterdir())))
    drop(trying, [photo])
    qtbot.waitUntil(lambda: bool(trying.said.text()), timeout=_LONG_MS)
    assert trying.said.text() in (*evaluation.classes, "not sure")
    broken = photo.parent.parent / "broken.png"
    broken.write_bytes(photo.read_bytes()[:50])
    drop(trying, [broken])
    qtbot.waitUntil(lambda: trying.said.text() == "No answer", timeout=_LONG_MS)
    broken.unlink()
    assert "'broken.png' cannot be used" in trying.detail.text()
    assert all(lane.isRunning() for lane in workspace.lanes.values() if not lane.idle)


def test_a_real_search_is_started_rests_and_is_stopped(page, qtbot):
    workspace, settings = page._workspace, page.settings
    settings.minutes.setCurrentIndex(settings.minutes.count() - 1)
    settings.own_minutes.setValue(3)
    qtbot.waitUntil(lambda: "trainings" in settings.forecast.text(), timeout=_LONG_MS)
    before = len(workspace.view.candidates)
    qtbot.mouseClick(settings.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: workspace.training.finished >= 1, timeout=_LONG_MS)
    assert workspace.training.curves  # the model that is learned at once is a point at once
    qtbot.mouseClick(settings.pause, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: workspace.training.paused, timeout=_LONG_MS)
    qtbot.mouseClick(settings.pause, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not workspace.training.paused, timeout=_LONG_MS)
    qtbot.mouseClick(settings.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not workspace.searching, timeout=_LONG_MS)
    assert workspace.training.ended == "stopped"
    qtbot.waitUntil(lambda: len(workspace.view.candidates) > before, timeout=_LONG_MS)
    assert settings.state.text() == "Stopped; the best model was kept."
