"""The real program, and a person who uses it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from studio.app.outlook import Outlook
from studio.gui.application import Program
from studio.gui.backend import AppBackend
from studio.gui.settings import Settings

from ..conftest import Blocks
from .person import Person


@pytest.fixture
def person(
    qapp: QApplication,
    settings: Settings,
    qtbot,
    blocks: Blocks,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> Iterator[Person]:
    """Return a person before the start page; every thread must end, and no error be left."""
    settings["last_folder"] = str(tmp_path)
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.001)  # as `studio.gui.application.run` does
    program = Program(qapp, AppBackend(), settings)
    program.show()
    program.window.activateWindow()
    wanted = os.environ.get("STUDIO_STORY_PICTURES")
    story = request.node.path.stem.removeprefix("test_")
    made = Person(program, qtbot, blocks, Path(wanted) if wanted else None, story)
    yield made
    lanes = list(program.workspace.lanes.values()) if program.workspace else []
    program.end()
    sys.setswitchinterval(before)
    Outlook.dismiss()
    assert not any(lane.isRunning() for lane in lanes)
    assert made.problems == []
    program.window.close()
    program.window.deleteLater()
    program.deleteLater()
