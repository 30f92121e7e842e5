"""Reading recordings from CSV files of strangers.

Options beside those of a table (`studio.tasks.tables`): ``time`` (a column, or ``none``),
``time_unit``, ``label`` (a column, or ``none``), ``session`` (a column), ``rate`` (Hz) and
``channels`` (column names with bars between).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from studio.tasks.clocks import SECONDS, Clock, clock_of, guess_unit
from studio.tasks.columns import Column, ColumnType, find_columns
from studio.tasks.numbers import as_date, as_number
from studio.tasks.recordings import BadRecording, LabelRun, Recording
from studio.tasks.tables import BadTable, Rows, read_table, unique_names

__all__ = ["rate_in_name", "read", "unit_of"]

_TIME = re.compile(
    r"(time|timestamp|time[ _]?stamp|t|ts|epoch|date|datetime|date[ _]?time|sec|secs|seconds|"
    r"millis|milliseconds|micros|elapsed|시간|시각)",
    re.I,
)
_UNIT_WORDS = {
    "sec": "s", "secs": "s", "seconds": "s", "millis": "ms", "milliseconds": "ms",
    "micros": "us", "µs": "us", "μs": "us",
}  # fmt: skip
_LABEL = re.compile(r"(label|activity|class|target|state|event|라벨|분류)(_?(name|id))?", re.I)
_COUNTER = re.compile(r"(index|idx|no|nr|row|#|n|seq|sample|sample_?id|순번|번호)\.?", re.I)
_BRACKETED = re.compile(r"(.+?)\s*[\[(]\s*([^\])]{1,20})\s*[\])]\s*")
_SUFFIX = re.compile(
    r"(.+?)[ _](mg|g|ms2|m/s2|dps|rad/s|rads|deg|rad|ut|gauss|hpa|pa|kpa|bar|c|degc|celsius|k|"
    r"mv|uv|v|ma|ua|a|mm|cm|m|hz|khz|mhz|lux|db|dbm|percent|rpm|n|nm|s|ms|us|ns|min|h)",
    re.I,
)
_RATE = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)\s*(k?)hz(?![a-z])", re.I)
_MOST_LABELS = 1000
_MOST_CELLS = 10_000_000
"""Held in memory as texts while they are read: some 700 MB. Time and three axes at 100 Hz are
seven hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Roles:
    """Which column is what, by position."""

    time: int | None
    label: int | None
    session: int | None
    channels: tuple[int, ...]


def read(content: bytes, options: Mapping[str, str]) -> Recording:
    """Read one recording: a row a sample, a column a channel.

    Raises:
        BadRecording: if it is no table, or there is no column of numbers in it.
    """
    try:
        rows = read_table(BytesIO(content), options)
        table = _all(rows)
        columns = find_columns(rows.names, table, rows.decimal)
    except BadTable as error:
        raise BadRecording(str(error)) from None
    if not table:
        raise BadRecording("there is no signal in it")
    roles = _roles(columns, options)
    values = _matrix(table, roles.channels, rows.decimal)
    clock, unit, started = _clock(table, columns, roles.time, rows.decimal, options)
    split = [unit_of(columns[i].name) for i in roles.channels]
    return Recording(
        values=values,
        times=None if clock is None else clock.times,
        rate_hz=_rate(clock, options),
        channels=unique_names([plain for plain, _ in split]),
        units=tuple(unit for _, unit in split),
        gaps=(clock.gaps if clock else 0) + _empty_rows(values),
        irregular=bool(clock and clock.irregular),
        backwards=clock.backwards if clock else 0,
        labels=_runs(table, roles.label),
        started_at=started,
        session=_only(table, roles.session),
        notes=_notes(rows, clock, values),
        reading=_reading(rows, columns, roles, unit, options),
        columns=rows.names,
    )


def _all(rows: Rows) -> list[list[str]]:
    table = []
    for row in rows.cells:
        table.append(row)
        if len(table) * len(rows.names) > _MOST_CELLS:
            raise BadTable(f"it has more than {_MOST_CELLS // 1_000_000} million cells; cut it up")
    return table


def _roles(columns: Sequence[Column], options: Mapping[str, str]) -> _Roles:
    time = _chosen(columns, options, "time", _guess_time(columns))
    label = _chosen(columns, options, "label", _guess_label(columns, time))
    session = _chosen(columns, options, "session", None)
    taken = {time, label, session}
    wanted = options["channels"].split("|") if options.get("channels") else None
    channels = tuple(
        i
        for i, column in enumerate(columns)
        if i not in taken and _is_channel(column, wanted, numbered=i == 0)
    )
    if not channels:
        raise BadRecording("it has no column of numbers")
    return _Roles(time=time, label=label, session=session, channels=channels)


def _is_channel(column: Column, wanted: Sequence[str] | None, *, numbered: bool) -> bool:
    if wanted is not None:
        return column.name in wanted
    if numbered and _COUNTER.fullmatch(column.name):
        return False
    return column.holds is ColumnType.NUMBER


def _chosen(
    columns: Sequence[Column], options: Mapping[str, str], role: str, guess: int | None
) -> int | None:
    """Return the position of the column with a role: as told, else as guessed."""
    told = options.get(role, "")
    if not told:
        return guess
    if told == "none":
        return None
    for position, column in enumerate(columns):
        if column.name == told:
            return position
    raise BadRecording(f"it has no column called {told!r}")


def _guess_time(columns: Sequence[Column]) -> int | None:
    for position, column in enumerate(columns):
        plain, _ = unit_of(column.name)
        if _TIME.fullmatch(plain) and column.holds in (ColumnType.NUMBER, ColumnType.DATE):
            return position
    dates = [i for i, column in enumerate(columns) if column.holds is ColumnType.DATE]
    return dates[0] if dates else None


def _guess_label(columns: Sequence[Column], time: int | None) -> int | None:
    others = [(i, column) for i, column in enumerate(columns) if i != time]
    named = [i for i, column in others if _LABEL.fullmatch(column.name)]
    texts = [i for i, column in others if column.holds is ColumnType.CATEGORY]
    return next(iter([*named, *reversed(texts)]), None)


def unit_of(name: str) -> tuple[str, str]:
    """Return a column name without its unit, and the unit.

    ``acc_x [mg]``, ``acc_x (mg)`` and ``acc_x_mg`` are all ``acc_x`` in ``mg``.
    """
    found = _BRACKETED.fullmatch(name) or _SUFFIX.fullmatch(name)
    return (found[1], found[2].strip()) if found else (name, "")


def rate_in_name(name: str) -> float | None:
    """Return the rate a file name states, as in ``walk_26Hz.csv``; in Hz."""
    found = _RATE.search(name)
    rate = float(found[1]) * (1000 if found[2] else 1) if found else 0.0
    return rate if 0 < rate < 1e7 else None


def _matrix(
    table: Sequence[Sequence[str]], positions: Sequence[int], decimal: str
) -> NDArray[np.float32]:
    """Return float32 ``(rows, positions)``, NaN where there is no number."""
    out = np.full((len(table), len(positions)), np.nan, dtype=np.float64)
    for column, position in enumerate(positions):
        for row, cells in enumerate(table):
            number = as_number(cells[position], decimal)
            if number is not None:
                out[row, column] = number
    with np.errstate(over="ignore"):
        return out.astype(np.float32)


def _clock(
    table: Sequence[Sequence[str]],
    columns: Sequence[Column],
    time: int | None,
    decimal: str,
    options: Mapping[str, str],
) -> tuple[Clock | None, str, str | None]:
    """Return what the time column says, its unit, and when it began if it holds dates."""
    if time is None or len(table) < 2:
        return None, "", None
    column = columns[time]
    cells = [row[time] for row in table]
    if column.holds is ColumnType.DATE:
        stamps = [_stamp(cell, column.date_order) for cell in cells]
        unit, started = "s", as_date(cells[0], column.date_order)
    else:
        stamps = [as_number(cell, decimal) for cell in cells]
        unit, started = "", None
    raw = np.array([np.nan if s is None else s for s in stamps], dtype=np.float64)
    if not np.isfinite(raw).all():
        raise BadRecording(f"not every row has a time in the column {column.name!r}")
    unit = options.get("time_unit") or unit or _time_unit(column.name) or guess_unit(raw)
    if unit not in SECONDS:
        raise BadRecording(f"{unit!r} is no unit of time")
    return clock_of((raw - raw[0]) * SECONDS[unit]), unit, started


def _stamp(cell: str, order: str) -> float | None:
    iso = as_date(cell, order)
    if iso is None:
        return None
    found = datetime.fromisoformat(iso)
    # Times without a zone are read as UTC: only their differences count.
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()


def _time_unit(name: str) -> str:
    plain, unit = unit_of(name)
    word = (unit or plain).lower()
    word = _UNIT_WORDS.get(word, word)
    return word if word in SECONDS else ""


def _rate(clock: Clock | None, options: Mapping[str, str]) -> float | None:
    """Return the rate the clock says, else the one told."""
    if clock is not None and clock.rate_hz is not None:
        return clock.rate_hz
    told = options.get("rate", "")
    number = as_number(told) if told else None
    if told and (number is None or not 0 < number < 1e7):
        raise BadRecording(f"{told!r} is no sampling rate in Hz")
    return number


def _empty_rows(values: NDArray[np.float32]) -> int:
    return int(np.count_nonzero(np.isnan(values).all(axis=1)))


def _runs(table: Sequence[Sequence[str]], label: int | None) -> tuple[LabelRun, ...]:
    """Return the stretches of equal labels; rows without a label belong to none."""
    if label is None:
        return ()
    runs: list[LabelRun] = []
    start = 0
    for row in range(1, len(table) + 1):
        if row < len(table) and table[row][label] == table[start][label]:
            continue
        if table[start][label]:
            runs.append(LabelRun(label=table[start][label][:200], start=start, stop=row))
        start = row
    if len({run.label for run in runs}) > _MOST_LABELS:
        raise BadRecording(f"its label column has more than {_MOST_LABELS:,} different labels")
    return tuple(runs)


def _only(table: Sequence[Sequence[str]], position: int | None) -> str | None:
    found = set() if position is None else {row[position] for row in table}
    return found.pop()[:200] or None if len(found) == 1 else None


def _notes(rows: Rows, clock: Clock | None, values: NDArray[np.float32]) -> tuple[str, ...]:
    lacking = int(np.count_nonzero(np.isnan(values)))
    notes = [
        (rows.long, f"{rows.long:,} rows were left out: they have too many cells."),
        (rows.short, f"{rows.short:,} rows have too few cells."),
        (lacking, f"{lacking:,} values are missing."),
        (clock and clock.backwards, f"Time goes back at {clock.backwards:,} places."
         if clock else ""),
    ]  # fmt: skip
    return tuple(text for count, text in notes if count)


def _reading(
    rows: Rows,
    columns: Sequence[Column],
    roles: _Roles,
    unit: str,
    options: Mapping[str, str],
) -> dict[str, str]:
    """Return the options that will read the same bytes the same way."""

    def name(position: int | None) -> str:
        return "none" if position is None else columns[position].name

    assert rows.format is not None
    reading = {
        "encoding": rows.format.encoding,
        "delimiter": rows.format.delimiter,
        "decimal": rows.format.decimal,
        "header": "yes" if rows.header else "no",
        "skip": str(rows.skip),
        "time": name(roles.time),
        "label": name(roles.label),
        "session": name(roles.session),
        "channels": "|".join(columns[i].name for i in roles.channels),
    }
    if unit:
        reading["time_unit"] = unit
    if options.get("rate"):
        reading["rate"] = options["rate"]
    return reading
