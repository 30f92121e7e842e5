"""Small convolutional networks for images on microcontrollers.

Only operators every target runtime has: convolution, depthwise convolution, addition,
global mean, dense, softmax. Batch normalization folds into the convolution before it.

Source of the two block kinds:
    depthwise-separable: Howard et al. 2017, arXiv 1704.04861 (MobileNets);
    residual: He et al. 2015, arXiv 1512.03385.
"""

from __future__ import annotations

from typing import Any

import keras_tuner
from keras import layers

from studio.worker.space import Space

__all__ = ["ENTRY"]

_MOST_BLOCKS = 4


def features(hp: keras_tuner.HyperParameters, inputs: Any) -> Any:
    """Add a stem, one to four blocks and a global mean."""
    stem = hp.Choice("stem_stride", [1, 2], default=2)
    x = _convolve(inputs, hp.Choice("width", [4, 8, 12, 16, 24, 32], default=16), 3, stem)
    kind = hp.Choice("block", ["separable", "residual"], default="separable")
    blocks = hp.Int("blocks", 1, _MOST_BLOCKS, default=3)
    for number in range(_MOST_BLOCKS):
        with hp.conditional_scope("blocks", list(range(number + 1, _MOST_BLOCKS + 1))):
            shape = _ask_for_block(hp, number)
        if number < blocks:
            x = _BLOCKS[kind](x, *shape)
    x = layers.GlobalAveragePooling2D()(x)
    dropout = hp.Choice("dropout", [0.0, 0.2], default=0.0)
    return layers.Dropout(dropout)(x) if dropout else x


def _ask_for_block(hp: keras_tuner.HyperParameters, number: int) -> tuple[float, int, int]:
    """Return growth of the channels, kernel side and stride of one block."""
    growth = hp.Choice(f"growth_{number}", [1.0, 1.5, 2.0], default=2.0)
    kernel = hp.Choice(f"kernel_{number}", [3, 5], default=3)
    stride = hp.Choice(f"stride_{number}", [1, 2], default=2 if number in (0, 1) else 1)
    return growth, kernel, stride


def training(hp: keras_tuner.HyperParameters) -> None:
    """Ask for the peak learning rate, and how far pictures are shifted (share of a side)."""
    hp.Choice("learning_rate", [3e-3, 1e-2, 2e-2], default=1e-2)
    hp.Choice("shift", [0.0, 0.04, 0.08, 0.12], default=0.08)


def _convolve(x: Any, filters: int, kernel: int, stride: int) -> Any:
    x = layers.Conv2D(filters, kernel, strides=stride, padding="same", use_bias=False)(x)
    return _activate(x)


def _activate(x: Any) -> Any:
    return layers.ReLU(6.0)(layers.BatchNormalization(momentum=0.9)(x))


def _separable(x: Any, growth: float, kernel: int, stride: int) -> Any:
    filters = int(x.shape[-1] * growth)
    x = layers.DepthwiseConv2D(kernel, strides=stride, padding="same", use_bias=False)(x)
    return _convolve(_activate(x), filters, 1, 1)


def _residual(x: Any, growth: float, kernel: int, stride: int) -> Any:
    """Two convolutions beside a shortcut; the shortcut is projected where shapes differ."""
    filters = int(x.shape[-1] * growth)
    shortcut = x
    if stride != 1 or filters != x.shape[-1]:
        shortcut = layers.Conv2D(filters, 1, strides=stride, padding="same")(x)
    x = _convolve(x, filters, kernel, stride)
    x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization(momentum=0.9)(x)
    return layers.ReLU(6.0)(layers.Add()([x, shortcut]))


_BLOCKS = {"separable": _separable, "residual": _residual}

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
