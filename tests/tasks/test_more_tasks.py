"""Tasks that take data but cannot be searched yet say so."""

from __future__ import annotations

import pytest

from studio.domain.errors import SearchError
from studio.importers import importers
from studio.tasks import find_task, tasks


def test_every_importer_a_task_names_is_there() -> None:
    for task in tasks().values():
        assert task.importers
        assert set(task.importers) <= set(importers())


@pytest.mark.parametrize(
    "id",
    ["tabular-classification", "tabular-regression", "sensor-classification",
     "audio-classification"],
)  # fmt: skip
def test_a_task_without_a_search_says_so(id: str) -> None:
    task = find_task(id)
    assert not task.space
    with pytest.raises(SearchError, match="cannot search for models of this task yet") as caught:
        task.choose_preprocessing(())
    assert caught.value.code == "search.not_for_this_task"
