"""The record every module of `studio.worker.spaces` fills in, and building a model from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import keras
import keras_tuner

from studio.registry import Registry

__all__ = ["CLASSIFICATION", "REGRESSION", "SPACES", "Space", "build_model"]

CLASSIFICATION, REGRESSION = "classification", "regression"
"""The goals of a task, as task records spell them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """A family of networks.

    Attributes:
        id: As candidates name it. A released space never changes what a set of
            hyperparameters builds, or old candidates would not load.
        features: Adds the layers up to a vector, or a map, of features to an input; asks ``hp`` for
            the architecture's hyperparameters, for the same ones whatever the input's shape.
        training: Asks ``hp`` for those of training: ``learning_rate``, ``weight_decay``
            (decoupled, as AdamW has it), ``label_smoothing`` and amounts of augmentation.
            ``shift`` and ``time_shift`` are shares of a side or a window, ``flip`` the
            probability of a mirrored picture, ``brightness`` and ``noise`` the largest offset
            and the standard deviation in units of the input (0 to 1), ``scale`` the largest
            relative change of a signal's amplitude about its middle, ``mixup`` the
            parameter of its beta distribution (0: none).
        first: Configurations to try first, good ones for most data; the rest are defaults.
    """

    id: str
    features: Callable[[keras_tuner.HyperParameters, Any], Any]
    training: Callable[[keras_tuner.HyperParameters], None]
    first: Sequence[Mapping[str, Any]]


SPACES: Registry[Space] = Registry("studio.worker.spaces")


def build_model(
    space: Space,
    values: Mapping[str, Any],
    shape: tuple[int, ...],
    outputs: int,
    goal: str = CLASSIFICATION,
) -> keras.Model:
    """Return the untrained network of a set of hyperparameters.

    Args:
        space: The family.
        values: Hyperparameters by name.
        shape: Of one input, without the batch.
        outputs: One a class, or the one amount.
        goal: ``"classification"``: the last layer is a softmax; ``"regression"``: it is
            linear.
    """
    hp = keras_tuner.HyperParameters()
    hp.values = dict(values)
    inputs = keras.Input(shape, dtype="float32", name="input")
    features = space.features(hp, inputs)
    return keras.Model(inputs, head(features, outputs, goal))


def head(features: Any, outputs: int, goal: str) -> Any:
    """Add one layer that is linear in all features, and a softmax for classes."""
    if goal == REGRESSION:
        return _linear(features, outputs, "amount")
    return keras.layers.Softmax(name="probabilities")(_linear(features, outputs, "logits"))


def _linear(features: Any, outputs: int, name: str) -> Any:
    """Add a dense layer; to a map, a convolution as large as it: that needs no RESHAPE."""
    if len(features.shape) == 2:
        return keras.layers.Dense(outputs, name=name)(features)
    whole = keras.layers.Conv2D(outputs, features.shape[1:3], name=name)(features)
    return keras.layers.GlobalAveragePooling2D()(whole)
