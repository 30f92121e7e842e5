"""How loud each band of frequencies of a window is; see `studio.domain.preprocessing.FrontEnd`."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["bands_of", "loudness", "turns"]

Floats = NDArray[np.float32]

_MOST_BANDS = 16
"""Twice as many told no more of our recordings, and the network's first layer grows with them."""

_STEPS = np.float64(32768)
_ZERO_EXPONENT = np.float32(127)
_MANTISSA = np.float32(1 << 23)


def bands_of(window: int) -> tuple[int, ...]:
    """Return the edges of up to sixteen bands: equal steps of pitch, each one ``k`` at least.

    Args:
        window: Values in a window, 2 or more.
    """
    last = window // 2
    count = min(_MOST_BANDS, last)
    edges = [1]
    for band in range(1, count + 1):
        wanted = round((last + 1) ** (band / count))
        edges.append(min(max(wanted, edges[-1] + 1), last + 1 - (count - band)))
    return tuple(edges)


def turns(window: int) -> tuple[Floats, Floats, Floats]:
    """Return cosine and sine of a whole turn in ``window`` steps, and the Hann window.

    Whole 32768ths, so that every computer has the same, whatever its cosine does.
    """
    angles = 2 * np.pi * np.arange(window) / window
    exact = (np.cos(angles), np.sin(angles), 0.5 - 0.5 * np.cos(angles))
    cosine, sine, hann = ((np.rint(e * _STEPS) / _STEPS).astype(np.float32) for e in exact)
    return cosine, sine, hann


def loudness(windows: Floats, mean: Floats, bands: Sequence[int]) -> Floats:
    """Return the loudness of each band, float32 ``(windows, channels, bands)``.

    Args:
        windows: float32 ``(windows, channels, window)``.
        mean: float32 ``(windows, channels)``, of each window.
        bands: Edges, as `bands_of` gives them.
    """
    count, channels, window = windows.shape
    cosine, sine, hann = turns(window)
    numbers = np.arange(bands[0], bands[-1])
    re = np.zeros((count, channels, len(numbers)), np.float32)
    im = np.zeros_like(re)
    with np.errstate(all="ignore"):
        for at in range(window):  # in the order of time, as the device adds
            value = ((windows[..., at] - mean) * hann[at])[..., None]
            place = numbers * at % window
            re += value * cosine[place]
            im += value * sine[place]
        power = re * re + im * im
        return _levels(_sums(power, bands))


def _sums(power: Floats, bands: Sequence[int]) -> Floats:
    sums = np.zeros((*power.shape[:2], len(bands) - 1), np.float32)
    for band, (first, end) in enumerate(itertools.pairwise(bands)):
        for number in range(first, end):
            sums[..., band] += power[..., number - bands[0]]
    return sums


def _levels(power: Floats) -> Floats:
    bits = power.view(np.uint32).astype(np.float32)
    levels = bits / _MANTISSA - _ZERO_EXPONENT
    return np.where(np.isnan(power), power, levels)
