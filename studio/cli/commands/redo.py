"""``redo``: do again what was undone."""

from __future__ import annotations

from studio.app import Session
from studio.cli.turning import turning_command

ENTRY = turning_command(
    id="redo",
    order=27,
    summary="do again what was undone",
    done="Did again",
    nothing="There is nothing to do again.",
    turn=Session.redo,
)
