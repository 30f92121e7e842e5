"""Telling an amount from the other cells of a row."""

from __future__ import annotations

from studio.domain.sample import SampleKind
from studio.tasks._task import Goal, Task
from studio.tasks.row_fitting import amount_variants
from studio.tasks.rows import prepare_all

__all__ = ["ENTRY"]

ENTRY = Task(
    id="tabular-regression",
    title="Tell an amount from a table row",
    kind=SampleKind.ROW,
    importers=("table",),
    import_options={"target_is": "number"},
    goal=Goal.REGRESSION,
    spaces={"small": "mcu-mlp", "large": "large-mlp"},
    instant="instant-table",
    variants=amount_variants,
    prepare_all=prepare_all,
)
