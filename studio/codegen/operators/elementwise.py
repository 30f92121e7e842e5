"""Operators of two tensors, element by element; one may be stretched, one may be constant."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from studio.codegen.fixed_point import activation_codes, same_quantization
from studio.codegen.graph import Graph, Node, Tensor
from studio.codegen.operators._checks import fitting, quantized
from studio.codegen.operators._pairs import pairs, whole
from studio.codegen.operators._scaling import float32_ratio, scaling, smaller_scaling
from studio.codegen.steps import OptionField, Rule, Step, Value, refuse

__all__ = ["RULES"]

_HEADROOM = {"int8": 20, "int16": 15}
"""Bits to the left that the reference kernels shift codes before they add them."""

_SQUARE_HEADROOM = 7
_LARGEST_PRODUCT = {"int8": 255 * 255, "int16": 32768 * 32768}


def _add(node: Node, graph: Graph, sign: int = 1) -> Step:
    """Lower an addition, or a subtraction.

    Source:
        ``Prepare`` of TensorFlow Lite's kernels/add.cc and ``PrepareGeneralSubOp`` of
        kernels/sub.cc.
    """
    a, b, y = _operands(node, graph)
    if y.dtype == "int16" and node.option("pot_scale_int16") and _powers_of_two(a, b, y):
        raise refuse(node, graph, "its scales are all powers of two, which has rules of its own")
    shift = _HEADROOM[y.dtype]
    largest = 2 * max(a.scale, b.scale)
    factors = (a.scale / largest, b.scale / largest, largest / ((1 << shift) * y.scale))
    low, high = activation_codes(node.option("fused_activation_function"), y)
    layer = _factors(node, graph, factors) | {
        "sign": sign, "left_shift": shift, "low": low, "high": high,
    }  # fmt: skip
    if y.dtype == "int8" and a.shape == b.shape and whole(node, graph) == (0, 1):
        return _step("add", node, {"count": y.elements, "sum": layer}, (0, 1))
    kernel = "add_pairs" if y.dtype == "int8" else "add_s16"
    return _paired(kernel, node, graph, {"sum": layer})


def _subtract(node: Node, graph: Graph) -> Step:
    return _add(node, graph, sign=-1)


def _multiply(node: Node, graph: Graph) -> Step:
    """Lower a product.

    Source:
        ``Prepare`` of TensorFlow Lite's kernels/mul.cc: the factor is made in float32.
    """
    a, b, y = _operands(node, graph)
    factor = float32_ratio((a.scale, b.scale), y.scale)
    multiplier, shift = scaling(node, graph, factor, _LARGEST_PRODUCT[y.dtype])
    low, high = activation_codes(node.option("fused_activation_function"), y)
    layer = _zeros(a, b, y) | {
        "multiplier": multiplier, "shift": shift, "low": low, "high": high,
    }  # fmt: skip
    return _paired("mul" if y.dtype == "int8" else "mul_s16", node, graph, {"product": layer})


def _squared_difference(node: Node, graph: Graph) -> Step:
    """Lower a squared difference.

    Source:
        ``Prepare`` of TensorFlow Lite's kernels/squared_difference.cc.
    """
    a, b, y = _operands(node, graph, ("int8",))
    largest = 2 * max(a.scale, b.scale)
    unit = 1 << 2 * _SQUARE_HEADROOM
    factors = (a.scale / largest, b.scale / largest, largest * largest / (unit * y.scale))
    layer = _factors(node, graph, factors) | {"left_shift": _SQUARE_HEADROOM}
    return _paired("squared_difference", node, graph, layer)


def _extreme(largest: bool) -> Callable[[Node, Graph], Step]:
    def lower(node: Node, graph: Graph) -> Step:
        a, b, y = _operands(node, graph)
        if not same_quantization(a, y) or not same_quantization(b, y):
            raise refuse(node, graph, "its inputs and its output have different scales")
        kernel = "extreme" if y.dtype == "int8" else "extreme_s16"
        return _paired(kernel, node, graph, {"largest": int(largest)})

    return lower


def _prelu(node: Node, graph: Graph) -> Step:
    """Lower a rectifier with a slope for each channel, or any other shape that stretches.

    Source:
        ``PreluPrepare`` of TensorFlow Lite's kernels/activations.cc: factors in float32.
    """
    x, slope, y = _operands(node, graph, ("int8",))
    if x.shape != y.shape:
        raise refuse(node, graph, f"its slopes stretch {x.shape} to {y.shape}")
    above = scaling(node, graph, float32_ratio((x.scale,), y.scale), 255)
    below = scaling(
        node, graph, float32_ratio((x.scale, slope.scale), y.scale), _LARGEST_PRODUCT["int8"]
    )
    layer = _zeros(x, slope, y) | {
        "above_multiplier": above[0], "above_shift": above[1],
        "below_multiplier": below[0], "below_shift": below[1],
    }  # fmt: skip
    return _paired("prelu", node, graph, layer)


def _operands(
    node: Node, graph: Graph, types: tuple[str, ...] = ("int8", "int16")
) -> tuple[Tensor, Tensor, Tensor]:
    a, b, y = graph.input(node, 0), graph.input(node, 1), graph.tensors[node.outputs[0]]
    if a is None or b is None or (a.data is not None and b.data is not None):
        raise refuse(node, graph, "it needs two inputs, one of them computed")
    quantized(node, graph, a, b, y, types=types)
    if len({a.dtype, b.dtype, y.dtype}) > 1:
        raise refuse(node, graph, f"it mixes {a.dtype}, {b.dtype} and {y.dtype}")
    if y.dtype == "int16" and any(tensor.zero_point for tensor in (a, b, y)):
        raise refuse(node, graph, "its int16 codes have zero points other than 0")
    return a, b, y


def _zeros(a: Tensor, b: Tensor, y: Tensor) -> dict[str, Value]:
    return {"zero_1": a.zero_point, "zero_2": b.zero_point, "out_zero": y.zero_point}


def _factors(node: Node, graph: Graph, factors: tuple[float, float, float]) -> dict[str, Value]:
    """Return zero points and the factors of both inputs and the output; all below 1."""
    a, b, y = _operands(node, graph)
    layer = _zeros(a, b, y)
    for name, factor in zip(("{}_1", "{}_2", "out_{}"), factors, strict=True):
        multiplier, shift = smaller_scaling(node, graph, factor)
        layer |= {name.format("multiplier"): multiplier, name.format("shift"): shift}
    return layer


def _powers_of_two(*tensors: Tensor) -> bool:
    """Whether all scales are powers of two, as nearly as ``CheckedLog2`` of the reference asks."""
    logarithms = [math.log2(tensor.scale) for tensor in tensors]
    return all(abs(value - round(value)) < 1e-3 for value in logarithms)


def _paired(kernel: str, node: Node, graph: Graph, layer: Mapping[str, Any]) -> Step:
    """Return a step whose kernel stretches its inputs, in place where it does not."""
    return _step(kernel, node, {"pairs": pairs(node, graph), **layer}, whole(node, graph))


def _step(kernel: str, node: Node, layer: Mapping[str, Any], in_place: tuple[int, ...]) -> Step:
    return Step(
        kernel=kernel,
        layer=layer,
        inputs=node.inputs[:2],
        outputs=node.outputs,
        in_place=in_place,
    )


_ACTIVATION = OptionField(name="fused_activation_function", number=0, layout="b")


def _power_field(number: int) -> OptionField:
    return OptionField(name="pot_scale_int16", number=number, layout="b", default=1)


RULES = (
    Rule(operator="ADD", lower=fitting(_add), options=(_ACTIVATION, _power_field(1))),
    Rule(operator="SUB", lower=fitting(_subtract), options=(_ACTIVATION, _power_field(1))),
    Rule(operator="MUL", lower=fitting(_multiply), options=(_ACTIVATION,)),
    Rule(operator="MAXIMUM", lower=fitting(_extreme(largest=True))),
    Rule(operator="MINIMUM", lower=fitting(_extreme(largest=False))),
    Rule(operator="SQUARED_DIFFERENCE", lower=fitting(_squared_difference)),
    Rule(operator="PRELU", lower=fitting(_prelu)),
)
