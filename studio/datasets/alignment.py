"""Laying one small picture over another and saying how well the edges agree.

A crop, a resized or a re-encoded copy of a picture differs from it by a stretch and a shift of
each axis, and by gain and offset of its brightness. Those six numbers are found by
Gauss-Newton steps for thousands of pairs at once; what is left over decides.

Source:
    Lucas, B. D. and Kanade, T. (1981), An iterative image registration technique with an
    application to stereo vision; here with an axis-aligned warp and a gain and offset.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["IDENTITY", "align", "edge_agreement", "smoothed"]

Pixels = NDArray[np.floating[Any]]
"""float32 ``(pairs, side, side)``."""

IDENTITY = np.array([1, 0, 1, 0], np.float32)
"""No warp: stretch and shift across, stretch and shift down; the frame is -1 to 1."""

_LARGEST_STEP = 0.06
_BOUNDS = (np.array([0.8, -0.2, 0.8, -0.2]), np.array([1.25, 0.2, 1.25, 0.2]))
"""A tenth cut off one side shifts by 0.1 and stretches by 0.9: twice that is searched."""

_TINY = 1e-6


def align(moving: Pixels, fixed: Pixels, *, steps: int, start: Pixels | None = None) -> Pixels:
    """Find the warps that lay pictures over others.

    Args:
        moving: Pictures that are warped, float32 ``(pairs, side, side)``.
        fixed: Pictures they are laid over, of the same shape.
        steps: Gauss-Newton steps.
        start: Warps to begin with, ``(pairs, 4)``; by default none.

    Returns:
        Warps, float32 ``(pairs, 4)``, to be read as `IDENTITY` says.
    """
    side = moving.shape[1]
    warps = np.tile(IDENTITY, (len(moving), 1)) if start is None else start.copy()
    slopes = np.gradient(moving, axis=2) * side / 2, np.gradient(moving, axis=1) * side / 2
    for _ in range(steps):
        warps = np.clip(warps + _step(moving, fixed, slopes, warps), *_BOUNDS)
    return warps.astype(np.float32)


def _step(moving: Pixels, fixed: Pixels, slopes: tuple[Pixels, Pixels], warps: Pixels) -> Pixels:
    """Return the change of the warps that lessens the squared difference most."""
    across, down, mask = _sampling(warps, moving.shape[1])
    warped, size = _standard(down @ moving @ across, mask)
    target, _ = _standard(fixed, mask)
    slope_x, slope_y = ((down @ slope @ across) / size[:, None, None] * mask for slope in slopes)
    place = _centres(moving.shape[1])
    columns = (slope_x * place, slope_x, slope_y * place[:, None], slope_y, warped, mask)
    jacobian: Pixels = np.stack(columns, -1).reshape(
        len(moving), moving.shape[1] ** 2, len(columns)
    )
    turned = jacobian.transpose(0, 2, 1)
    normal: Pixels = turned @ jacobian
    # A flat picture has no slopes: a little on the diagonal keeps the system solvable.
    damping = 1e-3 * np.trace(normal, axis1=1, axis2=2) / len(columns) + _TINY
    normal += np.eye(len(columns), dtype=np.float32) * damping[:, None, None]
    residual = (target - warped).reshape(len(moving), moving.shape[1] ** 2, 1)
    change = np.linalg.solve(normal, turned @ residual)[:, :4, 0]
    return np.asarray(np.clip(change, -_LARGEST_STEP, _LARGEST_STEP))


def edge_agreement(moving: Pixels, fixed: Pixels, warps: Pixels) -> NDArray[np.floating[Any]]:
    """Return how well the edges of laid-over pictures agree, -1 to 1, float32 ``(pairs,)``.

    It is the correlation of the slopes across and down, averaged, where both pictures are.
    Slopes, not brightness: two different photos of one bright thing on a dark table agree
    in brightness, but not in their edges. The fixed picture is first smoothed as the
    warping has smoothed the moving one.
    """
    across, down, mask = _sampling(warps, moving.shape[1])
    warped, smooth = smoothed(down @ moving @ across), smoothed(fixed)
    agreement = [
        _correlation(np.diff(warped, axis=axis), np.diff(smooth, axis=axis), _trim(mask, axis))
        for axis in (1, 2)
    ]
    return np.asarray((agreement[0] + agreement[1]) / 2, np.float32)


def _trim(mask: Pixels, axis: int) -> Pixels:
    return mask[:, 1:] if axis == 1 else mask[:, :, 1:]


def _correlation(one: Pixels, other: Pixels, mask: Pixels) -> Pixels:
    first, _ = _standard(one, mask)
    second, _ = _standard(other, mask)
    return np.asarray((first * second).sum((1, 2)), np.float32)


def _standard(pictures: Pixels, mask: Pixels) -> tuple[Pixels, Pixels]:
    """Return pictures of mean 0 and length 1 inside the mask, and their lengths before."""
    inside = mask.sum((1, 2)) + _TINY
    centred = (pictures - ((pictures * mask).sum((1, 2)) / inside)[:, None, None]) * mask
    length = np.sqrt((centred * centred).sum((1, 2))) + _TINY
    return centred / length[:, None, None], length


def smoothed(pictures: Pixels) -> Pixels:
    """Return pictures blurred by 1-2-1 along both axes."""
    wide = np.pad(pictures, ((0, 0), (1, 1), (1, 1)), mode="edge")
    rows = wide[:, :-2] + 2 * wide[:, 1:-1] + wide[:, 2:]
    return np.asarray((rows[:, :, :-2] + 2 * rows[:, :, 1:-1] + rows[:, :, 2:]) / 16)


def _centres(side: int) -> NDArray[np.floating[Any]]:
    """Return where the centres of pixels are in a frame from -1 to 1."""
    return np.asarray(((np.arange(side) + 0.5) / side) * 2 - 1, np.float32)


def _sampling(warps: Pixels, side: int) -> tuple[Pixels, Pixels, Pixels]:
    """Return matrices that warp (``down @ picture @ across``), and where both pictures are."""
    across, inside_x = _weights(warps[:, 0], warps[:, 1], side)
    down, inside_y = _weights(warps[:, 2], warps[:, 3], side)
    mask = (inside_y[:, :, None] & inside_x[:, None, :]).astype(np.float32)
    return across.transpose(0, 2, 1), down, mask


def _weights(
    stretch: NDArray[np.floating[Any]], shift: NDArray[np.floating[Any]], side: int
) -> tuple[Pixels, NDArray[np.bool_]]:
    """Return linear interpolation as matrices ``(pairs, out, in)``, and which out are inside."""
    source = stretch[:, None] * _centres(side) + shift[:, None]
    position = (source + 1) / 2 * side - 0.5
    inside = (position >= -0.5) & (position <= side - 0.5)
    position = np.clip(position, 0, side - 1)
    left = np.minimum(position.astype(np.int64), side - 2)
    part = (position - left).astype(np.float32)
    weights = np.zeros((len(source), side, side), np.float32)
    pair, out = np.ogrid[: len(source), :side]
    weights[pair, out, left] = 1 - part
    weights[pair, out, left + 1] = part
    return weights, inside
