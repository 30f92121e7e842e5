"""Convolutional networks for images on boards with Linux, phones and computers."""

from __future__ import annotations

from typing import Any

import keras_tuner

from studio.worker.space import Space
from studio.worker.spaces._layers import (
    ask_for_picture_augmentation,
    convolve,
    inverted,
    pooled,
    residual,
)

__all__ = ["ENTRY"]

_KERNEL = (3, 3)


def features(hp: keras_tuner.HyperParameters, inputs: Any) -> Any:
    """Add a stem, two to four stages of equal blocks, each narrower and wider, and a mean."""
    stem = hp.Choice("stem_stride", [1, 2], default=2)
    filters = hp.Choice("width", [16, 24, 32, 48, 64], default=32)
    x = convolve(inputs, filters, _KERNEL, stem)
    kind = hp.Choice("block", ["inverted", "residual"], default="residual")
    with hp.conditional_scope("block", ["inverted"]):
        expansion = hp.Choice("expansion", [3, 4, 6], default=4)
    depth = hp.Int("depth", 1, 3, default=2)
    growth = hp.Choice("growth", [1.5, 2.0], default=2.0)
    for stage in range(hp.Int("stages", 2, 4, default=3)):
        filters = int(filters * growth) if stage else filters
        for number in range(depth):
            stride = 2 if stage and not number else 1
            if kind == "inverted":
                x = inverted(x, filters, _KERNEL, stride, expansion)
            else:
                x = residual(x, filters, _KERNEL, stride)
    if kind == "inverted":  # its blocks end linear
        x = convolve(x, 2 * filters, (1, 1), 1)
    return pooled(x, hp.Choice("dropout", [0.0, 0.2, 0.4], default=0.2))


def training(hp: keras_tuner.HyperParameters) -> None:
    """Ask for the learning rate, and for augmentation that keeps what a picture shows."""
    hp.Choice("learning_rate", [1e-3, 3e-3, 1e-2], default=3e-3)
    hp.Choice("weight_decay", [0.0, 1e-4, 1e-3, 1e-2], default=1e-3)
    hp.Choice("label_smoothing", [0.0, 0.1], default=0.1)
    ask_for_picture_augmentation(hp)


ENTRY = Space(
    id="large-image-cnn",
    features=features,
    training=training,
    first=(
        {"width": 16, "depth": 1},
        {"width": 32, "depth": 1},
        {"width": 24, "block": "inverted"},
        {"width": 32},
    ),
)
