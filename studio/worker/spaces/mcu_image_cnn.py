"""Small convolutional networks for images on microcontrollers."""

from __future__ import annotations

from typing import Any

import keras_tuner

from studio.worker.space import Space
from studio.worker.spaces._layers import BLOCKS, ask_for_picture_augmentation, convolve, pooled

__all__ = ["ENTRY"]

_MOST_BLOCKS = 4


def features(hp: keras_tuner.HyperParameters, inputs: Any) -> Any:
    """Add a stem, one to four blocks and a global mean."""
    stem = hp.Choice("stem_stride", [1, 2], default=2)
    x = convolve(inputs, hp.Choice("width", [4, 8, 12, 16, 24, 32], default=16), (3, 3), stem)
    kind = hp.Choice("block", ["separable", "residual"], default="separable")
    blocks = hp.Int("blocks", 1, _MOST_BLOCKS, default=3)
    for number in range(_MOST_BLOCKS):
        with hp.conditional_scope("blocks", list(range(number + 1, _MOST_BLOCKS + 1))):
            growth, kernel, stride = _ask_for_block(hp, number)
        if number < blocks:
            x = BLOCKS[kind](x, int(x.shape[-1] * growth), (kernel, kernel), stride)
    return pooled(x, hp.Choice("dropout", [0.0, 0.2], default=0.0))


def _ask_for_block(hp: keras_tuner.HyperParameters, number: int) -> tuple[float, int, int]:
    """Return growth of the channels, kernel side and stride of one block."""
    growth = hp.Choice(f"growth_{number}", [1.0, 1.5, 2.0], default=2.0)
    kernel = hp.Choice(f"kernel_{number}", [3, 5], default=3)
    stride = hp.Choice(f"stride_{number}", [1, 2], default=2 if number in (0, 1) else 1)
    return growth, kernel, stride


def training(hp: keras_tuner.HyperParameters) -> None:
    """Ask for the learning rate, and for augmentation that keeps what a picture shows."""
    hp.Choice("learning_rate", [3e-3, 1e-2, 2e-2], default=1e-2)
    hp.Choice("weight_decay", [0.0, 1e-4, 1e-3, 1e-2], default=0.0)
    hp.Choice("label_smoothing", [0.0, 0.1], default=0.0)
    ask_for_picture_augmentation(hp)


ENTRY = Space(
    id="mcu-image-cnn",
    features=features,
    training=training,
    first=(
        {"width": 16},
        {"width": 8, "stride_1": 1, "blocks": 2},
        {"width": 16, "block": "residual", "blocks": 2, "growth_0": 1.0},
        {"width": 8},
        {"width": 4, "blocks": 2, "growth_1": 1.5},
    ),
)
