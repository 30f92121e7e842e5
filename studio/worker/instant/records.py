"""What an instant model learns from, and what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Baseline", "Learned", "Material", "as_inputs"]

CLASSIFICATION = "classification"


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What there is to learn from.

    Attributes:
        pixels: uint8 ``(samples, *shape)`` of the training side.
        truth: ``(samples,)``: int index of a class, or float amount in the output's scale.
        held_pixels: As ``pixels``, of the validation side.
        held_truth: As ``truth``, of the validation side.
        outputs: One a class, or 1 for an amount.
        goal: ``"classification"`` or ``"regression"``.
        seed: Of everything drawn.
    """

    pixels: NDArray[np.uint8]
    truth: NDArray[Any]
    held_pixels: NDArray[np.uint8]
    held_truth: NDArray[Any]
    outputs: int
    goal: str
    seed: int

    @property
    def classes(self) -> bool:
        """Whether classes are learned, not an amount."""
        return self.goal == CLASSIFICATION

    def with_training(self, rows: NDArray[np.int64]) -> Material:
        """Return the same with some of the training side only."""
        return replace(self, pixels=self.pixels[rows], truth=self.truth[rows])

    @property
    def targets(self) -> NDArray[np.float64]:
        """``(samples, outputs)`` to regress on: 1 at the class and 0 elsewhere, or the amount."""
        if self.classes:
            hot: NDArray[np.float64] = np.eye(self.outputs)[self.truth]
            return hot
        return np.asarray(self.truth, np.float64)[:, np.newaxis]


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """A model learned without gradient descent on a network, ready to be a candidate.

    Attributes:
        space: Id of its space.
        hyperparameters: Values of the space.
        weights: In the order of ``get_weights()`` of the model `build_model` makes of them.
        outputs: float32 ``(validation samples, outputs)``: probabilities or amounts.
        loss: On the validation side: mean negative log-likelihood, or mean squared error.
        flash_bytes: No int8 file of it is smaller.
        ram_bytes: No arena of it is smaller.
    """

    space: str
    hyperparameters: Mapping[str, Any]
    weights: tuple[NDArray[np.float32], ...]
    outputs: NDArray[np.float32]
    loss: float
    flash_bytes: int
    ram_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """What a usual method that no microcontroller runs reaches: a figure to compare with.

    Attributes:
        name: Of the method, for the leaderboard.
        outputs: float32 ``(validation samples, outputs)``: probabilities or amounts.
        seconds: It took.
    """

    name: str
    outputs: NDArray[np.float32]
    seconds: float


def as_inputs(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return what a float model takes: the bytes divided by 255."""
    return pixels.astype(np.float32) / np.float32(255)
