"""The order of steps in which least must be kept at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from studio.codegen.graph import Graph
from studio.codegen.memory import aliased, aligned, demand, lower_bound, trails_of
from studio.codegen.steps import Step

__all__ = ["reordered"]

_WIDTH = 64
"""Sets of steps done, of one size, that are followed further: where there are no more, the order
found is the best one."""

_WORK = 500_000
"""Memories that may be looked at before the search is given up."""


def reordered(graph: Graph, steps: Sequence[Step]) -> list[Step]:
    """Return the steps in the order whose largest moment is smallest, or as they are.

    What was done decides what must be kept, so one order for each set of steps that can have
    been done is enough: the best.
    """
    work = _Work(graph=graph, steps=steps)
    limit = work.peak(range(len(steps)))
    left = _WORK
    front: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, ())}
    for _ in steps:
        if left < 0:
            return list(steps)
        following: dict[int, tuple[int, tuple[int, ...]]] = {}
        for done, (peak, order) in front.items():
            ready = work.ready(done)
            left -= len(ready) * len(work.sizes)
            for at in ready:
                reached = max(peak, work.moment(done, at))
                state = done | 1 << at
                if reached < limit and reached < following.get(state, (limit, ()))[0]:
                    following[state] = reached, (*order, at)
        best = sorted(following.items(), key=lambda item: item[1])
        front = dict(best[:_WIDTH])
    for _, order in front.values():
        found = [steps[at] for at in order]
        if _largest_moment(graph, found) < _largest_moment(graph, steps):
            return found
    return list(steps)


def _largest_moment(graph: Graph, steps: Sequence[Step]) -> int:
    buffers, follows, _ = demand(graph, steps)
    return lower_bound(buffers, follows)


@dataclass(frozen=True, kw_only=True)
class _Work:
    """What the steps need of each other; sets of steps are bits of a number."""

    graph: Graph
    steps: Sequence[Step]

    @cached_property
    def within(self) -> Mapping[int, int]:
        """For each activation, the one whose memory it lies in."""
        return {t: root for t, (root, _) in aliased(self.graph, self.steps).items()}

    @cached_property
    def sizes(self) -> Mapping[int, int]:
        """Bytes of each memory."""
        tensors = self.graph.tensors
        return {root: aligned(tensors[root].size_bytes) for root in set(self.within.values())}

    @cached_property
    def before(self) -> Sequence[int]:
        """For each step, those that make what it reads."""
        makers = {t: 1 << at for at, step in enumerate(self.steps) for t in step.outputs}
        return [sum({makers.get(t, 0) for t in step.inputs}) for step in self.steps]

    @cached_property
    def makers(self) -> Mapping[int, int]:
        """For each memory, the steps that write to it; an input of the model is there at once."""
        found = dict.fromkeys(self.sizes, 0)
        for at, step in enumerate(self.steps):
            for tensor in step.outputs:
                found[self.within[tensor]] |= 1 << at
        return found

    @cached_property
    def users(self) -> Mapping[int, int]:
        """For each memory, all steps that touch it; -1 if it is read afterwards."""
        found = dict(self.makers)
        for at, step in enumerate(self.steps):
            for root in self._read(step):
                found[root] |= 1 << at
        return found | {self.within[t]: -1 for t in self.graph.outputs if t in self.within}

    def _read(self, step: Step) -> set[int]:
        return {self.within[t] for t in step.inputs if t in self.within}

    def ready(self, done: int) -> list[int]:
        return [
            at
            for at in range(len(self.steps))
            if not done >> at & 1 and self.before[at] & ~done == 0
        ]

    def peak(self, order: Sequence[int]) -> int:
        done, peak = 0, 0
        for at in order:
            peak = max(peak, self.moment(done, at))
            done |= 1 << at
        return peak

    def moment(self, done: int, at: int) -> int:
        """Return the bytes in use while a step runs, less what it may overlap."""
        after = done | 1 << at
        there = {
            root
            for root in self.sizes
            if (self.makers[root] & after or not self.makers[root]) and self.users[root] & ~done
        }
        step = self.steps[at]
        return (
            sum(self.sizes[root] for root in there)
            + aligned(step.scratch_bytes)
            - self._shared(step, done, after)
        )

    def _shared(self, step: Step, done: int, after: int) -> int:
        distances: dict[tuple[int, int], int] = {}
        for trail in trails_of(step):
            source = self.within.get(step.inputs[trail.input])
            target = self.within[step.outputs[trail.output]]
            if source is None or source == target:
                continue
            if not self.users[source] & ~after and not self.makers[target] & done:
                known = distances.get((source, target), trail.distance)
                distances[source, target] = max(known, trail.distance)
        shared: dict[int, int] = {}
        for (source, target), distance in distances.items():
            size = self.sizes[target]
            most = max(0, min(self.sizes[source], size, size - aligned(distance)))
            shared[target] = min(size, shared.get(target, 0) + most)
        return sum(shared.values())
