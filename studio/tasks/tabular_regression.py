"""Telling an amount from the other cells of a row."""

from __future__ import annotations

from studio.tasks._task import Task

__all__ = ["ENTRY"]

ENTRY = Task(
    id="tabular-regression",
    title="Tell an amount from a table row",
    importers=("table",),
    import_options={"target_is": "number"},
)
