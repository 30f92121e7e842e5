"""Linked originals that cannot be used, as lines of text."""

from __future__ import annotations

from collections.abc import Sequence

from studio.app import MissingLink
from studio.cli.table import plain

__all__ = ["missing_lines"]

_SHOWN = 20


def missing_lines(missing: Sequence[MissingLink]) -> list[str]:
    """Return a line for each of the first few, and how many more there are."""
    lines = [f"  {plain(m.sample)}: {plain(m.path)}: {plain(m.why)}" for m in missing[:_SHOWN]]
    more = len(missing) - len(lines)
    return lines + ([f"  and {more:,} more (--json lists all)"] if more else [])
