"""The one number a search maximises."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["score"]

_LOSS_WEIGHT = 0.02
_LARGEST_LOSS = 5.0


def score(
    outputs: NDArray[np.floating[Any]], truth: NDArray[Any], *, classification: bool
) -> float:
    """Return how good predictions on the validation split are, the higher the better.

    Of classes: the share that is right, less a fiftieth of the mean log loss (at most 5), so
    that of two models with as many mistakes the one that is surer of what is right leads; with
    a hundred samples a mistake weighs as much as half a unit of loss. Of amounts: the
    coefficient of determination, 1 less the squared error as a share of the variance.

    Args:
        outputs: ``(samples, classes)`` probabilities, or ``(samples, 1)`` scaled amounts.
        truth: ``(samples,)``, index into the classes or scaled amount.
        classification: Which of the two.

    Returns:
        Finite; what is not a number counts as wrong.
    """
    return _of_classes(outputs, truth) if classification else _of_amounts(outputs[:, 0], truth)


def _of_classes(outputs: NDArray[np.floating[Any]], truth: NDArray[Any]) -> float:
    outputs = np.nan_to_num(outputs)
    likely = outputs[np.arange(len(truth)), truth]
    loss = float(-np.log(np.clip(likely, 1e-7, 1.0)).mean())
    right = float((outputs.argmax(axis=1) == truth).mean())
    return right - _LOSS_WEIGHT * min(loss, _LARGEST_LOSS)


def _of_amounts(outputs: NDArray[np.floating[Any]], truth: NDArray[Any]) -> float:
    spread = float(np.var(truth)) or 1.0
    error = float(np.mean((np.nan_to_num(outputs, nan=1e6) - truth) ** 2))
    return max(1.0 - error / spread, -1e6)
