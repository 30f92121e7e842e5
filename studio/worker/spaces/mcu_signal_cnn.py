"""Small networks for windows of signals, or their statistics, on microcontrollers."""

from __future__ import annotations

from typing import Any

import keras_tuner

from studio.worker.space import Space
from studio.worker.spaces._layers import (
    BLOCKS,
    ask_for_signal_augmentation,
    convolve,
    perceptron,
    pooled,
)

__all__ = ["ENTRY"]

_UNITS_PER_WIDTH = 2
"""Statistics are few: a layer on them is this much wider than the first convolution."""


def features(hp: keras_tuner.HyperParameters, inputs: Any) -> Any:
    """Add convolutions along time and a mean, or a perceptron where statistics come in.

    A width and a number of blocks mean much the same in both.
    """
    width = hp.Choice("width", [4, 8, 12, 16, 24, 32], default=16)
    blocks = hp.Int("blocks", 1, 4, default=3)
    kernel = hp.Choice("kernel", [3, 5, 7, 9], default=5)
    stem = hp.Choice("stem_stride", [1, 2, 4], default=2)
    kind = hp.Choice("block", ["separable", "residual"], default="separable")
    growth = hp.Choice("growth", [1.0, 1.5, 2.0], default=1.5)
    dropout = hp.Choice("dropout", [0.0, 0.2], default=0.0)
    if len(inputs.shape) == 2:
        units = _UNITS_PER_WIDTH * width
        return perceptron(inputs, width=units, depth=blocks, dropout=dropout)
    x = convolve(inputs, width, (kernel, 1), stem)
    for number in range(blocks):
        stride = 2 if number < 2 else 1
        x = BLOCKS[kind](x, int(x.shape[-1] * growth), (kernel, 1), stride)
    return pooled(x, dropout)


def training(hp: keras_tuner.HyperParameters) -> None:
    """Ask for the learning rate and the augmentation."""
    hp.Choice("learning_rate", [3e-3, 1e-2, 2e-2], default=1e-2)
    hp.Choice("weight_decay", [0.0, 1e-3, 1e-2], default=1e-3)
    hp.Choice("label_smoothing", [0.0, 0.1], default=0.0)
    ask_for_signal_augmentation(hp)


ENTRY = Space(
    id="mcu-signal-cnn",
    features=features,
    training=training,
    first=(
        {"width": 16},
        {"width": 8, "blocks": 2},
        {"width": 16, "block": "residual", "blocks": 2, "growth": 1.0},
        {"width": 4, "blocks": 2, "growth": 1.0},
    ),
)
