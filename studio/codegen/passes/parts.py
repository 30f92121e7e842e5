"""Concatenations and splits that move nothing, because the parts lie in the whole."""

from __future__ import annotations

from collections.abc import Sequence

from studio.codegen.graph import Graph
from studio.codegen.memory import ALIGNMENT, aliased
from studio.codegen.steps import Step

__all__ = ["without_copies"]


def without_copies(graph: Graph, steps: Sequence[Step]) -> list[Step]:
    """Return the steps with copies left out where parts can be made, or read, in their place.

    That is where each part is one piece of the whole, at an aligned place. A part of a
    concatenation must have memory of its own so far: one that lies in another tensor, or is an
    input of the model, or occurs twice, stays copied.
    """
    made: list[Step] = []
    for step in steps:
        alias = Step(kernel="", inputs=step.inputs, outputs=step.outputs)
        free = step.kernel in ("join", "part") and _lies(graph, step)
        made.append(alias if free and _is_own(graph, step, made) else step)
    return made


def _lies(graph: Graph, step: Step) -> bool:
    parts = step.inputs if step.kernel == "join" else step.outputs
    sizes = [graph.tensors[part].size_bytes for part in parts]
    return step.layer["outer"] == 1 and all(size % ALIGNMENT == 0 for size in sizes[:-1])


def _is_own(graph: Graph, step: Step, before: Sequence[Step]) -> bool:
    if step.kernel == "part":
        return True
    within = aliased(graph, before)
    own = [part for part in step.inputs if within.get(part) == (part, 0)]
    taken = set(graph.inputs)
    return len({*own} - taken) == len(step.inputs)
