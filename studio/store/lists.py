"""Lists of small records that a project keeps as one JSON property each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from studio.store.failures import decoded
from studio.store.project_file import ProjectFile

__all__ = ["keep_records", "records_of"]

_LARGEST = 4 << 20


def records_of(project: ProjectFile, name: str) -> list[Mapping[str, Any]]:
    """Return the records of a property in the order they came; none where there is none.

    Raises:
        ProjectError: ``project.damaged`` for what is no list of records.
    """
    found = project.value("SELECT value FROM properties WHERE name = ?", (name,))
    if found is None:
        return []
    with decoded(project.path):
        return _records(str(found), name)


def keep_records(project: ProjectFile, name: str, records: Sequence[Mapping[str, Any]]) -> None:
    """Write the records of a property; call it in a transaction."""
    text = json.dumps(list(records), sort_keys=True, allow_nan=False)
    project.execute("INSERT OR REPLACE INTO properties VALUES (?, ?)", (name, text))


def _records(text: str, name: str) -> list[Mapping[str, Any]]:
    if len(text) > _LARGEST:
        raise ValueError(f"too long for {name}")
    found = json.loads(text)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise ValueError(f"no records of {name}")
    return found
