"""Where in the arena each tensor lies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from studio.codegen.graph import Graph
from studio.codegen.steps import Step

__all__ = ["ALIGNMENT", "Buffer", "Plan", "lower_bound", "place", "plan_memory"]

ALIGNMENT = 4
"""Bytes; the largest unit that kernels load from the arena."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Buffer:
    """Memory that is in use from one step to another, both included.

    Attributes:
        key: Its name: an index of a tensor, or of a step's scratch memory below zero.
        size_bytes: A multiple of `ALIGNMENT`.
        first: Step before or at which it is written; -1 for what is there from the start.
        last: Step that reads it last; the number of steps for what is read afterwards.
    """

    key: int
    size_bytes: int
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The arena of a model.

    Attributes:
        offsets: Place of each activation tensor, by its index.
        scratch: Place of each step's scratch memory, by the step's number.
        arena_bytes: All of it.
        lower_bound_bytes: The largest sum of what is in use at one moment; no plan with this
            order of steps is smaller.
    """

    offsets: Mapping[int, int]
    scratch: Mapping[int, int]
    arena_bytes: int
    lower_bound_bytes: int


def plan_memory(graph: Graph, steps: Sequence[Step]) -> Plan:
    """Place every activation and scratch memory of a program.

    Aliases share memory, and a step that may work in place does so where its input is not
    read again.
    """
    roots = _shared(graph, steps)
    buffers = _buffers(graph, steps, roots)
    offsets = place(buffers)
    return Plan(
        offsets={tensor: offsets[root] for tensor, root in roots.items()},
        scratch={-2 - key: offset for key, offset in offsets.items() if key < 0},
        arena_bytes=max((offsets[b.key] + b.size_bytes for b in buffers), default=0),
        lower_bound_bytes=lower_bound(buffers),
    )


def lower_bound(buffers: Iterable[Buffer]) -> int:
    """Return the largest sum of sizes that are in use at one step, in bytes."""
    buffers = list(buffers)
    return max(
        (sum(b.size_bytes for b in buffers if b.first <= at <= b.last) for at in _moments(buffers)),
        default=0,
    )


def place(buffers: Sequence[Buffer]) -> dict[int, int]:
    """Return an offset for each buffer so that none overlap while in use.

    The best of several greedy orders: each buffer, in turn, takes the lowest gap.
    """
    orders = (
        lambda b: (-b.size_bytes, b.first, b.key),
        lambda b: (b.first, -b.size_bytes, b.key),
        lambda b: (-(b.last - b.first + 1) * b.size_bytes, b.first, b.key),
        lambda b: (-(b.last - b.first), -b.size_bytes, b.key),
    )
    sizes = {b.key: b.size_bytes for b in buffers}
    plans = [_greedy(sorted(buffers, key=order)) for order in orders]
    return min(plans, key=lambda plan: max((o + sizes[k] for k, o in plan.items()), default=0))


def _greedy(buffers: Sequence[Buffer]) -> dict[int, int]:
    placed: list[tuple[int, Buffer]] = []
    for buffer in buffers:
        taken = sorted(
            (offset, other.size_bytes)
            for offset, other in placed
            if other.first <= buffer.last and buffer.first <= other.last
        )
        at = 0
        for offset, size in taken:
            if offset - at >= buffer.size_bytes:
                break
            at = max(at, offset + size)
        placed.append((at, buffer))
    return {buffer.key: offset for offset, buffer in placed}


def _moments(buffers: Iterable[Buffer]) -> list[int]:
    return sorted({b.first for b in buffers})


def _shared(graph: Graph, steps: Sequence[Step]) -> dict[int, int]:
    """Return, for each activation, the tensor whose memory it lies in."""
    last = _last_uses(graph, steps)
    roots = {tensor: tensor for tensor in graph.inputs}
    busy = {tensor: last.get(tensor, -1) for tensor in graph.inputs}
    for at, step in enumerate(steps):
        for output in step.outputs:
            roots[output] = output
        owner = _owner(graph, step, at, roots, busy)
        if owner is not None:
            roots[step.outputs[0]] = owner
        for output in step.outputs:
            root = roots[output]
            busy[root] = max(busy.get(root, at), last.get(output, at))
    return roots


def _owner(
    graph: Graph, step: Step, at: int, roots: Mapping[int, int], busy: Mapping[int, int]
) -> int | None:
    if step.is_alias:
        return roots[step.inputs[0]]
    for input in (step.inputs[i] for i in step.in_place):
        root = roots[input]
        fits = graph.tensors[step.outputs[0]].size_bytes <= graph.tensors[root].size_bytes
        if busy[root] == at and fits and step.inputs.count(input) == 1:
            return root
    return None


def _last_uses(graph: Graph, steps: Sequence[Step]) -> dict[int, int]:
    last = {tensor: at for at, step in enumerate(steps) for tensor in step.inputs}
    return last | dict.fromkeys(graph.outputs, len(steps))


def _buffers(graph: Graph, steps: Sequence[Step], roots: Mapping[int, int]) -> list[Buffer]:
    last = _last_uses(graph, steps)
    first = dict.fromkeys(graph.inputs, -1)
    for at, step in enumerate(steps):
        first |= dict.fromkeys(step.outputs, at)
    spans: dict[int, tuple[int, int]] = {}
    for tensor, root in roots.items():
        begin, end = spans.get(root, (first[tensor], -1))
        spans[root] = min(begin, first[tensor]), max(end, last.get(tensor, first[tensor]))
    tensors = [
        Buffer(key=root, size_bytes=_aligned(graph.tensors[root].size_bytes), first=a, last=b)
        for root, (a, b) in spans.items()
    ]
    scratch = [
        Buffer(key=-2 - at, size_bytes=_aligned(step.scratch_bytes), first=at, last=at)
        for at, step in enumerate(steps)
        if step.scratch_bytes
    ]
    return tensors + scratch


def _aligned(size: int) -> int:
    return -(-size // ALIGNMENT) * ALIGNMENT
