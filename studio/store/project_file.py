"""One SQLite file that holds everything about one problem."""

from __future__ import annotations

import os
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from studio.domain.errors import ProjectError
from studio.store import claims
from studio.store.claims import Claim
from studio.store.copies import copy_whole
from studio.store.failures import damaged, explained
from studio.store.folders import backup_folder
from studio.store.header import APPLICATION_ID, check_header, unreadable
from studio.store.migrations import FORMAT, migrate
from studio.store.schema import is_ours

__all__ = ["APPLICATION_ID", "ProjectFile", "now"]

_SETTINGS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA synchronous = FULL",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA cache_size = -16384",
)
_BUSY_SECONDS = 10.0
_OPENING_SECONDS = 4.0
"""No honest file takes so long to open; a damaged one could make SQLite walk for hours."""


def now() -> str:
    """Return the time as the project file writes it: UTC, ISO 8601, whole seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class ProjectFile:
    """An open project file; use `create` or `open`.

    Like the SQLite connection inside, it belongs to the thread that made it. The sessions of
    one process are one writer; a second process gets a view that can only read.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, claim: Claim) -> None:
        self.path = path
        self._connection = connection
        self._claim = claim
        self._fixed = not _may_write(path)
        self._reading = False
        if self._fixed or not claim.writer:
            self._read_only(True)

    @classmethod
    def create(cls, path: Path, *, task: str) -> ProjectFile:
        """Make a new project.

        Args:
            path: Where; nothing may be there yet.
            task: Id of the task.

        Raises:
            ProjectError: ``project.exists``, or the folder cannot be written.
        """
        _reserve(path)
        try:
            project = cls._claimed(path, lambda _: None)
            try:
                project._initialise(task)
            except BaseException:
                project.close()
                raise
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return project

    @classmethod
    def _claimed(cls, path: Path, look: Callable[[Path], None]) -> ProjectFile:
        claim = claims.take(path, look)
        try:
            return cls(path, _connect(path), claim)
        except BaseException:
            claim.release()
            raise

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

        A backup is kept before that. When another process has the project open, or it lies
        where nothing can be written, the result can only read; see `read_only`.

        Raises:
            ProjectError: ``project.not_found``, ``project.not_a_project``,
                ``project.too_new``, ``project.damaged`` and the disk's own troubles.
        """
        try:
            project = cls._claimed(path, check_header)
        except OSError as error:
            raise unreadable(path, error) from error
        try:
            project._check_and_migrate()
        except BaseException:
            project.close()
            raise
        return project

    def _check_and_migrate(self) -> None:
        with _hurried(self._connection), explained(self.path), _no_surprise(self.path):
            found = int(self.value("PRAGMA user_version"))
            if not 1 <= found <= FORMAT or not is_ours(self._connection, found):
                raise damaged(self.path)
        self.property("id")
        if not self.read_only:
            self._clear_journal()
        if found < FORMAT:
            self._migrate(found)

    def _clear_journal(self) -> None:
        """Have SQLite delete a journal that a killed process began but had not yet filled.

        Such a one means nothing, so SQLite leaves it where it is. Changing the journal mode
        away from PERSIST deletes it under SQLite's own lock.
        """
        place = self.path.resolve()
        if place.with_name(place.name + "-journal").exists():
            with explained(self.path):
                self._connection.execute("PRAGMA journal_mode = PERSIST")
                self._connection.execute("PRAGMA journal_mode = DELETE")

    def _migrate(self, found: int) -> None:
        if self.read_only:
            self._work_on_a_copy()
        else:
            name = f"000000-{_file_time()}-format{found}.automl"
            copy_whole(self._connection, backup_folder(self.property("id")) / name)
        with explained(self.path), _no_surprise(self.path):
            migrate(Database(self._connection))
        if int(self.value("PRAGMA user_version")) != FORMAT:
            raise damaged(self.path)

    def _work_on_a_copy(self) -> None:
        """Bring a file that cannot be written up to date in a temporary database."""
        private = sqlite3.connect("", isolation_level=None)
        private.row_factory = sqlite3.Row
        with explained(self.path):
            self._connection.backup(private)
        self._connection.close()
        self._connection = private
        self._fixed = True

    @property
    def read_only(self) -> bool:
        """Whether this view can only read, because of another process or of the place."""
        return self._fixed or not self._claim.writer

    @property
    def why_read_only(self) -> str:
        """One sentence for the person; empty for a project that can be written."""
        if self._fixed:
            return f"{self.path.name} lies where nothing can be written."
        if not self._claim.writer:
            return f"{self.path.name} is open in another program, so here it can only be read."
        return ""

    def _read_only(self, reading: bool) -> None:
        self._connection.execute(f"PRAGMA query_only = {'ON' if reading else 'OFF'}")
        self._reading = reading

    def claim_writing(self) -> None:
        """Make sure that this process may write; it may once the other one has closed.

        Every write does so by itself. Long work that ends in a write asks before it begins.

        Raises:
            ProjectError: ``project.read_only``.
        """
        if not self._reading:
            return
        if self._fixed or not self._claim.try_to_write():
            remedy = "Save it under another name in another folder to change it."
            if not self._fixed:
                remedy = "Close it there, then do this again."
            raise ProjectError(self.why_read_only, remedy, code="project.read_only")
        self._read_only(False)

    def close(self) -> None:
        """Close the file; nothing stays beside it."""
        self._connection.close()
        self._claim.release()

    def __enter__(self) -> ProjectFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make everything inside one durable change, or none at all.

        Raises:
            ProjectError: ``project.read_only``, ``project.busy`` and the disk's troubles.
        """
        self.claim_writing()
        with explained(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            with explained(self.path):
                self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                with suppress(sqlite3.Error):  # SQLite rolls back by itself after disk errors
                    self._connection.execute("ROLLBACK")
            raise

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Show everything inside the block as it stood at its start."""
        with explained(self.path):
            self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("ROLLBACK")

    @contextmanager
    def without_references(self) -> Iterator[None]:
        """Leave foreign keys unchecked inside; for bulk work that has checked them itself."""
        with explained(self.path):
            self._connection.execute("PRAGMA foreign_keys = OFF")
            try:
                yield
            finally:
                self._connection.execute("PRAGMA foreign_keys = ON")

    def copy_to(self, target: Path) -> None:
        """Write the project as it stands now to another file, whole or not at all."""
        copy_whole(self._connection, target)

    def execute(self, sql: str, values: Any = ()) -> int:
        """Run a statement that writes and return the row number of what it inserted."""
        self.claim_writing()
        with explained(self.path):
            return self._connection.execute(sql, values).lastrowid or 0

    def executemany(self, sql: str, rows: Any) -> None:
        """Run a statement that writes once per row."""
        self.claim_writing()
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
            raise damaged(self.path)
        return found


def _reserve(path: Path) -> None:
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


@contextmanager
def _hurried(connection: sqlite3.Connection) -> Iterator[None]:
    """Stop SQLite when it works on something for longer than honest files need."""
    end = time.monotonic() + _OPENING_SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > end, 10_000)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)


@contextmanager
def _no_surprise(path: Path) -> Iterator[None]:
    """Call a file damaged for whatever SQLite finds wrong with what it holds.

    Only while it is opened, where our own statements are known to be right.
    """
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError, ValueError) as error:
        raise damaged(path) from error
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_ERROR:
            raise
        raise damaged(path) from error


def _may_write(path: Path) -> bool:
    """Return whether the file and, for the journal, its folder can be written."""
    return os.access(path, os.W_OK) and os.access(path.resolve().parent, os.W_OK)


def _file_time() -> str:
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
