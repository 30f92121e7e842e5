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
    rows = rows_of(graph, step)
    if rows is None or step.in_place or len(step.inputs) != 1:
        return step
    return replace(step, trails=(Trail(input=0, output=0, distance=rows.distance()),))
