"""What the columns of a table hold, found from their cells, and cells as values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from studio.tasks.numbers import MISSING, MISSING_NUMBER, as_date, as_number

__all__ = ["Column", "ColumnType", "ColumnValue", "find_columns", "guess_target", "value_of"]

ColumnValue = float | int | str | None
"""A cell as a value: a number, a text or date, or nothing."""


class ColumnType(StrEnum):
    """What a column is to the task; a person can correct it."""

    NUMBER = "number"
    CATEGORY = "category"
    DATE = "date"
    TEXT = "text"
    TARGET = "target"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table.

    Attributes:
        name: As in the header, made different from the others.
        type: What it is to the task.
        holds: What its cells are: number, category, date or text, also for a target.
        date_order: ``dmy`` or ``mdy``, of dates whose year comes last.
        missing: Cells without a value among those looked at.
        odd: Cells of a number column that are no number and no known word for none.
        words: What stands for no value in a column of numbers and would be a text elsewhere.
    """

    name: str
    type: ColumnType
    holds: ColumnType
    date_order: str = "dmy"
    missing: int = 0
    odd: int = 0
    words: tuple[str, ...] = ()


_MOST_CATEGORIES = 50
"""More different texts than this are a category only if each comes five times on average."""

_KEPT_DISTINCT = 2_000
_LONGEST_WORD = 12
"""No word for "nothing" is longer; longer cells need not be looked at for one."""

_NUMERIC_SHARE = 0.98
_ENOUGH_TO_FORGIVE = 50
"""From so many values on, two in a hundred may be slips in a column of numbers."""

_NUMBERING = re.compile(r"(id|no|nr|index|row|number|sample number|번호|코드|순번)\.?", re.I)
_TARGET = re.compile(r"(target|label|class|activity|species|y|outcome|category|분류|라벨)", re.I)


@dataclass(slots=True)
class _Tally:
    """Counts of one column."""

    filled: int = 0
    missing: int = 0
    nothing: int = 0
    numbers: int = 0
    day_first: int = 0
    month_first: int = 0
    may_be_dates: bool = True
    distinct: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)

    def add(self, cell: str, decimal: str) -> None:
        lower = cell.lower() if len(cell) < _LONGEST_WORD else cell
        if lower in MISSING:
            self.missing += 1
            return
        self.filled += 1
        if len(self.distinct) < _KEPT_DISTINCT:
            self.distinct.add(cell)
        if lower in MISSING_NUMBER:
            self.nothing += 1
            self.words.add(lower)
        elif as_number(cell, decimal) is not None:
            self.numbers += 1
        elif self.may_be_dates:
            self._add_date(cell)

    def _add_date(self, cell: str) -> None:
        day_first, month_first = (as_date(cell, order) is not None for order in ("dmy", "mdy"))
        self.day_first += day_first
        self.month_first += month_first
        # One cell that is no date settles it; trying all of them is slow.
        self.may_be_dates = day_first or month_first

    @property
    def odd(self) -> int:
        """Cells that are neither numbers nor a word for none."""
        return self.filled - self.nothing - self.numbers

    def holds(self) -> ColumnType:
        """Return what the cells are."""
        counted = self.filled - self.nothing
        if counted and self.numbers == counted:
            return ColumnType.NUMBER
        if counted >= _ENOUGH_TO_FORGIVE and self.numbers >= _NUMERIC_SHARE * counted:
            return ColumnType.NUMBER
        if self.filled and max(self.day_first, self.month_first) == self.filled:
            return ColumnType.DATE
        few = len(self.distinct) <= min(_MOST_CATEGORIES, max(2, self.filled / 2))
        often = len(self.distinct) < _KEPT_DISTINCT and len(self.distinct) * 5 <= self.filled
        return ColumnType.CATEGORY if few or often else ColumnType.TEXT

    def is_numbering(self, name: str) -> bool:
        """Whether the column does nothing but number the rows, or holds nothing at all."""
        every = len(self.distinct) == min(self.filled, _KEPT_DISTINCT) and self.filled > 2
        return not self.filled or (every and _NUMBERING.fullmatch(name) is not None)


def find_columns(
    names: Sequence[str],
    cells: Iterable[Sequence[str]],
    decimal: str = ".",
    options: Mapping[str, str] | None = None,
) -> tuple[Column, ...]:
    """Find what each column holds.

    Args:
        names: Column names.
        cells: Rows with a cell for every name.
        decimal: How numbers are written.
        options: ``target`` (a column name, or empty for none), and ``type:NAME`` for a
            column of that name, where the person knows better.
    """
    options = options or {}
    tallies = [_Tally() for _ in names]
    for row in cells:
        for tally, cell in zip(tallies, row, strict=True):
            tally.add(cell, decimal)
    columns = [_column(name, tally, options) for name, tally in zip(names, tallies, strict=True)]
    target = options.get("target", "")
    return tuple(replace(c, type=ColumnType.TARGET) if c.name == target else c for c in columns)


def _column(name: str, tally: _Tally, options: Mapping[str, str]) -> Column:
    holds = tally.holds()
    found = ColumnType.IGNORE if tally.is_numbering(name) else holds
    told = options.get(f"type:{name}")
    type = ColumnType(told) if told in set(ColumnType) else found
    if told in (ColumnType.NUMBER, ColumnType.CATEGORY, ColumnType.DATE, ColumnType.TEXT):
        holds = type
    numeric = holds is ColumnType.NUMBER
    return Column(
        name=name,
        type=type,
        holds=holds,
        date_order="mdy" if tally.month_first > tally.day_first else "dmy",
        missing=tally.missing + (tally.nothing if numeric else 0),
        odd=tally.odd if numeric else 0,
        words=tuple(sorted(tally.words)) if numeric else (),
    )


def guess_target(columns: Sequence[Column], *, number: bool = False) -> str:
    """Return the column most likely to be learned, or ``""``.

    By its name first; else the last column that holds categories (or numbers).
    """
    wanted = ColumnType.NUMBER if number else ColumnType.CATEGORY
    fitting = [c.name for c in columns if c.holds is wanted and c.type is not ColumnType.IGNORE]
    named = [name for name in fitting if _TARGET.fullmatch(name) or _TARGET.search(name[-10:])]
    exact = [name for name in fitting if _TARGET.fullmatch(name)]
    return next(iter([*exact, *named, *reversed(fitting)]), "")


def value_of(cell: str, column: Column, decimal: str = ".") -> ColumnValue:
    """Return a cell as a value; what is missing, or no number in a number column, is None."""
    if cell.lower() in MISSING:
        return None
    if column.holds is ColumnType.NUMBER:
        number = as_number(cell, decimal)
        return int(number) if number is not None and number.is_integer() else number
    if column.holds is ColumnType.DATE:
        return as_date(cell, column.date_order)
    return cell
