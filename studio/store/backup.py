"""Backups of a project in the user's data folder, thinned as they age.

A backup is a whole project file, named ``<number>-<time>.automl``: numbers give the order
also when the clock was set back. What was made before a migration says so in its name.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from studio.domain.errors import ProjectError
from studio.store import claims
from studio.store.copies import discard, new_beside, put_in_place, refused
from studio.store.folders import backup_folder
from studio.store.project_file import ProjectFile

__all__ = ["Backup", "due", "list_backups", "make", "make_way", "restore", "thinned"]

_NAME = re.compile(r"(\d{6})-(\d{8}T\d{6})(?:-[\w-]+)?\.automl")
_DUE_SECONDS = 600
_HOUR, _DAY, _MONTH = timedelta(hours=1), timedelta(days=1), timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One backup: where it is, when it was made (UTC), and its size."""

    path: Path
    number: int
    made_at: datetime
    size_bytes: int


def make(project: ProjectFile, *, why: str = "") -> Path:
    """Keep a backup of a project as it stands now, and thin the older ones.

    Args:
        project: What to back up.
        why: A word for its name, such as ``"format1"``.

    Returns:
        Where it is.

    Raises:
        ProjectError: what the disk says; then there is no new backup, and none is lost.
    """
    folder = backup_folder(project.property("id"))
    number = max((found.number for found in list_backups(project)), default=0) + 1
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    target = folder / f"{number:06d}-{stamp}{'-' if why else ''}{why}.automl"
    changed = project.path.stat().st_mtime_ns
    project.copy_to(target)
    # The time of its last change, so that `due` sees the next one by whatever clock.
    os.utime(target, ns=(time.time_ns(), changed))
    found = list_backups(project)
    for old in set(found) - set(thinned(found, datetime.now(UTC))):
        with suppress(OSError):
            old.path.unlink()
    return target


def due(project: ProjectFile) -> bool:
    """Return whether the project changed since the last backup, ten minutes or more ago."""
    found = list_backups(project)
    if not found:
        return True
    elapsed = (datetime.now(UTC) - found[0].made_at).total_seconds()
    if project.path.stat().st_mtime_ns == found[0].path.stat().st_mtime_ns:
        return False
    return not 0 <= elapsed < _DUE_SECONDS


def list_backups(project: ProjectFile) -> tuple[Backup, ...]:
    """Return the backups of a project, the newest first."""
    found: list[Backup] = []
    folder = backup_folder(project.property("id"))
    for path in folder.iterdir() if folder.is_dir() else ():
        match = _NAME.fullmatch(path.name)
        if match is not None:
            with suppress(ValueError, OSError):
                found.append(_backup(path, match))
    return tuple(sorted(found, key=lambda backup: backup.number, reverse=True))


def _backup(path: Path, match: re.Match[str]) -> Backup:
    made = datetime.strptime(match[2], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    return Backup(path=path, number=int(match[1]), made_at=made, size_bytes=path.stat().st_size)


def thinned(found: Iterable[Backup], at: datetime) -> tuple[Backup, ...]:
    """Return the backups worth keeping.

    All of the last hour, then one an hour for a day, then one a day for a month; and always
    the newest.
    """
    kept: list[Backup] = []
    spans: set[object] = set()
    for backup in sorted(found, key=lambda backup: backup.number, reverse=True):
        span = _span(backup, at - backup.made_at)
        if not kept or (span is not None and span not in spans):
            kept.append(backup)
        spans.add(span)
    return tuple(kept)


def _span(backup: Backup, age: timedelta) -> object | None:
    """Return what it stands for; of all backups with one span the newest is kept."""
    if age <= _HOUR:
        return backup.number
    if age <= _DAY:
        return backup.made_at.strftime("%Y%m%dT%H")
    return backup.made_at.strftime("%Y%m%d") if age <= _MONTH else None


def restore(backup: Path, path: Path) -> Path:
    """Put a backup in a project's place, whole or not at all.

    A project that is there already is backed up first, if it can still be read.

    Args:
        backup: Any project file.
        path: Where to.

    Returns:
        ``path``.

    Raises:
        ProjectError: ``project.in_use`` while somebody has the project open, what opening
            the backup says, and the disk's troubles.
    """
    temporary = new_beside(path)
    try:
        try:
            shutil.copyfile(backup, temporary)
        except OSError as error:
            raise refused(path, error) from error
        _prove(temporary, backup)
        make_way(path)
        put_in_place(temporary, path)
    finally:
        discard(temporary)
    return path


def _prove(temporary: Path, backup: Path) -> None:
    """Open the copy, which brings it up to date, and see that its pages are whole."""
    with ProjectFile.open(temporary) as project:
        whole = project.value("PRAGMA quick_check(1)") == "ok"
    if not whole:
        raise ProjectError(
            f"The backup {backup.name} is damaged.",
            "Choose another one, or salvage what it holds.",
            code="project.damaged",
        )


def make_way(path: Path) -> None:
    """See that nobody uses what is there, keep a backup of it, and clear its journal."""
    if not path.exists():
        return
    if claims.held_here(path):
        raise _in_use(path)
    try:
        with ProjectFile.open(path) as project:
            if not project.read_only:
                make(project, why="before-restore")
            in_use = project.read_only
    except ProjectError as error:
        if error.code not in ("project.damaged", "project.not_a_project", "project.too_new"):
            raise
        in_use = False
    if in_use:
        raise _in_use(path)
    # The journal of a file that could not be opened would be played into the restored one.
    path.with_name(path.name + "-journal").unlink(missing_ok=True)


def _in_use(path: Path) -> ProjectError:
    return ProjectError(
        f"{path.name} is open.", "Close it everywhere, then restore again.", code="project.in_use"
    )
