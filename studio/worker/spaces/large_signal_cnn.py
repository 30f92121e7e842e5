"""Networks for windows of signals, or their statistics, on boards with Linux and larger."""

from __future__ import annotations

from typing import Any

import keras_tuner

from studio.worker.space import Space
from studio.worker.spaces._layers import (
    ask_for_signal_augmentation,
    convolve,
    inverted,
    perceptron,
    pooled,
    residual,
)

__all__ = ["ENTRY"]

_UNITS_PER_WIDTH = 4
"""Statistics are few: a layer on them is this much wider than the first convolution."""


def features(hp: keras_tuner.HyperParameters, inputs: Any) -> Any:
    """Add stages of blocks along time and a mean, or an ensemble where statistics come in."""
    width = hp.Choice("width", [16, 32, 48, 64], default=32)
    depth = hp.Int("depth", 1, 3, default=1)
    stages = hp.Int("stages", 2, 4, default=3)
    kernel = hp.Choice("kernel", [3, 5, 9, 15], default=9)
    stem = hp.Choice("stem_stride", [1, 2, 4], default=1)
    kind = hp.Choice("block", ["inverted", "residual"], default="residual")
    growth = hp.Choice("growth", [1.0, 1.5, 2.0], default=1.5)
    dropout = hp.Choice("dropout", [0.0, 0.2, 0.4], default=0.2)
    if len(inputs.shape) == 2:
        units = _UNITS_PER_WIDTH * width
        return perceptron(inputs, width=units, depth=depth, dropout=dropout, members=stages)
    x = convolve(inputs, width, (kernel, 1), stem)
    for number in range(stages * depth):
        stage, first = number // depth, number % depth == 0
        stride = 2 if stage and first else 1
        filters = int(x.shape[-1] * (growth if stage and first else 1.0))
        if kind == "inverted":
            x = inverted(x, filters, (kernel, 1), stride, 4)
        else:
            x = residual(x, filters, (kernel, 1), stride)
    return pooled(x, dropout)


def training(hp: keras_tuner.HyperParameters) -> None:
    """Ask for the learning rate and the augmentation."""
    hp.Choice("learning_rate", [1e-3, 3e-3, 1e-2], default=3e-3)
    hp.Choice("weight_decay", [0.0, 1e-3, 1e-2], default=1e-3)
    hp.Choice("label_smoothing", [0.0, 0.1], default=0.1)
    ask_for_signal_augmentation(hp)


ENTRY = Space(
    id="large-signal-cnn",
    features=features,
    training=training,
    first=(
        {"width": 16, "stages": 2},
        {"width": 32, "block": "inverted"},
        {"width": 32},
        {"width": 64, "growth": 1.0},
    ),
)
