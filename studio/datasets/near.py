"""Finding copies: pictures re-encoded, resized, lightened or slightly cropped.

Candidates first: every picture's nearest others by an 8 x 8 look, and those nearest to its own
crops, for a crop of a small picture has many nearer ones. Then each candidate pair is laid over
at 16 and at 32 pixels, and the edges must agree. Small pictures lose at 32 pixels what made them
alike when they are made smaller still; for them agreeing at 16 pixels, unmoved, is enough too.

The thresholds were chosen on every second picture of four sets, and what they are worth was
measured on the others: `tests.benchmarks.bench_datasets`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.datasets.alignment import IDENTITY, align, edge_agreement, smoothed
from studio.datasets.looks import Looks
from studio.datasets.neighbours import nearest

__all__ = ["SMALL_SIDE", "Pair", "near_pictures", "nearest_pairs"]

_NEIGHBOURS = 6
"""Candidates a picture; a longer burst still becomes one chain, link by link."""

_LEAST_ALIKE = 0.6
"""Correlation of 8 x 8 looks below which no candidate is: crops of a tenth stay above it."""

_COARSE, _FINE = 0.88, 0.967
"""Least agreement of edges at 16 and at 32 pixels.

Measured on 360 photos of rubbish and 300 of hands: 99 of 100 copies agree to 0.971 or more,
different cans photographed on one table to 0.962.
"""

SMALL_SIDE = 48
"""Pixels of the shorter side below which a picture has little that could disagree."""

_COARSE_SMALL, _FINE_SMALL = 0.95, 0.976
"""The same for small pictures: two different ones of 28 x 28 pixels agree up to 0.975."""

_STILL, _STILL_SOFT = 0.99, 0.955
"""Least agreement of small pictures unmoved, at 16 pixels and at 32 smoothed twice: a copy of
half the size keeps 0.99 and 0.96, different pictures reach 0.983 and 0.975."""

_HOPELESS = 0.85
"""Agreement one way below which the other way is not tried."""

_FLAT = 3.0
"""Standard deviation of grey levels under which a picture shows nothing to compare."""

_BLOCK = 1024

_TINY = 8
_CROPS = ((1, 1, 2), (0, 0, 3), (0, 3, 3), (3, 0, 3), (3, 3, 3))
"""Crops that are looked for as well, of 32 pixels: the middle and the four corners."""

Progress = Callable[[str, int, int], None]


def _nobody(what: str, done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two pictures that are copies of each other, by position, and how well they agree."""

    first: int
    second: int
    agreement: float


def near_pictures(looks: Looks, progress: Progress = _nobody) -> list[Pair]:
    """Return the pairs of pictures that are copies of one another.

    A pair is missed when both are links of one longer chain; `Chains` joins them.

    Args:
        looks: The pictures.
        progress: Called with what is done, how much of it, and how much there is.
    """
    if len(looks) < 2:
        return []
    pairs = _candidates(looks.grey, progress)
    found: list[Pair] = []
    for start in range(0, len(pairs), _BLOCK):
        found.extend(_confirmed(pairs[start : start + _BLOCK], looks))
        progress("comparing pictures", min(start + _BLOCK, len(pairs)), len(pairs))
    return found


def _confirmed(pairs: NDArray[np.int64], looks: Looks) -> Iterator[Pair]:
    one, other = (looks.grey[pairs[:, side]].astype(np.float32) for side in (0, 1))
    small = looks.short_sides[pairs].min(1) < SMALL_SIDE
    moving, fixed = _halved(one), _halved(other)
    warps = align(moving, fixed, steps=6)
    coarse = edge_agreement(moving, fixed, warps)
    likely = coarse >= np.where(small, _COARSE_SMALL, _COARSE)
    value = np.zeros(len(pairs), np.float32)
    value[likely] = _either_way(one[likely], other[likely], warps[likely])
    copies = value >= np.where(small, _FINE_SMALL, _FINE)
    still = _unmoved(moving[small], fixed[small], one[small], other[small])
    copies[small] |= still > 0
    value[small] = np.maximum(value[small], still)
    for (first, second), agreement in zip(pairs[copies], value[copies], strict=True):
        yield Pair(int(first), int(second), float(agreement))


def _either_way(
    one: NDArray[np.float32], other: NDArray[np.float32], warps: NDArray[np.floating[Any]]
) -> NDArray[np.floating[Any]]:
    """Return the agreement at 32 pixels the better way round.

    A crop is found in the whole picture, but not the whole in its crop.
    """
    agreement = _agreement(one, other, warps)
    back = agreement >= _HOPELESS
    turned = _agreement(other[back], one[back], _turned(warps[back]))
    agreement[back] = np.maximum(agreement[back], turned)
    return agreement


def _unmoved(
    coarse_one: NDArray[np.float32],
    coarse_other: NDArray[np.float32],
    one: NDArray[np.float32],
    other: NDArray[np.float32],
) -> NDArray[np.floating[Any]]:
    """Return how well pictures of one frame agree at 16 pixels, 0 where they are no copies."""
    still = np.tile(IDENTITY, (len(one), 1))
    coarse = edge_agreement(coarse_one, coarse_other, still)
    soft = edge_agreement(smoothed(smoothed(one)), smoothed(smoothed(other)), still)
    return np.where((coarse >= _STILL) & (soft >= _STILL_SOFT), coarse, 0)


def _agreement(
    moving: NDArray[np.float32], fixed: NDArray[np.float32], start: NDArray[np.floating[Any]]
) -> NDArray[np.floating[Any]]:
    return edge_agreement(moving, fixed, align(moving, fixed, steps=6, start=start))


def _turned(warps: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    """Return the warps that undo others: ``x = s u + t`` is ``u = x / s - t / s``."""
    stretch, shift = warps[:, 0::2], warps[:, 1::2]
    return np.stack([1 / stretch, -shift / stretch], -1).reshape(len(warps), 4)


def _candidates(grey: NDArray[np.uint8], progress: Progress = _nobody) -> NDArray[np.int64]:
    """Return pairs ``(n, 2)``, first below second, of pictures much alike in 8 x 8."""
    tiny = _tiny(grey)
    shown = np.flatnonzero(tiny.std(1) >= _FLAT)
    if len(shown) < 2:
        return np.empty((0, 2), np.int64)
    unit = _unit(tiny[shown])
    views = [(unit, min(_NEIGHBOURS, len(shown) - 1))]
    views += [(_unit(_tiny(grey[shown], crop)), 1) for crop in _CROPS]
    found = []
    for number, (queries, count) in enumerate(views):
        tell = partial(_tell, progress, number * len(shown), len(views) * len(shown))
        places, alike = nearest(queries, unit, count, progress=tell)
        own = np.broadcast_to(np.arange(len(shown))[:, None], places.shape)
        chosen = alike >= _LEAST_ALIKE
        found.append(np.stack([own[chosen], places[chosen]], 1))
    return np.asarray(shown[np.unique(np.sort(np.concatenate(found), axis=1), axis=0)])


def _tell(progress: Progress, before: int, total: int, done: int, _: int) -> None:
    progress("looking for copies", before + done, total)


def nearest_pairs(unit: NDArray[np.float32], *, least: float) -> NDArray[np.int64]:
    """Return pairs ``(n, 2)``, first below second, of each row and the rows nearest to it.

    Args:
        unit: float32 ``(rows, features)`` of length 1 each, two rows or more.
        least: Least cosine of a pair.
    """
    places, alike = nearest(unit, unit, min(_NEIGHBOURS, len(unit) - 1))
    own = np.broadcast_to(np.arange(len(unit))[:, None], places.shape)
    chosen = alike >= least
    pairs = np.stack([own[chosen], places[chosen]], 1)
    return np.unique(np.sort(pairs, axis=1), axis=0)


def _tiny(grey: NDArray[np.uint8], crop: tuple[int, int, int] = (0, 0, 0)) -> NDArray[np.float32]:
    """Return 8 x 8 looks, float32 ``(pictures, 64)``, of pictures or of crops of them.

    Args:
        grey: uint8 ``(pictures, side, side)``.
        crop: Rows and columns left out before, and how many are left out in all.
    """
    top, left, less = crop
    side = grey.shape[1] - less
    down, across = (_averaging(grey.shape[1], side, at) for at in (top, left))
    found = [
        down @ grey[start : start + _BLOCK].astype(np.float32) @ across.T
        for start in range(0, len(grey), _BLOCK)
    ]
    return np.concatenate(found).reshape(len(grey), _TINY * _TINY)


def _averaging(side: int, kept: int, at: int) -> NDArray[np.float32]:
    """Return the matrix ``(8, side)`` that averages ``kept`` pixels from ``at`` on into 8."""
    edges = at + np.arange(_TINY + 1) * kept / _TINY
    pixels = np.arange(side)
    share = np.minimum(edges[1:, None], pixels + 1) - np.maximum(edges[:-1, None], pixels)
    return np.asarray(np.maximum(share, 0) * _TINY / kept, np.float32)


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    centred = rows - rows.mean(1, keepdims=True)
    return np.asarray(centred / (np.linalg.norm(centred, axis=1, keepdims=True) + 1e-6))


def _halved(pictures: NDArray[np.float32]) -> NDArray[np.float32]:
    side = pictures.shape[1] // 2
    return np.asarray(pictures.reshape(len(pictures), side, 2, side, 2).mean((2, 4)), np.float32)
