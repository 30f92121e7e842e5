"""Rows as Parquet again, a file a table; texts stay as they are and numbers exact."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from studio.domain.sample import SampleKind
from studio.export.data._format import DataFormat, Draft
from studio.export.data._rows import tables_of

__all__ = ["ENTRY"]

_MOST_DIGITS = 10**15


def _write(draft: Draft) -> None:
    # Imported here: half a second that other commands need not pay.
    import pyarrow as pa
    import pyarrow.parquet as pq

    for table in tables_of(draft):
        columns = {c: _column([row.get(c) for row in table.rows]) for c in table.columns}
        out = io.BytesIO()
        pq.write_table(pa.table(columns), out)
        draft.place.put(f"{table.name}.parquet", out.getvalue())


def _column(values: Sequence[Any]) -> list[Any]:
    """Return values of one type: whole numbers, numbers, or texts."""
    there = [value for value in values if value is not None]
    if not all(isinstance(v, int | float) and not isinstance(v, bool) for v in there):
        return [None if value is None else str(value) for value in values]
    if all(isinstance(value, int) and abs(value) < _MOST_DIGITS for value in there):
        return list(values)
    return [None if value is None else float(value) for value in values]


ENTRY = DataFormat(
    id="parquet", title="Tables (Parquet)", kinds=frozenset({SampleKind.ROW}), write=_write
)
