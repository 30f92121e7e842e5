"""Fine-tuning with the rounding of int8 in the loop, in plain Keras 3.

The usual toolkit refuses models of Keras 3. The forward pass rounds weights and activations as
an int8 file does; the gradient goes past the rounding as if it were not there, and is zero
where a value was cut off.

Source:
    Jacob, B. et al. (2017), Quantization and Training of Neural Networks for Efficient
    Integer-Arithmetic-Only Inference, arXiv 1712.05877. Straight-through gradient: Bengio, Y.
    et al. (2013), arXiv 1308.3432.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np
from keras import ops
from numpy.typing import NDArray

from studio.worker.converting.folding import fold_normalization
from studio.worker.converting.network import INPUT, Layer, Network, consumers, model_of, tensors_of

__all__ = ["rounding_model", "trained_weights"]

_STEPS = 255
_WEIGHT_STEPS = 127


def rounding_model(network: Network, inputs: NDArray[np.float32]) -> tuple[Network, keras.Model]:
    """Return the network with normalizations folded, and a model of it that rounds like int8.

    Args:
        network: What to fine-tune.
        inputs: ``(inputs, ...)``, the representative samples, which set the ranges.

    Returns:
        The model takes the weights of the network; see `trained_weights` for the way back.
    """
    folded = fold_normalization(network)
    ends = tensors_of(folded, inputs, _ends)
    spans = {name: (float(e[:, 0].min()), float(e[:, 1].max())) for name, e in ends.items()}
    kept = _kept(folded)

    def after(name: str, tensor: Any) -> Any:
        return _Rounded(*spans[name])(tensor) if name in kept else tensor

    def make(layer: Layer) -> keras.layers.Layer:
        return _ROUNDING.get(layer.kind, layer.kind).from_config(dict(layer.settings))

    return folded, model_of(folded, make=make, after=after)


def trained_weights(network: Network, model: keras.Model) -> Network:
    """Return the network with the weights a model of `rounding_model` has now."""
    changed = {
        layer.name: layer.changed(weights=tuple(model.get_layer(layer.name).get_weights()))
        for layer in network.layers
        if layer.weights
    }
    return network.with_layers(changed)


def _ends(tensor: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the lowest and the highest value for each input."""
    flat = tensor.reshape(len(tensor), -1)
    return np.stack([flat.min(axis=1), flat.max(axis=1)], axis=1)


def _kept(network: Network) -> frozenset[str]:
    """Return the tensors an int8 file stores: not those a ReLU is fused to, nor the ends.

    The input is bytes already, and the softmax does not move what it puts first.
    """
    readers = consumers(network)
    fused = {
        layer.name
        for layer in network.layers
        if [r.is_a(keras.layers.ReLU) for r in readers.get(layer.name, ())] == [True]
    }
    soft = {layer.name for layer in network.layers if layer.is_a(keras.layers.Softmax)}
    return frozenset({layer.name for layer in network.layers} - fused - soft - {INPUT})


class _Rounded(keras.layers.Layer):  # type: ignore[misc]
    """One of 256 values between low and high, 0 among them."""

    def __init__(self, low: float, high: float) -> None:
        super().__init__()
        low, high = min(low, 0.0), max(high, 0.0)
        self._step = (high - low) / _STEPS or 1.0
        self._first = round(low / self._step)

    def call(self, x: Any) -> Any:
        last = self._first + _STEPS
        inside = ops.clip(x, self._first * self._step, last * self._step)
        rounded = ops.clip(ops.round(inside / self._step), self._first, last) * self._step
        return inside + ops.stop_gradient(rounded - inside)


def _rounded_weights(kernel: Any, axes: tuple[int, ...]) -> Any:
    """Round weights to 255 values about 0, a scale for each output channel."""
    top = ops.stop_gradient(ops.max(ops.abs(kernel), axis=axes, keepdims=True))
    step = ops.maximum(top, 1e-12) / _WEIGHT_STEPS
    return kernel + ops.stop_gradient(ops.round(kernel / step) * step - kernel)


def _ended(layer: Any, sums: Any) -> Any:
    sums = sums + layer.bias if layer.use_bias else sums
    return layer.activation(sums)


class _RoundingConv(keras.layers.Conv2D):  # type: ignore[misc]
    def call(self, x: Any) -> Any:
        kernel = _rounded_weights(self.kernel, (0, 1, 2))
        return _ended(self, self.convolution_op(x, kernel))


class _RoundingDepthwise(keras.layers.DepthwiseConv2D):  # type: ignore[misc]
    def call(self, x: Any) -> Any:
        sums = ops.depthwise_conv(
            x,
            _rounded_weights(self.kernel, (0, 1)),
            strides=self.strides,
            padding=self.padding,
            dilation_rate=self.dilation_rate,
            data_format=self.data_format,
        )
        return _ended(self, sums)


class _RoundingDense(keras.layers.Dense):  # type: ignore[misc]
    def call(self, x: Any, training: bool | None = None) -> Any:
        return _ended(self, ops.matmul(x, _rounded_weights(self.kernel, (0,))))


_ROUNDING: Mapping[type[keras.layers.Layer], type[keras.layers.Layer]] = {
    keras.layers.Conv2D: _RoundingConv,
    keras.layers.DepthwiseConv2D: _RoundingDepthwise,
    keras.layers.Dense: _RoundingDense,
}
