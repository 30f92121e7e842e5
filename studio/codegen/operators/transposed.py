"""Transposed convolutions."""

from __future__ import annotations

from typing import Any

import numpy as np

from studio.codegen.fixed_point import activation_codes, multiplier_of
from studio.codegen.graph import Graph, Node, Tensor
from studio.codegen.operators._checks import activation, constant, dimensions, fitting, quantized
from studio.codegen.operators._window import CONVOLUTION_OPTIONS, first_place
from studio.codegen.steps import OptionField, Rule, Step, refuse

__all__ = ["RULES"]

_LARGEST = 1 << 31


def _transpose_conv(node: Node, graph: Graph) -> Step:
    """Lower a transposed convolution; its inputs are output shape, weights, input and bias.

    Source:
        ``Prepare`` and ``Eval`` of TensorFlow Lite (kernels/transpose_conv.cc).
    """
    weights, x, y = constant(node, graph, 1), activation(node, graph, 2), _output(node, graph)
    quantized(node, graph, x, y)
    dimensions(node, graph, 4, x, y)
    channels, k_h, k_w, depth = weights.shape
    (_, in_h, in_w, in_c), (_, out_h, out_w, out_c) = x.shape, y.shape
    if weights.dtype != "int8" or any(weights.zero_points) or (channels, depth) != (out_c, in_c):
        raise refuse(node, graph, f"its weights {weights.name!r} are not symmetric int8")
    stride_h, stride_w = node.option("stride_h"), node.option("stride_w")
    if min(stride_h, stride_w) < 1:
        raise refuse(node, graph, "its strides are not positive")
    low, high = activation_codes(node.option("fused_activation_function"), y)
    layer = {
        "in_h": in_h, "in_w": in_w, "in_c": in_c, "out_h": out_h, "out_w": out_w, "out_c": out_c,
        "k_h": k_h, "k_w": k_w, "stride_h": stride_h, "stride_w": stride_w,
        "pad_h": first_place(node, out_h, k_h, stride_h, -(-out_h // stride_h)),
        "pad_w": first_place(node, out_w, k_w, stride_w, -(-out_w // stride_w)),
        "in_zero": x.zero_point, "out_zero": y.zero_point, "low": low, "high": high,
        "weights": weights.data.reshape(-1),  # type: ignore[union-attr]
        **_finish(node, graph, weights, x, y),
    }  # fmt: skip
    return Step(
        kernel="transpose_conv", layer=layer, inputs=(node.inputs[2],), outputs=node.outputs
    )


def _output(node: Node, graph: Graph) -> Tensor:
    constant(node, graph, 0)
    return graph.tensors[node.outputs[0]]


def _finish(node: Node, graph: Graph, weights: Tensor, x: Tensor, y: Tensor) -> dict[str, Any]:
    """Return bias, multiplier and shift of each filter."""
    channels = weights.shape[0]
    scales = weights.scales if len(weights.scales) == channels else weights.scales * channels
    factors = [multiplier_of(x.scale * scale / y.scale) for scale in scales]
    bias = _bias(node, graph, channels)
    most = np.abs(bias) + 255 * np.abs(weights.data.astype(np.int64)).sum(axis=(1, 2, 3))  # type: ignore[union-attr]
    if any(
        int(m) << max(shift, 0) >= _LARGEST for m, (_, shift) in zip(most, factors, strict=True)
    ):
        raise refuse(node, graph, "its sums could pass 31 bits")
    return {
        "bias": bias.astype(np.int32),
        "multiplier": np.array([multiplier for multiplier, _ in factors], np.int32),
        "shift": np.array([shift for _, shift in factors], np.int8),
    }


def _bias(node: Node, graph: Graph, channels: int) -> Any:
    if graph.input(node, 3) is None:
        return np.zeros(channels, np.int64)
    bias = constant(node, graph, 3)
    if bias.dtype != "int32" or bias.elements != channels:
        raise refuse(node, graph, "its bias is not int32, one for each filter")
    return np.asarray(bias.data, np.int64)


RULES = (
    Rule(
        operator="TRANSPOSE_CONV",
        lower=fitting(_transpose_conv),
        options=(
            *CONVOLUTION_OPTIONS,
            OptionField(name="fused_activation_function", number=3, layout="b"),
        ),
    ),
)
