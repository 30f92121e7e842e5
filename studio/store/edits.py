"""Changes to rows that can be taken back: each change notes how the rows were.

A log is a list of entries. `flip` undoes a log and returns the log that undoes that again, so
one mechanism serves undo and redo of every operation:

```
{"do": "insert", "table": t, "ids": [[1, 5], [9, 9]]}                   rows that came
{"do": "delete", "table": t, "columns": [...], "rows": [[...], ...]}    rows that went
{"do": "update", "table": t, "columns": [...], "groups": [[values, ids], ...]}   how they were
```

Ids are runs ``[first, last]``. A log comes back from a file that anybody may have written, so
table and column names are taken from a list of ours.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from studio.domain.operation import Part
from studio.store.failures import damaged
from studio.store.project_file import ProjectFile

__all__ = ["Edits", "flip", "parts_of", "runs", "touched_samples"]

Entry = dict[str, Any]

_SAMPLE_PARTS = {
    "class_id": Part.LABELS,
    "label_origin": Part.LABELS,
    "labelled_at": Part.LABELS,
    "session_id": Part.SESSIONS,
}
_COLUMNS: dict[str, tuple[str, ...]] = {
    "samples": (
        *("id", "digest", "name", "media_type", "kind", "facts", "class_id", "label_origin"),
        *("labelled_at", "session_id", "excluded", "taken_at", "link"),
    ),
    "classes": ("id", "name", "position"),
    "sessions": ("id", "name", "origin"),
    "regions": ("id", "sample_id", "class_id", "kind", "a", "b", "c", "d", "origin", "made_at"),
    "dismissals": ("id", "sample_id", "class_id", "made_at"),
    "other_labels": ("id", "sample_id", "class_id", "made_at"),
    "own_devices": ("id", "device", "content", "made_at"),
}
_PARTS = {
    "samples": Part.SAMPLES,
    "classes": Part.CLASSES,
    "sessions": Part.SESSIONS,
    "regions": Part.REGIONS,
    "dismissals": Part.SUGGESTIONS,
    "other_labels": Part.LABELS,
    "own_devices": Part.DEVICES,
}
_ON_SAMPLES = ("regions", "dismissals", "other_labels")
"""Tables whose rows say something of a sample; ``sample_id`` is their second column."""

_CHOSEN = "id IN (SELECT value FROM json_each(?))"


def runs(ids: Iterable[int]) -> list[list[int]]:
    """Return row numbers as runs of first and last."""
    found: list[list[int]] = []
    for id in sorted(set(ids)):
        if found and found[-1][1] == id - 1:
            found[-1][1] = id
        else:
            found.append([id, id])
    return found


def _spread(found: Sequence[Sequence[int]]) -> list[int]:
    return [id for first, last in found for id in range(first, last + 1)]


class Edits:
    """Changes rows inside the caller's transaction, and notes how to take that back."""

    def __init__(self, project: ProjectFile) -> None:
        self.project = project
        self.log: list[Entry] = []

    def missing(self, table: str, ids: Sequence[int]) -> list[int]:
        """Return those of some row numbers that are not there."""
        sql = f"SELECT value FROM json_each(?) WHERE value NOT IN (SELECT id FROM {table})"
        return [row[0] for row in self.project.rows(sql, (json.dumps(list(ids)),))]

    def rows_of(self, table: str, column: str, values: Sequence[int]) -> list[int]:
        """Return the rows of a table in which a column holds one of some numbers."""
        sql = f"SELECT id FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))"
        return [row["id"] for row in self.project.rows(sql, (json.dumps(list(values)),))]

    def unlike(self, table: str, ids: Sequence[int], values: Mapping[str, Any]) -> list[int]:
        """Return those of some rows that do not have all of these values."""
        differs = " OR ".join(f"{column} IS NOT ?" for column in values)
        sql = f"SELECT id FROM {table} WHERE {_CHOSEN} AND ({differs})"
        rows = self.project.rows(sql, (json.dumps(list(ids)), *values.values()))
        return [row["id"] for row in rows]

    def insert(self, table: str, values: Mapping[str, Any]) -> int:
        """Add a row and return its number."""
        marks = ", ".join("?" * len(values))
        sql = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})"
        row = self.project.execute(sql, tuple(values.values()))
        self.inserted(table, [row])
        return row

    def inserted(self, table: str, ids: Iterable[int]) -> None:
        """Note rows that somebody else added inside this transaction."""
        found = runs(ids)
        if found:
            self.log.append({"do": "insert", "table": table, "ids": found})

    def update(self, table: str, ids: Iterable[int], values: Mapping[str, Any]) -> None:
        """Set columns of rows; those that have these values already are passed over."""
        columns = tuple(values)
        wanted = tuple(values.values())
        groups = _groups(self.project, table, columns, list(ids))
        groups.pop(wanted, None)
        if groups:
            _set(self.project, table, columns, ((wanted, ids) for ids in groups.values()))
            self.log.append(_update_entry(table, columns, groups))

    def delete(self, table: str, ids: Iterable[int]) -> None:
        """Take rows away."""
        entry = _take(self.project, table, list(ids))
        if entry["rows"]:
            self.log.append(entry)


def flip(project: ProjectFile, log: Sequence[Entry]) -> list[Entry]:
    """Undo a log inside the caller's transaction and return the log of that.

    Raises:
        ProjectError: ``project.damaged`` for a log that does not fit the project.
    """
    try:
        return [_FLIPS[entry["do"]](project, entry) for entry in reversed(log)]
    except (KeyError, TypeError, ValueError, OverflowError, sqlite3.Error) as error:
        raise damaged(project.path) from error


def _flip_insert(project: ProjectFile, entry: Entry) -> Entry:
    return _take(project, _table(entry), _ids_of(project, _table(entry), entry["ids"]))


def _ids_of(project: ProjectFile, table: str, found: Sequence[Sequence[int]]) -> list[int]:
    """Return the rows of runs that are there; a forged run may be longer than memory."""
    sql = f"SELECT id FROM {table} WHERE id BETWEEN ? AND ?"
    return [row["id"] for run in found for row in project.rows(sql, tuple(run))]


def _flip_delete(project: ProjectFile, entry: Entry) -> Entry:
    table, columns = _table(entry), _columns(entry)
    marks = ", ".join("?" * len(columns))
    sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"
    project.executemany(sql, entry["rows"])
    place = columns.index("id")
    return {"do": "insert", "table": table, "ids": runs(row[place] for row in entry["rows"])}


def _flip_update(project: ProjectFile, entry: Entry) -> Entry:
    table, columns = _table(entry), _columns(entry)
    wanted = [(v, _ids_of(project, table, found)) for v, found in entry["groups"]]
    ids = [id for _, some in wanted for id in some]
    before = _groups(project, table, columns, ids)
    _set(project, table, columns, wanted)
    return _update_entry(table, columns, before)


_FLIPS = {"insert": _flip_insert, "delete": _flip_delete, "update": _flip_update}


def _table(entry: Entry) -> str:
    if entry["table"] not in _COLUMNS:
        raise ValueError("a table that is not ours to change")
    return str(entry["table"])


def _columns(entry: Entry) -> tuple[str, ...]:
    columns = tuple(entry["columns"])
    if not columns or len(set(columns)) != len(columns):
        raise ValueError("columns are named once")
    if set(columns) - set(_COLUMNS[entry["table"]]):
        raise ValueError("a column that is not ours to change")
    return columns


_Groups = dict[tuple[Any, ...], list[int]]


def _groups(
    project: ProjectFile, table: str, columns: Sequence[str], ids: Sequence[int]
) -> _Groups:
    """Return the row numbers by what these columns hold now."""
    found: _Groups = defaultdict(list)
    sql = f"SELECT id, {', '.join(columns)} FROM {table} WHERE {_CHOSEN} ORDER BY id"
    for row in project.rows(sql, (json.dumps(ids),)):
        found[tuple(row)[1:]].append(row["id"])
    return found


def _set(
    project: ProjectFile,
    table: str,
    columns: Sequence[str],
    groups: Iterable[tuple[Sequence[Any], Sequence[int]]],
) -> None:
    sql = f"UPDATE {table} SET {', '.join(f'{c} = ?' for c in columns)} WHERE {_CHOSEN}"
    for values, ids in groups:
        project.execute(sql, (*values, json.dumps(ids)))


def _update_entry(table: str, columns: Sequence[str], groups: _Groups) -> Entry:
    before = [[list(values), runs(ids)] for values, ids in groups.items()]
    return {"do": "update", "table": table, "columns": list(columns), "groups": before}


def _take(project: ProjectFile, table: str, ids: Sequence[int]) -> Entry:
    """Delete rows and return the entry that brings them back."""
    columns = _COLUMNS[table]
    chosen = (json.dumps(ids),)
    sql = f"SELECT {', '.join(columns)} FROM {table} WHERE {_CHOSEN} ORDER BY id"
    rows = [list(row) for row in project.rows(sql, chosen)]
    project.execute(f"DELETE FROM {table} WHERE {_CHOSEN}", chosen)
    return {"do": "delete", "table": table, "columns": list(columns), "rows": rows}


def parts_of(log: Iterable[Entry]) -> frozenset[Part]:
    """Return what parts of the project a log touches."""
    return frozenset(part for entry in log for part in _parts(entry))


def _parts(entry: Entry) -> Iterator[Part]:
    part = _PARTS[entry["table"]]
    if part is Part.SAMPLES and entry["do"] == "update":
        yield from {_SAMPLE_PARTS.get(column, part) for column in entry["columns"]}
        return
    yield part
    if part is Part.SAMPLES:
        yield Part.LABELS  # samples come and go with their labels


def touched_samples(project: ProjectFile, log: Iterable[Entry]) -> tuple[int, ...]:
    """Return the samples a log changes, ascending; for a box or a range the one it is on."""
    found: set[int] = set()
    there: dict[str, list[int]] = {table: [] for table in _ON_SAMPLES}
    for entry in log:
        if entry["table"] == "samples":
            found.update(_rows(entry))
        elif entry["table"] in there:
            there[entry["table"]] += _rows(entry)
            found.update(row[1] for row in entry.get("rows", ()))
    for table, rows in there.items():
        if rows:
            sql = f"SELECT DISTINCT sample_id FROM {table} WHERE {_CHOSEN}"
            found.update(row[0] for row in project.rows(sql, (json.dumps(rows),)))
    return tuple(sorted(found))


def _rows(entry: Entry) -> list[int]:
    if entry["do"] == "insert":
        return _spread(entry["ids"])
    if entry["do"] == "delete":
        return [row[0] for row in entry["rows"]]
    return [id for _, found in entry["groups"] for id in _spread(found)]
