"""Operators that work element by element."""

from __future__ import annotations

from studio.codegen.fixed_point import activation_codes, multiplier_of
from studio.codegen.graph import Graph, Node
from studio.codegen.operators._checks import activation, quantized
from studio.codegen.steps import OptionField, Rule, Step, refuse

__all__ = ["RULES"]

_LEFT_SHIFT = 20
"""Bits of headroom that the reference kernel adds to int8 before it rescales."""


def _add(node: Node, graph: Graph) -> Step:
    """Lower an addition of two tensors of one shape.

    Source:
        ``Prepare`` of TensorFlow Lite's kernels/add.cc for int8.
    """
    a, b, y = activation(node, graph), activation(node, graph, 1), graph.tensors[node.outputs[0]]
    quantized(node, graph, a, b, y)
    if not a.shape == b.shape == y.shape:
        raise refuse(node, graph, f"it adds shapes {a.shape} and {b.shape}")
    largest = 2 * max(a.scale, b.scale)
    low, high = activation_codes(node.option("fused_activation_function"), y)
    layer = {
        "count": y.elements, "zero_1": a.zero_point, "zero_2": b.zero_point,
        "out_zero": y.zero_point, "left_shift": _LEFT_SHIFT, "low": low, "high": high,
    }  # fmt: skip
    factors = (a.scale / largest, b.scale / largest, largest / ((1 << _LEFT_SHIFT) * y.scale))
    for place, factor in zip(("{}_1", "{}_2", "out_{}"), factors, strict=True):
        multiplier, shift = multiplier_of(factor)
        layer |= {place.format("multiplier"): multiplier, place.format("shift"): shift}
    return Step(
        kernel="add", layer=layer, inputs=node.inputs, outputs=node.outputs, in_place=(0, 1)
    )


RULES = (
    Rule(
        operator="ADD",
        lower=_add,
        options=(OptionField(name="fused_activation_function", number=0, layout="b"),),
    ),
)
