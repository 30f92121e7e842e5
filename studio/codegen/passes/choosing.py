"""Which steps run row by row: those that make the largest moment of a program smaller."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from studio.codegen.graph import Graph
from studio.codegen.memory import lower_bound_at, plan_memory
from studio.codegen.passes.streaming import streamed
from studio.codegen.rowwise import rows_of
from studio.codegen.steps import Step

__all__ = ["stream_where_it_pays"]

_LONGEST = 12
"""Most steps in a stream."""

_WORTH = 0.95
"""A program with streams is taken if its arena is at most this part of the other's: streams cost
code, and some time for each turn."""

_SLACKS = (1.0, 1.05, 1.15, 1.3)
"""How far above the smallest possible moment a choice may stay that streams fewer steps."""

_SMALL = 0.25
"""Streams begin with something: a step that needs at least this part of the largest."""

_Segments = Mapping[tuple[int, int], tuple[int, Step]]
"""By first step and the one after the last: bytes in use at that moment, and the stream."""


def stream_where_it_pays(graph: Graph, steps: Sequence[Step]) -> list[Step]:
    """Return the steps with some of them joined to streams, if that makes the arena smaller."""
    best = list(steps)
    least = plan_memory(graph, best).arena_bytes * _WORTH
    segments = _segments(graph, steps)
    floor = _smallest(segments, len(steps))
    for slack in reversed(_SLACKS):
        choice = _fewest(segments, len(steps), int(floor * slack))
        if max(lower_bound_at(graph, choice, at) for at in range(len(choice))) > least:
            continue
        arena = plan_memory(graph, choice).arena_bytes
        if arena <= least:
            best, least = choice, arena * _WORTH
    return best


def _segments(graph: Graph, steps: Sequence[Step]) -> _Segments:
    single = [lower_bound_at(graph, steps, at) for at in range(len(steps))]
    segments: dict[tuple[int, int], tuple[int, Step]] = {
        (at, at + 1): (size, steps[at]) for at, size in enumerate(single)
    }
    large = [size >= _SMALL * max(single, default=0) for size in single]
    rowwise = [rows_of(graph, step) is not None for step in steps]
    for begin in range(len(steps)):
        for end in range(begin + 2, min(len(steps), begin + _LONGEST) + 1):
            if not rowwise[begin] or not rowwise[end - 1]:
                break
            if any(large[begin:end]):
                _add(segments, graph, steps, begin, end)
    return segments


def _add(
    segments: dict[tuple[int, int], tuple[int, Step]],
    graph: Graph,
    steps: Sequence[Step],
    begin: int,
    end: int,
) -> None:
    outside = [*steps[:begin], *steps[end:]]
    kept = {tensor for step in outside for tensor in step.inputs} | set(graph.outputs)
    stream = streamed(graph, steps[begin:end], kept)
    if stream is not None:
        program = [*steps[:begin], stream, *steps[end:]]
        segments[begin, end] = lower_bound_at(graph, program, begin), stream


def _smallest(segments: _Segments, count: int) -> int:
    """Return the smallest possible largest moment."""
    best = [0] + [1 << 62] * count
    for (begin, end), (size, _) in sorted(segments.items()):
        best[end] = min(best[end], max(best[begin], size))
    return best[count]


def _fewest(segments: _Segments, count: int, limit: int) -> list[Step]:
    """Return the program that streams the fewest steps with no moment above a limit."""
    best: list[tuple[int, list[Step]] | None] = [(0, []), *[None] * count]
    for (begin, end), (size, step) in sorted(segments.items()):
        before = best[begin]
        if before is None or size > limit:
            continue
        streams = before[0] + (end - begin if end > begin + 1 else 0)
        known = best[end]
        if known is None or streams < known[0]:
            best[end] = streams, [*before[1], step]
    found = best[count]
    assert found is not None
    return found[1]
