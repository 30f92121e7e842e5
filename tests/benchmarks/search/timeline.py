"""Errors of recordings over time, so that windows of different lengths can be compared.

Whoever cuts a recording into windows decides how many decisions there are and how much each of
them sees. What a person cares about is for what share of the time the answer is right. So every
moment of the recordings is given the class with the largest sum of outputs of the windows that
cover it; what lies behind a piece's last window belongs to that one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Timeline", "Windows"]


@dataclass(frozen=True, kw_only=True)
class Windows:
    """Where windows lie: piece, first moment and one past the last, each ``(windows,)``."""

    piece: NDArray[np.int64]
    start: NDArray[np.int64]
    stop: NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """Pieces of recordings without gaps: how many moments each has, and its class."""

    lengths: NDArray[np.int64]
    truth: NDArray[np.int64]

    def windows(self, window: int, stride: int) -> Windows:
        """Return the windows of a length and stride in moments, piece by piece."""
        counts = np.maximum((self.lengths - window) // stride + 1, 0)
        piece = np.repeat(np.arange(len(self.lengths)), counts)
        start = np.concatenate([np.arange(n) * stride for n in counts.tolist()] or [[]])
        start = start.astype(np.int64)
        return Windows(piece=piece, start=start, stop=start + window)

    def error(self, outputs: NDArray[np.float64], where: Windows, counted: set[int]) -> float:
        """Return for what share of the time the answer is wrong.

        Args:
            outputs: ``(windows, classes)``.
            where: The windows they are of.
            counted: Pieces that count; one of them without a window is wrong throughout.
        """
        wrong = total = 0
        for number in sorted(counted):
            length = int(self.lengths[number])
            mine = where.piece == number
            total += length
            if not mine.any():
                wrong += length
                continue
            votes = _votes(length, outputs[mine], where.start[mine], where.stop[mine])
            wrong += int((votes.argmax(axis=1) != self.truth[number]).sum())
        return wrong / total


def _votes(
    length: int,
    outputs: NDArray[np.float64],
    start: NDArray[np.int64],
    stop: NDArray[np.int64],
) -> NDArray[np.float64]:
    votes = np.zeros((length, outputs.shape[1]))
    for row, first, last in zip(outputs, start.tolist(), stop.tolist(), strict=True):
        votes[first:last] += row
    votes[int(stop.max()) :] = outputs[int(stop.argmax())]
    return votes
