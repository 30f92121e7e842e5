"""Operators whose results nobody reads."""

from __future__ import annotations

from dataclasses import replace

from studio.codegen.graph import Graph, Node

__all__ = ["drop_unread"]


def drop_unread(graph: Graph) -> Graph:
    """Return the graph without nodes that no output of the model depends on."""
    read, kept = set(graph.outputs), list[Node]()
    for node in reversed(graph.nodes):
        if not read.isdisjoint(node.outputs):
            kept.append(node)
            read.update(node.inputs)
    return replace(graph, nodes=tuple(reversed(kept)))
