"""Operators that only move constants, done at generation time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from studio.codegen.fixed_point import same_quantization
from studio.codegen.graph import Graph, Node, Tensor

__all__ = ["fold_constants"]

Values = npt.NDArray[Any]


def fold_constants(graph: Graph) -> Graph:
    """Return the graph without nodes whose inputs are all constant and whose result is exact.

    Those are the ones that move elements and change none. A result that is an output of the
    model stays computed: constants do not lie in the arena.
    """
    tensors, kept = list(graph.tensors), list[Node]()
    for node in graph.nodes:
        data = _result(node, tensors) if not set(node.outputs) & set(graph.outputs) else None
        if data is None:
            kept.append(node)
        else:
            tensors[node.outputs[0]] = replace(tensors[node.outputs[0]], data=data)
    return replace(graph, tensors=tuple(tensors), nodes=tuple(kept))


def _result(node: Node, tensors: Sequence[Tensor]) -> Values | None:
    inputs = [tensors[i] for i in node.inputs if i >= 0]
    data = [t.data for t in inputs if t.data is not None]
    rule = _RULES.get(node.operator)
    if rule is None or len(data) != len(inputs) or len(node.outputs) != 1:
        return None
    out = tensors[node.outputs[0]]
    moved = inputs if node.operator in _JOINING else inputs[:1]
    if not all(same_quantization(tensor, out) for tensor in moved):
        return None
    if node.options.get("fused_activation_function"):
        return None
    try:
        return np.ascontiguousarray(rule(node, data).reshape(out.shape))
    except (ValueError, IndexError):
        return None  # shapes or axes that do not fit; the operator's own rule says so


_JOINING = frozenset({"CONCATENATION", "PACK"})

_RULES: Mapping[str, Callable[[Node, Sequence[Values]], Values]] = {
    "CONCATENATION": lambda node, data: np.concatenate(data, node.option("axis")),
    "EXPAND_DIMS": lambda _, data: data[0],
    "PACK": lambda node, data: np.stack(data, node.option("axis")),
    "RESHAPE": lambda _, data: data[0],
    "SQUEEZE": lambda _, data: data[0],
    "TRANSPOSE": lambda _, data: data[0].transpose(data[1].tolist()),
}
"""What becomes of the constants; the output's shape does the rest."""
