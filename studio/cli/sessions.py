"""Sessions as text for a person at a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from studio.cli.table import plain
from studio.cli.wording import counted
from studio.datasets import SessionGuess

__all__ = ["sessions_text"]

_SHOWN = 10


def sessions_text(head: str, found: Sequence[SessionGuess]) -> str:
    """Return sessions in a line each, the first ten, each with its reason."""
    lines = [head]
    for session in found[:_SHOWN]:
        size = counted(len(session.sample_ids), "sample")
        lines.append(f"  {plain(session.name)} ({size}): {plain(session.reason)}")
    more = len(found) - _SHOWN
    return "\n".join(lines + ([f"  and {more:,} more (--json lists all)"] if more > 0 else []))
