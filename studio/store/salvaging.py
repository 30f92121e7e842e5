"""Copying what can still be read of a damaged project into a new one."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from studio.domain.errors import ProjectError
from studio.store.checking import read_only_connection
from studio.store.copies import discard, new_beside, put_in_place
from studio.store.failures import damaged, explained
from studio.store.header import APPLICATION_ID, look_at
from studio.store.migrations import FORMAT, migrate, steps
from studio.store.project_file import ProjectFile, now
from studio.store.schema import is_ours

__all__ = ["SalvageReport", "salvage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SalvageReport:
    """What could be copied.

    Attributes:
        path: The new project.
        rows: Rows copied, by table.
        lost_rows: Rows that could not be read, by table; at least so many.
        lost_originals: Samples whose original could not be read; importing it again
            heals them.
        dropped: Rows left out because what they refer to is lost, by table.
    """

    path: Path
    rows: dict[str, int]
    lost_rows: dict[str, int]
    lost_originals: int
    dropped: dict[str, int]


_TABLES = {
    1: (
        *("properties", "blobs", "thumbnails", "classes", "samples", "labels"),
        *("dataset_versions", "dataset_rows", "searches", "candidates", "artifacts"),
    ),
    2: (
        *("properties", "blobs", "thumbnails", "classes", "sessions", "samples", "regions"),
        *("operations", "tables"),
        *("dataset_versions", "dataset_rows", "searches", "candidates", "artifacts"),
    ),
    3: (
        *("properties", "blobs", "thumbnails", "classes", "sessions", "samples", "regions"),
        *("dismissals", "other_labels", "operations", "tables"),
        *("dataset_versions", "dataset_rows", "searches", "candidates", "artifacts"),
        *("predictors", "predictions"),
    ),
}
_TABLES[4] = (*_TABLES[3], "answers")
_TABLES[5] = (*_TABLES[4], "own_devices")
_MOST_GAPS = 200_000
"""Row numbers tried one by one where a stretch of a table cannot be read."""


def salvage(path: Path, out: Path) -> SalvageReport:
    """Copy the readable rest of a project to a new file; the old one is not touched.

    Bytes that are damaged but readable are copied as they are, and those that are lost leave
    an empty place, so that every label stays; importing the originals again heals both.

    Args:
        path: The damaged project.
        out: Where to; nothing may be there yet.

    Raises:
        ProjectError: ``project.exists``, ``project.damaged`` when not even its tables can be
            found, and the disk's troubles.
    """
    if out.exists():
        raise ProjectError(
            f"{out.name} is already there.", "Choose another name.", code="project.exists"
        )
    look_at(path)
    temporary = new_beside(out)
    try:
        with closing(read_only_connection(path)) as old:
            format = _format(old, path)
            with explained(out), closing(sqlite3.connect(temporary, isolation_level=None)) as new:
                report = _rescue(old, new, format, out)
        put_in_place(temporary, out)
        with ProjectFile.open(out):
            return report
    finally:
        discard(temporary)


def _format(old: sqlite3.Connection, path: Path) -> int:
    try:
        found = int(old.execute("PRAGMA user_version").fetchone()[0])
        if found in _TABLES and is_ours(old, found):
            return found
    except (sqlite3.Error, ValueError) as error:
        raise damaged(path) from error
    raise damaged(path)


def _rescue(
    old: sqlite3.Connection, new: sqlite3.Connection, format: int, out: Path
) -> SalvageReport:
    new.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    later = [step.name for step in steps.pending(Database(new))][format:]
    steps.apply(Database(new), stop_before=later)
    new.execute("PRAGMA foreign_keys = OFF")
    new.execute("BEGIN")
    rows, lost = {}, {}
    for table in _TABLES[format]:
        rows[table], lost[table] = _copy(old, new, table)
    lost_originals = _leave_places(new)
    dropped = _drop_orphans(new)
    _complete(new, out)
    new.execute("COMMIT")
    migrate(Database(new))
    new.execute(f"PRAGMA user_version = {FORMAT}")
    return SalvageReport(
        path=out,
        rows=rows,
        lost_rows={table: count for table, count in lost.items() if count},
        lost_originals=lost_originals,
        dropped=dropped,
    )


def _copy(old: sqlite3.Connection, new: sqlite3.Connection, table: str) -> tuple[int, int]:
    """Copy the rows of a table that can be read; return how many, and how many could not."""
    columns = [row[1] for row in new.execute(f"PRAGMA table_info({table})")]
    marks = ", ".join("?" * len(columns))
    insert = f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})"
    copied = 0
    for row in _readable(old, table, columns):
        try:
            copied += new.execute(insert, row[1:]).rowcount
        except sqlite3.IntegrityError:
            continue  # a value of the wrong type, or none where there must be one
    return copied, max(0, _expected(old, table) - copied)


def _readable(
    old: sqlite3.Connection, table: str, columns: list[str]
) -> Iterator[tuple[object, ...]]:
    """Yield the rows that can be read: from the front, from the back, then between."""
    names = ", ".join(columns)
    first, last = 0, 0
    for row in _walk(old, f"SELECT rowid, {names} FROM {table} NOT INDEXED ORDER BY rowid"):
        first = max(first, int(row[0]))
        yield tuple(row)
    back = f"SELECT rowid, {names} FROM {table} NOT INDEXED WHERE rowid > ? ORDER BY rowid DESC"
    for row in _walk(old, back, (first,)):
        last = int(row[0])
        yield tuple(row)
    end = last or _highest(old, table) + 1
    for rowid in range(first + 1, min(end, first + _MOST_GAPS)):
        sql = f"SELECT rowid, {names} FROM {table} NOT INDEXED WHERE rowid = ?"
        yield from (tuple(row) for row in _walk(old, sql, (rowid,)))


def _walk(old: sqlite3.Connection, sql: str, values: tuple[int, ...] = ()) -> Iterator[sqlite3.Row]:
    with suppress(sqlite3.Error, ValueError):
        yield from old.execute(sql, values)


def _highest(old: sqlite3.Connection, table: str) -> int:
    found = list(_walk(old, f"SELECT max(rowid) FROM {table}"))
    return int(found[0][0] or 0) if found else 0


def _expected(old: sqlite3.Connection, table: str) -> int:
    """Return how many rows there were, as the table or one of its indexes still knows."""
    found = list(_walk(old, f"SELECT count(*) FROM {table}"))
    return int(found[0][0]) if found else 0


def _leave_places(new: sqlite3.Connection) -> int:
    """Put an empty row where a sample's or a version's original was; return how many."""
    found = new.execute(
        "INSERT OR IGNORE INTO blobs SELECT digest, 0, x'' FROM"
        " (SELECT digest FROM samples UNION SELECT sample_digest FROM dataset_rows)"
        " WHERE digest NOT IN (SELECT digest FROM blobs)"
    )
    return int(found.rowcount)


_ORPHANS = {
    "labels": "sample_id NOT IN (SELECT id FROM samples)"
    " OR class_id NOT IN (SELECT id FROM classes)",
    "regions": "sample_id NOT IN (SELECT id FROM samples)"
    " OR class_id NOT IN (SELECT id FROM classes)",
    "dismissals": "sample_id NOT IN (SELECT id FROM samples)"
    " OR class_id NOT IN (SELECT id FROM classes)",
    "other_labels": "sample_id NOT IN (SELECT id FROM samples)"
    " OR class_id NOT IN (SELECT id FROM classes)",
    "dataset_rows": "version NOT IN (SELECT digest FROM dataset_versions)",
    "searches": "dataset NOT IN (SELECT digest FROM dataset_versions)",
    "candidates": "search_id NOT IN (SELECT id FROM searches)"
    " OR weights NOT IN (SELECT digest FROM blobs)",
    "artifacts": "candidate_id NOT IN (SELECT id FROM candidates)"
    " OR digest NOT IN (SELECT digest FROM blobs)",
    "answers": "candidate_id NOT IN (SELECT id FROM candidates)",
    "predictors": "candidate_id NOT IN (SELECT id FROM candidates)",
    "predictions": "predictor_id NOT IN (SELECT id FROM predictors)",
}


def _drop_orphans(new: sqlite3.Connection) -> dict[str, int]:
    """Leave out rows that refer to what is lost, and undo, which needs all of its past."""
    there = {row[0] for row in new.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    dropped = {
        table: new.execute(f"DELETE FROM {table} WHERE {which}").rowcount
        for table, which in _ORPHANS.items()
        if table in there
    }
    if "sessions" in there:
        for column, table in (("class_id", "classes"), ("session_id", "sessions")):
            sql = (
                f"UPDATE samples SET {column} = NULL WHERE {column} NOT IN (SELECT id FROM {table})"
            )
            new.execute(sql)
        new.execute("DELETE FROM operations")
    return {table: count for table, count in dropped.items() if count}


def _complete(new: sqlite3.Connection, out: Path) -> None:
    """Give the project the properties it needs, should they be lost; it is a new project."""
    new.execute("INSERT OR REPLACE INTO properties VALUES ('id', ?)", (str(uuid.uuid4()),))
    spare = {"title": out.stem, "task": "image-classification", "made_at": now()}
    new.executemany("INSERT OR IGNORE INTO properties VALUES (?, ?)", spare.items())
