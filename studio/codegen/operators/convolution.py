"""Convolutions and dense layers."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from studio.codegen.fixed_point import activation_codes, multiplier_of
from studio.codegen.graph import Graph, Node, Tensor
from studio.codegen.operators import real, wide
from studio.codegen.operators._checks import activation, constant, dimensions, quantized
from studio.codegen.operators._scaling import double_factors, filter_factors
from studio.codegen.operators._types import by_type
from studio.codegen.operators._window import CONVOLUTION_OPTIONS, window
from studio.codegen.steps import OptionField, Rule, Step, Value, refuse

__all__ = ["RULES"]

_LARGEST = 1 << 30
"""Sums stay below this, so that kernels may double them: half of what 32 bits hold."""


def _conv_2d(node: Node, graph: Graph) -> Step:
    x, weights, y = _parts(node, graph)
    dimensions(node, graph, 4, x, y)
    channels, k_h, k_w, depth = weights.shape
    if depth != x.shape[3]:
        return _grouped(node, graph, x, weights, y)
    filters = {
        "depth": k_h * k_w * depth,
        "channels": channels,
        **_filters(node, graph, weights.data.reshape(channels, -1)),  # type: ignore[union-attr]
    }
    shape = window(node, x, y, (k_h, k_w), channels)
    if (k_h, k_w, shape["stride_h"], shape["stride_w"]) == (1, 1, 1, 1):
        return _step("pointwise", node, {"count": math.prod(y.shape[1:3]), "filters": filters})
    return _step("conv_2d", node, {"window": shape, "filters": filters}, 2 * k_h * k_w * depth)


def _grouped(node: Node, graph: Graph, x: Tensor, weights: Tensor, y: Tensor) -> Step:
    """Lower a convolution in groups, each of which sees channels of its own."""
    (channels, k_h, k_w, depth), in_c = weights.shape, x.shape[3]
    if not depth or in_c % depth or channels % (in_c // depth):
        raise refuse(node, graph, f"{channels} filters of {depth} share no {in_c} channels")
    layer = {
        "window": window(node, x, y, (k_h, k_w), channels),
        "depth": depth,
        "each": channels * depth // in_c,
        "channels": channels,
        **_filters(node, graph, weights.data.reshape(channels, -1)),  # type: ignore[union-attr]
    }
    return _step("grouped_2d", node, layer, k_h * k_w * in_c)


def _depthwise(node: Node, graph: Graph) -> Step:
    x, weights, y = _parts(node, graph)
    dimensions(node, graph, 4, x, y, weights)
    _, k_h, k_w, channels = weights.shape
    if channels % x.shape[3]:
        raise refuse(node, graph, f"{channels} filters do not go into {x.shape[3]} channels")
    taps = weights.data.reshape(-1, channels)  # type: ignore[union-attr]
    layer = {"window": window(node, x, y, (k_h, k_w), channels), **_filters(node, graph, taps.T)}
    scratch = k_h * k_w * x.shape[3]
    if channels == x.shape[3] and channels % 4 == 0:
        blocks = taps.reshape(-1, channels // 4, 4).transpose(1, 0, 2)
        return _step("depthwise_4", node, layer | {"weights": _flat(blocks)}, scratch)
    layer |= {"times": channels // x.shape[3], "weights": _flat(taps)}
    return _step("depthwise_2d", node, layer, scratch)


def _dense(node: Node, graph: Graph) -> Step:
    x, weights, y = _parts(node, graph)
    channels, depth = weights.shape
    if x.elements % depth or y.elements * depth != x.elements * channels:
        raise refuse(node, graph, f"{x.elements} inputs are no rows of {depth}")
    filters = {"depth": depth, "channels": channels, **_filters(node, graph, weights.data)}
    layer = {"count": x.elements // depth, "factor": filters.pop("factor"), "filters": filters}
    return _step("dense", node, layer)


def _parts(node: Node, graph: Graph) -> tuple[Tensor, Tensor, Tensor]:
    x, weights = activation(node, graph), constant(node, graph, 1)
    y = graph.tensors[node.outputs[0]]
    quantized(node, graph, x, y)
    if weights.dtype != "int8" or not weights.scales or any(weights.zero_points):
        raise refuse(node, graph, f"its weights {weights.name!r} are not symmetric int8")
    return x, weights, y


def _filters(node: Node, graph: Graph, weights: Any) -> dict[str, Value]:
    """Return what each filter needs to make codes of its sum; weights are (filters, depth)."""
    x, y = graph.tensors[node.inputs[0]], graph.tensors[node.outputs[0]]
    low, high = activation_codes(node.option("fused_activation_function"), y)
    factors = filter_factors(node, graph, len(weights))
    if node.operator == "FULLY_CONNECTED":
        scaled: dict[str, Value] = {**double_factors(node, graph, factors)}
    else:
        pairs = np.array([multiplier_of(factor) for factor in factors]).reshape(-1, 2)
        scaled = {"multiplier": pairs[:, 0].astype(np.int32), "shift": pairs[:, 1].astype(np.int8)}
    return {
        "out_zero": y.zero_point,
        "low": low,
        "high": high,
        "weights": _flat(weights),
        "bias": _folded_bias(node, graph, weights.astype(np.int64), x.zero_point),
        **scaled,
    }


def _flat(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return np.ascontiguousarray(values).reshape(-1)


def _folded_bias(
    node: Node, graph: Graph, weights: npt.NDArray[np.int64], zero: int
) -> npt.NDArray[np.int32]:
    bias = graph.input(node, 2)
    if bias is not None and (bias.data is None or bias.dtype != "int32"):
        raise refuse(node, graph, "its bias is not constant int32")
    plain = np.zeros(len(weights), np.int64) if bias is None else np.asarray(bias.data, np.int64)
    if plain.shape != (len(weights),):
        raise refuse(node, graph, f"its {len(weights)} filters have {plain.size} biases")
    folded = plain - zero * weights.sum(axis=1)
    if int((np.abs(folded) + 128 * np.abs(weights).sum(axis=1)).max(initial=0)) >= _LARGEST:
        raise refuse(node, graph, "its sums could pass 30 bits")
    result: npt.NDArray[np.int32] = folded.astype(np.int32)
    return result


def _step(kernel: str, node: Node, layer: dict[str, Any], scratch: int = 0) -> Step:
    return Step(
        kernel=kernel,
        layer=layer,
        inputs=node.inputs[:1],
        outputs=node.outputs,
        scratch_bytes=scratch,
    )


def _activation_field(number: int) -> OptionField:
    return OptionField(name="fused_activation_function", number=number, layout="b")


def _dilations(number: int) -> tuple[OptionField, ...]:
    return (
        OptionField(name="dilation_w_factor", number=number, default=1),
        OptionField(name="dilation_h_factor", number=number + 1, default=1),
    )


RULES = (
    Rule(
        operator="CONV_2D",
        lower=by_type({"int8": _conv_2d, "int16": wide.conv_2d}),
        options=(
            *CONVOLUTION_OPTIONS,
            _activation_field(3),
            *_dilations(4),
            wide.bias_field(6),
        ),
    ),
    Rule(
        operator="DEPTHWISE_CONV_2D",
        lower=by_type({"int8": _depthwise, "int16": wide.depthwise}),
        options=(*CONVOLUTION_OPTIONS, _activation_field(4), *_dilations(5)),
    ),
    Rule(
        operator="FULLY_CONNECTED",
        lower=by_type({"int8": _dense, "int16": wide.dense, "float32": real.dense}),
        options=(_activation_field(0), wide.bias_field(4)),
    ),
)
