"""A real model exported from the window, its report looked at, and the project as a graph."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from studio.app import verify
from studio.gui.application import Program
from studio.gui.backend import AppBackend
from studio.gui.settings import Settings

from .conftest import settled
from .test_export import proof

pytestmark = [pytest.mark.worker, pytest.mark.long, pytest.mark.together("trained")]

_LONG_MS = 300_000


@pytest.fixture
def program(qapp: QApplication, settings: Settings, trained_project: Path, qtbot):
    """Open the trained project."""
    made = Program(qapp, AppBackend(), settings)
    made.show()
    made.open(trained_project)
    qtbot.waitUntil(lambda: made.workspace is not None and settled(made), timeout=_LONG_MS)
    yield made
    made.end()
    made.window.close()
    made.window.deleteLater()
    made.deleteLater()


def test_a_real_model_is_exported_proved_and_drawn(program, qtbot):
    window = program.window
    window.go("export")
    page = window.page("export")
    qtbot.waitUntil(page.export.isEnabled, timeout=_LONG_MS)
    qtbot.mouseClick(page.export, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(page.result.verdict.text()), timeout=_LONG_MS)
    assert page.result.verdict.text() == "Verified: PASS"
    lines = proof(page)
    tested = program.workspace.candidate.test.samples
    assert lines["C code compared with the model"] == (
        "yes",
        f"{tested} test inputs: every byte equal",
    )
    assert lines["Bundle read back and verified"][0] == "yes"
    assert lines["Run on the board itself"][0] == "not proved"
    assert verify(page.target.path).passed
    qtbot.waitUntil(lambda: len(page.past.names) == 1, timeout=_LONG_MS)
    qtbot.waitUntil(lambda: settled(program), timeout=_LONG_MS)

    page.result.report.click()
    qtbot.waitUntil(lambda: bool(page.preview.pages), timeout=_LONG_MS)
    picture = page.preview.pages[0].pixmap().toImage()
    seen = {picture.pixel(x, y) for x in range(0, 400, 4) for y in range(0, 400, 4)}
    assert len(seen) > 5  # letters, not an empty sheet

    window.go("pipeline")
    graph = window.page("pipeline")
    qtbot.waitUntil(lambda: "bundle:0" in graph.canvas.boxes, timeout=_LONG_MS)
    graph.canvas.choose("bundle:0")
    walked = []
    for _ in range(5):
        qtbot.keyClick(graph.canvas, Qt.Key.Key_Left)
        walked.append(graph.canvas.boxes[graph.canvas.current].kind)
    assert walked == ["artifact", "candidate", "search", "version", "data"]
    assert graph.about.text() == "Everything is of the newest labels."
    program.workspace.assign([1, 2], "9")
    qtbot.waitUntil(lambda: graph.desk.nodes[walked_version(graph)].behind > 0, timeout=_LONG_MS)
    assert graph.about.text().endswith("out of date.")


def walked_version(graph) -> str:
    """Return the id of the one version."""
    return next(id for id in graph.desk.nodes if id.startswith("version:"))
