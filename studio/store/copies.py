"""Whole copies of a project file: there complete after any crash, or not at all."""

from __future__ import annotations

import errno
import os
import sqlite3
import uuid
from contextlib import closing, suppress
from pathlib import Path

from studio.domain.errors import ProjectError
from studio.store.failures import explained
from studio.store.folders import sync_folder

__all__ = ["copy_whole", "discard", "new_beside", "put_in_place", "refused"]


def copy_whole(connection: sqlite3.Connection, target: Path) -> None:
    """Copy an open database to a file with SQLite's online backup, replacing what is there.

    Raises:
        ProjectError: what the disk says; then nothing is left behind.
    """
    temporary = new_beside(target)
    try:
        with explained(target), closing(sqlite3.connect(temporary)) as copy:
            connection.backup(copy)
        put_in_place(temporary, target)
    except BaseException:
        discard(temporary)
        raise


def discard(temporary: Path) -> None:
    """Delete a file that was not finished, and the journal a failed write left beside it."""
    for path in (temporary, temporary.with_name(temporary.name + "-journal")):
        with suppress(OSError):
            path.unlink(missing_ok=True)


def put_in_place(temporary: Path, target: Path) -> None:
    """Give a finished file its name, durably."""
    try:
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise refused(target, error) from error


def new_beside(target: Path) -> Path:
    """Return a new empty file beside the target; raises ProjectError."""
    temporary = target.with_name(f".{uuid.uuid4().hex[:12]}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.open("xb").close()
    except OSError as error:
        raise refused(target, error) from error
    return temporary


def refused(target: Path, error: OSError) -> ProjectError:
    """Return what the system's refusal to write a file means to a person."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return ProjectError(
            f"The disk is full, so {target.name} was not written.",
            "Free some space and do it again.",
            code="project.disk_full",
        )
    if error.errno == errno.EIO:
        return ProjectError(
            f"The disk reported an error, so {target.name} was not written.",
            "Check the drive, or choose a folder on another one.",
            code="project.disk_error",
        )
    return ProjectError(
        f"{target.name} cannot be written here: {os.strerror(error.errno or 0).lower()}.",
        "Choose a folder that exists, that you may write to and that has room.",
        code="project.cannot_create",
    )
