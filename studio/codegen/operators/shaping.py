"""Operators that move elements and change none."""

from __future__ import annotations

from studio.codegen.graph import Graph, Node
from studio.codegen.operators._checks import activation
from studio.codegen.steps import Rule, Step

__all__ = ["RULES"]


def _same_memory(node: Node, graph: Graph) -> Step:
    activation(node, graph)
    return Step(kernel="", inputs=node.inputs[:1], outputs=node.outputs)


RULES = tuple(
    Rule(operator=name, lower=_same_memory) for name in ("RESHAPE", "SQUEEZE", "EXPAND_DIMS")
)
