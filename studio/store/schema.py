"""Whether a file's tables are exactly those our own steps make.

A stranger's file may hold triggers, views, check constraints or indexes on expressions: code
that SQLite would run. A file whose schema differs from ours in anything is refused before
the first of its rows is read.
"""

from __future__ import annotations

import re
import sqlite3
from functools import cache

from sqlite_utils import Database

from studio.store.migrations import steps

__all__ = ["is_ours"]

_Entry = tuple[str, str, str, str]


def is_ours(connection: sqlite3.Connection, format: int) -> bool:
    """Return whether the schema of a database is that of a format of ours."""
    return _entries(connection) == _reference(format)


@cache
def _reference(format: int) -> frozenset[_Entry]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        later = [step.name for step in steps.pending(Database(connection))][format:]
        steps.apply(Database(connection), stop_before=later)
        return _entries(connection)
    finally:
        connection.close()


def _entries(connection: sqlite3.Connection) -> frozenset[_Entry]:
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    return frozenset((str(r[0]), str(r[1]), str(r[2]), _plain(r[3])) for r in rows)


def _plain(sql: object) -> str:
    """Return SQL without quotes and spacing, which differ between versions of sqlite-utils."""
    return re.sub(r'[\[\]"`\s]+', " ", str(sql or "")).strip()
