"""Tables: CSV, TSV, Excel and Parquet; a row is a sample."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from studio.domain.errors import ImportFailed
from studio.domain.sample import NewSample, RowFacts, SkippedFile
from studio.importers import _tabular
from studio.importers._importer import (
    Found,
    Importer,
    ImportPreview,
    NewTable,
    Options,
    Question,
    ReadResult,
    Wanted,
)
from studio.importers._sources import Entry, Unreadable, entries, first_file
from studio.importers._words import counted
from studio.tasks.columns import Column, ColumnType, find_columns, guess_target, value_of
from studio.tasks.numbers import MISSING, MISSING_NUMBER
from studio.tasks.tables import BadTable, Rows

__all__ = ["ENTRY", "MOST_ROWS", "find", "preview", "read"]

_ID = "table"
_MEDIA_TYPE = "application/json"

MOST_ROWS = 2_000_000
"""Rows of one table that come in; more than a model for a small device can learn from."""

_SURVEYED = 100_000
"""Rows looked at to find what the columns hold and to count classes before the import."""

_SURVEYED_CELLS = 2_000_000
"""They are held in memory meanwhile: some 150 MB."""

_LARGEST_INTEGER = 2**53
_MOST_CLASSES = 1000
_LONGEST_CLASS_NAME = 200
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Survey:
    """What the first rows of a table say.

    Attributes:
        columns: What they hold.
        target: Name of the column to be learned, or ``""``.
        session: Name of the column that says what was taken in one go, or ``""``.
        classes: Rows by class; empty when the target is a number.
        rows: Rows looked at.
        whole: Whether that is all of them.
        read: The rows' format and what was noticed.
    """

    columns: tuple[Column, ...]
    target: str
    session: str
    classes: Counter[str | None]
    rows: int
    whole: bool
    read: Rows


def suits(listed: Sequence[Entry]) -> int:
    """Claim whatever holds a table."""
    return Wanted.ANY if first_file(listed, _tabular.SUFFIXES) else Wanted.NOT


def find(
    paths: Sequence[Path], options: Options | None = None
) -> tuple[list[Found], list[SkippedFile]]:
    """Find the tables among what was given.

    Raises:
        ImportFailed: ``import.no_table``, and as `entries` does.
    """
    listed, skipped = entries(paths)
    found = []
    for entry in listed:
        if entry.suffix in _tabular.SUFFIXES:
            found.append(Found(entry=entry, name=entry.name))
        else:
            skipped.append(SkippedFile(name=entry.name, why="It is not a table."))
    if not found:
        raise ImportFailed(
            f"No table was found in {', '.join(path.name or str(path) for path in paths)}.",
            "Choose a CSV, TSV, .xlsx or Parquet file.",
            code="import.no_table",
        )
    return found, skipped


def read(found: Found, options: Options) -> Iterator[ReadResult]:
    """Yield the table's columns, then a sample a row.

    Rows are called after what they hold, so that a row added or moved in the table changes
    nothing about the others, and the same row twice is two samples.

    Options: those of a table; ``target`` (a column, or ``none``); ``target_is`` (``class`` or
    ``number``); ``session`` (a column); ``type:NAME`` for each column.
    """
    try:
        with _tabular.opened(found.entry) as stream:
            digest = _digest(stream)
            survey = _survey(found.entry, stream, options)
            yield NewTable(digest=digest, name=found.name, columns=survey.columns)
            rows = _tabular.rows_of(found.entry, stream, options)
            yield from _samples(found, rows, survey, digest, options)
    except Unreadable as error:
        yield SkippedFile(name=found.name, why=f"It cannot be read: {error}.")
    except BadTable as error:
        yield SkippedFile(name=found.name, why=f"It cannot be used: {error}.")


def _digest(stream: BinaryIO) -> str:
    stream.seek(0)
    total = hashlib.sha256()
    while block := stream.read(_BLOCK):
        total.update(block)
    return total.hexdigest()


def _survey(entry: Entry, stream: BinaryIO, options: Options) -> _Survey:
    rows = _tabular.rows_of(entry, stream, options)
    most = min(_SURVEYED, _SURVEYED_CELLS // len(rows.names))
    seen = list(islice(rows.cells, most))
    if not seen:
        raise BadTable("there are no rows in it")
    whole = next(rows.cells, None) is None
    columns = find_columns(rows.names, seen, rows.decimal, options)
    target = _target(columns, options)
    columns = tuple(replace(c, type=ColumnType.TARGET) if c.name == target else c for c in columns)
    classes = _count(seen, rows, columns, target) if _is_class(columns, target, options) else {}
    return _Survey(
        columns=columns,
        target=target,
        session=_named(columns, options.get("session", "")),
        classes=Counter(classes),
        rows=len(seen),
        whole=whole,
        read=rows,
    )


def _target(columns: Sequence[Column], options: Options) -> str:
    told = options.get("target", "")
    if told == "none":
        return ""
    typed = [column.name for column in columns if column.type is ColumnType.TARGET]
    if told or typed:
        return _named(columns, told or typed[0])
    return guess_target(columns, number=options.get("target_is") == "number")


def _named(columns: Sequence[Column], name: str) -> str:
    if name and name not in {column.name for column in columns}:
        raise BadTable(f"it has no column called {name!r}")
    return name


def _is_class(columns: Sequence[Column], target: str, options: Options) -> bool:
    """Whether the target says what class a row is of; by default whatever is no amount."""
    if not target:
        return False
    told = options.get("target_is", "")
    holds = next(column.holds for column in columns if column.name == target)
    return told == "class" or (told != "number" and holds is not ColumnType.NUMBER)


def _count(
    seen: Sequence[Sequence[str]], rows: Rows, columns: Sequence[Column], target: str
) -> Counter[str | None]:
    position = rows.names.index(target)
    classes = Counter(_class_name(row[position]) for row in seen)
    if len(classes) > _MOST_CLASSES:
        raise BadTable(
            f"the column {target!r} has more than {_MOST_CLASSES:,} different values,"
            " too many for classes; choose another target"
        )
    return classes


def _class_name(cell: str) -> str | None:
    return None if cell.lower() in MISSING else cell[:_LONGEST_CLASS_NAME]


def _samples(
    found: Found, rows: Rows, survey: _Survey, digest: str, options: Options
) -> Iterator[ReadResult]:
    """Yield a sample a row, and at the end what was left out."""
    facts = RowFacts(table=digest)
    make = _Maker(found.name, survey, rows.decimal, facts)
    with suppress(StopIteration):
        for _ in range(MOST_ROWS):
            yield make(next(rows.cells)), None
        if next(rows.cells, None) is not None:
            why = f"Only its first {MOST_ROWS:,} rows were taken in."
            yield SkippedFile(name=found.name, why=why)
    yield from (SkippedFile(name=found.name, why=why) for why in _left_out(rows, make.odd))


class _Maker:
    """Makes samples of rows."""

    def __init__(self, table: str, survey: _Survey, decimal: str, facts: RowFacts) -> None:
        self.odd: Counter[str] = Counter()
        self._table, self._decimal, self._facts = table, decimal, facts
        self._columns = survey.columns
        names = [column.name for column in survey.columns]
        self._target = names.index(survey.target) if survey.target and survey.classes else None
        self._session = names.index(survey.session) if survey.session else None
        self._seen: set[int] = set()
        self._again: Counter[int] = Counter()

    def __call__(self, row: Sequence[str]) -> NewSample:
        """Return the sample of a row. The class stands beside the content, not in it."""
        values = {
            column.name: self._value(cell, column)
            for position, (cell, column) in enumerate(zip(row, self._columns, strict=True))
            if position != self._target
        }
        content = json.dumps(values, ensure_ascii=False, sort_keys=True).encode()
        class_name = None if self._target is None else _class_name(row[self._target])
        session = None if self._session is None else row[self._session][:200] or None
        return NewSample(
            content=content,
            name=f"{self._table}/{self._key(content, class_name)}",
            media_type=_MEDIA_TYPE,
            facts=self._facts,
            class_name=class_name,
            session=session,
        )

    def _value(self, cell: str, column: Column) -> float | int | str | None:
        value = value_of(cell, column, self._decimal)
        if value is None and column.holds is ColumnType.NUMBER and not _is_none(cell):
            self.odd[column.name] += 1
        if isinstance(value, int) and abs(value) > _LARGEST_INTEGER:
            return float(value)
        return value

    def _key(self, content: bytes, class_name: str | None) -> str:
        """Return what a row is called: by its content, and which one of equals it is."""
        digest = hashlib.sha256(content + b"\0" + (class_name or "").encode()).digest()
        number = int.from_bytes(digest[:8], "big")
        if number not in self._seen:
            self._seen.add(number)
            return digest[:6].hex()
        self._again[number] += 1
        return f"{digest[:6].hex()}-{self._again[number] + 1}"


def _is_none(cell: str) -> bool:
    """Whether a cell of a column of numbers says that there is no value."""
    return cell.lower() in MISSING_NUMBER


def _left_out(rows: Rows, odd: Counter[str]) -> Iterator[str]:
    """Yield what a person should know about what did not come in, a sentence each."""
    if rows.long:
        first = f"the first is row {rows.first_long:,}"
        many = counted(rows.long, "row")
        yield f"{many} left out for having more cells than there are columns; {first}."
    if rows.left_out:
        yield f"These columns hold lists and were left out: {', '.join(rows.left_out[:20])}."
    for name, count in odd.most_common(20):
        yield f"{counted(count, 'cell')} of {name!r} hold no number and count as missing."


def preview(paths: Sequence[Path], options: Options | None = None) -> ImportPreview:
    """Say what would come in; of large tables by their first 100,000 rows.

    Raises:
        ImportFailed: as `find` does, and ``import.bad_table`` if no table can be used.
    """
    options = options or {}
    found, skipped = find(paths, options)
    surveys: list[tuple[Found, _Survey]] = []
    for file in found:
        try:
            with _tabular.opened(file.entry) as stream:
                surveys.append((file, _survey(file.entry, stream, options)))
        except (BadTable, Unreadable) as error:
            skipped.append(SkippedFile(name=file.name, why=f"It cannot be used: {error}."))
    if not surveys:
        raise ImportFailed(
            f"{skipped[-1].name} is no table: {skipped[-1].why}",
            "Open it elsewhere and save it as CSV.",
            code="import.bad_table",
        )
    return _preview_of(surveys, skipped, options)


def _preview_of(
    surveys: Sequence[tuple[Found, _Survey]], skipped: Sequence[SkippedFile], options: Options
) -> ImportPreview:
    first = surveys[0][1]
    rows = sum(survey.rows for _, survey in surveys)
    classes = sum((survey.classes for _, survey in surveys), Counter[str | None]())
    exact = all(survey.whole for _, survey in surveys)
    labelled = {name: count for name, count in classes.items() if name is not None}
    left = [
        SkippedFile(name=file.name, why=why)
        for file, survey in surveys
        for why in _left_out(survey.read, Counter())
    ]
    parts = [counted(len(labelled), "class", "classes")] if labelled else []
    parts += [counted(len(first.columns), "column"), counted(rows, "row")]
    return ImportPreview(
        importer=_ID,
        title=", ".join(parts) if exact else f"{', '.join(parts)} and more",
        samples=rows,
        counts=dict(sorted(labelled.items())),
        unlabelled=rows - sum(labelled.values()),
        skipped=(*skipped, *left),
        notes=tuple(_notes(first)),
        questions=tuple(_questions(first, options)),
        exact=exact,
    )


def _notes(survey: _Survey) -> Iterator[str]:
    for column in survey.columns:
        if column.missing:
            words = f", also written {', '.join(column.words)}" if column.words else ""
            yield f"{column.name}: {counted(column.missing, 'value')} missing{words}."
        if column.odd:
            yield f"{column.name}: {counted(column.odd, 'cell')} hold no number, taken as missing."
    if survey.read.short:
        yield f"{counted(survey.read.short, 'row')} with too few cells, filled up with none."
    if survey.read.comments:
        yield f"{counted(survey.read.comments, 'line')} of remarks passed over."


def _questions(survey: _Survey, options: Options) -> Iterator[Question]:
    names = tuple(column.name for column in survey.columns)
    yield Question(
        id="target", text="Which column is to be learned?", value=survey.target or "none",
        choices=("none", *names), needed=not survey.target,
    )  # fmt: skip
    if survey.target:
        value = "class" if survey.classes else "number"
        yield Question(
            id="target_is", text="Is it a class or an amount?", value=value,
            choices=("class", "number"),
        )  # fmt: skip
    yield Question(
        id="session", text="Which column says what was taken in one go?", value=survey.session,
        choices=("", *names),
    )  # fmt: skip
    yield from _tabular.table_questions(survey.read, options)
    types = tuple(ColumnType)
    for column in survey.columns:
        yield Question(
            id=f"type:{column.name}", text=f"What does the column {column.name!r} hold?",
            value=column.type, choices=types,
        )  # fmt: skip


ENTRY = Importer(id=_ID, title="Tables", suits=suits, find=find, read=read, preview=preview)
