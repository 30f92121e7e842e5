"""Operators with several inputs or outputs that move elements, and choices by index."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from studio.codegen.fixed_point import same_quantization
from studio.codegen.graph import Graph, Node, Tensor
from studio.codegen.operators._checks import activation, fitting, numbers
from studio.codegen.operators._moving import unchanged
from studio.codegen.steps import OptionField, Rule, Step, refuse

__all__ = ["RULES"]


def _concatenation(node: Node, graph: Graph) -> Step:
    parts, y = [graph.tensors[i] for i in node.inputs], graph.tensors[node.outputs[0]]
    if node.option("fused_activation_function"):
        raise refuse(node, graph, "it has an activation of its own")
    if any(part.scales and not same_quantization(part, y) for part in parts):
        raise refuse(node, graph, "its inputs have other scales than its output")
    return _join(node, graph, node.option("axis") % len(y.shape))


def _pack(node: Node, graph: Graph) -> Step:
    return _join(node, graph, node.option("axis") % len(graph.tensors[node.outputs[0]].shape))


def _join(node: Node, graph: Graph, axis: int) -> Step:
    parts, y = [graph.tensors[i] for i in node.inputs], graph.tensors[node.outputs[0]]
    unchanged(node, graph, *parts)
    return _listed("join", node, graph, parts, y.shape[:axis])


def _split(node: Node, graph: Graph) -> Step:
    return _part(node, graph, place=1, axis=numbers(node, graph, 0)[0])


def _split_v(node: Node, graph: Graph) -> Step:
    return _part(node, graph, place=0, axis=numbers(node, graph, 2)[0])


def _unpack(node: Node, graph: Graph) -> Step:
    return _part(node, graph, place=0, axis=node.option("axis"))


def _part(node: Node, graph: Graph, place: int, axis: int) -> Step:
    x = activation(node, graph, place)
    unchanged(node, graph, x)
    outer = x.shape[: axis % len(x.shape)]
    return _listed("part", node, graph, [graph.tensors[i] for i in node.outputs], outer, place)


def _listed(
    kernel: str,
    node: Node,
    graph: Graph,
    parts: Sequence[Tensor],
    outer: Sequence[int],
    place: int | None = None,
) -> Step:
    """Return the step for `parts` that lie behind each other once for each place of `outer`."""
    inputs = node.inputs if place is None else (node.inputs[place],)
    whole = graph.tensors[node.outputs[0] if place is None else inputs[0]]
    turns = math.prod(outer)
    if sum(part.elements for part in parts) != whole.elements or any(
        part.elements % turns for part in parts
    ):
        raise refuse(node, graph, f"its parts do not make up the shape {whole.shape}")
    layer: dict[str, Any] = {
        "outer": turns,
        "parts": len(parts),
        "size": np.array([part.size_bytes // turns for part in parts], np.int32),
    }
    return Step(kernel=kernel, layer=layer, inputs=inputs, outputs=node.outputs, listed=True)


def _gather(node: Node, graph: Graph) -> Step:
    """Lower a choice of constant places along one dimension."""
    x, axis = activation(node, graph), node.option("axis")
    unchanged(node, graph, x)
    axis %= len(x.shape)
    places = np.array(numbers(node, graph, 1), np.int64)
    if node.option("batch_dims") or np.any((places < 0) | (places >= x.shape[axis])):
        raise refuse(node, graph, f"its places {places.tolist()} are not along one dimension")
    if graph.tensors[node.outputs[0]].elements * x.shape[axis] != x.elements * len(places):
        raise refuse(node, graph, f"{len(places)} places do not fill its output")
    run = math.prod(x.shape[axis + 1 :]) * np.dtype(x.dtype).itemsize
    layer: dict[str, Any] = {
        "outer": math.prod(x.shape[:axis]), "step": x.shape[axis] * run,
        "rows": 1, "columns": len(places), "run": run,
        "row": np.zeros(1, np.int32), "column": (places * run).astype(np.int32),
    }  # fmt: skip
    return Step(kernel="pick", layer=layer, inputs=node.inputs[:1], outputs=node.outputs)


_AXIS_SECOND = (OptionField(name="axis", number=1),)

RULES = (
    Rule(
        operator="CONCATENATION",
        lower=fitting(_concatenation),
        options=(
            OptionField(name="axis", number=0),
            OptionField(name="fused_activation_function", number=1, layout="b"),
        ),
    ),
    Rule(operator="PACK", lower=fitting(_pack), options=_AXIS_SECOND),
    Rule(operator="SPLIT", lower=fitting(_split)),
    Rule(operator="SPLIT_V", lower=fitting(_split_v)),
    Rule(operator="UNPACK", lower=fitting(_unpack), options=_AXIS_SECOND),
    Rule(
        operator="GATHER",
        lower=fitting(_gather),
        options=(OptionField(name="axis", number=0), OptionField(name="batch_dims", number=1)),
    ),
)
