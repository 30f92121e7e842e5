"""One operator, another lowering for each element type."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from studio.codegen.graph import Graph, Node
from studio.codegen.operators._checks import fitting
from studio.codegen.steps import Step, refuse

__all__ = ["Lowering", "by_type"]

Lowering = Callable[[Node, Graph], Step]


def by_type(lowerings: Mapping[str, Lowering]) -> Lowering:
    """Return a lowering that chooses by the element type of the output, or refuses.

    It also refuses where shapes and settings of a file contradict each other.
    """

    def lower(node: Node, graph: Graph) -> Step:
        dtype = graph.tensors[node.outputs[0]].dtype
        if dtype not in lowerings:
            raise refuse(node, graph, f"there is no kernel of it for {dtype}")
        return fitting(lowerings[dtype])(node, graph)

    return lower
