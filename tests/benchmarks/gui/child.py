"""Starts one program as its own command does, and says when its window is usable.

Run by `run.py` with the interpreter of that program: ``child.py PROGRAM [PATH [COUNT]]``. Imports
nothing of this project but what the program itself imports.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from typing import Any

_LOOK_EVERY_MS = 5


def memory_kb() -> int:
    """Return the resident memory of this process in KiB."""
    with open("/proc/self/status", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))


def say() -> None:
    """Report, and end without more ado."""
    print(f"usable {memory_kb()}", flush=True)
    os._exit(0)


def when_idle(binding: str, is_usable: Callable[[], bool]) -> None:
    """Say so at the first idle moment of the event loop at which the window is usable."""
    core = importlib.import_module(f"{binding}.QtCore")
    widgets = importlib.import_module(f"{binding}.QtWidgets")
    application: Any = widgets.QApplication
    original = application.exec if hasattr(application, "exec") else application.exec_

    def look() -> None:
        if is_usable():
            say()
        core.QTimer.singleShot(_LOOK_EVERY_MS, look)

    def hooked(*_: object) -> int:
        core.QTimer.singleShot(0, look)
        return int(original())

    application.exec = application.exec_ = hooked


def windows(binding: str) -> list[Any]:
    """Return the windows that are shown."""
    widgets = importlib.import_module(f"{binding}.QtWidgets")
    shown = [w for w in widgets.QApplication.topLevelWidgets() if w.isVisible()]
    return [w for w in shown if isinstance(w, widgets.QMainWindow)]


def ours(path: str) -> None:
    """Start the studio, on a project if one is given."""

    def painted() -> bool:
        found = windows("PySide6")
        if not found or not path:
            return bool(found)
        if found[0].workspace is None:
            return False
        grid = found[0].page("data").grid
        first = grid.samples.index(0, 0)
        if not first.isValid():
            return False
        rows = [row for row in range(200) if _seen(grid, row)]
        return bool(rows) and all(grid.samples.data(grid.samples.index(r, 0), 1) for r in rows)

    when_idle("PySide6", painted)
    from pathlib import Path

    from studio.gui.application import run

    run(Path(path) if path else None)


def _seen(grid: Any, row: int) -> bool:
    box = grid.visualRect(grid.samples.index(row, 0))
    return bool(box.isValid() and grid.viewport().rect().intersects(box))


def labelme(path: str, count: int) -> None:
    """Start labelme, on a folder if one is given."""
    binding = "PyQt6" if importlib.util.find_spec("PyQt6") else "PyQt5"

    def listed() -> bool:
        found = windows(binding)
        if not found or not path:
            return bool(found)
        core = importlib.import_module(f"{binding}.QtWidgets")
        return any(each.count() >= count for each in found[0].findChildren(core.QListWidget))

    when_idle(binding, listed)
    sys.argv = ["labelme", *([path] if path else [])]
    importlib.import_module("labelme.__main__").main()


def orange() -> None:
    """Start Orange's canvas."""
    when_idle("PyQt5", lambda: bool(windows("PyQt5")))
    sys.argv = ["orange-canvas", "--no-splash", "--no-welcome"]
    importlib.import_module("Orange.canvas.__main__").main()


if __name__ == "__main__":
    import importlib.util

    program, path = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
    if program == "ours":
        ours(path)
    elif program == "labelme":
        labelme(path, int(sys.argv[3]) if len(sys.argv) > 3 else 0)
    else:
        orange()
