"""Sorting the rows of a table into classes."""

from __future__ import annotations

from studio.domain.sample import SampleKind
from studio.tasks._task import Task
from studio.tasks.row_fitting import class_variants
from studio.tasks.rows import prepare_all

__all__ = ["ENTRY"]

ENTRY = Task(
    id="tabular-classification",
    title="Sort table rows into classes",
    kind=SampleKind.ROW,
    importers=("table",),
    import_options={"target_is": "class"},
    spaces={"small": "mcu-mlp", "large": "large-mlp"},
    instant="instant-table",
    variants=class_variants,
    prepare_all=prepare_all,
)
