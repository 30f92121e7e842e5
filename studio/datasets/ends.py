"""How a recording begins and ends: what tells that another one goes on where it stops.

From the last samples of a recording its next ones are foretold, and from the first ones those
before: by linear prediction from all channels, so level, slope and spectrum all speak. How far
a prediction is usually off is measured where the answer is known, and counts the difference.

Source:
    Makhoul, J. (1975), Linear prediction: a tutorial review; here with a ridge, several steps
    ahead at once, and the error by leaving one out (Allen 1974, PRESS).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["STEPS", "Ends", "Outlook", "ends_of"]

STEPS = 4
"""Samples foretold."""

_POINTS = 96
"""Samples of an end that are learned from."""

_PAST, _MOST_INPUTS = 12, 48
_RIDGE = 1.0
_LARGEST_LEVERAGE = 0.95

_PRINT, _KEPT, _LEAST_LEVELS = 8, 4, 4
"""Samples a print is of; one print in so many is kept, chosen by what it is, so that two
recordings keep the same ones; how many of its samples must differ: silence is everywhere."""

_MOST_PRINTS = 4096

_Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is foretold beyond one end, and what stands at it; nearest to the end first.

    Attributes:
        foretold: float64 ``(STEPS, channels)``.
        error: float64 ``(STEPS, channels)``, the usual squared error.
        there: float64 ``(STEPS, channels)``, the samples at this end.
    """

    foretold: _Values
    error: _Values
    there: _Values


@dataclass(frozen=True, slots=True)
class Ends:
    """The two ends of a recording, and traces of what it holds.

    Attributes:
        form: What recordings must have in common to be parts of one: channels and rate.
        start: Looking back from its first sample; None if it is too short or has no change.
        stop: Looking on from its last one; None as well.
        prints: uint64 ``(prints,)``, ascending: short stretches of it, by content.
    """

    form: tuple[object, ...]
    start: Outlook | None
    stop: Outlook | None
    prints: NDArray[np.uint64]


def ends_of(values: NDArray[np.float32], form: tuple[object, ...]) -> Ends:
    """Return the ends of a recording.

    Args:
        values: float32 ``(samples, channels)``; NaN where there was no value.
        form: Its channels and rate.
    """
    known = np.nan_to_num(values, posinf=0.0, neginf=0.0)
    start = _outlook(known[:_POINTS][::-1].astype(np.float64))
    stop = _outlook(known[-_POINTS:].astype(np.float64))
    return Ends(form, start, stop, _prints(known))


def _outlook(signal: _Values) -> Outlook | None:
    """Look beyond the last sample of a signal ``(points, channels)``."""
    count, channels = signal.shape
    past = max(1, min(_PAST, _MOST_INPUTS // channels))
    spread = signal.std(0)
    if count < 4 * past + STEPS or not float(spread.max()) > 0:
        return None
    middle, scale = signal.mean(0), np.where(spread > 0, spread, 1.0)
    scaled = (signal - middle) / scale
    foretold, error = zip(*_steps(scaled, past), strict=True)
    return Outlook(
        np.array(foretold) * scale + middle, np.array(error) * scale**2, signal[: -STEPS - 1 : -1]
    )


def _steps(scaled: _Values, past: int) -> Iterator[tuple[_Values, _Values]]:
    """Yield each step ahead, and its usual squared error, in scaled values."""
    windows = np.lib.stride_tricks.sliding_window_view(scaled, past, axis=0)
    inputs = windows.reshape(len(windows), -1)
    for ahead in range(1, STEPS + 1):
        x, y = inputs[:-ahead], scaled[past + ahead - 1 :]
        inverse = np.linalg.inv(x.T @ x + _RIDGE * np.eye(x.shape[1]))
        weights = inverse @ x.T @ y
        leverage = np.minimum(((x @ inverse) * x).sum(1), _LARGEST_LEVERAGE)
        off = (y - x @ weights) / (1 - leverage)[:, None]
        yield inputs[-1] @ weights, (off**2).mean(0)


def _prints(values: NDArray[np.float32]) -> NDArray[np.uint64]:
    """Return hashes of stretches of `_PRINT` samples in which something happens."""
    if len(values) < _PRINT:
        return np.empty(0, np.uint64)
    rows = np.zeros(len(values), np.uint64)
    words = np.ascontiguousarray(values + np.float32(0)).view(np.uint32).astype(np.uint64)
    with np.errstate(over="ignore"):
        for column in words.T:
            rows = _mixed(rows + column)
        found = np.zeros(len(values) - _PRINT + 1, np.uint64)
        for offset in range(_PRINT):
            found = _mixed(found + rows[offset : offset + len(found)])
    kept = np.flatnonzero(found % np.uint64(_KEPT) == 0)
    levels = np.sort(np.lib.stride_tricks.sliding_window_view(rows, _PRINT)[kept], axis=1)
    various = (np.diff(levels, axis=1) != 0).sum(1) >= _LEAST_LEVELS - 1
    return np.unique(found[kept[various]])[:_MOST_PRINTS]


def _mixed(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return 64-bit words well mixed (the finaliser of splitmix64, Steele et al. 2014)."""
    words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(words ^ (words >> np.uint64(31)))
