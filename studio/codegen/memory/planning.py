"""From a program to its arena."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studio.codegen.graph import Graph
from studio.codegen.memory.buffers import Buffer, Follows, aligned
from studio.codegen.memory.placing import lower_bound, place
from studio.codegen.steps import Step, Trail

__all__ = ["Plan", "aliased", "demand", "plan_memory", "trails_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The arena of a model.

    Attributes:
        offsets: Place of each activation tensor, by its index.
        scratch: Place of each step's scratch memory, by the step's number.
        arena_bytes: All of it.
        lower_bound_bytes: The largest sum of what is in use at one moment, less what may
            overlap; no plan with these steps is smaller.
    """

    offsets: Mapping[int, int]
    scratch: Mapping[int, int]
    arena_bytes: int
    lower_bound_bytes: int

    @property
    def distance_bytes(self) -> int:
        """How far the arena is above the lower bound, at most what a better plan could save."""
        return self.arena_bytes - self.lower_bound_bytes


def plan_memory(graph: Graph, steps: Sequence[Step]) -> Plan:
    """Place every activation and scratch memory of a program.

    Aliases share memory; what a step writes overlaps what it is the last to read, as far as
    the step allows.
    """
    buffers, follows, within = demand(graph, steps)
    offsets = place(buffers, follows)
    return Plan(
        offsets={tensor: offsets[root] + delta for tensor, (root, delta) in within.items()},
        scratch={-2 - key: offset for key, offset in offsets.items() if key < 0},
        arena_bytes=max((offsets[b.key] + b.size_bytes for b in buffers), default=0),
        lower_bound_bytes=lower_bound(buffers, follows),
    )


def demand(
    graph: Graph, steps: Sequence[Step]
) -> tuple[list[Buffer], list[Follows], dict[int, tuple[int, int]]]:
    """Return the buffers of a program, which may overlap, and where tensors lie in them.

    The last is, for each activation, the tensor whose buffer it lies in and the distance in
    bytes from its beginning.
    """
    within = aliased(graph, steps)
    tensors = _tensor_buffers(graph, steps, within)
    scratch = [
        Buffer(key=-2 - at, size_bytes=aligned(step.scratch_bytes), first=at, last=at)
        for at, step in enumerate(steps)
        if step.scratch_bytes
    ]
    return tensors + scratch, _follows(steps, within, {b.key: b for b in tensors}), within


def aliased(graph: Graph, steps: Sequence[Step]) -> dict[int, tuple[int, int]]:
    """Return, for each activation, in which one's memory it lies, and how many bytes into it."""
    within = {tensor: (tensor, 0) for tensor in graph.inputs}
    for step in steps:
        within |= {output: (output, 0) for output in step.outputs}
        if step.is_alias:
            _join(graph, step, within)
    return within


def _join(graph: Graph, step: Step, within: dict[int, tuple[int, int]]) -> None:
    """Let one side of an alias lie in the other: outputs in their input, or inputs in their output.

    Several inputs follow each other in the output, several outputs in the input.
    """
    whole, parts = step.outputs[0], step.inputs
    if len(step.inputs) == 1:
        whole, parts = step.inputs[0], step.outputs
    root, begin = within[whole]
    for part in parts:
        for tensor, (owner, delta) in list(within.items()):
            if owner == part:
                within[tensor] = root, begin + delta
        begin += graph.tensors[part].size_bytes


def _tensor_buffers(
    graph: Graph, steps: Sequence[Step], within: Mapping[int, tuple[int, int]]
) -> list[Buffer]:
    last = {tensor: at for at, step in enumerate(steps) for tensor in step.inputs}
    last |= dict.fromkeys(graph.outputs, len(steps))
    first = {tensor: at for at, step in enumerate(steps) for tensor in step.outputs}
    first |= dict.fromkeys(graph.inputs, -1)
    spans: dict[int, tuple[int, int]] = {}
    for tensor, (root, _) in within.items():
        begin, end = spans.get(root, (first[tensor], -1))
        spans[root] = min(begin, first[tensor]), max(end, last.get(tensor, first[tensor]))
    return [
        Buffer(key=root, size_bytes=aligned(graph.tensors[root].size_bytes), first=a, last=b)
        for root, (a, b) in spans.items()
    ]


def _follows(
    steps: Sequence[Step], within: Mapping[int, tuple[int, int]], buffers: Mapping[int, Buffer]
) -> list[Follows]:
    found = []
    for at, step in enumerate(steps):
        inputs = {within[tensor][0] for tensor in step.inputs if tensor in within}
        outputs = {within[tensor][0] for tensor in step.outputs}
        for reader in inputs - outputs:
            for writer in outputs - inputs:
                if buffers[reader].last == at == buffers[writer].first:
                    found += _pair(step, reader, writer, within)
    return found


def _pair(
    step: Step, reader: int, writer: int, within: Mapping[int, tuple[int, int]]
) -> list[Follows]:
    """Return how one buffer may follow another, if the step says so for all that lies in them."""
    trails = {(trail.input, trail.output): trail.distance for trail in trails_of(step)}
    distances = []
    for i, source in ((i, s) for i, s in enumerate(step.inputs) if s in within):
        for o, target in enumerate(step.outputs):
            if (within[source][0], within[target][0]) == (reader, writer):
                if (i, o) not in trails:
                    return []
                distances.append(trails[i, o] + within[target][1] - within[source][1])
    return [Follows(writer=writer, reader=reader, distance=aligned(max(distances)))]


def trails_of(step: Step) -> tuple[Trail, ...]:
    """Return all trails of a step, those of working in place among them."""
    return step.trails + tuple(Trail(input=i, output=0, distance=0) for i in step.in_place)
