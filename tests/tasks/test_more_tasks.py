"""What every task says of itself, and that one that cannot be searched yet says so."""

from __future__ import annotations

import pytest

from studio.domain.errors import SearchError
from studio.domain.preprocessing import ImagePreprocessing
from studio.domain.sample import ImageFacts
from studio.importers import importers
from studio.tasks import Given, find_task, tasks


def test_every_importer_a_task_names_is_there() -> None:
    for task in tasks().values():
        assert task.importers
        assert set(task.importers) <= set(importers())


def test_every_task_that_can_be_searched_has_a_space_for_small_and_large_devices() -> None:
    searchable = [task for task in tasks().values() if task.spaces]
    assert {task.id for task in searchable} == {
        "image-classification", "tabular-classification", "tabular-regression",
        "sensor-classification",
    }  # fmt: skip
    assert {tuple(task.spaces) for task in searchable} == {("small", "large")}
    assert all(task.instant for task in searchable)


def test_a_task_without_a_search_says_so() -> None:
    task = find_task("audio-classification")
    assert not task.spaces
    with pytest.raises(SearchError, match="cannot search for models of this task yet") as caught:
        task.variants(())
    assert caught.value.code == "search.not_for_this_task"


def picture(width: int, height: int, channels: int) -> Given:
    facts = ImageFacts(width=width, height=height, channels=channels)
    return Given(name="", digest="", media_type="image/png", facts=facts, read=lambda: b"")


@pytest.mark.parametrize(
    ("sizes", "names"),
    [
        ([(8, 8, 1)], ["16-grey"]),
        ([(28, 28, 1)], ["32-grey", "24-grey", "16-grey"]),
        (
            [(300, 100, 3), (640, 480, 1), (90, 200, 3)],
            ["96-colour", "96-grey", "64-colour", "64-grey",
             "48-colour", "48-grey", "32-colour", "32-grey"],
        ),
    ],
)  # fmt: skip
def test_pictures_are_offered_at_sides_up_to_their_detail(
    sizes: list[tuple[int, int, int]], names: list[str]
) -> None:
    found = find_task("image-classification").variants([picture(*size) for size in sizes])
    assert list(found) == names
    first = next(iter(found.values()))
    assert isinstance(first, ImagePreprocessing)
    assert f"{first.width}-" in names[0]
    assert first.width == first.height


@pytest.mark.parametrize("id", [task.id for task in tasks().values() if task.spaces])
def test_nothing_to_learn_from_is_a_sentence(id: str) -> None:
    with pytest.raises(SearchError, match=r"\."):
        find_task(id).variants(())
