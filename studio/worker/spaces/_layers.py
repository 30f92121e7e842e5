"""What the networks of several spaces are made of.

Only operators every target runtime has: convolution, depthwise convolution, addition, mean,
dense, softmax. Batch normalization folds into the convolution or dense layer before it; it
also takes the mean of the inputs, which lie in 0..1 and not about zero, out of the training.

A signal of shape (window, 1, channels) goes through the same blocks as a picture: a kernel
``(5, 1)`` is five steps long.

Source of the block kinds:
    depthwise-separable: Howard et al. 2017, arXiv 1704.04861 (MobileNets);
    inverted residual: Sandler et al. 2018, arXiv 1801.04381 (MobileNetV2);
    residual: He et al. 2015, arXiv 1512.03385.
"""

from __future__ import annotations

import functools
from typing import Any

import keras_tuner
import tensorflow as tf
from keras import layers

__all__ = [
    "BLOCKS",
    "ask_for_picture_augmentation",
    "ask_for_signal_augmentation",
    "convolve",
    "inverted",
    "perceptron",
    "pooled",
    "residual",
    "separable",
]

Kernel = tuple[int, int]


def convolve(x: Any, filters: int, kernel: Kernel, stride: int) -> Any:
    """Add a convolution without bias, a normalization and a ReLU6."""
    strides = _strides(kernel, stride)
    x = layers.Conv2D(filters, kernel, strides=strides, padding="same", use_bias=False)(x)
    return _activate(x)


def separable(x: Any, filters: int, kernel: Kernel, stride: int) -> Any:
    """Add a depthwise convolution and one across channels."""
    return convolve(_depthwise(x, kernel, stride), filters, (1, 1), 1)


def residual(x: Any, filters: int, kernel: Kernel, stride: int) -> Any:
    """Add two convolutions beside a shortcut, which is projected where shapes differ."""
    shortcut = x
    if stride != 1 or filters != x.shape[-1]:
        strides = _strides(kernel, stride)
        shortcut = layers.Conv2D(filters, 1, strides=strides, padding="same")(x)
    x = convolve(x, filters, kernel, stride)
    # The second kernel is 3 whatever the first; so it was when the first space was released.
    second = (3, 3) if kernel[1] > 1 else (3, 1)
    x = layers.Conv2D(filters, second, padding="same", use_bias=False)(x)
    x = _normalize(x)
    return layers.ReLU(6.0)(layers.Add()([x, shortcut]))


def inverted(x: Any, filters: int, kernel: Kernel, stride: int, expansion: int) -> Any:
    """Add a widening, a depthwise convolution and a linear narrowing, beside a shortcut."""
    shortcut = x
    x = convolve(x, x.shape[-1] * expansion, (1, 1), 1)
    x = _depthwise(x, kernel, stride)
    x = _normalize(layers.Conv2D(filters, 1, use_bias=False)(x))
    if stride == 1 and filters == shortcut.shape[-1]:
        return layers.Add()([x, shortcut])
    return x


BLOCKS = {"separable": separable, "residual": residual}


def pooled(x: Any, dropout: float) -> Any:
    """Add the mean over all positions, and a dropout if one is wanted."""
    x = layers.GlobalAveragePooling2D()(x)
    return layers.Dropout(dropout)(x) if dropout else x


def perceptron(
    x: Any,
    *,
    width: int,
    depth: int,
    dropout: float = 0.0,
    shortcut: bool = False,
    members: int = 1,
) -> Any:
    """Add a multilayer perceptron, or several side by side whose features are added.

    Args:
        x: A vector.
        width: Units of each layer of each member.
        depth: Layers of each member; those after the first are residual.
        dropout: Share of a layer's units left out in training.
        shortcut: Whether a linear layer leads past the others, so that what is linear in
            the inputs need not be learned as a sum of bends.
        members: How many stand side by side, each blind to what the others compute.
    """
    parts = [_one_perceptron(x, width, depth, dropout, shortcut) for _ in range(members)]
    return parts[0] if members == 1 else _Sum()(parts)


class _Sum(layers.Add):  # type: ignore[misc]
    """The sum of vectors; Keras' own takes one of batch 1 for a bias and adds a RESHAPE."""

    def _merge_function(self, inputs: list[Any]) -> Any:
        return functools.reduce(tf.add, inputs)


def _one_perceptron(x: Any, width: int, depth: int, dropout: float, shortcut: bool) -> Any:
    past = _normalize(layers.Dense(width, use_bias=False)(x)) if shortcut else None
    for number in range(depth):
        before = x
        x = layers.ReLU()(_normalize(layers.Dense(width, use_bias=False)(x)))
        x = layers.Dropout(dropout)(x) if dropout else x
        x = _Sum()([x, before]) if number else x
    return x if past is None else _Sum()([x, past])


def ask_for_picture_augmentation(hp: keras_tuner.HyperParameters) -> None:
    """Ask how far a picture may be changed; a mirrored one often shows something else."""
    hp.Choice("shift", [0.0, 0.04, 0.08, 0.12], default=0.08)
    hp.Choice("flip", [0.0, 0.5], default=0.0)
    hp.Choice("brightness", [0.0, 0.1, 0.2], default=0.0)
    hp.Choice("mixup", [0.0, 0.2], default=0.0)


def ask_for_signal_augmentation(hp: keras_tuner.HyperParameters) -> None:
    """Ask how far a window may be changed."""
    hp.Choice("time_shift", [0.0, 0.05, 0.1], default=0.0)
    hp.Choice("noise", [0.0, 0.01, 0.03], default=0.01)
    hp.Choice("scale", [0.0, 0.1, 0.2], default=0.0)
    hp.Choice("mixup", [0.0, 0.2], default=0.0)


def _depthwise(x: Any, kernel: Kernel, stride: int) -> Any:
    # Equal strides even for signals: TensorFlow has no others here, and one is as good as
    # another along an axis of length 1.
    x = layers.DepthwiseConv2D(kernel, strides=stride, padding="same", use_bias=False)(x)
    return _activate(x)


def _strides(kernel: Kernel, stride: int) -> Kernel:
    return (stride, stride) if kernel[1] > 1 or kernel == (1, 1) else (stride, 1)


def _normalize(x: Any) -> Any:
    return layers.BatchNormalization(momentum=0.9)(x)


def _activate(x: Any) -> Any:
    return layers.ReLU(6.0)(_normalize(x))
