"""Any kind of table, opened as rows, and the questions it raises."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from studio.importers._importer import Options, Question
from studio.importers._sources import Entry, Unreadable, reason
from studio.tasks.parquet import read_parquet
from studio.tasks.tables import DELIMITERS, BadTable, Rows, read_table
from studio.tasks.texts import ENCODINGS
from studio.tasks.workbooks import read_workbook

__all__ = ["SUFFIXES", "TEXT_SUFFIXES", "opened", "rows_of", "table_questions"]

TEXT_SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".tab", ".dat"})
SUFFIXES = TEXT_SUFFIXES | {".xlsx", ".xlsm", ".parquet"}
"""File name endings that promise a table."""

_LARGEST_IN_ZIP = 512 << 20
"""A table in a zip is held in memory while it is read."""


@contextmanager
def opened(entry: Entry) -> Iterator[BinaryIO]:
    """Give a file as a seekable stream; raises Unreadable."""
    if entry.in_zip:
        yield io.BytesIO(entry.read(_LARGEST_IN_ZIP))
        return
    try:
        with entry.path.open("rb") as stream:
            yield stream
    except OSError as error:
        raise Unreadable(reason(error)) from None


def rows_of(entry: Entry, stream: BinaryIO, options: Options) -> Rows:
    """Return the rows of a table of any kind.

    Raises:
        BadTable: here, or while the rows are read.
    """
    if entry.suffix == ".parquet":
        return read_parquet(stream)
    if entry.suffix in (".xlsx", ".xlsm"):
        return read_workbook(stream, options)
    if entry.suffix in TEXT_SUFFIXES:
        return read_table(stream, options)
    raise BadTable("it is not a table the studio reads")


def table_questions(rows: Rows, options: Options) -> list[Question]:
    """Return what was found about how a table is written, to be corrected."""
    asked = []
    if rows.format is not None:
        names = {sign: name for name, sign in DELIMITERS.items()}
        sign = rows.format.delimiter
        asked += [
            Question(id="encoding", text="Which encoding is the text in?",
                     value=rows.format.encoding, choices=ENCODINGS),
            Question(id="delimiter", text="What stands between the cells?",
                     value=names.get(sign, sign), choices=tuple(DELIMITERS)),
            Question(id="decimal", text="Which sign begins the decimals?",
                     value=rows.format.decimal, choices=(".", ",")),
        ]  # fmt: skip
    if rows.sheets:
        value = options.get("sheet") or rows.sheet
        asked.append(Question(id="sheet", text="Which sheet?", value=value, choices=rows.sheets))
    header = "yes" if rows.header else "no"
    if rows.format is not None or rows.sheets:
        asked += [
            Question(id="header", text="Does the first line name the columns?", value=header,
                     choices=("yes", "no")),
            Question(id="skip", text="How many lines stand before it?", value=str(rows.skip)),
        ]  # fmt: skip
    return asked
