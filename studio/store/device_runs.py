"""What devices said of themselves: the recorded self-tests of a project, as one JSON property."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from studio.store.failures import decoded
from studio.store.project_file import ProjectFile

__all__ = ["all_runs", "keep_runs"]

_NAME = "device_runs"
_LARGEST = 4 << 20


def all_runs(project: ProjectFile) -> list[Mapping[str, Any]]:
    """Return the records in the order they came.

    Raises:
        ProjectError: ``project.damaged`` for what is no list of records.
    """
    found = project.value("SELECT value FROM properties WHERE name = ?", (_NAME,))
    if found is None:
        return []
    with decoded(project.path):
        return _records(str(found))


def keep_runs(project: ProjectFile, runs: Sequence[Mapping[str, Any]]) -> None:
    """Write the records; call it in a transaction."""
    text = json.dumps(list(runs), sort_keys=True, allow_nan=False)
    project.execute("INSERT OR REPLACE INTO properties VALUES (?, ?)", (_NAME, text))


def _records(text: str) -> list[Mapping[str, Any]]:
    if len(text) > _LARGEST:
        raise ValueError("too long for records of self-tests")
    found = json.loads(text)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise ValueError("no records of self-tests")
    return found
