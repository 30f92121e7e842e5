"""What a person makes of a window of a signal before giving it to a tool for tables."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["window_features"]

_FREQUENCIES = 8


def window_features(windows: NDArray[np.floating]) -> NDArray[np.float32]:
    """Return the usual features of activity recognition.

    Of each channel: mean, standard deviation, smallest, largest, quartiles, mean absolute
    step, share of crossings of the mean, energy in eight bands of frequencies; of each pair of
    channels: their correlation.

    Args:
        windows: ``(windows, values, channels)``.
    """
    x = windows.astype(np.float64)
    mean = x.mean(axis=1, keepdims=True)
    centred = x - mean
    above = centred > 0
    parts = [
        mean[:, 0],
        x.std(axis=1),
        x.min(axis=1),
        x.max(axis=1),
        *np.quantile(x, [0.25, 0.5, 0.75], axis=1),
        np.abs(np.diff(x, axis=1)).mean(axis=1),
        (above[:, 1:] != above[:, :-1]).mean(axis=1),
        *_bands(centred),
        _correlations(centred),
    ]
    return np.concatenate(parts, axis=1).astype(np.float32)


def _bands(centred: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    power = np.abs(np.fft.rfft(centred, axis=1)[:, 1:]) ** 2
    bands = np.array_split(power, min(_FREQUENCIES, power.shape[1]), axis=1)
    return [np.log1p(band.sum(axis=1)) for band in bands]


def _correlations(centred: NDArray[np.float64]) -> NDArray[np.float64]:
    norm = np.sqrt((centred**2).sum(axis=1, keepdims=True))
    unit = centred / np.where(norm > 0, norm, 1)
    both = np.einsum("nic,nid->ncd", unit, unit)
    first, second = np.triu_indices(centred.shape[2], 1)
    return both[:, first, second]
