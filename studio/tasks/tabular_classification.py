"""Sorting the rows of a table into classes."""

from __future__ import annotations

from studio.domain.sample import SampleKind
from studio.tasks._task import Task

__all__ = ["ENTRY"]

ENTRY = Task(
    id="tabular-classification",
    title="Sort table rows into classes",
    kind=SampleKind.ROW,
    importers=("table",),
    import_options={"target_is": "class"},
)
