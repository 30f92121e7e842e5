"""Softmax in fixed point."""

from __future__ import annotations

import math

from studio.codegen.fixed_point import multiplier_of
from studio.codegen.graph import Graph, Node
from studio.codegen.operators._checks import activation, quantized
from studio.codegen.steps import OptionField, Rule, Step, refuse

__all__ = ["RULES"]

_INTEGER_BITS = 5
_MOST = 4096
"""More elements could pass the 12 integer bits of the sum."""


def _softmax(node: Node, graph: Graph) -> Step:
    """Lower a softmax over the last dimension.

    Source:
        ``PreprocessSoftmaxScaling`` and ``CalculateInputRadius`` of TensorFlow Lite
        (kernels/internal/quantization_util.cc).
    """
    x, y = activation(node, graph), graph.tensors[node.outputs[0]]
    quantized(node, graph, x, y)
    depth = x.shape[-1]
    if (y.scale, y.zero_point) != (1 / 256, -128) or not 0 < depth <= _MOST:
        raise refuse(node, graph, "its output has another scale than 1/256, or over 4,096 classes")
    factor = min(node.real("beta") * x.scale * (1 << (31 - _INTEGER_BITS)), float((1 << 31) - 1))
    multiplier, shift = multiplier_of(factor)
    radius = ((1 << _INTEGER_BITS) - 1) * (1 << (31 - _INTEGER_BITS)) / (1 << shift)
    layer = {
        "rows": x.elements // depth, "depth": depth, "multiplier": multiplier,
        "left_shift": shift, "diff_min": -math.floor(radius),
    }  # fmt: skip
    return Step(
        kernel="softmax", layer=layer, inputs=node.inputs, outputs=node.outputs, in_place=()
    )


RULES = (
    Rule(
        operator="SOFTMAX",
        lower=_softmax,
        options=(OptionField(name="beta", number=0, layout="f"),),
    ),
)
