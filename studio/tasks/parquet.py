"""Reading Parquet files from strangers, batch by batch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from studio.tasks.tables import MOST_COLUMNS, BadTable, Rows, unique_names
from studio.tasks.workbooks import cell_text

__all__ = ["LARGEST_GROUP_BYTES", "read_parquet"]

LARGEST_GROUP_BYTES = 1 << 30
"""Of one row group, unpacked: it has to fit into memory. Writers make groups of 128 MB."""

_BATCH_CELLS = 200_000


def read_parquet(stream: BinaryIO) -> Rows:
    """Read the plain columns of a Parquet file; lists and structures are left out.

    Args:
        stream: Seekable; it must stay open while the rows are read.

    Raises:
        BadTable: here, or while the rows are read.
    """
    # Imported here: half a second that other commands need not pay.
    import pyarrow.parquet as pq
    import pyarrow.types as kinds

    stream.seek(0)
    try:
        file = pq.ParquetFile(stream)
        schema, metadata = file.schema_arrow, file.metadata
        groups = [metadata.row_group(i).total_byte_size for i in range(metadata.num_row_groups)]
    except Exception as error:
        # Arrow raises ArrowInvalid, OSError, and what its parsing trips over.
        raise BadTable("it is damaged or no Parquet file") from error
    if max(groups, default=0) > LARGEST_GROUP_BYTES or len(schema) > MOST_COLUMNS:
        raise BadTable(f"it needs more than {LARGEST_GROUP_BYTES >> 20} MB at once")
    plain = [field.name for field in schema if not kinds.is_nested(field.type)]
    if not plain:
        raise BadTable("there is nothing in it")
    return Rows(
        names=unique_names(plain),
        decimal=".",
        cells=_cells(file, plain),
        left_out=tuple(field.name for field in schema if kinds.is_nested(field.type)),
    )


def _cells(file: Any, columns: list[str]) -> Iterator[list[str]]:
    size = max(_BATCH_CELLS // len(columns), 1)
    try:
        for batch in file.iter_batches(batch_size=size, columns=columns):
            lists = [column.to_pylist() for column in batch.columns]
            yield from (
                [cell_text(value).strip() for value in row] for row in zip(*lists, strict=True)
            )
    except Exception as error:
        raise BadTable("it is damaged or no Parquet file") from error
