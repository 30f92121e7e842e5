"""``undo``, its opposite and the list of what can be undone: see also ``redo``, ``history``."""

from __future__ import annotations

from studio.app import Session
from studio.cli.turning import turning_command

ENTRY = turning_command(
    id="undo",
    order=26,
    summary="take back the latest changes",
    done="Undid",
    nothing="There is nothing to undo.",
    turn=Session.undo,
)
