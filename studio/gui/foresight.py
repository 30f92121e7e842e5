"""Loads, while nobody waits, what the pages need when they are first shown.

The plots alone take longer to load than the window may be held; on a thread of their own they
hold nobody.
"""

from __future__ import annotations

from functools import partial
from importlib import import_module

from PySide6.QtCore import QTimer

from studio.gui.background import Lane, Task
from studio.gui.workspace import Workspace

__all__ = ["Foresight"]

_LANE = "foresight"
_LOOK_EVERY_MS = 100
_PATIENCE = 8
"""After so many looks it begins though something is still being done."""
_MODULES = (
    "studio.gui.train_page",
    "studio.gui.results.page",
    "studio.gui.fitting.page",
    "studio.gui.trying.panel",
)


class Foresight(QTimer):
    """Waits until the project is read and its first pictures are there, then loads the pages."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, interval=_LOOK_EVERY_MS)
        self._workspace = workspace
        self._patience = _PATIENCE
        self._lane = workspace.lanes[_LANE] = Lane(_LANE, lambda: None, workspace)
        self.timeout.connect(self._look)
        self.start()

    def _look(self) -> None:
        if self._workspace.view is None:
            return
        self._patience -= 1
        lanes = self._workspace.lanes.values()
        if self._patience > 0 and not all(lane.idle for lane in lanes):
            return
        self.stop()
        for module in _MODULES:
            self._lane.submit(partial(_load, module))


def _load(module: str, session: None, task: Task) -> None:
    if not task.cancelled():
        import_module(module)
