"""Which steps run row by row: those that make the largest moment of a program smaller."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studio.codegen.graph import Graph
from studio.codegen.memory import Buffer, Follows, aligned, bound_at, demand, plan_memory
from studio.codegen.passes.streaming import streamed
from studio.codegen.rowwise import rows_of, summing
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
    segments = _Needs.of(graph, steps).segments()
    floor = _smallest(segments, len(steps))
    for slack in reversed(_SLACKS):
        if floor * slack <= least:
            choice = _fewest(segments, len(steps), int(floor * slack))
            arena = plan_memory(graph, choice).arena_bytes
            if arena <= least:
                best, least = choice, arena * _WORTH
    return best


@dataclass(frozen=True, slots=True, kw_only=True)
class _Needs:
    """What a program needs as it is, and what it would need with a stream in it."""

    graph: Graph
    steps: Sequence[Step]
    buffers: Mapping[int, Buffer]
    follows: Sequence[Follows]
    within: Mapping[int, tuple[int, int]]

    @classmethod
    def of(cls, graph: Graph, steps: Sequence[Step]) -> _Needs:
        buffers, follows, within = demand(graph, steps)
        known = {b.key: b for b in buffers}
        return cls(graph=graph, steps=steps, buffers=known, follows=follows, within=within)

    def segments(self) -> _Segments:
        """Return all single steps, and the streams that can be and contain a large one."""
        buffers = list(self.buffers.values())
        single = [bound_at(at, buffers, self.follows) for at in range(len(self.steps))]
        found = {(at, at + 1): (size, self.steps[at]) for at, size in enumerate(single)}
        large = [size >= _SMALL * max(single, default=0) for size in single]
        rowwise = [self._is_rowwise(step) for step in self.steps]
        for begin in range(len(self.steps)):
            for end in range(begin + 2, min(len(self.steps), begin + _LONGEST) + 1):
                if not all(rowwise[begin:end]):
                    break
                stream = self._stream(begin, end) if any(large[begin:end]) else None
                if stream is not None:
                    found[begin, end] = self._moment(begin, end, stream), stream
        return found

    def _is_rowwise(self, step: Step) -> bool:
        if len(step.outputs) != 1 or not step.inputs:
            return False
        return rows_of(self.graph, step) is not None or summing(self.graph, step) is not None

    def _stream(self, begin: int, end: int) -> Step | None:
        """Return a stream of steps; what is read or made beyond them is kept whole."""
        made = [step.outputs[0] for step in self.steps[begin:end]]
        kept = {t for t in made if self.buffers[self.within[t][0]].last >= end}
        kept |= {t for t in made if self.within[t] != (t, 0)}
        return streamed(self.graph, self.steps[begin:end], kept)

    def _moment(self, begin: int, end: int, stream: Step) -> int:
        """Return the bytes in use while a stream runs, less what may overlap."""
        assert stream.stream is not None
        whole = [
            Buffer(key=key, size_bytes=b.size_bytes, first=begin, last=begin)
            for key, b in self.buffers.items()
            if key >= 0 and b.first < end and b.last >= begin and key not in stream.stream.bands
        ]
        roots = {b.key for b in whole}
        follows = [
            Follows(writer=writer, reader=reader, distance=aligned(trail.distance))
            for trail in stream.trails
            for reader in [self.within[stream.inputs[trail.input]][0]]
            for writer in [self.within[stream.outputs[trail.output]][0]]
            if {reader, writer} <= roots
            and self.buffers[reader].last < end
            and self.buffers[writer].first >= begin
        ]
        return bound_at(begin, whole, follows) + aligned(stream.scratch_bytes)


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
