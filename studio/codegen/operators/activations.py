"""Functions of one tensor, element by element."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from studio.codegen.fixed_point import activation_codes
from studio.codegen.graph import Graph, Node, Tensor
from studio.codegen.operators import real
from studio.codegen.operators._checks import activation, quantized
from studio.codegen.operators._scaling import float32_ratio, scaling
from studio.codegen.operators._tables import (
    absolute,
    function_codes,
    hard_swish,
    leaky_relu,
    logistic,
    sigmoid_table,
)
from studio.codegen.operators._types import Lowering, by_type
from studio.codegen.steps import OptionField, Rule, Step, refuse

__all__ = ["RULES"]

Codes = npt.NDArray[np.int64]

_RELU, _RELU_N1_TO_1, _RELU6 = 1, 2, 3
"""Members of ``ActivationFunctionType`` of schema.fbs."""

_LARGEST = {"int8": 255, "int16": 32768}


def _rectifier(function: int) -> Callable[[Node, Graph], Step]:
    """Return the lowering of an activation that may also be fused.

    Source:
        ``ReluPrepare`` and ``QuantizedReluX`` of TensorFlow Lite's kernels/activations.cc.
    """

    def lower(node: Node, graph: Graph) -> Step:
        x, y = _ends(node, graph, ("int8", "int16"))
        multiplier, shift = scaling(
            node, graph, float32_ratio((x.scale,), y.scale), _LARGEST[x.dtype]
        )
        low, high = activation_codes(function, y)
        layer = {
            "zero": x.zero_point, "multiplier": multiplier, "shift": shift,
            "out_zero": y.zero_point, "low": low, "high": high,
        }  # fmt: skip
        return _step("rescale" if x.dtype == "int8" else "rescale_s16", node, graph, layer)

    return lower


def _table(codes: Callable[[Node, Graph, Tensor, Tensor], Codes]) -> Callable[[Node, Graph], Step]:
    """Return the lowering of a function of int8 codes, as a table of all 256."""

    def lower(node: Node, graph: Graph) -> Step:
        x, y = _ends(node, graph, ("int8",))
        table = np.clip(codes(node, graph, x, y), -128, 127).astype(np.int8)
        return _step("lookup", node, graph, {"table": table})

    return lower


def _logistic_codes(node: Node, graph: Graph, x: Tensor, y: Tensor) -> Codes:
    if y.scale != 1 / 256:
        raise refuse(node, graph, "its output has another scale than 1/256")
    return function_codes(logistic, x, y)


def _tanh_codes(node: Node, graph: Graph, x: Tensor, y: Tensor) -> Codes:
    return function_codes(math.tanh, x, y)


def _leaky_codes(node: Node, graph: Graph, x: Tensor, y: Tensor) -> Codes:
    return leaky_relu(x, *_leaky_factors(node, graph, x, y)) + y.zero_point


def _leaky_factors(
    node: Node, graph: Graph, x: Tensor, y: Tensor
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the factors above and below zero.

    Source:
        ``LeakyReluPrepare`` of TensorFlow Lite's kernels/activations.cc: in float32.
    """
    slope = node.real("alpha")
    if slope < 0:
        raise refuse(node, graph, "its slope is negative")
    largest = _LARGEST[x.dtype]
    below = float32_ratio((x.scale, slope), y.scale)
    above = float32_ratio((x.scale,), y.scale)
    return scaling(node, graph, above, largest), scaling(node, graph, below, largest)


def _leaky_wide(node: Node, graph: Graph) -> Step:
    x, y = _ends(node, graph, ("int16",))
    above, below = _leaky_factors(node, graph, x, y)
    layer = {
        "above_multiplier": above[0], "above_shift": above[1],
        "below_multiplier": below[0], "below_shift": below[1],
    }  # fmt: skip
    return _step("leaky_relu_s16", node, graph, layer)


def _hard_swish_codes(node: Node, graph: Graph, x: Tensor, y: Tensor) -> Codes:
    codes = hard_swish(x, y)
    if codes is None:
        raise refuse(node, graph, "its output scale is under 1/128 of its input's")
    return codes


def _absolute_codes(node: Node, graph: Graph, x: Tensor, y: Tensor) -> Codes:
    return absolute(x, y, scaling(node, graph, float32_ratio((x.scale,), y.scale), 255))


def _sigmoid_wide(tanh: bool) -> Callable[[Node, Graph], Step]:
    """Return the lowering of LOGISTIC or TANH of int16 codes.

    Source:
        ``SigmoidPrepare`` and ``TanhPrepare`` of TensorFlow Lite's kernels/activations.cc.
    """

    def lower(node: Node, graph: Graph) -> Step:
        x, y = _ends(node, graph, ("int16",))
        if y.scale != 2**-15:
            raise refuse(node, graph, "its output has another scale than 1/32768")
        multiplier, shift = _table_steps(x.scale, (0, 1) if tanh else (0,))
        if multiplier > 65535 or shift > 30:
            raise refuse(node, graph, f"its input scale {x.scale:g} is out of all range")
        layer = {"multiplier": multiplier, "shift": shift, "table": sigmoid_table()}
        return _step("tanh_s16" if tanh else "logistic_s16", node, graph, layer)

    return lower


def _table_steps(scale: float, shifts: tuple[int, ...]) -> tuple[int, int]:
    """Return the factor, and its shift to the right, from codes to 1/3 of a 4,096th.

    A scale of 1/4096, and of 1/2048 for `shifts` of 0 and 1, is a shift to the left.
    """
    logarithm = math.log2(scale)
    left = 12 + round(logarithm)
    if abs(logarithm - round(logarithm)) < 1e-3 and left in shifts:
        return 3 << left, 0
    factor, right = scale * 4096.0 * 3.0, 0
    while factor <= 32767.0 / 2.0 and right <= 30:
        factor, right = factor * 2.0, right + 1
    return int(factor), right


def _ends(node: Node, graph: Graph, types: tuple[str, ...]) -> tuple[Tensor, Tensor]:
    x, y = activation(node, graph), graph.tensors[node.outputs[0]]
    quantized(node, graph, x, y, types=types)
    if x.dtype != y.dtype or x.elements != y.elements:
        raise refuse(node, graph, f"it makes {y.dtype} {y.shape} of {x.dtype} {x.shape}")
    if x.dtype == "int16" and (x.zero_point or y.zero_point):
        raise refuse(node, graph, "its int16 codes have zero points other than 0")
    return x, y


def _step(kernel: str, node: Node, graph: Graph, layer: Mapping[str, Any]) -> Step:
    return Step(
        kernel=kernel,
        layer={"count": graph.tensors[node.outputs[0]].elements, **layer},
        inputs=node.inputs[:1],
        outputs=node.outputs,
        in_place=(0,),
    )


def _rectify(function: int) -> Lowering:
    narrow = _rectifier(function)
    lowerings = {"int8": narrow, "int16": narrow, "float32": real.rectifier(function)}
    if function == _RELU_N1_TO_1:
        del lowerings["int16"]  # the reference kernel has none
    return by_type(lowerings)


RULES = (
    Rule(operator="RELU", lower=_rectify(_RELU)),
    Rule(operator="RELU6", lower=_rectify(_RELU6)),
    Rule(operator="RELU_N1_TO_1", lower=_rectify(_RELU_N1_TO_1)),
    Rule(
        operator="LEAKY_RELU",
        lower=by_type({"int8": _table(_leaky_codes), "int16": _leaky_wide}),
        options=(OptionField(name="alpha", number=0, layout="f"),),
    ),
    Rule(operator="HARD_SWISH", lower=by_type({"int8": _table(_hard_swish_codes)})),
    Rule(operator="ABS", lower=by_type({"int8": _table(_absolute_codes)})),
    Rule(
        operator="LOGISTIC",
        lower=by_type(
            {
                "int8": _table(_logistic_codes),
                "int16": _sigmoid_wide(tanh=False),
                "float32": real.exponential,
            }
        ),
    ),
    Rule(
        operator="TANH",
        lower=by_type(
            {
                "int8": _table(_tanh_codes),
                "int16": _sigmoid_wide(tanh=True),
                "float32": real.exponential,
            }
        ),
    ),
)
