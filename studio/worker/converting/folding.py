"""Batch normalization folded into the layer before it, as every converter does by itself.

Done by us, too, where a pass must see the weights as they will be in the file.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from studio.worker.converting.network import Layer, Network, consumers

__all__ = ["fold_normalization", "normalization_of"]

_WEIGHTED = (keras.layers.Conv2D, keras.layers.DepthwiseConv2D, keras.layers.Dense)

Floats = NDArray[Any]


def normalization_of(layer: Layer) -> tuple[Floats, Floats]:
    """Return factor and offset per channel of a batch normalization at inference."""
    weights = list(layer.weights)
    gamma = weights.pop(0) if layer.settings["scale"] else np.float32(1)
    beta = weights.pop(0) if layer.settings["center"] else np.float32(0)
    mean, variance = weights
    factor = gamma / np.sqrt(variance + np.float32(layer.settings["epsilon"]))
    return factor, beta - mean * factor


def fold_normalization(network: Network) -> Network:
    """Return the network without the batch normalizations that follow a layer with weights.

    The same function but for rounding. One that follows something else, or a layer that others
    read as well, stays.
    """
    readers = consumers(network)
    renamed: dict[str, str] = {}
    layers: dict[str, Layer] = {}
    for layer in network.layers:
        layer = replace(layer, inputs=tuple(renamed.get(name, name) for name in layer.inputs))
        before = layers.get(layer.inputs[0])
        if before is not None and _folds(before, layer) and len(readers[before.name]) == 1:
            layers[before.name] = _folded(before, layer)
            renamed[layer.name] = before.name
        else:
            layers[layer.name] = layer
    return replace(network, layers=tuple(layers.values()))


def _folds(before: Layer, layer: Layer) -> bool:
    return (
        layer.is_a(keras.layers.BatchNormalization)
        and before.is_a(*_WEIGHTED)
        and before.settings["activation"] == "linear"
    )


def _folded(before: Layer, normalization: Layer) -> Layer:
    factor, offset = normalization_of(normalization)
    kernel = before.weights[0]
    bias = before.weights[1] if before.settings["use_bias"] else np.zeros_like(factor)
    if before.is_a(keras.layers.DepthwiseConv2D):
        kernel = kernel * factor.reshape(kernel.shape[2:])
    else:
        kernel = kernel * factor
    return before.changed(weights=(kernel, bias * factor + offset), use_bias=True)
