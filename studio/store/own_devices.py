"""A person's own devices in the project file: the fields of each, as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from studio.store.failures import decoded
from studio.store.project_file import ProjectFile

__all__ = ["all_own", "row_of"]

_LARGEST = 256 << 10
"""Letters of one device; a file of fields is 64 KB at most."""


def all_own(project: ProjectFile) -> dict[str, Mapping[str, Any]]:
    """Return the fields of each own device by its id, in the order they were added.

    Raises:
        ProjectError: ``project.damaged`` for what is no JSON object.
    """
    rows = project.rows("SELECT device, content FROM own_devices ORDER BY id")
    with decoded(project.path):
        return {str(row["device"]): _fields(row["content"]) for row in rows}


def row_of(project: ProjectFile, device: str) -> int | None:
    """Return the row number of an own device, or None."""
    found = project.value("SELECT id FROM own_devices WHERE device = ?", (device,))
    return None if found is None else int(found)


def _fields(content: str) -> Mapping[str, Any]:
    if len(content) > _LARGEST:
        raise ValueError("too long for a device")
    found = json.loads(content)
    if not isinstance(found, dict):
        raise ValueError("no fields of a device")
    return found
