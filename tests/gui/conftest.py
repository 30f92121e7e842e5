"""A program per test with a stand-in session, and a watch on the GUI thread."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter, thread_time

import pytest
from PySide6.QtCore import QEvent, QObject, QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.gui.application import Program
from studio.gui.settings import Settings
from tests.telling import GUI_BLOCK

from .fake_backend import FakeBackend

_NOTHING = (0.0, "nothing ran")
_LONGEST: list[tuple[float, str]] = [_NOTHING]
_WORTH_NAMING_S = 0.02


class Blocks:
    """The longest time one event held the GUI thread, by stage of a story.

    Two figures each, in seconds: as a clock on the wall saw it, and how long the thread itself
    computed. On a machine that does other things too only the second is the window's own doing.
    """

    def __init__(self) -> None:
        self.now = ""
        self.longest: dict[str, tuple[float, float, str]] = {}

    def stage(self, name: str) -> None:
        """Count what comes now to a stage."""
        self.now = name

    def note(self, wall: float, own: float, what: str) -> None:
        """Keep an event if none of its stage computed for longer."""
        most, before, _ = self.longest.get(self.now, (0.0, 0.0, ""))
        if own > before:
            self.longest[self.now] = (max(wall, most), own, what)
        elif wall > most:
            self.longest[self.now] = (wall, *self.longest[self.now][1:])


_BLOCKS: list[Blocks] = []


class WatchedApplication(QApplication):
    """Measures how long the GUI thread is busy with one event."""

    _busy = False

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        """Deliver one event and keep the longest time."""
        if self._busy:  # part of an event that is being measured; thousands are, so be quick
            return super().notify(receiver, event)
        self._busy, kind = True, event.type()
        start, began = perf_counter(), thread_time()
        try:
            return super().notify(receiver, event)
        finally:
            self._busy = False
            took, own = perf_counter() - start, thread_time() - began
            what = f"{kind.name} to {type(receiver).__name__}" if took > _WORTH_NAMING_S else ""
            if took > _LONGEST[0][0]:
                test = os.environ.get("PYTEST_CURRENT_TEST", "")
                _LONGEST[0] = (took, f"{what or type(receiver).__name__} in {test}")
            if _BLOCKS:
                _BLOCKS[-1].note(took, own, what)


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """Let pytest-qt make the watched application."""
    return WatchedApplication


@pytest.fixture(autouse=True)
def _block(request: pytest.FixtureRequest) -> Iterator[None]:
    """Note how long the GUI thread was blocked at worst in this test."""
    _LONGEST[0] = _NOTHING
    yield
    if _LONGEST[0] is not _NOTHING:
        request.node.user_properties.append((GUI_BLOCK, _LONGEST[0]))


@pytest.fixture
def blocks(tell: Callable[[str], None], request: pytest.FixtureRequest) -> Iterator[Blocks]:
    """Note blocks of the GUI thread by stage, and tell them at the end."""
    made = Blocks()
    _BLOCKS.append(made)
    yield made
    _BLOCKS.remove(made)
    for name, (wall, own, what) in made.longest.items():
        tell(
            f"{request.node.path.stem}, {name or 'start'}: the GUI thread was held for"
            f" {1000 * wall:.0f} ms at most, {1000 * own:.0f} ms of its own ({what})"
        )


class PatientBot(QtBot):
    """Waits as long as a busy machine may need; what comes sooner is not waited for."""

    def waitUntil(self, callback: Callable[[], object], *, timeout: int = 30_000) -> None:
        """Wait until something is so."""
        super().waitUntil(callback, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Give pytest-qt's robot with more patience."""
    return PatientBot(request)


@pytest.fixture
def backend() -> FakeBackend:
    """Return a stand-in for the session floor."""
    return FakeBackend()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings of this test only, in English."""
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    found = Settings(store)
    found["language"] = "en"
    found["theme"] = "light"
    found["projects_folder"] = str(tmp_path)
    return found


@pytest.fixture
def program(qapp: QApplication, backend: FakeBackend, settings: Settings) -> Iterator[Program]:
    """Return the program with its window on the start page; every thread must end."""
    made = Program(qapp, backend, settings)
    made.show()
    yield made
    lanes = [made._opener, *(made.workspace.lanes.values() if made.workspace else ())]
    made.end()
    assert not any(lane.isRunning() for lane in lanes)
    assert all(stored.open_sessions == 0 for stored in backend.stored.values())
    made.window.close()
    made.window.deleteLater()
    made.deleteLater()


@pytest.fixture
def opened(program: Program, qtbot, tmp_path: Path) -> Callable[..., Program]:
    """Open a project with so many photos and candidates, and wait until it is read."""

    def open_(**filled: int) -> Program:
        path = program._backend.filled(tmp_path / "Seedlings.automl", **filled)
        program.open(path)
        qtbot.waitUntil(lambda: program.workspace is not None and settled(program))
        return program

    return open_


def settled(program: Program) -> bool:
    """Whether the project is read and nothing is being done."""
    workspace = program.workspace
    return workspace.view is not None and all(lane.idle for lane in workspace.lanes.values())
