"""What the first hundred bytes of a file say, read without SQLite."""

from __future__ import annotations

import os
import struct
from pathlib import Path

from studio.domain.errors import ProjectError
from studio.store import claims
from studio.store.failures import damaged
from studio.store.migrations import FORMAT

__all__ = ["APPLICATION_ID", "check_header", "look_at", "unreadable"]

APPLICATION_ID = 0x45414D4C
"""``EAML``: what ``file`` and our own header check know a project by."""


def look_at(path: Path) -> None:
    """Refuse what is no project, from outside `ProjectFile`; raises ProjectError."""
    try:
        claims.look(path, check_header)
    except OSError as error:
        raise unreadable(path, error) from error


def check_header(path: Path) -> None:
    """Refuse what is no project of ours without letting SQLite touch it.

    Source:
        https://sqlite.org/fileformat.html: write and read version at bytes 18 and 19 (1 is a
        rollback journal), user_version at 60, application_id at 68.
    """
    if not (path.is_file() or path.is_dir()):  # a pipe would keep us waiting for ever
        raise _not_a_project(path)
    with path.open("rb") as file:
        header = file.read(100)
    if len(header) < 100 or not header.startswith(b"SQLite format 3\0"):
        raise _not_a_project(path)
    (found,) = struct.unpack_from(">I", header, 60)
    (application,) = struct.unpack_from(">I", header, 68)
    if application != APPLICATION_ID or found == 0:
        raise _not_a_project(path)
    if header[18:20] != b"\1\1":
        raise damaged(path)
    if found > FORMAT:
        raise ProjectError(
            f"{path.name} was saved by a newer version of the studio.",
            f"Update the studio (the file is format {found}; this version reads {FORMAT}).",
            code="project.too_new",
        )


def unreadable(path: Path, error: OSError) -> ProjectError:
    """Return what the system's refusal to read a file means to a person."""
    if isinstance(error, FileNotFoundError):
        return ProjectError(
            f"There is no file {path.name} here.", "Check the name.", code="project.not_found"
        )
    return ProjectError(
        f"{path.name} cannot be read: {os.strerror(error.errno or 0).lower()}.",
        "Check that it is a file and that you may read it.",
        code="project.cannot_open",
    )


def _not_a_project(path: Path) -> ProjectError:
    return ProjectError(
        f"{path.name} is not a project of the studio.",
        "Choose a file that ends in .automl.",
        code="project.not_a_project",
    )
