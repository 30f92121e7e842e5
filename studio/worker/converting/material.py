"""What a conversion may look at, and what is being converted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from studio.conversion import representatives
from studio.conversion.representatives import USUAL
from studio.domain.candidate import ArtifactFormat, Precision
from studio.worker.convert import to_file
from studio.worker.converting.mixing import mix
from studio.worker.converting.network import Network, model_of
from studio.worker.data import Part
from studio.worker.training import Plan, planned_epochs, train

__all__ = ["Case", "Material"]

_NO_LIMIT = 1e9
"""Seconds: what is made must not depend on how busy the computer is."""

_USUAL_RATE = 3e-3
"""Learning rate where a model was not trained step by step and has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """The data of a conversion, and what else its steps may ask.

    Attributes:
        training: Sets ranges and is trained on; its groups are sessions.
        validation: Chooses between files.
        classes: Names; empty for amounts.
        hyperparameters: Of the search space, those of training among them.
        seed: Of what is drawn and trained.
        check: Called every few steps; may raise to end it.
    """

    training: Part
    validation: Part
    classes: tuple[str, ...]
    hyperparameters: Mapping[str, Any]
    seed: int
    check: Callable[[], None] = lambda: None

    def samples(self, most: int = USUAL) -> NDArray[np.float32]:
        """Return the inputs that set the ranges, by the rule of `representatives`."""
        chosen = representatives(self.training.truth, self.training.groups, most, seed=self.seed)
        found: NDArray[np.float32] = self.training.inputs[chosen]
        return found

    def train(self, model: keras.Model, *, share: float, rate: float) -> None:
        """Train a model in place; it ends no worse on validation than it began.

        Args:
            model: Of outputs as the candidate's.
            share: Of the usual number of steps.
            rate: Times the learning rate it was first trained with, at the peak.
        """
        learned = float(self.hyperparameters.get("learning_rate", _USUAL_RATE))
        keras.utils.set_random_seed(self.seed)
        plan = Plan(
            classes=len(self.classes),
            values={**self.hyperparameters, "learning_rate": learned * rate},
            seed=self.seed,
            epochs=planned_epochs(len(self.training.truth), share),
            seconds=_NO_LIMIT,
            continued=True,
        )
        train(
            model, self.training, self.validation, plan, tick=self._tick, report=lambda epoch: None
        )

    def _tick(self) -> bool:
        self.check()
        return False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Case:
    """What a file is made of.

    Attributes:
        network: The network.
        samples: ``(samples, ...)`` in 0 to 1: set the ranges of integers.
        widened: Operators of an int8 file that are kept in int16x8, by number.
    """

    network: Network
    samples: NDArray[np.float32]
    widened: frozenset[int] = frozenset()

    def file(self, precision: Precision, format: ArtifactFormat) -> bytes:
        """Return the file."""
        model = model_of(self.network)
        content = to_file(model, precision, format, self.samples)
        if not self.widened:
            return content
        wide = to_file(model, Precision.INT16X8, format, self.samples)
        return mix(content, wide, self.widened)
