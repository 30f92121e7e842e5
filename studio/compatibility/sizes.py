"""How sizes are written for a person."""

from __future__ import annotations

import math
from collections.abc import Callable

__all__ = ["size_text", "sizes_text"]

_KIB = 1024
_UNITS = ("KiB", "MiB", "GiB")


def size_text(count: float, *, of: float | None = None) -> str:
    """Return bytes in KiB, MiB or GiB, whole from 10 on.

    Args:
        count: Bytes needed; rounded up, so it never looks smaller than it is.
        of: Bytes there are; rounded down, and its unit serves for both.

    Returns:
        For example ``"61 KiB"`` or ``"61 of 256 KiB"``.
    """
    if of is None:
        unit = _unit(count)
        return f"{_number(count, unit, math.ceil)} {_UNITS[unit]}"
    needed, there = sizes_text(count, of)
    return f"{needed.split()[0]} of {there}"


def sizes_text(needed: float, there: float) -> tuple[str, str]:
    """Return bytes needed, rounded up, and bytes there are, rounded down, in the latter's unit."""
    unit = _unit(there)
    up, down = _number(needed, unit, math.ceil), _number(there, unit, math.floor)
    return f"{up} {_UNITS[unit]}", f"{down} {_UNITS[unit]}"


def _unit(count: float) -> int:
    """Return which unit leaves a number a person can read."""
    return 0 if count < 10 * _KIB**2 else 1 if count < 10 * _KIB**3 else 2


def _number(count: float, unit: int, rounding: Callable[[float], int]) -> str:
    scaled = count / _KIB ** (unit + 1)
    if scaled >= 10:
        return f"{rounding(scaled):,}"
    tenths = rounding(scaled * 10)
    return str(tenths // 10) if tenths % 10 == 0 else f"{tenths / 10:.1f}"
