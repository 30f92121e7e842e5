"""Every queue shows first what helps most, a page at a time."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio import labelling
from studio.domain.errors import ProjectError
from studio.labelling.operations import DeleteClass, Exclude, MergeClasses, RenameClass
from studio.labelling.review import Order, Ranking, review
from studio.store.project_file import ProjectFile
from tests.labelling.judged import add_candidate, asked, project_of

CLASSES = ("leaf", "rust")
LABELS = (None, None, None, "leaf", "leaf", "rust", "rust")
SAID = {
    1: (0.95, 0.05),
    2: (0.55, 0.45),
    4: (0.9, 0.1),  # agrees, surely
    5: (0.3, 0.7),  # said leaf, the model leans to rust
    6: (0.99, 0.01),  # said rust, the model is sure of leaf
    7: (0.45, 0.55),  # agrees, hardly
}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[ProjectFile]:
    with project_of(tmp_path / "a.automl", LABELS) as made:
        yield made


def ids(project: ProjectFile, order: Order, **ranking: object) -> list[int]:
    page = review(project, order, Ranking(**ranking))  # type: ignore[arg-type]
    return [item.sample.id for item in page.items]


def test_without_a_model_it_is_the_unlabelled(project: ProjectFile) -> None:
    assert ids(project, Order.UNLABELLED) == [1, 2, 3]


def test_with_a_model_doubt_comes_first(project: ProjectFile) -> None:
    model = asked(project, CLASSES, SAID)
    assert ids(project, Order.UNLABELLED, model=model) == [2, 1, 3]
    assert ids(project, Order.UNCERTAIN, model=model) == [2, 7, 5, 4, 1, 6]
    assert ids(project, Order.DISAGREEMENT, model=model) == [6, 5]
    assert ids(project, Order.SUSPICIOUS, neighbours=model) == [6, 5]
    page = review(project, Order.DISAGREEMENT, Ranking(model=model, limit=1))
    [said] = page.items[0].opinions
    assert (said.class_name, page.more) == ("leaf", True)
    assert said.confidence == pytest.approx(0.99, abs=1e-3)
    assert said.margin == pytest.approx(0.98, abs=1e-3)


def test_among_many_unlabelled_the_order_is_the_same(
    project: ProjectFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = asked(project, CLASSES, SAID)
    monkeypatch.setattr("studio.labelling.review._FEW", 0)
    whole = [2, 1, 3]
    assert ids(project, Order.UNLABELLED, model=model) == whole
    for offset in range(4):
        for limit in range(1, 4):
            page = ids(project, Order.UNLABELLED, model=model, offset=offset, limit=limit)
            assert page == whole[offset : offset + limit], (offset, limit)


def test_what_is_excluded_or_gone_is_not_shown(project: ProjectFile) -> None:
    model = asked(project, CLASSES, {**SAID, 99: (1, 0)})
    labelling.perform(project, Exclude(sample_ids=(1, 6)))
    assert ids(project, Order.UNLABELLED, model=model) == [2, 3]
    assert ids(project, Order.UNCERTAIN, model=model) == [2, 7, 5, 4]
    assert ids(project, Order.DISAGREEMENT, model=model) == [5]
    assert set(ids(project, Order.RANDOM)) == {2, 3, 4, 5, 7}


def test_two_candidates_that_disagree(project: ProjectFile) -> None:
    one = asked(project, CLASSES, SAID)
    row = add_candidate(project, CLASSES, b"a model").id
    # The other knows its classes in another order, and says the same of 6 and nothing of 7.
    others = {1: (0.9, 0.1), 2: (0.1, 0.9), 4: (0.8, 0.2), 6: (0.2, 0.8)}
    other = asked(project, ("rust", "leaf"), others, row)
    assert ids(project, Order.DISAGREEMENT, model=one, other=other) == [1, 4]


def test_a_class_renamed_or_merged_is_still_understood(project: ProjectFile) -> None:
    row = add_candidate(project, CLASSES, b"a model").id
    model = asked(project, CLASSES, SAID, row)
    labelling.perform(project, RenameClass(old="leaf", new="healthy"))
    assert ids(project, Order.DISAGREEMENT, model=model) == [6, 5]
    [first, _] = review(project, Order.DISAGREEMENT, Ranking(model=model)).items
    assert first.opinions[0].class_name == "healthy"
    labelling.perform(project, MergeClasses(names=("healthy",), into="rust"))
    assert ids(project, Order.DISAGREEMENT, model=model) == []
    labelling.undo(project)
    labelling.perform(project, DeleteClass(name="healthy"))
    # What the model calls leaf is no class any more, and contradicts nothing.
    assert ids(project, Order.DISAGREEMENT, model=model) == []


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (Order.UNCERTAIN, "label.no_model"),
        (Order.DISAGREEMENT, "label.no_model"),
        (Order.SUSPICIOUS, "label.no_neighbours"),
    ],
)
def test_an_order_nobody_was_asked_for_is_a_sentence(
    project: ProjectFile, order: Order, code: str
) -> None:
    with pytest.raises(ProjectError) as caught:
        review(project, order, Ranking())
    assert caught.value.code == code
    assert "automl-studio predict" in caught.value.remedy


SHARES = st.floats(0, 1).map(lambda share: (share, 1 - share))
LABEL = st.sampled_from([None, "leaf", "rust"])


@settings(max_examples=25)
@given(
    st.lists(st.tuples(LABEL, st.none() | SHARES), min_size=1, max_size=12),
    st.integers(1, 5),
    st.sampled_from([Order.UNLABELLED, Order.UNCERTAIN, Order.DISAGREEMENT]),
    st.booleans(),
)
def test_pages_put_together_are_the_whole_queue_in_order(
    drawn: list[tuple[str | None, tuple[float, float] | None]],
    size: int,
    order: Order,
    many: bool,
) -> None:
    labels = [label for label, _ in drawn]
    said = {id: shares for id, (_, shares) in enumerate(drawn, 1) if shares is not None}
    with (
        tempfile.TemporaryDirectory() as folder,
        project_of(Path(folder, "a.automl"), [*labels, "leaf", "rust"]) as project,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr("studio.labelling.review._FEW", 0 if many else 5_000)
        model = asked(project, CLASSES, said)
        found: list[int] = []
        more = True
        while more:
            page = review(project, order, Ranking(model=model, offset=len(found), limit=size))
            found += [item.sample.id for item in page.items]
            more = page.more
        assert found == _expected([*labels, "leaf", "rust"], said, order)


def _expected(
    labels: list[str | None], said: dict[int, tuple[float, float]], order: Order
) -> list[int]:
    """The definition, written the plain way."""
    everybody = range(1, len(labels) + 1)
    margin = {id: abs(one - other) for id, (one, other) in said.items()}
    called = {id: CLASSES[int(other > one)] for id, (one, other) in said.items()}
    if order is Order.UNLABELLED:
        chosen = [id for id in everybody if labels[id - 1] is None]
        return sorted(chosen, key=lambda id: (id not in said, margin.get(id, 0), id))
    if order is Order.UNCERTAIN:
        return sorted(said, key=lambda id: (margin[id], id))
    wrong = [id for id in said if labels[id - 1] not in (None, called[id])]
    return sorted(wrong, key=lambda id: (-max(said[id]), id))


def test_a_seed_gives_an_order_of_its_own(tmp_path: Path) -> None:
    with project_of(tmp_path / "a.automl", [None] * 400) as project:
        first = ids(project, Order.RANDOM, seed=1, limit=400)
        assert sorted(first) == list(range(1, 401))
        assert ids(project, Order.RANDOM, seed=1, limit=400) == first
        second = ids(project, Order.RANDOM, seed=2, limit=400)
        assert first != second
        # Neighbours in one order are far apart in the other, and in the order of import.
        for some in (first, second):
            steps = [abs(a - b) for a, b in pairwise(some)]
            assert 100 < sum(steps) / len(steps) < 166  # of random orders: 133
