"""Save As, and making a project file small again."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

from studio.domain.errors import ProjectError
from studio.store import backup, history
from studio.store.copies import discard, new_beside, put_in_place
from studio.store.failures import explained
from studio.store.project_file import ProjectFile

__all__ = ["compact", "save_as"]


def save_as(project: ProjectFile, target: Path, *, overwrite: bool = False) -> Path:
    """Write a project under another name: whole, or what was there stays.

    The copy is a project of its own, with backups of its own. It works also when the
    project can only be read.

    Args:
        project: What to save.
        target: Where to.
        overwrite: Whether a file that is there may be replaced.

    Raises:
        ProjectError: ``project.exists``, ``project.in_use``, and the disk's troubles.
    """
    if target.exists() and not overwrite:
        raise ProjectError(
            f"{target.name} is already there.", "Choose another name.", code="project.exists"
        )
    temporary = new_beside(target)
    try:
        project.copy_to(temporary)
        with ProjectFile.open(temporary) as copy, copy.transaction():
            sql = "UPDATE properties SET value = ? WHERE name = ?"
            values = ((str(uuid.uuid4()), "id"), (target.stem, "title"))
            copy.executemany(sql, values)
        backup.make_way(target)
        put_in_place(temporary, target)
    finally:
        discard(temporary)
    return target


_USED = """
SELECT digest FROM samples
UNION SELECT sample_digest FROM dataset_rows
UNION SELECT weights FROM candidates
UNION SELECT digest FROM artifacts
UNION SELECT value FROM json_each(?)
"""
"""Digests that something needs; the last part is what undo can bring back."""


def compact(project: ProjectFile) -> int:
    """Drop originals and thumbnails that nothing needs, and give unused space back.

    What undo can bring back is needed. If anything is dropped a backup is kept first.

    Returns:
        Bytes the file has become smaller.

    Raises:
        ProjectError: ``project.read_only``, and the disk's troubles.
    """
    before = project.path.stat().st_size
    kept = (json.dumps(sorted(history.digests_to_keep(project))),)
    sql = f"SELECT count(*) FROM blobs WHERE digest NOT IN ({_USED})"
    unused = int(project.value(sql, kept))
    if unused:
        backup.make(project)
        with project.without_references(), project.transaction():
            # Which blobs are needed was just computed over every table that refers to them.
            project.execute(f"DELETE FROM blobs WHERE digest NOT IN ({_USED})", kept)
            project.execute(f"DELETE FROM thumbnails WHERE digest NOT IN ({_USED})", kept)
    with explained(project.path):
        project.execute("VACUUM")
    return before - project.path.stat().st_size
