"""Operators that move elements and change none; of any element type."""

from __future__ import annotations

from typing import Any

import numpy as np

from studio.codegen.graph import Graph, Node, Tensor
from studio.codegen.operators._checks import activation, constant, fitting, numbers
from studio.codegen.operators._moving import grid, move, moves, pick, unchanged
from studio.codegen.steps import OptionField, Rule, Step, refuse

__all__ = ["RULES"]

_MASKS = tuple(
    OptionField(name=name, number=number)
    for number, name in enumerate(
        ("begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask", "shrink_axis_mask")
    )
)
_BLOCK = (OptionField(name="block_size", number=0),)
_SYMMETRIC = 1


def _same_memory(node: Node, graph: Graph) -> Step:
    activation(node, graph)
    return Step(kernel="", inputs=node.inputs[:1], outputs=node.outputs)


def _moved(node: Node, graph: Graph) -> Tensor:
    x = activation(node, graph)
    unchanged(node, graph, x)
    return x


def _transpose(node: Node, graph: Graph) -> Step:
    x, order = grid(_moved(node, graph)), numbers(node, graph, 1)
    if sorted(axis % x.ndim for axis in order) != list(range(x.ndim)):
        raise refuse(node, graph, f"{order} is no order of its dimensions")
    return move(node, graph, x, x.transpose(order))


def _slice(node: Node, graph: Graph) -> Step:
    x, begin, size = grid(_moved(node, graph)), numbers(node, graph, 1), numbers(node, graph, 2)
    parts = tuple(slice(b, None if s == -1 else b + s) for b, s in zip(begin, size, strict=True))
    return move(node, graph, x, x[parts])


def _strided_slice(node: Node, graph: Graph) -> Step:
    """Lower a slice as Python writes it; numpy knows the same five masks."""
    x = grid(_moved(node, graph))
    begin, end, strides = (numbers(node, graph, place) for place in (1, 2, 3))
    if node.option("offset"):
        end = [b + e for b, e in zip(begin, end, strict=True)]
    parts = tuple(
        _subscript(node, place, bounds)
        for place, bounds in enumerate(zip(begin, end, strides, strict=True))
    )
    return move(node, graph, x, x[parts])


def _subscript(node: Node, place: int, bounds: tuple[int, int, int]) -> Any:
    begin, end, stride = bounds
    if node.option("ellipsis_mask") >> place & 1:
        return Ellipsis
    if node.option("new_axis_mask") >> place & 1:
        return None
    masked = node.option("begin_mask") >> place & 1
    if node.option("shrink_axis_mask") >> place & 1:
        if stride != 1:
            raise ValueError("one place has no stride")
        return slice(0, 1) if masked else slice(begin, begin + 1 or None)
    return slice(
        None if masked else begin, None if node.option("end_mask") >> place & 1 else end, stride
    )


def _pad(node: Node, graph: Graph) -> Step:
    """Lower padding with the output's zero point, or for ``PADV2`` with a constant element."""
    x, y = _moved(node, graph), graph.tensors[node.outputs[0]]
    widths = constant(node, graph, 1).data.reshape(-1, 2)  # type: ignore[union-attr]
    value = np.array(y.zero_point, np.dtype(y.dtype))
    if graph.input(node, 2) is not None:
        unchanged(node, graph, constant(node, graph, 2))
        value = constant(node, graph, 2).data  # type: ignore[assignment]
    into = grid(y)
    inside = tuple(
        slice(int(before), int(before) + size)
        for (before, _), size in zip(widths, x.shape, strict=True)
    )
    layer: dict[str, Any] = {
        "count": y.elements,
        "element": value.itemsize,
        "value": np.frombuffer(value.tobytes(), np.int8),
        "inside": moves(node, graph, (source := grid(x), source), (into, into[inside])),
    }
    return Step(kernel="pad", layer=layer, inputs=node.inputs[:1], outputs=node.outputs)


def _mirror_pad(node: Node, graph: Graph) -> Step:
    """Lower padding with what lies beside the edge, of rows and columns."""
    x = _moved(node, graph)
    widths = constant(node, graph, 1).data.reshape(-1, 2)  # type: ignore[union-attr]
    if len(x.shape) != 4 or np.any(widths[[0, 3]]):
        raise refuse(node, graph, "it pads other dimensions than rows and columns")
    symmetric = node.option("mode") == _SYMMETRIC
    if np.any(widths < 0) or np.any(widths.max(axis=1) > np.array(x.shape) - (not symmetric)):
        raise refuse(node, graph, f"{widths.tolist()} reaches beyond its rows and columns")
    mode = "symmetric" if symmetric else "reflect"
    rows, columns = (
        np.pad(np.arange(x.shape[axis]), tuple(widths[axis]), mode=mode)  # type: ignore[call-overload]
        for axis in (1, 2)
    )
    return pick(node, graph, x, rows, columns)


def _depth_to_space(node: Node, graph: Graph) -> Step:
    x, block = grid(_moved(node, graph)), node.option("block_size")
    batch, rows, columns, channels = x.shape
    cells = x.reshape(batch, rows, columns, block, block, channels // block**2)
    return move(node, graph, x, cells.transpose(0, 1, 3, 2, 4, 5))


def _space_to_depth(node: Node, graph: Graph) -> Step:
    x, block = grid(_moved(node, graph)), node.option("block_size")
    batch, rows, columns, channels = x.shape
    cells = x.reshape(batch, rows // block, block, columns // block, block, channels)
    return move(node, graph, x, cells.transpose(0, 1, 3, 2, 4, 5))


RULES = (
    *(Rule(operator=name, lower=_same_memory) for name in ("RESHAPE", "SQUEEZE", "EXPAND_DIMS")),
    Rule(operator="TRANSPOSE", lower=fitting(_transpose)),
    Rule(operator="SLICE", lower=fitting(_slice)),
    Rule(
        operator="STRIDED_SLICE",
        lower=fitting(_strided_slice),
        options=(*_MASKS, OptionField(name="offset", number=5, layout="?")),
    ),
    Rule(operator="PAD", lower=fitting(_pad)),
    Rule(operator="PADV2", lower=fitting(_pad)),
    Rule(
        operator="MIRROR_PAD",
        lower=fitting(_mirror_pad),
        options=(OptionField(name="mode", number=0, layout="b"),),
    ),
    Rule(operator="DEPTH_TO_SPACE", lower=fitting(_depth_to_space), options=_BLOCK),
    Rule(operator="SPACE_TO_DEPTH", lower=fitting(_space_to_depth), options=_BLOCK),
)
