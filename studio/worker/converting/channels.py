"""Which channels of a network belong together, and taking some of them out.

A convolution across channels or a dense layer begins new channels. What follows channel by
channel (normalization, activation, depthwise convolution, pooling) passes them on, and an
addition joins those of its inputs: what is taken from one must be taken from all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import keras
import numpy as np
from numpy.typing import NDArray

from studio.worker.converting.network import INPUT, Layer, Network

__all__ = ["Channels", "channels_of", "keep_channels", "mixes"]

Kept = NDArray[np.intp]

_PASSES = (
    keras.layers.BatchNormalization,
    keras.layers.ReLU,
    keras.layers.AveragePooling2D,
    keras.layers.MaxPooling2D,
    keras.layers.GlobalAveragePooling2D,
    keras.layers.Add,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Channels:
    """The channels of a network.

    Attributes:
        set_of: Number of the set of channels of each tensor, by its name.
        fixed: Sets no channel may be taken from: those of the input and the output, and what
            meets a layer we do not know.
    """

    set_of: Mapping[str, int]
    fixed: frozenset[int]


def mixes(layer: Layer) -> bool:
    """Return whether every output of a layer is a sum over all its input channels."""
    if layer.is_a(keras.layers.DepthwiseConv2D):
        return False
    plain = layer.is_a(keras.layers.Conv2D) and layer.settings["groups"] == 1
    return plain or layer.is_a(keras.layers.Dense)


def _passes(layer: Layer) -> bool:
    if layer.is_a(keras.layers.DepthwiseConv2D):
        return bool(layer.settings["depth_multiplier"] == 1)
    return layer.is_a(*_PASSES)


def channels_of(network: Network) -> Channels:
    """Return which tensors share their channels."""
    found = {INPUT: 0}
    fixed = {0}
    for number, layer in enumerate(network.layers, start=1):
        sets = [found[name] for name in layer.inputs]
        if _passes(layer):
            _join(found, fixed, sets)
            found[layer.name] = min(sets)
            continue
        found[layer.name] = number
        if not mixes(layer):
            fixed |= {*sets, number}
    fixed.add(found[network.layers[-1].name])
    return Channels(set_of=found, fixed=frozenset(fixed))


def _join(found: dict[str, int], fixed: set[int], sets: list[int]) -> None:
    together = min(sets)
    if fixed & set(sets):
        fixed.add(together)
    for name, number in found.items():
        if number in sets:
            found[name] = together


def keep_channels(network: Network, kept: Mapping[int, Kept]) -> Network:
    """Return the network with only some channels of some sets; shapes shrink accordingly.

    Args:
        network: What to cut.
        kept: Channels that stay, rising, by the number of a set that is not fixed.
    """
    set_of = channels_of(network).set_of
    layers = tuple(
        _cut(layer, kept.get(set_of[layer.inputs[0]]), kept.get(set_of[layer.name]))
        for layer in network.layers
    )
    return replace(network, layers=layers)


def _cut(layer: Layer, read: Kept | None, made: Kept | None) -> Layer:
    if mixes(layer):
        kernel, *bias = layer.weights
        kernel = kernel if read is None else kernel[..., read, :]
        if made is None:
            return layer.changed(weights=(kernel, *bias))
        size = "units" if layer.is_a(keras.layers.Dense) else "filters"
        weights = (kernel[..., made], *(one[made] for one in bias))
        return layer.changed(weights=weights, **{size: len(made)})
    if made is None or not layer.weights:
        return layer
    if layer.is_a(keras.layers.DepthwiseConv2D):
        kernel, *bias = layer.weights
        return layer.changed(weights=(kernel[:, :, made], *(one[made] for one in bias)))
    return layer.changed(weights=tuple(one[made] for one in layer.weights))
