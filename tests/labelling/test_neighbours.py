"""The nearest labelled samples vote as the definition says, and never on themselves."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from studio import labelling
from studio.domain.errors import ProjectError
from studio.labelling.neighbours import (
    NEIGHBOURS,
    ask_neighbours,
    class_names,
    label_stamp,
    votes,
)
from studio.labelling.operations import Assign, Clear, DismissSuggestions, Exclude, RenameClass
from studio.store import predictions, samples
from tests.labelling.judged import project_of


def gathered(features: np.ndarray, classes: list[str | None]) -> tuple[np.ndarray, np.ndarray]:
    blocks = list(votes(features, classes))
    return np.concatenate([b[0] for b in blocks]), np.concatenate([b[1] for b in blocks])


LABEL = st.sampled_from([None, "leaf", "rust", "mite"])


@given(
    arrays.arrays(
        np.float32, st.tuples(st.integers(4, 40), st.just(3)), elements=st.integers(0, 9)
    ),
    st.data(),
)
def test_votes_are_those_of_the_definition(features: np.ndarray, data: st.DataObject) -> None:
    drawn = data.draw(st.lists(LABEL, min_size=len(features), max_size=len(features)))
    classes = ["leaf", "rust", "mite", *drawn[3:]]
    names = class_names(classes)
    shares, nearest = gathered(features, classes)
    known = [n for n, name in enumerate(classes) if name is not None]
    for n, row in enumerate(features):
        others = [k for k in known if k != n]
        distance = {k: float(np.linalg.norm(row.astype(float) - features[k])) for k in others}
        count = min(NEIGHBOURS, len(known) - 1)
        far = sorted(distance.values())[:count]
        # Which of those equally far are taken is open; how far they are is not.
        assert n not in nearest[n]
        assert [distance[k] for k in nearest[n]] == pytest.approx(far, abs=1e-5)
        spread = far[-1] - far[0]
        weights = [(far[-1] - d) / spread if spread > 1e-9 else 1.0 for d in far]
        expected = dict.fromkeys(names, 0.0)
        for k, weight in zip(nearest[n], weights, strict=True):
            expected[classes[k] or ""] += weight / sum(weights)
        assert shares[n] == pytest.approx([expected[name] for name in names], abs=1e-4)


def test_groups_are_told_apart_and_a_wrong_label_stands_out(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    classes: list[str | None] = ["leaf"] * 12 + ["rust"] * 12 + [None] * 4
    centres = np.array([[0, 0]] * 12 + [[9, 9]] * 12 + [[0, 0], [9, 9]] * 2)
    features = (centres + rng.normal(0, 1, centres.shape)).astype(np.float32)
    classes[3] = "rust"  # among the leaves
    with project_of(tmp_path / "a.automl", classes) as project:
        found = samples.page(project)
        summary = ask_neighbours(project, found, features)
        assert (summary.predicted, summary.candidate_id) == (28, None)
        asked = predictions.find(project, None)
        assert asked is not None
        said = predictions.get(project, asked, [4, 25, 26])
        assert [asked.classes[said[id].best] for id in (4, 25, 26)] == ["leaf", "leaf", "rust"]
        assert all(id in range(1, 13) for id in said[4].nearest)


def test_they_are_asked_again_only_when_labels_changed(tmp_path: Path) -> None:
    with project_of(tmp_path / "a.automl", ["leaf", "rust", None]) as project:
        stamps = [label_stamp(project)]
        labelling.perform(project, DismissSuggestions(suggested=((3, "leaf"),)))
        assert label_stamp(project) == stamps[0]
        for action in (
            Assign(sample_ids=(3,), class_name="leaf"),
            RenameClass(old="leaf", new="Leaf"),
            Clear(sample_ids=(1,)),
            Exclude(sample_ids=(1,)),
        ):
            labelling.perform(project, action)
            stamps.append(label_stamp(project))
        assert len(set(stamps)) == len(stamps)
        for stamp in reversed(stamps[:-1]):
            labelling.undo(project)
            assert label_stamp(project) == stamp


@pytest.mark.parametrize("classes", [[None, None], ["leaf", "leaf", "leaf"], ["leaf", "rust"]])
def test_too_few_labels_are_a_sentence(tmp_path: Path, classes: list[str | None]) -> None:
    with project_of(tmp_path / "a.automl", classes) as project:
        found = samples.page(project)
        with pytest.raises(ProjectError) as caught:
            ask_neighbours(project, found, np.zeros((len(found), 2), np.float32))
        assert caught.value.code == "label.too_few_labels"
        assert predictions.all_predictors(project) == ()


def test_stopping_changes_nothing(tmp_path: Path) -> None:
    with project_of(tmp_path / "a.automl", ["leaf", "rust", "leaf"]) as project:
        found = samples.page(project)
        features = np.eye(3, dtype=np.float32)
        summary = ask_neighbours(project, found, features, cancelled=lambda: True)
        assert summary.cancelled
        assert predictions.all_predictors(project) == ()
