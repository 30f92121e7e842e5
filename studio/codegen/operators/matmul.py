"""Products of computed matrices."""

from __future__ import annotations

import math

import numpy as np

from studio.codegen.fixed_point import multiplier_of
from studio.codegen.graph import Graph, Node, Tensor
from studio.codegen.operators._checks import activation, fitting, quantized
from studio.codegen.steps import OptionField, Rule, Step, refuse

__all__ = ["RULES"]

_LARGEST = 255 * 255
"""Product of two codes without their zero points."""


def _batch_matmul(node: Node, graph: Graph) -> Step:
    """Lower products of matrices, one of each side for each output or one that serves all.

    Source:
        ``Prepare`` of TensorFlow Lite (kernels/batch_matmul.cc): the scales are multiplied in
        float32.
    """
    a, b, y = activation(node, graph), graph.tensors[node.inputs[1]], graph.tensors[node.outputs[0]]
    quantized(node, graph, a, b, y)
    rows, columns = y.shape[-2:]
    a_turned, b_turned = node.option("adj_x"), node.option("adj_y")
    depth = a.shape[-2 if a_turned else -1]
    factor = float(np.float32(a.scale) * np.float32(b.scale)) / y.scale
    multiplier, shift = multiplier_of(factor)
    if (_LARGEST * depth) << max(shift, 0) >= 1 << 31:
        raise refuse(node, graph, "its sums could pass 31 bits")
    matrices = math.prod(y.shape[:-2])
    layer = {
        "matrices": matrices, "rows": rows, "depth": depth, "columns": columns,
        "a_matrix": _step(node, graph, a, rows * depth, matrices),
        "b_matrix": _step(node, graph, b, columns * depth, matrices),
        "a_row": 1 if a_turned else depth, "a_depth": rows if a_turned else 1,
        "b_column": depth if b_turned else 1, "b_depth": 1 if b_turned else columns,
        "a_zero": a.zero_point, "b_zero": b.zero_point, "out_zero": y.zero_point,
        "multiplier": multiplier, "shift": shift,
    }  # fmt: skip
    return Step(kernel="matmul", layer=layer, inputs=node.inputs, outputs=node.outputs)


def _step(node: Node, graph: Graph, side: Tensor, matrix: int, matrices: int) -> int:
    if side.elements == matrix:
        return 0
    if side.elements != matrix * matrices:
        raise refuse(node, graph, f"{side.name!r} in the shape {side.shape} serves some matrices")
    return matrix


RULES = (
    Rule(
        operator="BATCH_MATMUL",
        lower=fitting(_batch_matmul),
        options=(
            OptionField(name="adj_x", number=0, layout="?"),
            OptionField(name="adj_y", number=1, layout="?"),
        ),
    ),
)
