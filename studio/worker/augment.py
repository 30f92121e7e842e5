"""Making training inputs vary as new ones will: each kind of change by its name.

A change is applied where its hyperparameter is above zero and the input has what it changes:
pictures are ``(n, height, width, channels)``, windows of signals ``(n, window, 1, channels)``,
rows ``(n, features)``; all float32 in [0, 1].
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["augment", "mix"]

_Batch = NDArray[np.float32]
_Change = Callable[[_Batch, float, np.random.Generator], _Batch]


def augment(x: _Batch, values: Mapping[str, Any], rng: np.random.Generator) -> _Batch:
    """Return a batch with every change its hyperparameters ask for."""
    for name, (applies, change) in _CHANGES.items():
        amount = float(values.get(name, 0) or 0)
        if amount > 0 and applies(x):
            x = change(x, amount, rng)
    return x


def mix(x: _Batch, y: _Batch, amount: float, rng: np.random.Generator) -> tuple[_Batch, _Batch]:
    """Return each input mixed with another of its batch, and so its targets.

    Source:
        Zhang et al. 2018, mixup, arXiv 1710.09412; ``amount`` is the alpha of its Beta.
    """
    share = rng.beta(amount, amount, len(x)).astype(np.float32)
    other = rng.permutation(len(x))
    wide = share.reshape(-1, *[1] * (x.ndim - 1))
    narrow = share.reshape(-1, *[1] * (y.ndim - 1))
    return wide * x + (1 - wide) * x[other], narrow * y + (1 - narrow) * y[other]


def _is_picture(x: _Batch) -> bool:
    return x.ndim == 4 and x.shape[2] > 1


def _is_window(x: _Batch) -> bool:
    return x.ndim == 4 and x.shape[2] == 1


def _always(x: _Batch) -> bool:
    return True


def _shifted(x: _Batch, amount: float, rng: np.random.Generator) -> _Batch:
    """Move each by whole steps up to a share of its size; its edge is repeated behind it."""
    count, height, width = x.shape[:3]
    dy, dx = round(amount * height), round(amount * width)
    rows = np.arange(height) + rng.integers(-dy, dy + 1, count)[:, None]
    columns = np.arange(width) + rng.integers(-dx, dx + 1, count)[:, None]
    rows, columns = rows.clip(0, height - 1), columns.clip(0, width - 1)
    first = np.arange(count)[:, None, None]
    moved: _Batch = x[first, rows[:, :, None], columns[:, None, :]]
    return moved


def _flipped(x: _Batch, amount: float, rng: np.random.Generator) -> _Batch:
    """Mirror left and right, with this probability."""
    chosen = rng.random(len(x)) < min(amount, 0.5)
    flipped: _Batch = np.where(chosen[:, None, None, None], x[:, :, ::-1], x)
    return flipped


def _brightened(x: _Batch, amount: float, rng: np.random.Generator) -> _Batch:
    """Add the same to every pixel of a picture, up to this."""
    added = rng.uniform(-amount, amount, (len(x), 1, 1, 1)).astype(np.float32)
    bright: _Batch = np.clip(x + added, 0, 1)
    return bright


def _noisy(x: _Batch, amount: float, rng: np.random.Generator) -> _Batch:
    """Add normal noise of this standard deviation."""
    return np.clip(x + rng.standard_normal(x.shape, np.float32) * np.float32(amount), 0, 1)


def _scaled(x: _Batch, amount: float, rng: np.random.Generator) -> _Batch:
    """Make the swing about the middle larger or smaller, each channel by its own factor."""
    factor = rng.uniform(1 - amount, 1 + amount, (len(x), 1, 1, x.shape[-1])).astype(np.float32)
    scaled: _Batch = np.clip((x - 0.5) * factor + 0.5, 0, 1)
    return scaled


_CHANGES: Mapping[str, tuple[Callable[[_Batch], bool], _Change]] = {
    "shift": (_is_picture, _shifted),
    "flip": (_is_picture, _flipped),
    "brightness": (_is_picture, _brightened),
    "time_shift": (_is_window, _shifted),
    "scale": (_is_window, _scaled),
    "noise": (_always, _noisy),
}
