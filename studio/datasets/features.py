"""Numbers a quick model can tell samples apart by; not what a search learns from.

Pictures give histograms of edge directions (Dalal and Triggs 2005, without block
normalisation) and a colour layout; recordings give levels and a spectrum a channel; rows give
numbers and one column a category.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.datasets.looks import Looks

__all__ = ["picture_features", "recording_features", "row_features"]

Features = NDArray[np.float32]
"""float32 ``(samples, features)``."""

_CELLS, _DIRECTIONS = 4, 8
_BANDS = 16
_MOST_CATEGORIES = 30


def picture_features(looks: Looks) -> Features:
    """Return 4 x 4 cells of 8 edge directions and 4 x 4 mean colours a picture."""
    grey = looks.grey.astype(np.float32)
    across, down = np.gradient(grey, axis=2), np.gradient(grey, axis=1)
    strength = np.hypot(across, down)
    direction = ((np.arctan2(down, across) / np.pi + 1) / 2 * _DIRECTIONS).astype(int) % _DIRECTIONS
    side = grey.shape[1] // _CELLS
    layers = [
        np.where(direction == number, strength, 0)
        .reshape(len(grey), _CELLS, side, _CELLS, side)
        .sum((2, 4))
        .reshape(len(grey), -1)
        for number in range(_DIRECTIONS)
    ]
    edges = np.sqrt(np.concatenate(layers, 1))
    edges /= np.linalg.norm(edges, axis=1, keepdims=True) + 1e-6
    colours = looks.layout.reshape(len(grey), -1) / np.float32(255)
    return np.concatenate([edges * 4, colours], 1).astype(np.float32)


def recording_features(recordings: Sequence[NDArray[np.float32]]) -> Features:
    """Return mean, spread and 16 bands of log power a channel.

    Args:
        recordings: float32 ``(points, channels)`` each, all of the same channels.
    """
    return np.stack([_of_recording(values) for values in recordings]).astype(np.float32)


def _of_recording(values: NDArray[np.float32]) -> NDArray[np.float64]:
    power = np.abs(np.fft.rfft(values - values.mean(0), axis=0)) ** 2
    edges = np.linspace(0, len(power), _BANDS + 1).astype(int)
    bands = [power[begin : max(end, begin + 1)].mean(0) for begin, end in pairwise(edges)]
    return np.concatenate([values.mean(0), values.std(0), *np.log(np.array(bands) + 1e-6)])


def row_features(rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> Features:
    """Return numbers, standardised, with a mark where they lack, and categories one by one."""
    parts = [_of_column([row.get(column) for row in rows]) for column in columns]
    if not parts:
        return np.zeros((len(rows), 1), np.float32)
    return np.concatenate(parts, 1).astype(np.float32)


def _of_column(values: Sequence[Any]) -> NDArray[np.float64]:
    if all(isinstance(v, int | float) or v is None for v in values):
        numbers = np.array([np.nan if v is None else v for v in values], np.float64)
        lacking = ~np.isfinite(numbers)
        known = numbers[~lacking]
        middle = known.mean() if known.size else 0.0
        spread = known.std() if known.size else 0.0
        filled = np.where(lacking, middle, numbers) - middle
        return np.stack([filled / (spread or 1.0), lacking.astype(float)], 1)
    usual = [value for value, _ in Counter(map(str, values)).most_common(_MOST_CATEGORIES)]
    return np.array([[str(v) == u for u in usual] for v in values], np.float64)
