"""Rows as CSV again, a file a table."""

from __future__ import annotations

from typing import Any

from studio.domain.sample import SampleKind
from studio.export.data._files import csv_bytes, neutral
from studio.export.data._format import DataFormat, Draft
from studio.export.data._rows import tables_of

__all__ = ["ENTRY"]

_MARKED = "Cells that begin as a formula would, with an apostrophe put before them: {count}."
_MOST_DIGITS = 10**15
"""Whole numbers from here on read as names, unless a point follows."""


def _write(draft: Draft) -> None:
    for table in tables_of(draft):
        rows = [[_cell(row.get(column)) for column in table.columns] for row in table.rows]
        safe = [[neutral(text) if is_text else text for text, is_text in row] for row in rows]
        draft.told[_MARKED] += sum(
            cell != text
            for row, after in zip(rows, safe, strict=True)
            for (text, _), cell in zip(row, after, strict=True)
        )
        names = [neutral(column) for column in table.columns]
        draft.place.put(f"{table.name}.csv", csv_bytes(names, safe))


def _cell(value: Any) -> tuple[str, bool]:
    """Return a value as text, and whether it is a text, which might read as a formula."""
    if value is None:
        return "", False
    if isinstance(value, int | float) and not isinstance(value, bool):
        return repr(float(value) if abs(value) >= _MOST_DIGITS else value), False
    return str(value), True


ENTRY = DataFormat(
    id="table", title="Tables (CSV)", kinds=frozenset({SampleKind.ROW}), write=_write
)
