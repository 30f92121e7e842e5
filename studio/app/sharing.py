"""A copy of a project for somebody else."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from studio.store import sharing
from studio.store.project_file import ProjectFile
from studio.store.sharing import ShareReport, Travelling

__all__ = ["ShareReport", "Travelling", "share_preview", "share_project"]


def share_project(
    project: Path,
    target: Path,
    which: Travelling = Travelling.ALL,
    *,
    cancelled: Callable[[], bool] = lambda: False,
) -> ShareReport | None:
    """Write a copy without personal paths, names and places; None when cancelled; *slow*.

    Args:
        project: The project; it is not changed.
        target: Where to; nothing may be there yet.
        which: Which originals travel.
        cancelled: Asked between originals.

    Raises:
        ProjectError: ``project.exists``, what opening says, and the disk's troubles.
    """
    with ProjectFile.open(project) as opened:
        return sharing.share(opened, target, which, cancelled=cancelled)


def share_preview(
    project: Path,
    which: Travelling = Travelling.ALL,
    *,
    cancelled: Callable[[], bool] = lambda: False,
) -> ShareReport | None:
    """Return what `share_project` would put into the copy and take out of it; *slow*.

    For that a copy is made in a temporary folder and deleted again.
    """
    with tempfile.TemporaryDirectory() as folder, ProjectFile.open(project) as opened:
        return sharing.preview(opened, Path(folder), which, cancelled=cancelled)
