"""Samples, classes and labels in the project file."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from studio.domain.errors import ProjectError
from studio.domain.sample import LabelOrigin, NewSample, Sample, SampleClass
from studio.store import blobs
from studio.store.project_file import ProjectFile, now

__all__ = [
    "SampleFilter",
    "add",
    "class_id",
    "classes",
    "count",
    "label",
    "page",
    "thumbnail",
    "unlabel",
]

_SELECT = """
SELECT s.id, s.digest, s.name, s.media_type, s.width, s.height, s.channels,
       c.name AS class_name
FROM samples s LEFT JOIN labels l ON l.sample_id = s.id LEFT JOIN classes c ON c.id = l.class_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleFilter:
    """Which samples are meant; the two compose, and by default it is all of them."""

    class_name: str | None = None
    unlabelled: bool = False

    def where(self) -> tuple[str, tuple[str, ...]]:
        """Return the SQL condition and its values."""
        conditions, values = ["TRUE"], []
        if self.unlabelled:
            conditions.append("l.sample_id IS NULL")
        if self.class_name is not None:
            conditions.append("c.name = ?")
            values.append(self.class_name)
        return " WHERE " + " AND ".join(conditions), tuple(values)


def add(project: ProjectFile, sample: NewSample, thumbnail: bytes) -> bool:
    """Add a sample with its thumbnail and label; False when it was there already.

    The same bytes under the same name are the same sample; nothing about it changes.
    """
    digest = blobs.put(project, sample.content)
    found = project.value(
        "SELECT id FROM samples WHERE digest = ? AND name = ?", (digest, sample.name)
    )
    if found is not None:
        return False
    project.execute("INSERT OR IGNORE INTO thumbnails VALUES (?, ?)", (digest, thumbnail))
    row = project.execute(
        "INSERT INTO samples (digest, name, media_type, width, height, channels)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (digest, sample.name, sample.media_type, sample.width, sample.height, sample.channels),
    )
    if sample.class_name is not None:
        label(project, [row], class_id(project, sample.class_name), LabelOrigin.IMPORT)
    return True


def class_id(project: ProjectFile, name: str) -> int:
    """Return the row number of a class, adding it if it is new."""
    found = project.value("SELECT id FROM classes WHERE name = ?", (name,))
    if found is not None:
        return int(found)
    return project.execute(
        "INSERT INTO classes (name, position) SELECT ?, count(*) FROM classes", (name,)
    )


def label(
    project: ProjectFile, sample_ids: Sequence[int], class_row: int, origin: LabelOrigin
) -> None:
    """Say that samples are of a class, in place of what was said before."""
    stamp = now()
    project.executemany(
        "INSERT INTO labels VALUES (?, ?, ?, ?) ON CONFLICT (sample_id) DO UPDATE"
        " SET class_id = excluded.class_id, origin = excluded.origin, made_at = excluded.made_at",
        ((sample, class_row, origin, stamp) for sample in sample_ids),
    )


def unlabel(project: ProjectFile, sample_ids: Sequence[int]) -> None:
    """Take the labels of samples away."""
    project.executemany("DELETE FROM labels WHERE sample_id = ?", ((id,) for id in sample_ids))


def classes(project: ProjectFile) -> tuple[SampleClass, ...]:
    """Return the classes in the person's order, each with its number of samples."""
    rows = project.rows(
        "SELECT c.id, c.name, count(l.sample_id) AS samples FROM classes c"
        " LEFT JOIN labels l ON l.class_id = c.id GROUP BY c.id ORDER BY c.position, c.id"
    )
    return tuple(SampleClass(id=r["id"], name=r["name"], samples=r["samples"]) for r in rows)


def count(project: ProjectFile, which: SampleFilter = SampleFilter()) -> int:
    """Return how many samples there are."""
    where, values = which.where()
    return int(project.value(f"SELECT count(*) FROM ({_SELECT}{where})", values))


def page(
    project: ProjectFile,
    which: SampleFilter = SampleFilter(),
    *,
    offset: int = 0,
    limit: int = -1,
) -> tuple[Sample, ...]:
    """Return samples in the order they were imported; a negative limit is all of them."""
    where, values = which.where()
    sql = f"{_SELECT}{where} ORDER BY s.id LIMIT ? OFFSET ?"
    return tuple(map(_sample, project.rows(sql, (*values, limit, offset))))


def _sample(row: sqlite3.Row) -> Sample:
    return Sample(**dict(row))


def thumbnail(project: ProjectFile, digest: str) -> bytes:
    """Return the small PNG of a sample.

    Raises:
        ProjectError: ``project.blob_missing`` if the project has none.
    """
    found = project.value("SELECT content FROM thumbnails WHERE digest = ?", (digest,))
    if not isinstance(found, bytes):
        raise ProjectError(
            f"{project.path.name} lacks a thumbnail ({digest[:12]}).",
            "Import the original again.",
            code="project.blob_missing",
        )
    return found
