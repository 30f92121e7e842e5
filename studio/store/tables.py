"""What the columns of imported tables mean, by the digest of the table's file."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping

from studio.store.failures import decoded
from studio.store.project_file import ProjectFile

__all__ = ["COLUMN_TYPES", "all_columns", "columns_of", "number_cells", "put"]

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


_NUMBER_CELLS = """
SELECT count(*) FROM samples s JOIN blobs b ON b.digest = s.digest
WHERE s.kind = 'row' AND json_extract(s.facts, '$.table') = ? AND EXISTS (
    SELECT 1 FROM json_each(
        CASE WHEN json_valid(CAST(b.content AS TEXT)) THEN CAST(b.content AS TEXT) ELSE '{}' END
    ) cell
    WHERE cell.key = ? AND cell.type IN ('integer', 'real') AND abs(cell.value) <= ?
)
"""


def number_cells(project: ProjectFile, table: str, column: str) -> int:
    """Return how many rows of a table say a number in a column that a double can hold."""
    return int(project.value(_NUMBER_CELLS, (table, column, sys.float_info.max)))
