"""Convolutions, dense layers and pooling of int16 codes with int8 weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from studio.codegen.fixed_point import activation_codes, multiplier_of
from studio.codegen.graph import Graph, Node, Tensor
from studio.codegen.operators._checks import activation, constant, dimensions, quantized
from studio.codegen.operators._scaling import double_factors, filter_factors
from studio.codegen.operators._window import window
from studio.codegen.steps import OptionField, Step, Value, refuse

__all__ = ["bias_field", "conv_2d", "dense", "depthwise"]

_SUMS = {"int64": 1 << 42, "int32": 1 << 31}
"""What sums of a bias of either type stay below: kernels multiply them in 64 bits or 32."""

_BIAS_TYPES = {0: ("int64",), 2: ("int32",), 4: ("int64",)}
"""``quantized_bias_type``, a ``TensorType``, and the biases that LiteRT then reads rightly."""


def bias_field(number: int) -> OptionField:
    """Return the setting that says what type the sums of 16-bit codes have."""
    return OptionField(name="quantized_bias_type", number=number, layout="b")


def conv_2d(node: Node, graph: Graph) -> Step:
    """Lower CONV_2D."""
    x, weights, y = _parts(node, graph)
    dimensions(node, graph, 4, x, y)
    channels, k_h, k_w, depth = weights.shape
    if depth != x.shape[3]:
        raise refuse(node, graph, "it is a convolution of int16 in groups")
    filters = _filters(node, graph, _data(weights).reshape(channels, -1))
    layer = {"window": _in_bytes(window(node, x, y, (k_h, k_w), channels)), "filters": filters}
    return _step("conv_2d_s16", node, layer, 2 * k_h * k_w * depth)


def depthwise(node: Node, graph: Graph) -> Step:
    """Lower DEPTHWISE_CONV_2D."""
    x, weights, y = _parts(node, graph)
    dimensions(node, graph, 4, x, y, weights)
    _, k_h, k_w, channels = weights.shape
    if channels % x.shape[3]:
        raise refuse(node, graph, f"{channels} filters do not go into {x.shape[3]} channels")
    filters = _filters(node, graph, _data(weights).reshape(-1, channels).T)
    layer = {
        "window": _in_bytes(window(node, x, y, (k_h, k_w), channels)),
        "in_c": x.shape[3],
        "times": channels // x.shape[3],
        "filters": filters | {"weights": _data(weights).reshape(-1)},
    }
    return _step("depthwise_2d_s16", node, layer, 2 * k_h * k_w * x.shape[3])


def dense(node: Node, graph: Graph) -> Step:
    """Lower FULLY_CONNECTED."""
    x, weights, y = _parts(node, graph)
    channels, depth = weights.shape
    if not depth or x.elements % depth or y.elements * depth != x.elements * channels:
        raise refuse(node, graph, f"{x.elements} inputs are no rows of {depth}")
    low, high = activation_codes(node.option("fused_activation_function"), y)
    layer = {
        "count": x.elements // depth, "depth": depth, "channels": channels,
        "low": low, "high": high,
        "weights": _data(weights).reshape(-1),
        "bias": _bias(node, graph, _data(weights)),
        **double_factors(node, graph, filter_factors(node, graph, channels)),
    }  # fmt: skip
    return _step("dense_s16", node, layer)


def _parts(node: Node, graph: Graph) -> tuple[Tensor, Tensor, Tensor]:
    x, weights = activation(node, graph), constant(node, graph, 1)
    y = graph.tensors[node.outputs[0]]
    quantized(node, graph, x, y, types=("int16",))
    if x.zero_point or y.zero_point:
        raise refuse(node, graph, "its int16 codes have zero points other than 0")
    if weights.dtype != "int8" or not weights.scales or any(weights.zero_points):
        raise refuse(node, graph, f"its weights {weights.name!r} are not symmetric int8")
    return x, weights, y


def _filters(node: Node, graph: Graph, weights: npt.NDArray[Any]) -> dict[str, Value]:
    """Return the members of ``filters_s16_layer``; weights are (filters, depth).

    Source:
        ``MultiplyByQuantizedMultiplier`` for int64 of TensorFlow Lite (kernels/internal/
        common.cc), which rounds the multiplier to 15 bits; biases of int32 take that for int32.
    """
    low, high = activation_codes(
        node.option("fused_activation_function"), graph.tensors[node.outputs[0]]
    )
    narrow = _narrow(node, graph)
    multipliers = [multiplier_of(f) for f in filter_factors(node, graph, len(weights))]
    if any(shift > 0 for _, shift in multipliers):
        raise refuse(node, graph, "its output has too small a scale")
    made = [m if narrow else min((m + (1 << 15)) >> 16, 0x7FFF) for m, _ in multipliers]
    return {
        "depth": weights.shape[1], "channels": weights.shape[0],
        "low": low, "high": high, "narrow": int(narrow),
        "weights": np.ascontiguousarray(weights).reshape(-1),
        "bias": _bias(node, graph, weights),
        "multiplier": np.array(made, np.int32),
        "shift": np.array([shift for _, shift in multipliers], np.int8),
    }  # fmt: skip


def _narrow(node: Node, graph: Graph) -> bool:
    bias = graph.input(node, 2)
    return bias is not None and bias.dtype == "int32"


def _bias(node: Node, graph: Graph, weights: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """Return the bias of each filter; refuse sums that a kernel could not hold."""
    bias = graph.input(node, 2)
    told = _BIAS_TYPES.get(int(node.options.get("quantized_bias_type", 0)), ())  # type: ignore[arg-type]
    if bias is not None and (bias.data is None or bias.dtype not in told):
        raise refuse(node, graph, f"its bias is {bias.dtype}, which LiteRT would not read")
    plain = np.zeros(len(weights), np.int64)
    if bias is not None:
        plain = np.asarray(bias.data, np.int64).reshape(-1)
    largest = np.abs(plain) + 32768 * np.abs(weights.astype(np.int64)).sum(axis=1)
    limit = _SUMS["int32" if _narrow(node, graph) else "int64"]
    if len(plain) != len(weights) or int(largest.max(initial=0)) >= limit:
        raise refuse(node, graph, f"its sums could pass {limit.bit_length() - 1} bits")
    return plain


def _data(tensor: Tensor) -> npt.NDArray[Any]:
    return np.asarray(tensor.data)


def _in_bytes(shape: Mapping[str, int]) -> dict[str, int]:
    return {**shape, "in_c": 2 * shape["in_c"]}


def _step(kernel: str, node: Node, layer: Mapping[str, Any], scratch: int = 0) -> Step:
    return Step(
        kernel=kernel,
        layer=layer,
        inputs=node.inputs[:1],
        outputs=node.outputs,
        scratch_bytes=scratch,
    )
