"""The record every module of `studio.worker.spaces` fills in, and building a model from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import keras
import keras_tuner

from studio.registry import Registry

__all__ = ["SPACES", "Space", "build_model"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """A family of networks.

    Attributes:
        id: As candidates name it. A released space never changes what a set of
            hyperparameters builds, or old candidates would not load.
        features: Adds the layers up to a vector of features to an input; asks ``hp`` for
            the architecture's hyperparameters.
        training: Asks ``hp`` for those of training: ``learning_rate``, ``shift``.
        first: Configurations to try first, good ones for most data; the rest are defaults.
    """

    id: str
    features: Callable[[keras_tuner.HyperParameters, Any], Any]
    training: Callable[[keras_tuner.HyperParameters], None]
    first: Sequence[Mapping[str, Any]]


SPACES: Registry[Space] = Registry("studio.worker.spaces")


def build_model(
    space: Space, values: Mapping[str, Any], shape: tuple[int, ...], classes: int
) -> keras.Model:
    """Return the untrained network of a set of hyperparameters.

    Args:
        space: The family.
        values: Hyperparameters by name.
        shape: Of one input, without the batch.
        classes: Number of outputs; the last layer is a softmax.
    """
    hp = keras_tuner.HyperParameters()
    hp.values = dict(values)
    inputs = keras.Input(shape, dtype="float32", name="input")
    features = space.features(hp, inputs)
    return keras.Model(inputs, head(features, classes))


def head(features: Any, classes: int) -> Any:
    """Add the classifier: one dense layer and a softmax."""
    logits = keras.layers.Dense(classes, name="logits")(features)
    return keras.layers.Softmax(name="probabilities")(logits)
