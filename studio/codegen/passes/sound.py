"""What every other pass relies on."""

from __future__ import annotations

from studio.codegen.graph import Graph
from studio.domain.errors import ModelError

__all__ = ["refuse_unsound"]

_MOST_NODES = 1000
"""Operators of a model; those for microcontrollers have below two hundred."""


def refuse_unsound(graph: Graph) -> Graph:
    """Return the graph as it is.

    Raises:
        ModelError: ``codegen.unsupported`` if a tensor is written twice, or a constant or an
            input is written, or an output is not; or if there are too many operators.
    """
    written = set(graph.inputs) | {i for i, t in enumerate(graph.tensors) if t.data is not None}
    if any(graph.tensors[i].data is not None for i in (*graph.inputs, *graph.outputs)):
        raise _unsound("an input or an output of it is constant")
    if len(graph.nodes) > _MOST_NODES:
        raise _unsound(f"it has {len(graph.nodes)} operators")
    for node in graph.nodes:
        for output in node.outputs:
            if output in written:
                raise _unsound(f"the tensor {graph.tensors[output].name!r} is written twice")
            written.add(output)
    if not written.issuperset(graph.outputs):
        raise _unsound("nothing writes one of its outputs")
    return graph


def _unsound(reason: str) -> ModelError:
    return ModelError(
        f"This model cannot become C code: {reason}.",
        "Use TensorFlow Lite Micro for it, or one of the search's own models.",
        code="codegen.unsupported",
    )
