"""The queue shows first what helps most."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from studio import labelling
from studio.domain.sample import ImageFacts, NewSample
from studio.labelling.operations import AcceptSuggestions, Exclude, ImportStep
from studio.labelling.review import ReviewReason, review_queue
from studio.store import samples
from studio.store.project_file import ProjectFile


@pytest.fixture
def project(tmp_path: Path) -> Iterator[ProjectFile]:
    with ProjectFile.create(tmp_path / "a.automl", task="image-classification") as made:
        names = (None, None, None, "leaf", "leaf", "rust", "rust")
        ImportStep(made, "photos").add(
            (
                NewSample(
                    content=b"%d" % number,
                    name=f"{number}.png",
                    media_type="image/png",
                    facts=ImageFacts(width=1, height=1),
                    class_name=name,
                ),
                None,
            )
            for number, name in enumerate(names)
        )
        yield made


def says(leaf: float) -> dict[str, float]:
    return {"leaf": leaf, "rust": 1 - leaf}


def test_without_a_model_it_is_the_unlabelled(project: ProjectFile) -> None:
    queue = review_queue(project)
    assert [item.sample_id for item in queue] == [1, 2, 3]
    assert {item.reason for item in queue} == {ReviewReason.UNLABELLED}


def test_with_a_model_doubt_comes_first_and_contradictions_follow(project: ProjectFile) -> None:
    predicted = {
        1: says(0.95),
        2: says(0.55),
        4: says(0.9),  # agrees, surely: not shown
        5: says(0.3),  # said leaf, the model leans to rust
        6: says(0.99),  # said rust, the model is sure of leaf
        7: says(0.45),  # agrees, hardly
    }
    queue = review_queue(project, predicted)
    assert [item.sample_id for item in queue] == [2, 1, 3, 6, 5, 7]
    assert [str(item.reason) for item in queue[3:]] == ["disagrees", "disagrees", "uncertain"]
    assert queue[0].suggestion == "leaf"
    assert queue[0].margin == pytest.approx(0.1)
    assert review_queue(project, predicted, limit=4) == queue[:4]


def test_what_is_excluded_or_gone_is_not_shown(project: ProjectFile) -> None:
    labelling.perform(project, Exclude(sample_ids=(1, 6)))
    queue = review_queue(project, {6: says(0.99), 99: says(0.5)})
    assert [item.sample_id for item in queue] == [2, 3]


def test_the_queue_empties_as_suggestions_are_accepted(project: ProjectFile) -> None:
    predicted = {1: says(0.9), 2: says(0.2), 3: says(0.7)}
    suggested = [
        (item.sample_id, item.suggestion)
        for item in review_queue(project, predicted)
        if item.suggestion is not None
    ]
    labelling.perform(project, AcceptSuggestions(suggested=tuple(suggested)))
    assert [s.class_name for s in samples.page(project)][:3] == ["leaf", "rust", "leaf"]
    assert [item.sample_id for item in review_queue(project, predicted, certain=0.0)] == []
