"""What the columns of imported tables mean, by the digest of the table's file."""

from __future__ import annotations

import json
from collections.abc import Mapping

from studio.store.failures import decoded
from studio.store.project_file import ProjectFile

__all__ = ["COLUMN_TYPES", "all_columns", "columns_of", "put"]

COLUMN_TYPES = ("number", "category", "date", "text", "target", "ignore")


def put(project: ProjectFile, digest: str, columns: Mapping[str, str]) -> None:
    """Keep the type of every column of a table, in the table's order.

    Raises:
        ValueError: for a type that is not one of `COLUMN_TYPES`.
    """
    if set(columns.values()) - set(COLUMN_TYPES):
        raise ValueError("a column has one of the known types")
    project.execute(
        "INSERT OR REPLACE INTO tables VALUES (?, ?)",
        (digest, json.dumps(list(columns.items()), ensure_ascii=False)),
    )


def columns_of(project: ProjectFile, digest: str) -> dict[str, str]:
    """Return the type of every column of a table; empty for a table that is not known."""
    text = project.value("SELECT columns FROM tables WHERE digest = ?", (digest,))
    with decoded(project.path):
        return {} if text is None else _columns(str(text))


def all_columns(project: ProjectFile) -> dict[str, dict[str, str]]:
    """Return the type of every column of every table, by the digest of the table's file."""
    with decoded(project.path):
        rows = project.rows("SELECT digest, columns FROM tables")
        return {row["digest"]: _columns(row["columns"]) for row in rows}


def _columns(text: str) -> dict[str, str]:
    found = dict(json.loads(text))
    if not all(kind in COLUMN_TYPES and isinstance(name, str) for name, kind in found.items()):
        raise ValueError("a type nobody knows")
    return found
