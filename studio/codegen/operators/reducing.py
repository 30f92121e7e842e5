"""Sums, means and extremes over dimensions."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from studio.codegen.fixed_point import multiplier_of, same_quantization
from studio.codegen.graph import Graph, Node, Tensor
from studio.codegen.operators._checks import activation, fitting, numbers, quantized
from studio.codegen.operators._moving import grid, merged
from studio.codegen.steps import Rule, Step, refuse

__all__ = ["RULES"]

_SIGNS = {"REDUCE_MAX": 1, "REDUCE_MIN": -1, "ARG_MAX": 1, "ARG_MIN": -1}
_MOST_BITS = 31
"""Of a sum, the sign left out, after the multiplier's shift to the left."""


def _sum(node: Node, graph: Graph) -> Step:
    """Lower a sum, or a mean, whose count goes into the multiplier.

    Source:
        ``QuantizedMeanOrSum`` of TensorFlow Lite (kernels/internal/reference/reduce.h). For
        SUM of int8, LiteRT 2.3.0's reference takes the codes for unsigned; this is what it
        does for codes that are.
    """
    x, y = activation(node, graph), graph.tensors[node.outputs[0]]
    quantized(node, graph, x, y)
    shape, count = _reduction(node, graph, x, y)
    multiplier, shift = multiplier_of(x.scale / y.scale)
    if node.operator == "MEAN":
        bits = min(count.bit_length() - 1, 32, 31 + shift)
        multiplier, shift = (multiplier << bits) // count, shift - bits
    if (255 * count) << max(shift, 0) >= 1 << _MOST_BITS:
        raise refuse(node, graph, f"its sums of {count} could pass {_MOST_BITS} bits")
    layer: dict[str, Any] = {
        "shape": shape, "offset": -x.zero_point * count,
        "multiplier": multiplier, "shift": shift, "out_zero": y.zero_point,
    }  # fmt: skip
    return Step(kernel="reduce_sum", layer=layer, inputs=node.inputs[:1], outputs=node.outputs)


def _extreme(node: Node, graph: Graph) -> Step:
    x, y = activation(node, graph), graph.tensors[node.outputs[0]]
    quantized(node, graph, x, y)
    if not same_quantization(x, y):
        raise refuse(node, graph, "its output has another scale than its input")
    layer: dict[str, Any] = {
        "shape": _reduction(node, graph, x, y)[0],
        "sign": _SIGNS[node.operator],
    }
    return Step(kernel="reduce_extreme", layer=layer, inputs=node.inputs[:1], outputs=node.outputs)


def _reduction(node: Node, graph: Graph, x: Tensor, y: Tensor) -> tuple[dict[str, Any], int]:
    """Return the members of a ``reduction`` and how many inputs make one output."""
    over = {axis % len(x.shape) for axis in numbers(node, graph, 1)}
    kept = [axis for axis in range(len(x.shape)) if axis not in over]
    sides = {"kept": kept, "over": sorted(over)}
    members: dict[str, Any] = {}
    for side, axes in sides.items():
        loops = merged([x.shape[a] for a in axes], [grid(x).strides[a] for a in axes])
        if len(loops) > 2:
            raise refuse(node, graph, "its dimensions lie too scattered")
        for place, (turns, step) in enumerate([(1, 0)] * (2 - len(loops)) + loops, 1):
            members |= {f"{side}_{place}": turns, f"{side}_step_{place}": step}
    count = math.prod(x.shape[axis] for axis in over)
    if y.elements * count != x.elements or not x.elements:
        raise refuse(node, graph, f"it makes {y.shape} of {x.shape}")
    return members, count


def _place_of_extreme(node: Node, graph: Graph) -> Step:
    x, y = activation(node, graph), graph.tensors[node.outputs[0]]
    axis = numbers(node, graph, 1)[0] % len(x.shape)
    if x.dtype != "int8" or y.dtype not in ("int32", "int64"):
        raise refuse(node, graph, f"it makes {y.dtype} of {x.dtype}")
    outer, depth, inner = math.prod(x.shape[:axis]), x.shape[axis], math.prod(x.shape[axis + 1 :])
    if y.elements != outer * inner:
        raise refuse(node, graph, f"it makes {y.shape} of {x.shape}")
    layer: dict[str, Any] = {
        "outer": outer, "depth": depth, "inner": inner,
        "sign": _SIGNS[node.operator], "bytes": np.dtype(y.dtype).itemsize,
    }  # fmt: skip
    return Step(kernel="arg_extreme", layer=layer, inputs=node.inputs[:1], outputs=node.outputs)


# Whether dimensions of one are kept shows in the output's shape, which is what counts.
RULES = (
    *(Rule(operator=name, lower=fitting(_sum)) for name in ("MEAN", "SUM")),
    *(Rule(operator=name, lower=fitting(_extreme)) for name in ("REDUCE_MAX", "REDUCE_MIN")),
    *(Rule(operator=name, lower=fitting(_place_of_extreme)) for name in ("ARG_MAX", "ARG_MIN")),
)
