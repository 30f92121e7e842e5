"""The page Device on a real project: every board judged, advice tried, C compiled and emulated."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from studio.app import device_catalogue
from studio.domain.figure import FigureKind
from studio.domain.report import Verdict
from studio.gui.application import Program
from studio.gui.backend import AppBackend
from studio.gui.fitting.page import DevicePage
from studio.gui.fitting.trying import Standing
from studio.gui.settings import Settings
from tests.app.test_judging import project

from .conftest import settled
from .test_accessibility import cut_off_at
from .test_device import pressed, shown, texts


@pytest.fixture
def real(qapp: QApplication, settings: Settings, tmp_path: Path, monkeypatch):
    """Return a program with a project of two models that were put there, not trained."""
    monkeypatch.setenv("AUTOML_STUDIO_CACHE", str(tmp_path / "cache"))
    path = project(tmp_path, [(2, 600_000), (9, 0)])
    made = Program(qapp, AppBackend(), settings)
    made.show()
    made.open(path)
    yield made
    made.end()
    made.window.close()
    made.window.deleteLater()
    made.deleteLater()


def test_boards_advice_and_measuring_are_real(real: Program, qtbot, tmp_path: Path):
    qtbot.waitUntil(lambda: real.workspace is not None and settled(real))
    real.window.go("device")
    page: DevicePage = real.window.page("device")
    qtbot.waitUntil(lambda: settled(real))
    assert len(shown(page)) == len(device_catalogue())
    assert all(page.desk.cell(id, number) for id in shown(page) for number in (1, 2))

    board = tmp_path / "mine.toml"
    runtimes = 'runtimes = ["tflite-micro"]'  # carries the whole file
    board.write_text(
        f'name = "Mine"\ncore = "Cortex-M4F"\nram_bytes = "96K"\nflash_bytes = "512K"\n{runtimes}\n'
    )
    page.begin_own()
    page.form.take_file(board)
    known = (Standing.FOUND, Standing.NOTHING)
    qtbot.waitUntil(
        lambda: page.remedy.tries.now is not None and page.remedy.tries.now.standing in known
    )
    qtbot.waitUntil(lambda: settled(real))
    assert real.workspace.reports["mine"].verdict is Verdict.DOES_NOT_FIT
    assert "Model #2 fits the Mine in its place." in texts(page.remedy)
    pressed(page.remedy, "Use model #2 instead")
    qtbot.waitUntil(lambda: settled(real) and real.workspace.reports_for == 2)
    assert real.workspace.reports["mine"].verdict is Verdict.FITS

    page.choose("nano33ble")
    before = real.workspace.reports["nano33ble"]
    page.remedy.measure.click()
    qtbot.waitUntil(lambda: real.workspace.job is None and settled(real))
    after = real.workspace.reports["nano33ble"]
    kinds = {line.part: line.figure.kind for line in after.memory}
    assert page.remedy.told.text().startswith("Measured.")
    assert after != before
    assert kinds["code"] is FigureKind.MEASURED
    # The others of the same core know it as well.
    alike = real.workspace.reports["nano33ble_sense"]
    assert {line.part: line.figure.kind for line in alike.memory}["code"] is FigureKind.MEASURED


@pytest.mark.parametrize("language", ["en", "ko"])
def test_nothing_is_cut_off_at_twice_the_size(opened, program, qtbot, language):
    program.settings["language"] = language
    opened(candidates=2)
    assert cut_off_at(program, "device", 2) == []
    page = program.window.page("device")
    for view in ("matrix", "shop"):
        page.show_view(view)
        assert cut_off_at(program, "device", 2) == []
    page.begin_own()
    assert cut_off_at(program, "device", 2) == []
    qtbot.waitUntil(lambda: settled(program))
