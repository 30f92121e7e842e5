"""Channels that are zero whatever comes in, found from weights and biases alone.

Interval arithmetic: the input lies in 0 to 1, and each layer says between what its outputs
then lie. A channel that is never above zero before a ReLU is zero behind it. Nothing is
estimated from data, so taking such channels out never changes an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from studio.worker.converting.channels import channels_of, keep_channels, mixes
from studio.worker.converting.folding import normalization_of
from studio.worker.converting.network import INPUT, Layer, Network

__all__ = ["drop_dead_channels"]

Bounds = tuple[NDArray[np.float64], NDArray[np.float64]]

_UNKNOWN: Bounds = (np.array([-np.inf]), np.array([np.inf]))
"""Of every channel, however many there are."""

_SLACK = 1e-6
"""Share of the largest sum by which float32 could lie above the bound; 16 times its step."""


def drop_dead_channels(network: Network) -> Network:
    """Return the network without channels that are always zero where they are read.

    Every answer stays the same. At least one channel of every set stays. A network in which
    nothing is dead comes back as it is.
    """
    while True:
        kept = _alive(network)
        if not kept:
            return network
        network = keep_channels(network, kept)  # which may leave others with nothing to read


def _alive(network: Network) -> dict[int, NDArray[np.intp]]:
    """Return the channels to keep of the sets that have dead ones."""
    bounds = _bounds(network)
    channels = channels_of(network)
    needed: dict[int, NDArray[np.bool_]] = {}
    for layer in filter(mixes, network.layers):
        number = channels.set_of[layer.inputs[0]]
        low, high = bounds[layer.inputs[0]]
        alive = (low != 0) | (high != 0)
        needed[number] = needed.get(number, np.zeros_like(alive)) | alive
    found = {}
    for number, alive in needed.items():
        if number not in channels.fixed and not alive.all():
            alive[0] |= not alive.any()
            if not alive.all():
                found[number] = np.flatnonzero(alive)
    return found


def _bounds(network: Network) -> Mapping[str, Bounds]:
    """Return the lowest and highest value of every channel of every tensor."""
    channels = network.shape[-1]
    found: dict[str, Bounds] = {INPUT: (np.zeros(channels), np.ones(channels))}
    for layer in network.layers:
        rule = next((r for kinds, r in _RULES if layer.is_a(*kinds)), _anything)
        low, high = rule(layer, [found[name] for name in layer.inputs])
        bend = _BENDS.get(str(layer.settings.get("activation", "linear")))
        found[layer.name] = (bend(low), bend(high)) if bend else _UNKNOWN
    return found


def _weighted(layer: Layer, read: list[Bounds]) -> Bounds:
    """Bounds of a sum of products: each product at its lowest and at its highest."""
    kernel = layer.weights[0].astype(np.float64)
    bias = layer.weights[1] if layer.settings["use_bias"] else 0.0
    # Kernels end in input channels and outputs of each; only a depthwise one keeps them apart.
    apart = layer.is_a(keras.layers.DepthwiseConv2D)
    if not apart and not mixes(layer):
        return _UNKNOWN
    taps = tuple(range(kernel.ndim - 2 if apart else kernel.ndim - 1))
    ends = [_products(kernel, end[:, np.newaxis]) for end in read[0]]
    least, most = np.minimum(*ends), np.maximum(*ends)
    if layer.settings.get("padding") == "same":  # where the kernel hangs over, zeros are read
        least, most = np.minimum(least, 0), np.maximum(most, 0)
    slack = _SLACK * (np.maximum(-least, most).sum(axis=taps).ravel() + np.abs(bias))
    sums = least.sum(axis=taps).ravel() + bias, most.sum(axis=taps).ravel() + bias
    return sums[0] - slack, sums[1] + slack


def _products(kernel: NDArray[np.float64], ends: NDArray[np.float64]) -> NDArray[np.float64]:
    with np.errstate(invalid="ignore"):
        return np.where(kernel == 0, 0.0, kernel * ends)  # also where an end is infinite


def _normalized(layer: Layer, read: list[Bounds]) -> Bounds:
    factor, offset = (one.astype(np.float64) for one in normalization_of(layer))
    ends = [_products(factor, end) + offset for end in read[0]]
    slack = _SLACK * (np.maximum(*map(np.abs, ends)) + np.abs(offset))
    return np.minimum(*ends) - slack, np.maximum(*ends) + slack


def _added(layer: Layer, read: list[Bounds]) -> Bounds:
    return sum(low for low, _ in read), sum(high for _, high in read)  # type: ignore[return-value]


def _rectified(layer: Layer, read: list[Bounds]) -> Bounds:
    if layer.settings["negative_slope"] or layer.settings["threshold"]:
        return _UNKNOWN
    cap = layer.settings["max_value"]
    low, high = (np.clip(end, 0, cap) for end in read[0])
    return low, high


def _same(layer: Layer, read: list[Bounds]) -> Bounds:
    return read[0]


def _anything(layer: Layer, read: list[Bounds]) -> Bounds:
    return _UNKNOWN


_BENDS: Mapping[str, Callable[[NDArray[np.float64]], NDArray[np.float64]]] = {
    "linear": lambda end: end,
    "relu": lambda end: np.maximum(end, 0),
    "relu6": lambda end: np.clip(end, 0, 6),
}

_RULES: tuple[tuple[tuple[Any, ...], Callable[[Layer, list[Bounds]], Bounds]], ...] = (
    (
        (keras.layers.Conv2D, keras.layers.DepthwiseConv2D, keras.layers.Dense),
        _weighted,
    ),
    ((keras.layers.BatchNormalization,), _normalized),
    ((keras.layers.ReLU,), _rectified),
    ((keras.layers.Add,), _added),
    (
        (
            keras.layers.AveragePooling2D,
            keras.layers.MaxPooling2D,
            keras.layers.GlobalAveragePooling2D,
        ),
        _same,
    ),
)
