"""Softmax in fixed point."""

from __future__ import annotations

import math

import numpy as np

from studio.codegen.fixed_point import multiplier_of
from studio.codegen.graph import Graph, Node
from studio.codegen.operators import real
from studio.codegen.operators._checks import activation, quantized
from studio.codegen.operators._scaling import scaling
from studio.codegen.operators._tables import interpolated
from studio.codegen.operators._types import by_type
from studio.codegen.steps import OptionField, Rule, Step, Value, refuse

__all__ = ["RULES"]

_INTEGER_BITS = 5
_MOST = 4096
"""More elements could pass the 12 integer bits of the sum."""
_MOST_WIDE = 1 << 16
"""So many could pass the 31 bits of the sum of int16 codes."""


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
    if not factor > 1:
        raise refuse(node, graph, f"its input scale times beta is only {factor:g} / 2^26")
    multiplier, shift = multiplier_of(factor)
    radius = ((1 << _INTEGER_BITS) - 1) * (1 << (31 - _INTEGER_BITS)) / (1 << shift)
    layer = {
        "rows": x.elements // depth, "depth": depth, "multiplier": multiplier,
        "left_shift": shift, "diff_min": -math.floor(radius),
    }  # fmt: skip
    return Step(
        kernel="softmax", layer=layer, inputs=node.inputs, outputs=node.outputs, in_place=()
    )


def _wide(node: Node, graph: Graph) -> Step:
    """Lower a softmax of int16 codes, from two tables.

    Source:
        ``SoftmaxPrepare`` of TensorFlow Lite's kernels/activations.cc, the part for int16.
    """
    x, y = activation(node, graph), graph.tensors[node.outputs[0]]
    quantized(node, graph, x, y, types=("int16",))
    depth = x.shape[-1] if x.shape else 0
    if (y.scale, y.zero_point, x.zero_point) != (2**-15, 0, 0) or not 0 < depth < _MOST_WIDE:
        raise refuse(node, graph, "its output has another scale than 1/32768, or its rows 65,536")
    product = float(np.float32(x.scale) * np.float32(node.real("beta")))
    multiplier, shift = scaling(node, graph, product / (10.0 / 65535.0), 65535)
    layer: dict[str, Value] = {
        "rows": x.elements // depth, "depth": depth, "multiplier": multiplier, "shift": shift,
        "exponential": interpolated(math.exp, 10.0 / 65535 * -65535, 0.0, 2.0 / 65535),
        "reciprocal": interpolated(lambda v: 1 / (1 + v), 0.0, 1.0 / 65535 * 65535, 2.0 / 65535),
    }  # fmt: skip
    return Step(kernel="softmax_s16", layer=layer, inputs=node.inputs, outputs=node.outputs)


RULES = (
    Rule(
        operator="SOFTMAX",
        lower=by_type({"int8": _softmax, "int16": _wide, "float32": real.exponential}),
        options=(OptionField(name="beta", number=0, layout="f"),),
    ),
)
