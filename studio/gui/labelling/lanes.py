"""A thread for what only looks, so that a label never waits behind a list being counted."""

from __future__ import annotations

from studio.gui.background import Lane
from studio.gui.workspace import Workspace

__all__ = ["browse_lane"]

_LANE = "browse"


def browse_lane(workspace: Workspace) -> Lane:
    """Return the workspace's thread for looking through samples; it ends with the others."""
    if _LANE not in workspace.lanes:
        lane = Lane(_LANE, lambda: workspace.backend.open(workspace.path), workspace)
        workspace.lanes[_LANE] = lane
        # Opened now: opening takes in what a dead search left, and a search that is just
        # starting looks dead for a moment.
        lane.submit(lambda session, task: None, None, workspace.failed.emit)
    return workspace.lanes[_LANE]
