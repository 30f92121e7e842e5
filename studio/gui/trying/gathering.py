"""A signal that comes in bit by bit, cut into what a model looks at; no Qt."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["Gatherer", "Lines"]

_LONGEST_LINE = 4096
"""Bytes without an end of line that are no text of numbers any more."""


class Gatherer:
    """Keeps the newest values and hands them out when enough of them are new.

    Args:
        channels: Values at a time.
        needed: How many times make one answer.
        hop: How many must be new before the next answer.
    """

    def __init__(self, channels: int, needed: int, hop: int) -> None:
        self._kept = np.empty((0, channels), np.float32)
        self._needed, self._hop, self._new = needed, max(1, hop), 0

    def add(self, values: NDArray[np.float32]) -> NDArray[np.float32] | None:
        """Take ``(n, channels)`` more; return the newest ``needed`` where an answer is due."""
        self._kept = np.concatenate([self._kept, values])[-self._needed :]
        self._new += len(values)
        if len(self._kept) < self._needed or self._new < self._hop:
            return None
        self._new = 0
        return self._kept.copy()

    @property
    def missing(self) -> int:
        """How many times are missing to the first answer."""
        return max(0, self._needed - len(self._kept))


class Lines:
    """Numbers from the text a board prints: one line a time, a number a channel.

    Numbers stand apart by commas, semicolons, tabs or spaces. A line with fewer numbers, or
    with words, is left out and counted; with more of them the first ones are taken.
    """

    def __init__(self, channels: int) -> None:
        self._channels = channels
        self._rest = b""
        self.skipped = 0

    def add(self, content: bytes) -> NDArray[np.float32]:
        """Take bytes as they came; return what whole lines there are, ``(n, channels)``."""
        *whole, self._rest = (self._rest + content).split(b"\n")
        if len(self._rest) > _LONGEST_LINE:
            self._rest = b""
            self.skipped += 1
        found = []
        for line in whole:
            if not line.strip():
                continue
            row = self._row(line)
            if row is None:
                self.skipped += 1
            else:
                found.append(row)
        return np.array(found, np.float32).reshape(len(found), self._channels)

    def _row(self, line: bytes) -> Sequence[float] | None:
        plain = line.translate(bytes.maketrans(b",;\t", b"   "))
        try:
            row = [float(part) for part in plain.split()[: self._channels]]
        except ValueError:
            return None
        good = len(row) == self._channels and all(map(math.isfinite, row))
        return row if good else None
