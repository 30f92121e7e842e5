"""Loads, while nobody waits, what the pages need when they are first shown.

The plots alone take longer to load than the window may be held; on a thread of their own they
hold nobody.
"""

from __future__ import annotations

from importlib import import_module

from PySide6.QtCore import QTimer

from studio.gui.background import Lane
from studio.gui.workspace import Workspace

__all__ = ["Foresight"]

_LANE = "foresight"
_LOOK_EVERY_MS = 100
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
        self._left = list(_MODULES)
        self._lane = workspace.lanes[_LANE] = Lane(_LANE, lambda: None, workspace)
        self.timeout.connect(self._look)
        self.start()

    def _look(self) -> None:
        idle = all(lane.idle for lane in self._workspace.lanes.values())
        if self._workspace.view is None or not idle:
            return
        if not self._left:
            self.stop()
            return
        module = self._left.pop(0)
        self._lane.submit(lambda nothing, task: import_module(module))
