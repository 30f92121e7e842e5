"""The page Device with a worker: a model is made smaller where it does not fit, and kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from studio.app import Session
from studio.domain.advice import Change, Outcome
from studio.gui.application import Program
from studio.gui.backend import AppBackend
from studio.gui.fitting.page import DevicePage
from studio.gui.fitting.trying import Standing
from studio.gui.settings import Settings

from .conftest import settled
from .test_device import pressed, texts

pytestmark = [pytest.mark.worker, pytest.mark.long, pytest.mark.timeout(300)]

_WAIT_MS = 240_000
_ENDED = (Standing.FOUND, Standing.NOTHING)


def too_small(project: Path) -> None:
    """Add a board with a byte less flash than the model takes at most."""
    fields = {"id": "mine", "name": "My board", "core": "Cortex-M4F", "ram_bytes": "512K"}
    with Session.open(project) as session:
        session.devices.add({**fields, "runtimes": ["tflite-micro"], "flash_bytes": "4M"})
        [report] = session.check(None, ["mine"])
        session.devices.change("mine", {"flash_bytes": int(report.flash.value) - 1})


def test_a_model_is_made_smaller_and_kept(
    trained_project: Path, qapp: QApplication, settings: Settings, qtbot, tmp_path, monkeypatch
):
    too_small(trained_project)
    program = Program(qapp, AppBackend(), settings)
    program.show()
    program.open(trained_project)
    qtbot.waitUntil(lambda: program.workspace is not None and settled(program))
    program.window.go("device")
    page: DevicePage = program.window.page("device")
    tries = page.remedy.tries
    page.choose("mine")
    qtbot.waitUntil(lambda: tries.now is not None and tries.now.standing in _ENDED)
    qtbot.waitUntil(lambda: settled(program))
    pressed(page.remedy, "Try further: make it smaller")
    assert program.workspace.job is not None
    qtbot.waitUntil(lambda: tries.now.standing in _ENDED, timeout=_WAIT_MS)
    qtbot.waitUntil(lambda: settled(program))
    tried = next(t for t in tries.now.advice.tries if t.change is Change.PRECISION)
    print(f"made smaller: {tried.outcome}, {[phrase.text() for phrase in tried.phrases]}")
    assert tried.outcome is not Outcome.NOT_TRIED
    if tried.outcome is Outcome.FITS:
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *a, **k: str(tmp_path))
        pressed(page.remedy, "Convert and save…")
        qtbot.waitUntil(lambda: page.remedy.told.text().startswith("Written:"), timeout=_WAIT_MS)
        assert list(tmp_path.glob("candidate-*.tflite"))
    else:  # it loses too much on these few scans, and says so
        assert any(text.startswith("came to nothing:") for text in texts(page.remedy))
    qtbot.waitUntil(lambda: settled(program))
    program.end()
    program.window.close()
    program.window.deleteLater()
    program.deleteLater()
