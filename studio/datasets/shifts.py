"""How alike two pictures are where the camera only moved: their edges at the best shift."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["shifted_likeness"]

_MOST = 0.25
"""The farthest shift, of a side."""

_FAINT = 1.0
"""Energy of edges, in grey levels squared, that counts as nothing."""

_BLOCK = 256

_Edges = NDArray[np.float64]


def shifted_likeness(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return the normalised correlation of edges at the best shift, -1 to 1, ``(pairs,)``.

    Args:
        one: uint8 ``(pairs, side, side)``.
        other: Of the same shape.

    Source:
        Lewis, J. P. (1995), Fast normalized cross-correlation: by Fourier transforms, with the
        energies of what overlaps.
    """
    blocks = [
        _likeness(one[start : start + _BLOCK], other[start : start + _BLOCK])
        for start in range(0, len(one), _BLOCK)
    ]
    return np.concatenate(blocks) if blocks else np.empty(0)


def _likeness(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> NDArray[np.float64]:
    side = one.shape[1]
    first, second = _edges(one), _edges(other)
    everywhere = _turned(np.ones((side, side)))
    product = _back((_turned(first) * np.conj(_turned(second))).sum(1), side)
    energy_first = _back(_turned((first**2).sum(1)) * np.conj(everywhere), side)
    energy_second = _back(everywhere * np.conj(_turned((second**2).sum(1))), side)
    energy = np.maximum(energy_first, 0) * np.maximum(energy_second, 0)
    reach = int(_MOST * side)
    near = np.r_[0 : reach + 1, 2 * side - reach : 2 * side]
    likeness = (product / np.sqrt(energy + _FAINT))[:, near][:, :, near]
    return np.asarray(likeness.max((1, 2)), np.float64)


def _edges(pictures: NDArray[np.uint8]) -> _Edges:
    grey = pictures.astype(np.float64)
    return np.stack([np.gradient(grey, axis=2), np.gradient(grey, axis=1)], 1)


def _turned(values: _Edges) -> NDArray[np.complex128]:
    side = values.shape[-1]
    return np.asarray(np.fft.rfft2(values, (2 * side, 2 * side)))


def _back(values: NDArray[np.complex128], side: int) -> _Edges:
    return np.asarray(np.fft.irfft2(values, (2 * side, 2 * side)))
