"""Operators that move elements, as loops of one copying kernel.

A movement is said in numpy: `grid` stands for a tensor, every slice, transposition or reshape of
it that numpy makes without copying is a view, and the view's steps are those of the loops.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from studio.codegen.graph import Graph, Node, Tensor
from studio.codegen.steps import Step, refuse

__all__ = ["Grid", "grid", "merged", "move", "moves", "pick", "unchanged"]

Grid = npt.NDArray[np.int8]

_LOOPS = 4
"""Loops that ``move.c`` nests."""


def grid(tensor: Tensor) -> Grid:
    """Return an array in the tensor's shape with one byte an element; only its steps matter."""
    return np.empty(tensor.shape, np.int8)


def merged(shape: Sequence[int], *steps: Sequence[int]) -> list[tuple[int, ...]]:
    """Return the fewest nested loops that go through the same places in the same order.

    Args:
        shape: How often each loop runs, the outer one first.
        steps: What one turn of each loop adds, for any number of pointers.

    Returns:
        For each loop that is left, its count and then its step for each pointer.
    """
    loops: list[tuple[int, ...]] = []
    for count, *inner in zip(shape, *steps, strict=True):
        if count == 1:
            continue
        if loops and all(a == count * b for a, b in zip(loops[-1][1:], inner, strict=True)):
            loops[-1] = (loops[-1][0] * count, *inner)
        else:
            loops.append((count, *inner))
    return loops


def moves(
    node: Node, graph: Graph, source: tuple[Grid, Grid], target: tuple[Grid, Grid]
) -> dict[str, Any]:
    """Return the members of a ``move_layer``.

    Args:
        node: For its refusal.
        graph: With the tensors.
        source: Grid of the tensor that is read, and the view of it that is copied.
        target: Grid of the tensor that is written, and the view, in the same shape.

    Raises:
        ModelError: ``codegen.unsupported`` if more loops are needed than the kernel nests.
    """
    (whole, view), (into, place) = source, target
    if view.shape != place.shape or not view.size:
        raise refuse(node, graph, f"it would move {view.shape} to {place.shape}")
    size = np.dtype(graph.tensors[node.outputs[0]].dtype).itemsize
    loops = merged(view.shape, view.strides, place.strides)
    run = loops.pop()[0] if loops and loops[-1][1:] == (1, 1) else 1
    if len(loops) > _LOOPS:
        raise refuse(node, graph, f"it needs more than {_LOOPS} nested loops")
    table = np.array([(1, 0, 0)] * (_LOOPS - len(loops)) + loops, np.int32)
    return {
        "run": run * size,
        "from_first": (view.ctypes.data - whole.ctypes.data) * size,
        "to_first": (place.ctypes.data - into.ctypes.data) * size,
        "count": table[:, 0].copy(),
        "from": table[:, 1] * np.int32(size),
        "to": table[:, 2] * np.int32(size),
    }


def move(node: Node, graph: Graph, whole: Grid, view: Grid, place: int = 0) -> Step:
    """Return the step that writes a view of an input, in order, to the output.

    Args:
        node: The operator.
        graph: With the tensors.
        whole: Grid of the input.
        view: What of it the output holds, in any shape.
        place: Of the input among the node's.
    """
    y = graph.tensors[node.outputs[0]]
    if view.size != y.elements:
        raise refuse(node, graph, f"{view.size} elements do not fill the shape {y.shape}")
    into = np.empty(view.shape, np.int8)
    layer = moves(node, graph, (whole, view), (into, into))
    return Step(kernel="move", layer=layer, inputs=(node.inputs[place],), outputs=node.outputs)


def pick(node: Node, graph: Graph, x: Tensor, rows: Any, columns: Any) -> Step:
    """Return the step that takes these rows and columns of an image, each as often as named."""
    batch, in_h, in_w, channels = x.shape
    y = graph.tensors[node.outputs[0]]
    if y.shape != (batch, len(rows), len(columns), channels):
        raise refuse(node, graph, f"it makes {y.shape} of {x.shape}")
    run = channels * np.dtype(x.dtype).itemsize
    layer = {
        "outer": batch, "step": in_h * in_w * run,
        "rows": len(rows), "columns": len(columns), "run": run,
        "row": (rows * in_w * run).astype(np.int32), "column": (columns * run).astype(np.int32),
    }  # fmt: skip
    return Step(kernel="pick", layer=layer, inputs=node.inputs[:1], outputs=node.outputs)


def unchanged(node: Node, graph: Graph, *tensors: Tensor) -> None:
    """Refuse unless the tensors hold elements of the output's type."""
    y = graph.tensors[node.outputs[0]]
    for tensor in tensors:
        if tensor.dtype != y.dtype:
            raise refuse(node, graph, f"it makes {y.dtype} of {tensor.dtype}")
