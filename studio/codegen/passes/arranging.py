"""Of several ways to run the same steps, the one with the smallest arena."""

from __future__ import annotations

from collections.abc import Sequence

from studio.codegen.graph import Graph
from studio.codegen.memory import plan_memory
from studio.codegen.passes.choosing import stream_where_it_pays
from studio.codegen.passes.ordering import reordered
from studio.codegen.passes.parts import without_copies
from studio.codegen.steps import Step

__all__ = ["arrange"]


def arrange(graph: Graph, steps: Sequence[Step]) -> list[Step]:
    """Return the steps, in the order of the file or a better one, with or without copies.

    To leave out a copy saves time but makes the whole live longer, and a better order for whole
    tensors may be a worse one for streams; so all are tried, and the first of the smallest is
    taken: without copies and in the order of the file, if nothing speaks against it.
    """
    lean, plain = without_copies(graph, steps), list(steps)
    ways: list[list[Step]] = []
    for way in (lean, reordered(graph, lean), plain, reordered(graph, plain)):
        if not any(_same(way, known) for known in ways):
            ways.append(way)
    streams = [stream_where_it_pays(graph, way) for way in ways]
    return min(streams, key=lambda way: plan_memory(graph, way).arena_bytes)


def _same(one: Sequence[Step], other: Sequence[Step]) -> bool:
    return [(s.kernel, s.outputs) for s in one] == [(s.kernel, s.outputs) for s in other]
