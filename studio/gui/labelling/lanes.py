"""Which thread looks and which writes: a label never waits behind a list being counted."""

from __future__ import annotations

from studio.gui.background import Lane
from studio.gui.workspace import Workspace

__all__ = ["QUIET_MS", "browse_lane"]

QUIET_MS = 120
"""How long nothing must change before lists are counted anew: who labels quickly is not slowed."""


def browse_lane(workspace: Workspace) -> Lane:
    """Return the workspace's thread for looking through samples."""
    return workspace.lanes["browse"]
