"""Project files as wholes: looked over, saved from damage, put back from a backup."""

from __future__ import annotations

from pathlib import Path

from studio.domain.errors import ProjectError
from studio.store import backup, checking, salvaging
from studio.store.backup import Backup
from studio.store.project_file import ProjectFile

__all__ = ["check_project_file", "restore_backup", "salvage_project"]


def check_project_file(path: Path) -> checking.CheckReport:
    """Look a project file over, every original against its digest; *slow*."""
    return checking.check(path)


def salvage_project(path: Path, out: Path) -> salvaging.SalvageReport:
    """Copy what can still be read of a damaged project into a new one; *slow*."""
    return salvaging.salvage(path, out)


def restore_backup(path: Path, chosen: Path | None = None) -> Path:
    """Put a backup in a project's place, the newest if none is chosen; *slow*.

    Returns:
        The backup that was used.

    Raises:
        ProjectError: ``project.no_backup``, or what `backup.restore` says.
    """
    source = chosen or _newest(path)
    backup.restore(source, path)
    return source


def _newest(path: Path) -> Path:
    with ProjectFile.open(path) as project:
        found: list[Backup] = list(backup.list_backups(project))
    if not found:
        raise ProjectError(
            f"There is no backup of {path.name} on this computer.",
            "Choose a backup file yourself.",
            code="project.no_backup",
        )
    return found[0].path
