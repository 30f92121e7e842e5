"""Several steps as one that runs row by row, so that what lies between them is never whole.

Each tensor between two of the steps is a band: the rows that are made and still needed. Nothing
is computed twice: where patches would overlap, rows are kept.

Source:
    The idea of patch-wise execution: Lin et al. 2021, arXiv 2110.15352 (MCUNetV2); of line
    buffers without recomputing: streaming accelerators, for example Venieris and Bouganis 2016.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from studio.codegen.graph import Graph
from studio.codegen.memory import aligned
from studio.codegen.rowwise import SUMMING, Rows, rows_of, summing
from studio.codegen.steps import Band, Step, Stream, Trail

__all__ = ["streamed"]

_KERNEL = "slide"
_MOST_TURNS = 4096
"""Rows that are worth to be looked at."""

_PLACES = 8
"""Places of the last stage that are worth a turn: fewer, and calls would cost more than sums."""


def streamed(graph: Graph, steps: Sequence[Step], kept: Collection[int]) -> Step | None:
    """Return one step that does what these do.

    Args:
        graph: Tensors.
        steps: In their order.
        kept: Tensors that somebody else reads, too.

    Returns:
        None where one of them cannot run row by row, or would not be driven by the last as far
        as others need it, or where every tensor must be there as a whole.
    """
    last = summing(graph, steps[-1])
    steps = steps if last is None else [*steps[:-1], last]
    rows = [rows_of(graph, step) for step in steps]
    known = [r for r in rows if r is not None]
    read = {tensor for step in steps for tensor in step.inputs}
    if len(known) != len(steps) or max(r.made for r in known) > _MOST_TURNS:
        return None
    if any(step.outputs[0] not in read for step in steps[:-1]):
        return None
    run = _Run(stages=steps, rows=known, kept={*kept, steps[-1].outputs[0]})
    run.simulate()
    return run.step() if run.most and run.complete() else None


@dataclass(slots=True)
class _Run:
    """The stages at work, to see how many rows each band must hold.

    Attributes:
        made: Rows there are of each tensor that a stage makes.
        most: Rows that each was seen to hold at once.
        distances: Of each output from each input, both whole: see `Trail`.
    """

    stages: Sequence[Step]
    rows: Sequence[Rows]
    kept: set[int]
    made: dict[int, int] = field(default_factory=dict)
    most: dict[int, int] = field(default_factory=dict)
    distances: dict[tuple[int, int], int] = field(default_factory=dict)
    readers: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    @property
    def turn(self) -> int:
        last = self.rows[-1]
        return min(last.made, max(1, _PLACES // last.width))

    def simulate(self) -> None:
        for at, step in enumerate(self.stages):
            self.made[step.outputs[0]] = 0
            for tensor in set(step.inputs):
                self.readers[tensor].append(at)
        last = self.rows[-1].made
        for goal in range(self.start, last + self.turn, self.turn):
            goals = self._goals(goal)
            for at, step in enumerate(self.stages):
                if goals[step.outputs[0]] > self.made[step.outputs[0]]:
                    self._make(at, goals[step.outputs[0]])

    @property
    def start(self) -> int:
        """The first turn, by the last row that the last stage would make in it.

        That is below 0 as long as rows are only made for those to come: so first rows come one
        after the other, too.
        """
        start = self.turn
        while start > -_MOST_TURNS and any(
            self._goals(start - self.turn)[step.outputs[0]] > 0 for step in self.stages
        ):
            start -= self.turn
        return start

    def complete(self) -> bool:
        """Whether all rows were made of what others read; the last may not need them all."""
        return all(
            self.made[step.outputs[0]] == rows.made
            for step, rows in zip(self.stages, self.rows, strict=True)
            if step.outputs[0] in self.kept
        )

    def _goals(self, goal: int) -> Mapping[int, int]:
        """Return how many rows of each tensor there must be for so many of the last."""
        goals = {self.stages[-1].outputs[0]: min(goal, self.rows[-1].made)}
        for step, rows in zip(reversed(self.stages), reversed(self.rows), strict=True):
            for tensor in step.inputs:
                needed = rows.needed(goals[step.outputs[0]])
                goals[tensor] = max(goals.get(tensor, needed), needed)
        return goals

    def _make(self, at: int, goal: int) -> None:
        (tensor,) = self.stages[at].outputs
        begin = self.made[tensor]
        if tensor not in self.kept:
            firsts = (self.rows[r].first(self._made_by(r)) for r in self.readers[tensor])
            first = min(begin, *firsts)
            self.most[tensor] = max(self.most.get(tensor, 0), goal - first)
        self.made[tensor] = goal
        if tensor in self.kept:
            self._keep_distance(at, begin, goal)

    def _made_by(self, at: int) -> int:
        return self.made[self.stages[at].outputs[0]]

    def _first_read(self, at: int) -> int | None:
        """Return the first row of its input that a stage is yet to read, if any."""
        made = self._made_by(at)
        return self.rows[at].first(made) if made < self.rows[at].made else None

    def _keep_distance(self, at: int, begin: int, end: int) -> None:
        """Note how far writing these rows runs ahead of what is yet to be read of the inputs."""
        (tensor,) = self.stages[at].outputs
        written = self.rows[at].written(end)
        for source in self._sources():
            distance = -(1 << 30)
            for reader in self.readers[source]:
                first = self._first_read(reader)
                if first is not None:
                    distance = max(distance, written - first * self.rows[reader].in_bytes)
            if source in self.stages[at].inputs:
                distance = max(distance, self._own_distance(at, source, begin, end))
            known = self.distances.get((source, tensor), distance)
            self.distances[source, tensor] = max(known, distance)

    def _own_distance(self, at: int, source: int, begin: int, end: int) -> int:
        """Return the distance between what one call reads and what it writes."""
        step, rows = self.stages[at], self.rows[at]
        if all(i in step.in_place for i, tensor in enumerate(step.inputs) if tensor == source):
            return begin * (rows.out_bytes - rows.in_bytes)
        return rows.written(end) - rows.first(begin) * rows.in_bytes

    def _sources(self) -> list[int]:
        """Return the tensors that come from outside."""
        read = dict.fromkeys(tensor for step in self.stages for tensor in step.inputs)
        return [tensor for tensor in read if tensor not in self.made]

    def step(self) -> Step:
        bands, at = {}, 0
        sizes = {s.outputs[0]: r.out_bytes for s, r in zip(self.stages, self.rows, strict=True)}
        for tensor, rows in self.most.items():
            bands[tensor] = Band(rows=rows, offset=at)
            at += aligned(rows * sizes[tensor])
        state = at
        at += sum(aligned(s.scratch_bytes) for s in self.stages if s.kernel in SUMMING)
        others = [step.scratch_bytes for step in self.stages if step.kernel not in SUMMING]
        inputs, outputs = self._sources(), [t for t in self.made if t in self.kept]
        return Step(
            kernel=_KERNEL,
            inputs=tuple(inputs),
            outputs=tuple(outputs),
            scratch_bytes=at + max(others, default=0),
            trails=tuple(
                Trail(input=i, output=o, distance=self.distances[source, target])
                for i, source in enumerate(inputs)
                for o, target in enumerate(outputs)
            ),
            stream=Stream(
                stages=tuple(self.stages),
                bands=bands,
                start=self.start,
                turn=self.turn,
                working=at,
                state=state,
            ),
        )
