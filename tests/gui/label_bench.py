"""The page Label on a real project file, in a window of its own."""

from __future__ import annotations

import json
import struct
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from studio.app import Session
from studio.gui.backend import AppBackend
from studio.gui.pages.label import LabelPage
from studio.gui.settings import Settings
from studio.gui.workspace import Workspace

from .fake_backend import png

CLASSES = ("leaf", "rust", "<b>mite</b>")
"""Names as they are kept; markup stays text."""

_FOLDERS = ("leaf", "rust", "mite")


def photos(root: Path, count: int = 24) -> Path:
    """Write a project of photos; every fourth has no class."""
    folder = root / "photos"
    for i in range(count):
        place = folder / _FOLDERS[i % 3] if i % 4 else folder
        place.mkdir(parents=True, exist_ok=True)
        (place / f"p{i:03}.png").write_bytes(png(i))
    path = root / "photos.automl"
    with Session.create(path) as session:
        for name in _FOLDERS:
            session.arranging.add_class(name)
        session.import_paths([folder])
        session.arranging.rename_class(_FOLDERS[2], CLASSES[2])
    return path


def recordings(root: Path, *, seconds: float = 20.0) -> Path:
    """Write a project of three recordings with three channels at 50 Hz."""
    folder = root / "pump"
    folder.mkdir(parents=True)
    t = np.arange(0, seconds, 0.02)
    for number in range(3):
        waves = [np.sin(2 * np.pi * (1 + number) * t + k) * (1 + (t > 8)) for k in range(3)]
        lines = [
            f"{1000 * a:.0f},{x:.3f},{y:.3f},{z:.3f}" for a, x, y, z in zip(t, *waves, strict=True)
        ]
        (folder / f"r{number}.csv").write_text("time_ms,x,y,z\n" + "\n".join(lines) + "\n")
    path = root / "pump.automl"
    with Session.create(path, task="sensor-classification") as session:
        for name in ("idle", "running"):
            session.arranging.add_class(name)
        session.import_paths([folder])
    return path


def sound(root: Path) -> Path:
    """Write a project with one second of a rising tone."""
    folder = root / "tones"
    folder.mkdir(parents=True)
    t = np.arange(16000) / 16000
    values = (20000 * np.sin(2 * np.pi * (300 + 2000 * t) * t)).astype("<i2")
    with wave.open(str(folder / "rise.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16000)
        file.writeframes(struct.pack(f"<{len(values)}h", *values))
    path = root / "tones.automl"
    with Session.create(path, task="audio-classification") as session:
        session.arranging.add_class("rise")
        session.import_paths([folder])
    return path


def table(root: Path, rows: int = 60, task: str = "tabular-classification") -> Path:
    """Write a project of a table with a missing cell in every tenth row."""
    lines = ["width,colour,kind"]
    for n in range(rows):
        width = "" if n % 10 == 9 else (n * 7) % 50 / 10
        lines.append(f"{width},{('red', 'blue')[n % 2]},{('a', 'b')[n % 2]}")
    (root / "rows.csv").write_text("\n".join(lines) + "\n")
    path = root / "rows.automl"
    options = {"target": "width"} if task.endswith("regression") else None
    with Session.create(path, task=task) as session:
        session.import_paths([root / "rows.csv"], options=options)
    return path


@contextmanager
def shown(path: Path, settings: Settings, qtbot: Any) -> Iterator[LabelPage]:
    """Show the page on a project, read; every thread ends with it."""
    workspace = Workspace(path, AppBackend())
    problems: list[Exception] = []
    workspace.failed.connect(problems.append)
    page = LabelPage(workspace, settings)
    page.resize(1200, 760)
    page.show()
    page.problems = problems
    workspace.begin()
    try:
        wait(qtbot, page)
        yield page
    finally:
        workspace.close()
        page.hide()
        page.deleteLater()
        workspace.deleteLater()
        QApplication.processEvents()


def idle(page: LabelPage) -> bool:
    """Whether everything that was asked for has come."""
    lanes = page.controller.workspace.lanes.values()
    ready = page.controller.workspace.view is not None
    return (
        ready
        and page.model.settled
        and page.controller.settled
        and all(lane.idle for lane in lanes)
    )


def wait(qtbot: Any, page: LabelPage, until: Callable[[], object] = lambda: True) -> None:
    """Wait until everything has come and something is so."""
    qtbot.waitUntil(lambda: idle(page) and bool(until()))


def drag(mime: Any, target: QWidget, at: QPoint) -> bool:
    """Enter, move over and drop on a widget as the desktop does; whether it was taken."""
    point, copy = QPointF(at), Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, copy, mime, left, none)
    QApplication.sendEvent(target, enter)
    move = QDragMoveEvent(at, copy, mime, left, none)
    QApplication.sendEvent(target, move)
    if not (enter.isAccepted() and move.isAccepted()):
        return False
    event = QDropEvent(point, copy, mime, left, none)
    QApplication.sendEvent(target, event)
    return event.isAccepted()


def labels(path: Path) -> dict[str, str | None]:
    """Return what the file says, by name, read by another session."""
    with Session.open(path) as session:
        return {Path(s.name).name: s.class_name for s in session.samples(limit=-1)}


def column(path: Path, name: str) -> list[Any]:
    """Return the cells of a column in the order of import."""
    with Session.open(path) as session:
        found = session.samples(limit=-1)
        return [json.loads(session.blob(sample.digest)).get(name) for sample in found]
