"""Real numbers: what a small network of dense layers needs on a processor that computes with them.

Sums are made in the reference kernels' order, each product and sum rounded to float32, so that
results are theirs to the bit wherever the compiler keeps to C99 (no fused multiply-add).
"""

from __future__ import annotations

import numpy as np

from studio.codegen.graph import Graph, Node, Tensor
from studio.codegen.operators._checks import activation, constant
from studio.codegen.operators._types import Lowering
from studio.codegen.steps import Step, Value, refuse

__all__ = ["dense", "exponential", "rectifier"]

_LARGEST = float(np.finfo(np.float32).max)
_RANGES = {
    0: (-_LARGEST, _LARGEST),
    1: (0.0, _LARGEST),
    2: (-1.0, 1.0),
    3: (0.0, 6.0),
}
"""What ``ActivationFunctionType`` of schema.fbs leaves of real numbers."""


def dense(node: Node, graph: Graph) -> Step:
    """Lower FULLY_CONNECTED of float32."""
    x, weights = _real(node, graph, activation(node, graph)), constant(node, graph, 1)
    _real(node, graph, weights)
    channels, depth = weights.shape
    y = graph.tensors[node.outputs[0]]
    if not depth or x.elements % depth or y.elements * depth != x.elements * channels:
        raise refuse(node, graph, f"{x.elements} inputs are no rows of {depth}")
    bias = graph.input(node, 2)
    plain = np.zeros(channels, np.float32)
    if bias is not None:
        plain = np.asarray(_real(node, graph, constant(node, graph, 2)).data).reshape(-1)
    if len(plain) != channels:
        raise refuse(node, graph, f"{len(plain)} biases are not of {channels} outputs")
    low, high = _range(node, graph, node.option("fused_activation_function"))
    layer: dict[str, Value] = {
        "count": x.elements // depth, "depth": depth, "channels": channels,
        "low": low, "high": high,
        "weights": np.asarray(weights.data).reshape(-1), "bias": plain,
    }  # fmt: skip
    return Step(kernel="dense_f32", layer=layer, inputs=node.inputs[:1], outputs=node.outputs)


def rectifier(function: int) -> Lowering:
    """Return the lowering of RELU and its kin of float32."""

    def lower(node: Node, graph: Graph) -> Step:
        x = _real(node, graph, activation(node, graph))
        low, high = _range(node, graph, function)
        layer = {"count": x.elements, "low": low, "high": high}
        return Step(
            kernel="rectify_f32",
            layer=layer,
            inputs=node.inputs[:1],
            outputs=node.outputs,
            in_place=(0,),
        )

    return lower


def exponential(node: Node, graph: Graph) -> Step:
    """Refuse what needs the mathematical library of C, which generated code does without."""
    raise refuse(
        node,
        graph,
        "it needs exp() of real numbers, and generated code has no mathematical library",
    )


def _real(node: Node, graph: Graph, tensor: Tensor) -> Tensor:
    if tensor.dtype != "float32":
        raise refuse(node, graph, f"{tensor.name!r} holds {tensor.dtype} beside float32")
    return tensor


def _range(node: Node, graph: Graph, function: int) -> tuple[float, float]:
    if function not in _RANGES:
        raise refuse(node, graph, f"its fused activation {function} is no limit")
    return _RANGES[function]
