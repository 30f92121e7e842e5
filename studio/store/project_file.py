"""One SQLite file that holds everything about one problem."""

from __future__ import annotations

import os
import sqlite3
import struct
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from studio.domain.errors import ProjectError
from studio.store.failures import explained
from studio.store.migrations import FORMAT, migrate

__all__ = ["APPLICATION_ID", "ProjectFile", "now"]

APPLICATION_ID = 0x45414D4C
"""``EAML``: what ``file`` and our own header check know a project by."""

_SETTINGS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA synchronous = FULL",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
)
_BUSY_SECONDS = 10.0


def now() -> str:
    """Return the time as the project file writes it: UTC, ISO 8601, whole seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class ProjectFile:
    """An open project file; use `create` or `open`.

    Like the SQLite connection inside, it belongs to the thread that made it.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    @classmethod
    def create(cls, path: Path, *, task: str) -> ProjectFile:
        """Make a new project.

        Args:
            path: Where; nothing may be there yet.
            task: Id of the task.

        Raises:
            ProjectError: ``project.exists``, or the folder cannot be written.
        """
        _claim(path)
        try:
            project = cls(path, _connect(path))
            project._initialise(task)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return project

    def _initialise(self, task: str) -> None:
        with explained(self.path):
            self._connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            migrate(Database(self._connection))
        properties = {
            "id": str(uuid.uuid4()),
            "task": task,
            "title": self.path.stem,
            "made_at": now(),
        }
        with self.transaction():
            self.executemany("INSERT INTO properties VALUES (?, ?)", properties.items())

    @classmethod
    def open(cls, path: Path) -> ProjectFile:
        """Open a project, bringing an older format up to the present one.

        Raises:
            ProjectError: ``project.not_found``, ``project.not_a_project``,
                ``project.too_new``, ``project.damaged`` and the disk's own troubles.
        """
        found = _check_header(path)
        project = cls(path, _connect(path))
        try:
            with explained(path):
                if found < FORMAT:
                    migrate(Database(project._connection))
            project.property("id")
        except BaseException:
            project.close()
            raise
        return project

    def close(self) -> None:
        """Close the file; nothing stays beside it."""
        self._connection.close()

    def __enter__(self) -> ProjectFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make everything inside one durable change, or none at all."""
        with explained(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            with explained(self.path):
                self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def execute(self, sql: str, values: Any = ()) -> int:
        """Run a statement and return the row number of what it inserted."""
        with explained(self.path):
            return self._connection.execute(sql, values).lastrowid or 0

    def executemany(self, sql: str, rows: Any) -> None:
        """Run a statement once per row."""
        with explained(self.path):
            self._connection.executemany(sql, rows)

    def rows(self, sql: str, values: Any = ()) -> list[sqlite3.Row]:
        """Return every row of a query."""
        with explained(self.path):
            return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, values: Any = ()) -> sqlite3.Row | None:
        """Return the first row of a query, or None."""
        with explained(self.path):
            found: sqlite3.Row | None = self._connection.execute(sql, values).fetchone()
        return found

    def value(self, sql: str, values: Any = ()) -> Any:
        """Return the first column of the first row, or None."""
        row = self.row(sql, values)
        return row[0] if row else None

    def property(self, name: str) -> str:
        """Return one of ``id``, ``task``, ``title``, ``made_at``.

        Raises:
            ProjectError: ``project.damaged`` if it is missing.
        """
        found = self.value("SELECT value FROM properties WHERE name = ?", (name,))
        if not isinstance(found, str):
            raise _damaged(self.path)
        return found


def _claim(path: Path) -> None:
    """Create the empty file, so that two programs never make the same project."""
    try:
        path.open("xb").close()
    except FileExistsError:
        raise ProjectError(
            f"{path.name} is already there.",
            "Choose another name, or open it.",
            code="project.exists",
        ) from None
    except OSError as error:
        raise ProjectError(
            f"{path.name} cannot be made here: {os.strerror(error.errno or 0).lower()}.",
            "Choose a folder that exists and that you may write to.",
            code="project.cannot_create",
        ) from error


def _connect(path: Path) -> sqlite3.Connection:
    with explained(path):
        connection = sqlite3.connect(path, isolation_level=None, timeout=_BUSY_SECONDS)
        connection.row_factory = sqlite3.Row
        try:
            for setting in _SETTINGS:
                connection.execute(setting)
        except BaseException:
            connection.close()
            raise
    return connection


def _check_header(path: Path) -> int:
    """Return the file's format without letting SQLite touch it.

    Source:
        https://sqlite.org/fileformat.html: user_version at byte 60, application_id at 68.
    """
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        raise ProjectError(
            f"There is no file {path.name} here.", "Check the name.", code="project.not_found"
        ) from None
    except OSError as error:
        raise ProjectError(
            f"{path.name} cannot be read: {os.strerror(error.errno or 0).lower()}.",
            "Check that it is a file and that you may read it.",
            code="project.cannot_open",
        ) from error
    if len(header) < 100 or not header.startswith(b"SQLite format 3\0"):
        raise _not_a_project(path)
    (found,) = struct.unpack_from(">I", header, 60)
    (application,) = struct.unpack_from(">I", header, 68)
    if application != APPLICATION_ID or found == 0:
        raise _not_a_project(path)
    if found > FORMAT:
        raise ProjectError(
            f"{path.name} was saved by a newer version of the studio.",
            f"Update the studio (the file is format {found}; this version reads {FORMAT}).",
            code="project.too_new",
        )
    return int(found)


def _not_a_project(path: Path) -> ProjectError:
    return ProjectError(
        f"{path.name} is not a project of the studio.",
        "Choose a file that ends in .automl.",
        code="project.not_a_project",
    )


def _damaged(path: Path) -> ProjectError:
    return ProjectError(
        f"{path.name} is damaged.", "Open a copy or a backup of it.", code="project.damaged"
    )
