"""Steps that may write over the beginning of what they read.

A kernel that goes through its input and its output from the first place to the last needs no two
separate memories: the output may begin where the input does, less how far writing runs ahead.

Source:
    Ashton et al. 2020, "Diagonal Memory Optimisation for Machine Learning on Micro-controllers".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from studio.codegen.graph import Graph
from studio.codegen.rowwise import rows_of
from studio.codegen.steps import Step, Trail

__all__ = ["let_outputs_follow"]


def let_outputs_follow(graph: Graph, steps: Sequence[Step]) -> list[Step]:
    """Return the steps, each with the distance at which it may write behind its reading."""
    return [_with_trail(graph, step) for step in steps]


def _with_trail(graph: Graph, step: Step) -> Step:
    if step.kernel in ("join", "part"):
        return _parted(graph, step)
    rows = rows_of(graph, step)
    if rows is None or step.in_place or len(step.inputs) != 1:
        return step
    return replace(step, trails=(Trail(input=0, output=0, distance=rows.distance()),))


def _parted(graph: Graph, step: Step) -> Step:
    """Let parts and what they make follow each other: both are moved one turn after another."""
    turns = int(step.layer["outer"])
    trails = [
        Trail(input=i, output=o, distance=_lag(graph, source, target, turns))
        for i, source in enumerate(step.inputs)
        for o, target in enumerate(step.outputs)
    ]
    return replace(step, trails=tuple(trails))


def _lag(graph: Graph, source: int, target: int, turns: int) -> int:
    """Return how far writing runs ahead of reading if both go on by the same share each turn."""
    read = graph.tensors[source].size_bytes // turns
    written = graph.tensors[target].size_bytes // turns
    return max(written, turns * written - (turns - 1) * read)
