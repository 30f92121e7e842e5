"""What a strong baseline knows, as samples a small network can learn from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.worker.instant.baselines import flat, method, predict
from studio.worker.instant.records import Material

__all__ = ["distil"]

_SHARE_OF_COLUMNS = 0.35
"""Columns of a sample that are taken from another one like it."""


def distil(
    material: Material, teacher: str, count: int
) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Return made-up rows and what a baseline says of them.

    Each is a training row with some columns taken from another; so every column keeps its
    own distribution, categories stay categories, and the teacher is asked between the
    samples, where the truth is silent.

    Args:
        material: Rows, ``(samples, features)``; see `Material`.
        teacher: Name of a baseline.
        count: How many.

    Returns:
        uint8 ``(count, features)`` and float32 ``(count, outputs)``: probabilities or
        amounts.

    Source:
        Bucila, Caruana, Niculescu-Mizil 2006, "Model compression".
    """
    rng = np.random.default_rng(material.seed)
    rows = material.pixels
    one, other = rows[rng.integers(len(rows), size=(2, count))]
    made = np.where(rng.random(one.shape) < _SHARE_OF_COLUMNS, other, one)
    return made, predict(method(teacher, material), flat(made), material)
