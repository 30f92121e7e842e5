"""Pooling."""

from __future__ import annotations

from studio.codegen.fixed_point import activation_codes, same_quantization
from studio.codegen.graph import Graph, Node
from studio.codegen.operators._checks import activation, dimensions, fitting, quantized
from studio.codegen.operators._window import CONVOLUTION_OPTIONS, first_place, places
from studio.codegen.steps import OptionField, Rule, Step, refuse

__all__ = ["RULES"]

_OPTIONS = (
    *CONVOLUTION_OPTIONS,
    OptionField(name="filter_width", number=3),
    OptionField(name="filter_height", number=4),
    OptionField(name="fused_activation_function", number=5, layout="b"),
)
_KERNELS = {"AVERAGE_POOL_2D": "average_pool_2d", "MAX_POOL_2D": "max_pool_2d"}


def _pool(node: Node, graph: Graph) -> Step:
    x, y = activation(node, graph), graph.tensors[node.outputs[0]]
    quantized(node, graph, x, y, types=("int8", "int16"))
    dimensions(node, graph, 4, x, y)
    if not same_quantization(x, y) or (y.dtype == "int16" and y.zero_point):
        raise refuse(node, graph, "its output has another scale than its input")
    (_, in_h, in_w, in_c), (_, out_h, out_w, out_c) = x.shape, y.shape
    k_h, k_w = node.option("filter_height"), node.option("filter_width")
    stride_h, stride_w = node.option("stride_h"), node.option("stride_w")
    natural = places(node, in_h, k_h, stride_h), places(node, in_w, k_w, stride_w), in_c
    if (out_h, out_w, out_c) != natural or min(k_h, k_w) < 1:
        raise refuse(node, graph, f"it makes {y.shape} of {x.shape}")
    low, high = activation_codes(node.option("fused_activation_function"), y)
    layer = {
        "in_h": in_h, "in_w": in_w, "in_c": in_c, "out_h": out_h, "out_w": out_w,
        "k_h": k_h, "k_w": k_w, "stride_h": stride_h, "stride_w": stride_w,
        "pad_h": first_place(node, in_h, k_h, stride_h, out_h),
        "pad_w": first_place(node, in_w, k_w, stride_w, out_w),
        "low": low, "high": high,
    }  # fmt: skip
    kernel = _KERNELS[node.operator] + ("_s16" if y.dtype == "int16" else "")
    return Step(kernel=kernel, layer=layer, inputs=node.inputs, outputs=node.outputs)


RULES = tuple(Rule(operator=name, lower=fitting(_pool), options=_OPTIONS) for name in _KERNELS)
