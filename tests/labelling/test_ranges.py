"""Time ranges keep their rules whatever is marked, moved, cut, undone."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from studio import labelling
from studio.domain.errors import ProjectError
from studio.domain.sample import NewSample, RecordingFacts, TimeRange
from studio.labelling.operations import (
    Action,
    AddRegion,
    DeleteRegions,
    ImportStep,
    MarkRange,
    MoveEdge,
    Overlap,
)
from studio.store import regions
from studio.store.project_file import ProjectFile
from tests.labelling.judged import project_of, state

RECORDING = RecordingFacts(channels=("x",), units=("",), rate_hz=10.0, samples=100)


def span(name: str, start: float, end: float) -> TimeRange:
    return TimeRange(class_name=name, start_s=start, end_s=end)


def filled(project: ProjectFile) -> ProjectFile:
    """Return the project with two recordings of ten seconds, 2 and 3, behind its picture."""
    ImportStep(project, "signals").add(
        (NewSample(content=name, name=str(name), media_type="text/csv", facts=RECORDING), None)
        for name in (b"one", b"two")
    )
    return project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[ProjectFile]:
    with project_of(tmp_path / "a.automl", [None]) as made:
        yield filled(made)


def marked(project: ProjectFile, sample: int = 2) -> list[tuple[str, float, float]]:
    found = [one.shape for one in regions.of_samples(project, [sample])]
    return sorted((r.class_name, r.start_s, r.end_s) for r in found if isinstance(r, TimeRange))


def mark(project: ProjectFile, shape: TimeRange, overlap: Overlap = Overlap.REFUSE) -> None:
    labelling.perform(project, MarkRange(sample_id=2, shape=shape, overlap=overlap))


def test_ranges_of_one_class_that_overlap_become_one(project: ProjectFile) -> None:
    mark(project, span("on", 1, 2))
    mark(project, span("on", 4, 5))
    mark(project, span("on", 2, 3))  # touches, and stays by itself
    assert marked(project) == [("on", 1, 2), ("on", 2, 3), ("on", 4, 5)]
    before = state(project)
    mark(project, span("on", 2.5, 4.5))
    assert marked(project) == [("on", 1, 2), ("on", 2, 5)]
    labelling.undo(project)
    assert state(project) == before


def test_a_range_of_another_class_is_in_the_way_or_gives_way(project: ProjectFile) -> None:
    mark(project, span("on", 1, 5))
    before = state(project)
    with pytest.raises(ProjectError, match=r'1 to 5 s is "on" already') as caught:
        mark(project, span("off", 2, 3))
    assert caught.value.code == "label.overlap"
    assert state(project) == before
    mark(project, span("off", 5, 6))  # touching is no overlap
    mark(project, span("off", 2, 3), Overlap.CUT)
    assert marked(project) == [("off", 2, 3), ("off", 5, 6), ("on", 1, 2), ("on", 3, 5)]
    mark(project, span("odd", 0, 9), Overlap.ALLOW)
    assert ("odd", 0, 9) in marked(project)
    assert marked(project, sample=3) == []


def test_edges_are_moved_by_the_same_rules(project: ProjectFile) -> None:
    mark(project, span("on", 1, 2))
    mark(project, span("off", 3, 4))
    [first, second] = [one.id for one in regions.of_samples(project, [2])]
    labelling.perform(project, MoveEdge(region_id=first, end_s=3))
    with pytest.raises(ProjectError) as caught:
        labelling.perform(project, MoveEdge(region_id=first, end_s=3.5))
    assert caught.value.code == "label.overlap"
    labelling.perform(project, MoveEdge(region_id=first, end_s=3.5, overlap=Overlap.CUT))
    assert marked(project) == [("off", 3.5, 4), ("on", 1, 3.5)]
    assert labelling.perform(project, MoveEdge(region_id=second, end_s=4)) is None
    for moved, code in (
        (MoveEdge(region_id=second, end_s=3.5), "empty_range"),
        (MoveEdge(region_id=second, start_s=9, end_s=10.5), "outside"),
        (MoveEdge(region_id=99, end_s=1), "unknown_region"),
        (MarkRange(sample_id=1, shape=span("on", 0, 1)), "wrong_kind"),
        (MarkRange(sample_id=9, shape=span("on", 0, 1)), "unknown_sample"),
        (MarkRange(sample_id=2, shape=span(" ", 0, 1)), "empty_name"),
    ):
        with pytest.raises(ProjectError) as caught:
            labelling.perform(project, moved)
        assert caught.value.code == f"label.{code}"


TENTHS = st.integers(0, 99).map(lambda n: n / 10)
NAMES = st.sampled_from(["on", "off", "odd"])
RULES = st.sampled_from([Overlap.REFUSE, Overlap.CUT])


class Marking(RuleBasedStateMachine):
    """Marks, moves and deletes on one recording; where two meet nobody is told both."""

    @initialize()
    def start(self) -> None:
        self.stack = ExitStack()
        folder = self.stack.enter_context(tempfile.TemporaryDirectory())
        made = self.stack.enter_context(project_of(Path(folder, "a.automl"), [None]))
        self.project = filled(made)
        self.states = [state(self.project)]

    def do(self, action: Action) -> bool:
        before = state(self.project)
        try:
            change = labelling.perform(self.project, action)
        except ProjectError:
            assert state(self.project) == before
            return False
        if change is not None:
            self.states.append(state(self.project))
        return True

    @rule(name=NAMES, start=TENTHS, length=TENTHS, overlap=RULES)
    def mark(self, name: str, start: float, length: float, overlap: Overlap) -> None:
        shape = span(name, start, min(10, start + length + 0.1))
        done = self.do(MarkRange(sample_id=2, shape=shape, overlap=overlap))
        assert done or overlap is Overlap.REFUSE
        if done:  # all of it is of this class now
            assert any(
                n == name and a <= shape.start_s and b >= shape.end_s
                for n, a, b in marked(self.project)
            )

    @rule(which=st.integers(0, 9), start=st.none() | TENTHS, end=st.none() | TENTHS, overlap=RULES)
    def move(self, which: int, start: float | None, end: float | None, overlap: Overlap) -> None:
        found = regions.of_samples(self.project, [2])
        if found:
            id = found[which % len(found)].id
            self.do(MoveEdge(region_id=id, start_s=start, end_s=end, overlap=overlap))

    @rule(which=st.integers(0, 9))
    def delete(self, which: int) -> None:
        found = regions.of_samples(self.project, [2])
        if found:
            self.do(DeleteRegions(region_ids=(found[which % len(found)].id,)))

    @rule()
    def undo(self) -> None:
        if len(self.states) > 1:
            labelling.undo(self.project)
            self.states.pop()

    @invariant()
    def no_moment_has_two_classes(self) -> None:
        if hasattr(self, "project"):
            for (_, _, end), (_, start, _) in combinations(
                sorted(marked(self.project), key=lambda one: one[1]), 2
            ):
                assert start >= end - 1e-6

    @invariant()
    def undo_is_exact(self) -> None:
        if hasattr(self, "project"):
            assert state(self.project) == self.states[-1]

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            self.stack.close()


TestMarking = Marking.TestCase
TestMarking.settings = settings(max_examples=15, stateful_step_count=25, deadline=None)


def test_a_range_drawn_without_rules_is_still_moved_by_them(project: ProjectFile) -> None:
    for shape in (span("on", 1, 3), span("off", 2, 4)):
        labelling.perform(project, AddRegion(sample_id=2, shape=shape))
    [first, _] = [one.id for one in regions.of_samples(project, [2])]
    labelling.perform(project, MoveEdge(region_id=first, start_s=0, overlap=Overlap.CUT))
    assert marked(project) == [("off", 3, 4), ("on", 0, 3)]
