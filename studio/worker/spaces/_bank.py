"""The network of an instant model: a bank of filters, a mean of each cell."""

from __future__ import annotations

from typing import Any

import keras_tuner
from keras import layers

__all__ = ["bank", "nothing"]


def bank(hp: keras_tuner.HyperParameters, inputs: Any, kernel: tuple[int, int]) -> Any:
    """Add the layers `studio.worker.instant.bank.Bank` computes in numpy.

    Args:
        hp: Asked for ``filters``, ``stride``, ``grid``.
        inputs: ``(height, width, channels)`` or ``(window, 1, channels)``.
        kernel: Height and width of a filter.
    """
    stride = hp.Int("stride", 1, 8, default=2)
    strides = (stride, 1) if inputs.shape[2] == 1 else (stride, stride)
    filters = hp.Int("filters", 2, 1024, default=64)
    x = layers.Conv2D(filters, kernel, strides=strides)(inputs)
    x = layers.ReLU(6.0)(x)
    grid = hp.Int("grid", 1, 32, default=4)
    return layers.AveragePooling2D(tuple(max(1, n // grid) for n in x.shape[1:3]))(x)


def nothing(hp: keras_tuner.HyperParameters) -> None:
    """Ask for nothing: these models come with their weights."""
