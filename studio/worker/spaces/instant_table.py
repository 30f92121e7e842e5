"""Instant models of rows and of statistics: a linear layer, or one on random features."""

from __future__ import annotations

from typing import Any

import keras_tuner
from keras import layers

from studio.worker.space import Space
from studio.worker.spaces._bank import nothing

__all__ = ["ENTRY"]


def features(hp: keras_tuner.HyperParameters, inputs: Any) -> Any:
    """Add a layer of bends, or nothing where ``units`` is 0."""
    units = hp.Int("units", 0, 4096, default=0)
    return layers.Dense(units, activation="relu")(inputs) if units else inputs


ENTRY = Space(id="instant-table", features=features, training=nothing, first=())
