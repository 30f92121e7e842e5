"""What int8 leaves of a number, so that a model is learned from what the device will see."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["by_last_axis", "to_codes"]


def by_last_axis(weights: NDArray[Any]) -> NDArray[Any]:
    """Return weights rounded to 127 steps of the largest of each output (the last axis).

    Source:
        TensorFlow Lite 8-bit quantization specification: int8, symmetric, per axis.
    """
    steps = np.abs(weights).reshape(-1, weights.shape[-1]).max(axis=0) / 127
    steps = np.where(steps > 0, steps, 1).astype(weights.dtype)
    rounded: NDArray[Any] = np.round(weights / steps) * steps
    return rounded


def to_codes(values: NDArray[np.float32], top: float) -> NDArray[np.float32]:
    """Return activations from 0 to ``top`` rounded to 255 steps."""
    step = np.float32(top / 255)
    return np.round(values / step) * step
