"""What SQLite's errors mean to a person."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from studio.domain.errors import ProjectError

__all__ = ["damaged", "decoded", "explained"]

# Primary result codes of https://sqlite.org/rescode.html (the low byte of an extended code).
_MEANINGS: dict[int, tuple[str, str, str]] = {
    sqlite3.SQLITE_FULL: (
        "project.disk_full",
        "The disk is full, so the last change to {name} was not saved.",
        "Free some space and do it again; everything before it is safe.",
    ),
    sqlite3.SQLITE_IOERR: (
        "project.disk_error",
        "The disk reported an error while {name} was in use.",
        "Check the drive; everything saved before is kept.",
    ),
    sqlite3.SQLITE_READONLY: (
        "project.read_only",
        "{name} may only be read.",
        "Copy it to a folder you may write to and open the copy.",
    ),
    sqlite3.SQLITE_BUSY: (
        "project.busy",
        "Another program is writing to {name}.",
        "Wait until it has finished, or close it.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "project.cannot_open",
        "{name} cannot be opened.",
        "Check that the folder exists and that you may use it.",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "project.damaged",
        "{name} is damaged.",
        "Open a copy or a backup of it.",
    ),
    sqlite3.SQLITE_NOTADB: (
        "project.not_a_project",
        "{name} is not a project of the studio.",
        "Choose a file that ends in .automl.",
    ),
}
_DAMAGED = _MEANINGS[sqlite3.SQLITE_CORRUPT]


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors inside the block into a `ProjectError` about ``path``.

    Mistakes of our own (wrong SQL, broken constraints) pass through: they are bugs.
    """
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.IntegrityError):
        raise
    except UnicodeDecodeError as error:
        raise damaged(path) from error
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code == sqlite3.SQLITE_ERROR:
            raise
        key, happened, remedy = _MEANINGS.get((code or 0) & 0xFF, _DAMAGED)
        raise ProjectError(happened.format(name=path.name), remedy, code=key) from error


def damaged(path: Path) -> ProjectError:
    """Return the failure that says a project is damaged."""
    code, happened, remedy = _DAMAGED
    return ProjectError(happened.format(name=path.name), remedy, code=code)


@contextmanager
def decoded(path: Path) -> Iterator[None]:
    """Call the project damaged when what it holds makes no record.

    Only for blocks that do nothing but turn rows into records.
    """
    try:
        yield
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise damaged(path) from error
