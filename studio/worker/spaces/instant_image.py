"""Instant models of images: filters from the data's own pieces, and a linear layer."""

from __future__ import annotations

from typing import Any

import keras_tuner

from studio.worker.space import Space
from studio.worker.spaces._bank import bank, nothing

__all__ = ["ENTRY"]


def features(hp: keras_tuner.HyperParameters, inputs: Any) -> Any:
    """Add square filters and a grid of means."""
    side = hp.Int("kernel", 1, 32, default=6)
    return bank(hp, inputs, (side, side))


ENTRY = Space(id="instant-image", features=features, training=nothing, first=())
