"""A suggestion is taken or refused in one step, and undo brings it back."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from studio import labelling
from studio.domain.errors import ProjectError
from studio.domain.operation import Part
from studio.domain.sample import LabelOrigin
from studio.labelling.operations import Clear, DeleteClass, Exclude, Include, RemoveSamples
from studio.labelling.suggesting import accept, dismiss, reliability, suggestions
from studio.store import predictions, samples
from studio.store.predictions import Predictor
from studio.store.project_file import ProjectFile
from tests.labelling.judged import add_candidate, asked, project_of, state

CLASSES = ("leaf", "rust")
SAID = {1: (0.9, 0.1), 2: (0.2, 0.8), 3: (0.97, 0.03), 4: (0.6, 0.4), 5: (0.1, 0.9)}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[ProjectFile]:
    with project_of(tmp_path / "a.automl", [None, None, None, None, "leaf", "rust"]) as made:
        yield made


@pytest.fixture
def model(project: ProjectFile) -> Predictor:
    return asked(project, CLASSES, SAID)


def offered(project: ProjectFile, model: Predictor, **which: float) -> list[tuple[int, str]]:
    page = suggestions(project, model, **which)  # type: ignore[arg-type]
    return [(one.sample.id, one.class_name) for one in page.items]


def test_the_surest_come_first_and_labelled_ones_not_at_all(
    project: ProjectFile, model: Predictor
) -> None:
    assert offered(project, model) == [(3, "leaf"), (1, "leaf"), (2, "rust"), (4, "leaf")]
    assert offered(project, model, above=0.85) == [(3, "leaf"), (1, "leaf")]
    assert offered(project, model, offset=1, limit=2) == [(1, "leaf"), (2, "rust")]


def test_among_many_unlabelled_it_is_the_same(
    project: ProjectFile, model: Predictor, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = offered(project, model), offered(project, model, above=0.85)
    monkeypatch.setattr("studio.labelling.suggesting._FEW", 0)
    assert (offered(project, model), offered(project, model, above=0.85)) == few


def test_all_above_a_share_are_accepted_as_one_step(project: ProjectFile, model: Predictor) -> None:
    before = state(project)
    change = accept(project, model, above=0.75)
    assert change is not None
    assert (change.operation.title, change.sample_ids) == ("Accept 3 suggestions", (1, 2, 3))
    assert [s.class_name for s in samples.page(project)][:4] == ["leaf", "rust", "leaf", None]
    origins = project.rows("SELECT label_origin FROM samples WHERE id <= 3")
    assert {row[0] for row in origins} == {LabelOrigin.MODEL}
    assert offered(project, model) == [(4, "leaf")]
    labelling.undo(project)
    assert state(project) == before
    assert len(offered(project, model)) == 4
    assert accept(project, model, above=0.99) is None


def test_what_is_dismissed_stays_so_for_this_class_only(
    project: ProjectFile, model: Predictor
) -> None:
    change = dismiss(project, model, sample_ids=[1, 2])
    assert change is not None
    assert (change.parts, change.sample_ids) == ({Part.SUGGESTIONS}, (1, 2))
    assert offered(project, model) == [(3, "leaf"), (4, "leaf")]
    asked(project, CLASSES, {1: (0.95, 0.05), 2: (0.7, 0.3)})  # asked again, 2 is leaf now
    assert offered(project, model) == [(3, "leaf"), (2, "leaf"), (4, "leaf")]
    labelling.undo(project)
    assert (1, "leaf") in offered(project, model)
    labelling.redo(project)
    assert (1, "leaf") not in offered(project, model)


def test_dismissals_outlive_the_sample_and_its_class(
    project: ProjectFile, model: Predictor
) -> None:
    dismiss(project, model, sample_ids=[1])
    before = state(project)
    for action in (RemoveSamples(sample_ids=(1,)), DeleteClass(name="leaf")):
        labelling.perform(project, action)
        assert project.value("SELECT count(*) FROM dismissals") == 0
        labelling.undo(project)
        assert state(project) == before
        assert (1, "leaf") not in offered(project, model)


def test_nothing_is_suggested_for_what_is_excluded(project: ProjectFile, model: Predictor) -> None:
    labelling.perform(project, Exclude(sample_ids=(3,)))
    assert 3 not in dict(offered(project, model))
    with pytest.raises(ProjectError) as caught:
        accept(project, model, sample_ids=[3])
    assert caught.value.code == "label.no_suggestion"


@pytest.mark.parametrize(("sample", "code"), [(5, "no_suggestion"), (77, "unknown_sample")])
def test_a_sample_nothing_is_suggested_for_is_a_sentence(
    project: ProjectFile, model: Predictor, sample: int, code: str
) -> None:
    before = state(project)
    for answer in (accept, dismiss):
        with pytest.raises(ProjectError) as caught:
            answer(project, model, sample_ids=[1, sample])
        assert caught.value.code == f"label.{code}"
    assert state(project) == before


def test_how_much_it_is_worth_is_counted_on_what_it_did_not_learn(project: ProjectFile) -> None:
    # Of the labelled samples 5 and 6 the candidate learned from 5; 6 was for testing.
    row = add_candidate(project, CLASSES, b"a model").id
    said = {5: (0.9, 0.1), 6: (0.8, 0.2)}
    candidate = reliability(project, asked(project, CLASSES, said, row), 0.0)
    assert (candidate.samples, candidate.right.value) == (1, 0.0)
    near = asked(project, CLASSES, said)
    assert reliability(project, near, 0.0).samples == 2
    assert reliability(project, near, 0.0).right.value == 0.5
    assert reliability(project, near, 0.85).right.value == 1.0
    assert reliability(project, near, 0.95).samples == 0


IDS = st.lists(st.integers(1, 8), min_size=1, max_size=4, unique=True)
ABOVE = st.sampled_from([0.0, 0.5, 0.7, 0.9])


class Answering(RuleBasedStateMachine):
    """Accepts, dismisses, undoes and redoes as it likes, and knows what must be suggested."""

    @initialize(shares=st.lists(st.floats(0, 1), min_size=8, max_size=8))
    def start(self, shares: list[float]) -> None:
        self.stack = ExitStack()
        folder = self.stack.enter_context(tempfile.TemporaryDirectory())
        classes = [None] * 6 + ["leaf", "rust"]
        made = project_of(Path(folder, "a.automl"), classes)
        self.project = self.stack.enter_context(made)
        said = {id: (share, 1 - share) for id, share in enumerate(shares, 1)}
        self.model = asked(self.project, CLASSES, said)
        self.states = [state(self.project)]
        self.place = 0

    def _answered(self, changed: bool) -> None:
        if changed:
            self.states = [*self.states[: self.place + 1], state(self.project)]
            self.place += 1

    @rule(ids=IDS, above=ABOVE, take=st.booleans())
    def answer(self, ids: list[int], above: float, take: bool) -> None:
        known = dict(offered(self.project, self.model, above=above))
        answer = accept if take else dismiss
        if set(ids) <= set(known):
            change = answer(self.project, self.model, sample_ids=ids, above=above)
            assert change is not None
            self._answered(True)
            left = dict(offered(self.project, self.model, above=above))
            assert set(left) == set(known) - set(ids)
        else:
            with pytest.raises(ProjectError):
                answer(self.project, self.model, sample_ids=ids, above=above)

    @rule(above=ABOVE, take=st.booleans())
    def answer_all(self, above: float, take: bool) -> None:
        known = offered(self.project, self.model, above=above)
        change = (accept if take else dismiss)(self.project, self.model, above=above)
        assert (change is not None) is bool(known)
        self._answered(change is not None)
        assert offered(self.project, self.model, above=above) == []

    @rule(id=st.integers(1, 8), out=st.booleans())
    def exclude(self, id: int, out: bool) -> None:
        action = Exclude(sample_ids=(id,)) if out else Include(sample_ids=(id,))
        self._answered(labelling.perform(self.project, action) is not None)

    @rule(id=st.integers(1, 8))
    def clear(self, id: int) -> None:
        self._answered(labelling.perform(self.project, Clear(sample_ids=(id,))) is not None)

    @rule()
    def undo(self) -> None:
        if self.place:
            assert labelling.undo(self.project) is not None
            self.place -= 1

    @rule()
    def redo(self) -> None:
        if self.place < len(self.states) - 1:
            assert labelling.redo(self.project) is not None
            self.place += 1

    @invariant()
    def it_is_what_it_was_and_suggests_what_it_must(self) -> None:
        if not hasattr(self, "project"):
            return
        assert state(self.project) == self.states[self.place]
        names = {row["id"]: row["name"] for row in self.project.rows("SELECT * FROM classes")}
        refused = {
            (row["sample_id"], names[row["class_id"]])
            for row in self.project.rows("SELECT * FROM dismissals")
        }
        said = predictions.get(self.project, self.model, range(1, 9))
        expected = {
            (sample.id, CLASSES[said[sample.id].best])
            for sample in samples.page(self.project)
            if sample.class_name is None and not sample.excluded
        } - refused
        assert set(offered(self.project, self.model)) == expected

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            self.stack.close()


TestAnswering = Answering.TestCase
TestAnswering.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
