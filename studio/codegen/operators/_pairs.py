"""How two tensors are walked together when one is stretched to the other."""

from __future__ import annotations

import math

import numpy as np

from studio.codegen.graph import Graph, Node
from studio.codegen.steps import Value, refuse

__all__ = ["pairs", "whole"]

_Walk = tuple[int, int, int]
"""Size of a dimension, and how far apart its elements lie in either tensor; 0 repeats."""


def pairs(node: Node, graph: Graph) -> dict[str, Value]:
    """Return the members of a ``pairs_layer`` for an operator of two inputs.

    Raises:
        ModelError: if the output is not what stretching the inputs gives.
    """
    a, b, y = (graph.tensors[i] for i in (*node.inputs[:2], node.outputs[0]))
    rank = max(len(a.shape), len(b.shape))
    one, two = ((1,) * (rank - len(t.shape)) + t.shape for t in (a, b))
    shape = tuple(map(max, one, two))
    if math.prod(shape) == 0 or y.shape != shape:
        raise refuse(node, graph, f"it joins the shapes {a.shape} and {b.shape} to {y.shape}")
    if any(
        i not in (1, size) or j not in (1, size) for i, j, size in zip(one, two, shape, strict=True)
    ):
        raise refuse(node, graph, f"the shapes {a.shape} and {b.shape} do not fit")
    *outer, (run, step_1, step_2) = _joined(
        list(zip(shape, _steps(one), _steps(two), strict=True))
    ) or [(1, 0, 0)]
    columns = [_column(outer, place) for place in range(3)]
    return {
        "rows": math.prod(size for size, _, _ in outer),
        "run": run, "step_1": step_1, "step_2": step_2, "rank": len(outer),
        "sizes": columns[0], "steps_1": columns[1], "steps_2": columns[2],
    }  # fmt: skip


def whole(node: Node, graph: Graph) -> tuple[int, ...]:
    """Return the places of inputs whose memory the output may take: computed, not stretched."""
    elements = graph.tensors[node.outputs[0]].elements
    return tuple(
        place
        for place, tensor in enumerate(graph.tensors[i] for i in node.inputs[:2])
        if tensor.data is None and tensor.elements == elements
    )


def _steps(shape: tuple[int, ...]) -> list[int]:
    return [0 if size == 1 else math.prod(shape[at + 1 :]) for at, size in enumerate(shape)]


def _joined(walks: list[_Walk]) -> list[_Walk]:
    """Return the dimensions with neighbours made one where both tensors allow it."""
    joined: list[_Walk] = []
    for size, one, two in walks:
        if size == 1:
            continue
        if joined and joined[-1][1:] == (one * size, two * size):
            size *= joined.pop()[0]
        joined.append((size, one, two))
    return joined


def _column(walks: list[_Walk], place: int) -> Value:
    return np.array([walk[place] for walk in reversed(walks)], np.int32) if walks else 0
