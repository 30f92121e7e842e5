"""Equalisation across layers: channels of like range, so that 256 steps serve all of them.

One scale stands for all channels of a tensor. A channel a hundred times smaller than its
neighbour is left with two or three of the 256 steps. Multiplying it by a factor in the layer
that makes it, and dividing the weights that read it by the same, changes no answer.
"""

from __future__ import annotations

from collections.abc import Iterator

import keras
import numpy as np
from numpy.typing import NDArray

from studio.worker.converting.channels import mixes
from studio.worker.converting.folding import fold_normalization
from studio.worker.converting.network import Layer, Network, consumers, tensors_of

__all__ = ["equalise"]

_MOST = 1e4
"""Largest factor: a channel that hardly ever wakes is no reason to leave float32's range."""

Floats = NDArray[np.float64]


def equalise(network: Network, inputs: NDArray[np.float32]) -> Network:
    """Return the same function with channels of like range, normalizations folded.

    Where the reader weighs channels one by one (depthwise) every channel gets the full range:
    its weights have a scale a channel anyway. Where it adds them up, the geometric mean between
    the ranges of the channel and of the weights that read it is taken.

    Behind a ReLU answers stay the same for any input. Behind a ReLU that is capped (ReLU6) only
    channels are touched that stay below the cap on the inputs given, and they go on doing so;
    beyond what those inputs reach, they would be capped elsewhere than before.

    Args:
        network: What to equalise.
        inputs: ``(inputs, ...)``, some of the training split, which set the ranges.

    Source:
        Nagel, M. et al. (2019), Data-Free Quantization Through Weight Equalization and Bias
        Correction, arXiv 1906.04721; with the ranges of activations in place of those of the
        weights that make them, which here have a scale a channel already.
    """
    folded = fold_normalization(network)
    peaks = tensors_of(folded, inputs, _peaks)
    tops = {name: peak.max(axis=0).astype(np.float64) for name, peak in peaks.items()}
    changed: dict[str, Layer] = {}
    for maker, bend, reader in _pairs(folded):
        maker, reader = (changed.get(one.name, one) for one in (maker, reader))
        factor = _factors(tops[bend.name], reader, _cap(bend))
        changed[maker.name] = _scaled(maker, factor)
        changed[reader.name] = _divided(reader, factor)
    return folded.with_layers(changed)


def _peaks(tensor: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the largest size of every channel, for each input."""
    found: NDArray[np.float32] = np.abs(tensor).max(axis=tuple(range(1, tensor.ndim - 1)))
    return found


def _pairs(network: Network) -> Iterator[tuple[Layer, Layer, Layer]]:
    """Yield what makes channels, the last thing that bends them, and what reads them.

    Only where nobody else reads anything between the two.
    """
    readers = consumers(network)
    for maker in network.layers:
        if not (mixes(maker) or maker.is_a(keras.layers.DepthwiseConv2D)):
            continue
        bend = here = maker
        while len(readers.get(here.name, ())) == 1:
            here = readers[here.name][0]
            if mixes(here) or _one_by_one(here):
                if _is_homogeneous(maker):
                    yield maker, bend, here
                break
            if here.is_a(keras.layers.ReLU) and bend is maker and _is_plain(here):
                bend = here
            elif not here.is_a(keras.layers.AveragePooling2D, keras.layers.GlobalAveragePooling2D):
                break


def _one_by_one(layer: Layer) -> bool:
    depthwise = layer.is_a(keras.layers.DepthwiseConv2D)
    return depthwise and bool(layer.settings["depth_multiplier"] == 1)


def _is_homogeneous(layer: Layer) -> bool:
    return layer.settings["activation"] in ("linear", "relu")


def _is_plain(layer: Layer) -> bool:
    return not (layer.settings["negative_slope"] or layer.settings["threshold"])


def _cap(bend: Layer) -> float | None:
    cap = bend.settings.get("max_value") if bend.is_a(keras.layers.ReLU) else None
    return None if cap is None else float(cap)


def _factors(top: Floats, reader: Layer, cap: float | None) -> Floats:
    """Return what to multiply each channel by; 1 for those that are always zero."""
    kernel = np.abs(reader.weights[0]).astype(np.float64)
    if _one_by_one(reader):
        wanted = np.max(top) / np.maximum(top, 1e-30)
    else:
        read = kernel.max(axis=(*range(kernel.ndim - 2), kernel.ndim - 1))
        wanted = np.sqrt(np.maximum(read, 1e-30) / np.maximum(top, 1e-30))
        used = (top > 0) & (read > 0)
        if not used.any():
            return np.ones_like(top)
        # Only ratios matter; so that the largest channel stays as it is.
        wanted /= np.max(wanted[used] * top[used]) / np.max(top[used])
        wanted = np.where(used, wanted, 1.0)
    wanted = np.where(top > 0, np.clip(wanted, 1 / _MOST, _MOST), 1.0)
    if cap is None:
        return wanted
    return np.where(top >= cap, 1.0, np.minimum(wanted, cap / np.maximum(top, 1e-30)))


def _scaled(maker: Layer, factor: Floats) -> Layer:
    kernel, *bias = maker.weights
    shape = kernel.shape[2:] if maker.is_a(keras.layers.DepthwiseConv2D) else factor.shape
    return maker.changed(weights=(kernel * factor.reshape(shape), *(b * factor for b in bias)))


def _divided(reader: Layer, factor: Floats) -> Layer:
    kernel, *bias = reader.weights
    return reader.changed(weights=(kernel / factor[:, np.newaxis], *bias))
