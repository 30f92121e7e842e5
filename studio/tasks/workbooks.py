"""Reading spreadsheets (.xlsx) from strangers, row by row."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, BinaryIO

from studio.tasks.tables import MOST_COLUMNS, BadTable, Rows, arrange

__all__ = ["LARGEST_UNPACKED_BYTES", "cell_text", "read_workbook"]

LARGEST_UNPACKED_BYTES = 512 << 20
"""Of all parts together. openpyxl keeps the shared texts in memory; 512 MB of XML are about
five million cells, which is where a CSV is the better file anyway."""

_MOST_PARTS = 10_000
_MOST_CELLS = 20_000_000
_MOST_ROWS = 1_048_576
"""What Excel itself allows."""

_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
"""First bytes of an OLE file: an .xls of before 2007, or an .xlsx with a password."""


def read_workbook(stream: BinaryIO, options: Mapping[str, str] | None = None) -> Rows:
    """Read one sheet of a workbook: the values last shown, no formulas, no links.

    Args:
        stream: Seekable; it must stay open while the rows are read.
        options: ``sheet`` (by default the first that holds anything), ``header``, ``skip``.

    Raises:
        BadTable: here, or while the rows are read.
    """
    options = options or {}
    _check_parts(stream)
    book = _loaded(stream)
    sheets = tuple(str(sheet.title) for sheet in book.worksheets)
    wanted = options.get("sheet")
    if wanted and wanted not in sheets:
        raise BadTable(f"it has no sheet called {wanted!r}")
    for name in [wanted] if wanted else sheets:
        try:
            rows = arrange(_records(book[name]), options)
        except BadTable:
            if name == sheets[-1] or wanted:
                raise
            continue
        rows.sheets, rows.sheet = sheets, name
        return rows
    raise BadTable("it has no sheets")


def _check_parts(stream: BinaryIO) -> None:
    """Refuse what would unpack to too much before anything is unpacked."""
    stream.seek(0)
    if stream.read(4) == _OLD_OR_LOCKED:
        raise BadTable("it is an old .xls or has a password; save it as .xlsx without one")
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as parts:
            sizes = [part.file_size for part in parts.infolist()]
    except Exception as error:
        # The zip reader raises BadZipFile, struct.error, ValueError and more on hostile files.
        raise BadTable("it is damaged or no spreadsheet") from error
    if len(sizes) > _MOST_PARTS or sum(sizes) > LARGEST_UNPACKED_BYTES:
        raise BadTable(f"it unpacks to more than {LARGEST_UNPACKED_BYTES >> 20} MB; save it as CSV")


def _loaded(stream: BinaryIO) -> Any:
    # Imported here: half a second that other commands need not pay.
    import openpyxl
    from openpyxl.xml import DEFUSEDXML

    if not DEFUSEDXML:
        raise BadTable("reading spreadsheets safely needs the package defusedxml")
    stream.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns about styles and extensions
            return openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    except Exception as error:
        # openpyxl raises whatever its parsing trips over: KeyError, ParseError, TypeError.
        raise BadTable("it is damaged or no spreadsheet") from error


def _records(sheet: Any) -> Iterator[list[str]]:
    """Yield the rows that hold anything, as text."""
    cells = 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sheet.reset_dimensions()  # what a file says about its size may be a lie
            for row in sheet.iter_rows(max_row=_MOST_ROWS, values_only=True):
                cells += len(row)
                if len(row) > MOST_COLUMNS or cells > _MOST_CELLS:
                    raise BadTable("it is larger than the studio reads; save it as CSV")
                record = [cell_text(value) for value in row]
                if any(record):
                    yield record
    except BadTable:
        raise
    except Exception as error:
        raise BadTable("it is damaged or no spreadsheet") from error


def cell_text(value: Any) -> str:
    """Return a typed cell as text: a decimal point, dates in ISO 8601, nothing as ``""``."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        midnight = value.time() == time() and value.tzinfo is None
        return (value.date() if midnight else value).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return repr(value.total_seconds())
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value)
