"""Reading tables from strangers: CSV in all its shapes, row by row in bounded memory.

The standard library's ``csv`` module tells fields apart; what is ours is finding out what
there is: encoding, delimiter, decimal sign, where the header stands. Everything found can be
corrected by an option of the same name.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from studio.tasks import texts
from studio.tasks.numbers import is_number

__all__ = [
    "DELIMITERS",
    "MOST_COLUMNS",
    "BadTable",
    "Rows",
    "TableFormat",
    "arrange",
    "find_format",
    "opened",
    "read_table",
    "unique_names",
]

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|", "space": " "}
"""What may stand between the cells, by the name a person chooses it by."""

MOST_COLUMNS = 10_000
_LOOKED_AT = 500
"""Records looked at to find the format."""

_YEARS = range(1900, 2101)


class BadTable(Exception):
    """It is no table we can read; the message says why, as the end of a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFormat:
    """How a text is to be read as a table.

    Attributes:
        encoding: One of `texts.ENCODINGS`.
        delimiter: The sign between cells.
        decimal: ``"."`` or ``","``.
    """

    encoding: str
    delimiter: str
    decimal: str


@dataclass(slots=True, kw_only=True)
class Rows:
    """The rows of a table, to be gone through once, and what was noticed on the way.

    Attributes:
        names: Column names, each different.
        decimal: ``"."`` or ``","``: how numbers in the cells are written.
        cells: The rows; each has a cell for every name, ``""`` where there was none.
        format: How the text was read; None when it was no text (a spreadsheet, Parquet).
        header: Whether the first record that counts names the columns.
        skip: Records before that one: titles, remarks.
        short: Rows filled up with empty cells so far.
        long: Rows left out so far because they had more cells than there are columns.
        first_long: Which row (from 1) was the first of these.
        comments: Lines beginning with ``#`` that were passed over.
        sheets: Names of a spreadsheet's sheets.
        sheet: The one that was read.
        left_out: Columns that hold lists or the like and were left out.
    """

    names: tuple[str, ...]
    decimal: str
    cells: Iterator[list[str]]
    format: TableFormat | None = None
    header: bool = True
    skip: int = 0
    short: int = 0
    long: int = 0
    first_long: int = 0
    comments: int = 0
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    left_out: tuple[str, ...] = ()


@contextmanager
def opened(source: Path | bytes) -> Iterator[BinaryIO]:
    """Give a file, or bytes at hand, as a binary stream."""
    with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as stream:
        yield stream


def read_table(stream: BinaryIO, options: Mapping[str, str] | None = None) -> Rows:
    """Read a table from text; rows are read only as they are asked for.

    Args:
        stream: Seekable; it must stay open while the rows are read.
        options: ``encoding``, ``delimiter``, ``decimal``, ``header`` (``yes`` or ``no``) and
            ``skip``, where the person knows better.

    Raises:
        BadTable: here, or while the rows are read.
    """
    options = options or {}
    how = find_format(stream, options)
    return arrange(_records(stream, how.encoding, how.delimiter), options, how)


def arrange(
    records: Iterator[list[str]], options: Mapping[str, str], how: TableFormat | None = None
) -> Rows:
    """Find the header among records, and make rows of one width of what follows.

    Raises:
        BadTable: if there is nothing, here or while the rows are read.
    """
    head = list(islice(records, _LOOKED_AT))
    if not head:
        raise BadTable("there is nothing in it")
    decimal = how.decimal if how else "."
    skip, width, row_names = _layout(head, options)
    header = _is_header(head[skip:], decimal, options)
    first = [cell.strip() for cell in head[skip]] if header else []
    names = _names(first, width, row_names=row_names and header)
    rows = Rows(names=names, decimal=decimal, cells=iter(()), format=how, header=header, skip=skip)
    rows.cells = _fitted(chain(head[skip + header :], records), rows, width)
    return rows


def find_format(stream: BinaryIO, options: Mapping[str, str]) -> TableFormat:
    """Find out how a text is to be read as a table.

    Raises:
        BadTable: if it is no text or there is nothing in it.
    """
    try:
        encoding = options.get("encoding") or texts.find_encoding(stream)
        head = list(islice(texts.lines(stream, encoding), _LOOKED_AT))
    except texts.BadText as error:
        raise BadTable(str(error)) from None
    except LookupError:
        raise BadTable(f"there is no encoding called {options['encoding']!r}") from None
    if not any(line.strip() for line in head):
        raise BadTable("there is nothing in it")
    delimiter, decimal = _signs(head, options)
    return TableFormat(encoding=encoding, delimiter=delimiter, decimal=decimal)


def _signs(head: Sequence[str], options: Mapping[str, str]) -> tuple[str, str]:
    """Return the delimiter and the decimal sign that make the most of the first lines."""
    told = _told_delimiter(head, options)
    delimiters = [told] if told else list(DELIMITERS.values())
    decimals = [options["decimal"]] if options.get("decimal") in (".", ",") else [".", ","]
    pairs = [(d, c) for d in delimiters for c in decimals if d != c]
    return max(pairs or [(delimiters[0], ".")], key=lambda pair: _score(head, *pair))


def _told_delimiter(head: Sequence[str], options: Mapping[str, str]) -> str | None:
    """Return the delimiter the person chose, or the one Excel's ``sep=`` line names."""
    chosen = options.get("delimiter")
    if chosen:
        if chosen not in DELIMITERS and len(chosen) != 1:
            raise BadTable(f"{chosen!r} is no delimiter")
        return DELIMITERS.get(chosen, chosen)
    first = head[0].strip().strip('"').lower()
    return head[0].strip().strip('"')[4] if first.startswith("sep=") and len(first) == 5 else None


def _score(head: Sequence[str], delimiter: str, decimal: str) -> float:
    """Tell how well a reading explains the lines, 0 to about 3."""
    try:
        records = _head_records(head, delimiter)
    except BadTable:
        return 0.01  # better than one column; reading it whole will say what is wrong
    widths = Counter(len(record) for record in records)
    width, often = max(widths.items(), key=lambda item: (item[1], item[0]))
    if width < 2:
        return 0.0
    cells = [c.strip() for r in records if len(r) == width for c in r if c.strip()]
    numbers = sum(is_number(cell, decimal) for cell in cells)
    others = set(";\t|") - {delimiter}
    strange = sum(any(sign in cell for sign in others) for cell in cells)
    filled = max(len(cells), 1)
    # A space is the last resort: prose has many.
    common = 0.5 if delimiter == " " else 1.0
    return common * often / len(records) + numbers / filled - strange / filled


def _head_records(head: Sequence[str], delimiter: str) -> list[list[str]]:
    """Return the records of the first lines; the last may go on beyond them."""
    records: list[list[str]] = []
    with suppress(_Unclosed):
        records.extend(_parsed(iter(head), delimiter))
    if not records:
        raise _Unclosed(1)
    return records


def _records(stream: BinaryIO, encoding: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from _parsed(texts.lines(stream, encoding), delimiter)
    except texts.BadText as error:
        raise BadTable(str(error)) from None


class _Unclosed(BadTable):
    """A quotation mark opens a cell and the text ends before it does."""

    def __init__(self, line: int) -> None:
        super().__init__(f"a quotation mark in or after line {line:,} is never closed")


class _Lines:
    """An iterator over lines that knows whether it has come to the end."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.ended = False
        self._lines = lines

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        for line in self._lines:
            return line
        self.ended = True
        raise StopIteration


def _parsed(lines: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    """Yield the records that hold anything, without Excel's ``sep=`` line."""
    source = _Lines(lines)
    reader = csv.reader(source, delimiter=delimiter, skipinitialspace=True)
    line = 1
    try:
        for number, record in enumerate(reader):
            if source.ended:
                # The reader asks for another line only when a quotation mark is open.
                raise _Unclosed(line)
            line = reader.line_num + 1
            if number == 0 and "".join(record).lower().startswith("sep=") and len(record) <= 2:
                continue
            if len(record) > MOST_COLUMNS:
                raise BadTable(f"it has more than {MOST_COLUMNS:,} columns")
            if delimiter == " " and record and not record[-1]:
                record.pop()
            if any(cell.strip() for cell in record):
                yield record
    except csv.Error:
        raise _Unclosed(line) from None


def _layout(records: Sequence[list[str]], options: Mapping[str, str]) -> tuple[int, int, bool]:
    """Return how many records stand before the table, its width, and if R wrote it."""
    data = [_trimmed(record) for record in records]
    width = _usual_width([len(record) for record in data])
    skip = _told_skip(options, len(records))
    if skip is None:
        skip = next((i for i, r in enumerate(records) if _may_begin(r, width)), 0)
    named = len(data[skip])
    row_names = 1 < named == width - 1 and len(data) > skip + 1 and len(records[skip]) == named
    return skip, max(width, named), row_names


def _usual_width(lengths: Sequence[int]) -> int:
    """Return the width most records have; of equals, the largest."""
    counted = Counter(lengths)
    return max(counted, key=lambda length: (counted[length], length))


def _told_skip(options: Mapping[str, str], records: int) -> int | None:
    told = options.get("skip", "")
    if not told:
        return None
    if not told.isascii() or not told.isdigit() or int(told) >= records:
        raise BadTable(f"{told!r} is no number of lines to skip")
    return int(told)


def _may_begin(record: Sequence[str], width: int) -> bool:
    """Whether a table of this width may begin here; a remark or a title is no beginning."""
    if record[0].lstrip().startswith("#"):
        return len(record) == width > 1
    trimmed = _trimmed(record)
    filled = sum(bool(cell.strip()) for cell in trimmed)
    if len(trimmed) == width:
        return True
    # Of a header, the first name (as R writes it) or some of the last may be lacking.
    return filled >= max(2, width / 2) and len(record) >= width - 1


def _trimmed(record: Sequence[str]) -> list[str]:
    """Return a record without the empty cells at its end."""
    end = len(record)
    while end > 1 and not record[end - 1].strip():
        end -= 1
    return list(record[:end])


def _is_header(records: Sequence[list[str]], decimal: str, options: Mapping[str, str]) -> bool:
    """Whether the first record names the columns."""
    told = options.get("header", "")
    if told:
        return told.lower() in ("yes", "true", "1")
    first = [cell.strip() for cell in records[0]]
    numeric = [is_number(cell, decimal) for cell in first]
    if all(numeric) or (any(numeric) and not _are_years(first, numeric)):
        return False
    if len(records) == 1:
        return True
    filled = [cell for cell in first if cell]
    below = {(i, cell.strip()) for record in records[1:] for i, cell in enumerate(record)}
    again = sum((i, cell) in below for i, cell in enumerate(first) if cell)
    return bool(filled) and again <= len(filled) / 4


def _are_years(first: Sequence[str], numeric: Sequence[bool]) -> bool:
    """Whether the numbers of a header are years, as in ``region, 2019, 2020``."""
    years = [cell for cell, number in zip(first, numeric, strict=True) if number]
    return all(cell.isdigit() and int(cell) in _YEARS for cell in years) and not numeric[0]


def _names(first: Sequence[str], width: int, *, row_names: bool) -> tuple[str, ...]:
    """Return a different name for every column."""
    given = [cell.lstrip("#").strip() if i == 0 else cell for i, cell in enumerate(first)]
    if row_names:
        given.insert(0, "row")
    given += [""] * (width - len(given))
    return unique_names(given[:width])


def unique_names(given: Sequence[str]) -> tuple[str, ...]:
    """Return names made different: ``x``, ``x (2)``; one without a name is ``column 3``."""
    used: dict[str, None] = {}
    for number, wanted in enumerate(given, 1):
        plain = " ".join(wanted.split())[:200] or f"column {number}"
        name, again = plain, 2
        while name in used:
            name, again = f"{plain} ({again})", again + 1
        used[name] = None
    return tuple(used)


def _fitted(records: Iterator[list[str]], rows: Rows, width: int) -> Iterator[list[str]]:
    """Yield rows of the right width, counting what had to be done to them."""
    for number, record in enumerate(records, 1):
        if len(record) != width:
            if record[0].lstrip().startswith("#"):
                rows.comments += 1
                continue
            trimmed = _trimmed(record)
            if len(trimmed) > width:
                rows.long += 1
                rows.first_long = rows.first_long or number
                continue
            rows.short += len(record) < width
            record = trimmed + [""] * (width - len(trimmed))
        yield [cell.strip() for cell in record]
