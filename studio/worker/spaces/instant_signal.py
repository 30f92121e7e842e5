"""Instant models of signals: filters along time from the data, and a linear layer."""

from __future__ import annotations

from typing import Any

import keras_tuner

from studio.worker.space import Space
from studio.worker.spaces._bank import bank, nothing

__all__ = ["ENTRY"]


def features(hp: keras_tuner.HyperParameters, inputs: Any) -> Any:
    """Add filters along time and a row of means."""
    return bank(hp, inputs, (hp.Int("kernel", 1, 256, default=9), 1))


ENTRY = Space(id="instant-signal", features=features, training=nothing, first=())
