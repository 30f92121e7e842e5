"""Any sequence of operations, undone, is the start; done again, it is the end."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from studio import labelling
from studio.domain.errors import ProjectError
from studio.domain.sample import Box, ImageFacts, NewSample
from studio.labelling.operations import (
    AcceptSuggestions,
    AddRegion,
    Assign,
    ChangeRegion,
    Clear,
    DeleteClass,
    DeleteRegions,
    DismissSuggestions,
    Exclude,
    ImportStep,
    Include,
    MergeClasses,
    MoveToSession,
    RemoveSamples,
    RenameClass,
    SplitOff,
)
from studio.store import history, samples
from studio.store.project_file import ProjectFile
from tests.labelling.judged import state


def new(number: int, class_name: str | None, session: str | None) -> NewSample:
    return NewSample(
        content=b"%d" % number,
        name=f"{number}.png",
        media_type="image/png",
        facts=ImageFacts(width=2, height=2),
        class_name=class_name,
        session=session,
        boxes=(Box(class_name="b", x=0, y=0, width=1, height=1),) if number % 5 == 0 else (),
    )


NAMES = st.sampled_from(["a", "b", "c", "잎", " a "])
IDS = st.lists(st.integers(1, 25), min_size=1, max_size=6).map(tuple)
MAYBE = st.none() | st.sampled_from(["a", "b"])


class Undoing(RuleBasedStateMachine):
    """Does, undoes and redoes as it likes, and remembers every state it went through."""

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name, "a.automl")
        self.project = ProjectFile.create(path, task="image-classification")
        self.project._connection.execute("PRAGMA synchronous = OFF")  # only for speed
        self.next = 0
        self.states = [state(self.project)]
        self.place = 0

    def do(self, action: Any) -> None:
        before = state(self.project)
        try:
            change = labelling.perform(self.project, action)
        except ProjectError:
            assert state(self.project) == before
            return
        self.note(change is not None)

    def note(self, changed: bool) -> None:
        found = state(self.project)
        assert (found != self.states[self.place]) is changed
        if changed:
            self.states = [*self.states[: self.place + 1], found]
            self.place += 1

    @rule(how_many=st.integers(1, 6), class_name=MAYBE, session=MAYBE)
    def bring(self, how_many: int, class_name: str | None, session: str | None) -> None:
        step = ImportStep(self.project, "photos")
        for _ in range(2):
            numbers = range(self.next, self.next + how_many)
            step.add([(new(n, class_name, session), None) for n in numbers])
            self.next += how_many
        self.note(True)

    @rule(ids=IDS, name=NAMES)
    def assign(self, ids: tuple[int, ...], name: str) -> None:
        self.do(Assign(sample_ids=ids, class_name=name))

    @rule(ids=IDS)
    def clear(self, ids: tuple[int, ...]) -> None:
        self.do(Clear(sample_ids=ids))

    @rule(ids=IDS, out=st.booleans())
    def exclude(self, ids: tuple[int, ...], out: bool) -> None:
        self.do(Exclude(sample_ids=ids) if out else Include(sample_ids=ids))

    @rule(ids=IDS)
    def remove(self, ids: tuple[int, ...]) -> None:
        there = {sample.id for sample in samples.get(self.project, ids)}
        self.do(RemoveSamples(sample_ids=tuple(there) or ids))

    @rule(old=NAMES, new_name=NAMES)
    def rename(self, old: str, new_name: str) -> None:
        self.do(RenameClass(old=old, new=new_name))

    @rule(names=st.lists(NAMES, min_size=1, max_size=3), into=NAMES)
    def merge(self, names: list[str], into: str) -> None:
        self.do(MergeClasses(names=tuple(names), into=into))

    @rule(ids=IDS, name=NAMES)
    def split(self, ids: tuple[int, ...], name: str) -> None:
        self.do(SplitOff(sample_ids=ids, class_name=name))

    @rule(name=NAMES)
    def delete_class(self, name: str) -> None:
        self.do(DeleteClass(name=name))

    @rule(pairs=st.lists(st.tuples(st.integers(1, 25), NAMES), min_size=1, max_size=4))
    def accept(self, pairs: list[tuple[int, str]]) -> None:
        self.do(AcceptSuggestions(suggested=tuple(pairs)))

    @rule(pairs=st.lists(st.tuples(st.integers(1, 25), NAMES), min_size=1, max_size=4))
    def dismiss(self, pairs: list[tuple[int, str]]) -> None:
        self.do(DismissSuggestions(suggested=tuple(pairs)))

    @rule(number=st.integers(0, 12), class_name=NAMES)
    def bring_again(self, number: int, class_name: str) -> None:
        if number < self.next:
            before = state(self.project)
            ImportStep(self.project, "again").add([(new(number, class_name, None), None)])
            self.note(state(self.project) != before)

    @rule(ids=IDS, name=MAYBE)
    def move(self, ids: tuple[int, ...], name: str | None) -> None:
        self.do(MoveToSession(groups=((name, ids),)))

    @rule(sample=st.integers(1, 25), name=NAMES, x=st.floats(0, 0.5))
    def draw(self, sample: int, name: str, x: float) -> None:
        shape = Box(class_name=name, x=x, y=x / 2, width=0.5, height=0.5)
        self.do(AddRegion(sample_id=sample, shape=shape))

    @rule(region=st.integers(1, 6), name=NAMES, x=st.floats(0, 0.5))
    def change(self, region: int, name: str, x: float) -> None:
        shape = Box(class_name=name, x=x, y=0, width=0.25, height=0.5)
        self.do(ChangeRegion(region_id=region, shape=shape))

    @rule(region=st.integers(1, 6))
    def unmark(self, region: int) -> None:
        self.do(DeleteRegions(region_ids=(region,)))

    @rule()
    def undo(self) -> None:
        change = labelling.undo(self.project)
        assert (change is not None) is (self.place > 0)
        self.place -= change is not None

    @rule()
    def redo(self) -> None:
        change = labelling.redo(self.project)
        assert (change is not None) is (self.place < len(self.states) - 1)
        self.place += change is not None

    @rule()
    def open_again(self) -> None:
        self.project.close()
        self.project = ProjectFile.open(self.project.path)
        self.project._connection.execute("PRAGMA synchronous = OFF")

    @invariant()
    def it_stands_where_it_should(self) -> None:
        if hasattr(self, "project"):
            assert state(self.project) == self.states[self.place]

    def teardown(self) -> None:
        if not hasattr(self, "project"):
            return
        with closing(self.project):
            while labelling.undo(self.project) is not None:
                self.place -= 1
                assert state(self.project) == self.states[self.place]
            assert self.place == 0
            while labelling.redo(self.project) is not None:
                self.place += 1
            assert state(self.project) == self.states[-1]
            assert self.project.rows("PRAGMA foreign_key_check") == []
        self.folder.cleanup()


TestUndoing = Undoing.TestCase
TestUndoing.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[ProjectFile]:
    with ProjectFile.create(tmp_path / "a.automl", task="image-classification") as made:
        made._connection.execute("PRAGMA synchronous = OFF")
        ImportStep(made, "photos").add([(new(n, None, None), None) for n in range(50)])
        yield made


def test_ten_thousand_steps_are_kept_and_come_back(project: ProjectFile, long_form: bool) -> None:
    steps = history.STEPS if long_form else 1200
    start = state(project)
    for number in range(steps):
        labelling.assign(project, [1 + number % 50], f"class {number % 7}")
    end = state(project)
    for _ in range(steps):
        assert labelling.undo(project) is not None
    assert state(project) == start
    for _ in range(steps):
        assert labelling.redo(project) is not None
    assert state(project) == end


def test_the_history_does_not_grow_for_ever(
    project: ProjectFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "STEPS", 150)
    for number in range(400):
        labelling.assign(project, [1 + number % 50], f"class {number}")
    kept = project.value("SELECT count(*) FROM operations")
    assert 150 <= kept < 150 + 100


def test_a_large_step_is_small_in_the_file_and_quick(project: ProjectFile) -> None:
    step = ImportStep(project, "rows")
    added: list[int] = []
    for start in range(1000, 21_000, 1000):
        added += step.add([(new(n * 5 + 1, None, None), None) for n in range(start, start + 1000)])
    began = time.perf_counter()
    labelling.assign(project, added, "everything")
    labelling.undo(project)
    assert time.perf_counter() - began < 5
    assert project.value("SELECT max(length(undo) + length(payload)) FROM operations") < 2000
