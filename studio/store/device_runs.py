"""What devices said of themselves: the recorded self-tests of a project, as one JSON property."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from studio.store.lists import keep_records, records_of
from studio.store.project_file import ProjectFile

__all__ = ["all_runs", "keep_runs"]

_NAME = "device_runs"


def all_runs(project: ProjectFile) -> list[Mapping[str, Any]]:
    """Return the records in the order they came.

    Raises:
        ProjectError: ``project.damaged`` for what is no list of records.
    """
    return records_of(project, _NAME)


def keep_runs(project: ProjectFile, runs: Sequence[Mapping[str, Any]]) -> None:
    """Write the records; call it in a transaction."""
    keep_records(project, _NAME, runs)
