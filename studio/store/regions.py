"""Boxes and time ranges in the project file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from studio.domain.sample import Box, LabelOrigin, TimeRange
from studio.store.classes import class_id
from studio.store.failures import decoded
from studio.store.project_file import ProjectFile, now

__all__ = ["Region", "add", "get", "numbers_of", "of_samples", "page", "ranged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A box or time range of a sample, with its row number and who drew it."""

    id: int
    sample_id: int
    shape: Box | TimeRange
    origin: LabelOrigin


def numbers_of(shape: Box | TimeRange) -> dict[str, str | float | None]:
    """Return the columns that hold a shape: ``kind`` and ``a`` to ``d``."""
    if isinstance(shape, Box):
        return {"kind": "box", "a": shape.x, "b": shape.y, "c": shape.width, "d": shape.height}
    return {"kind": "range", "a": shape.start_s, "b": shape.end_s, "c": None, "d": None}


def add(project: ProjectFile, sample_id: int, shape: Box | TimeRange, origin: LabelOrigin) -> int:
    """Add a box or a range to a sample and return its row number."""
    return project.execute(
        "INSERT INTO regions (sample_id, class_id, kind, a, b, c, d, origin, made_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            sample_id,
            class_id(project, shape.class_name),
            *numbers_of(shape).values(),
            str(origin),
            now(),
        ),
    )


def of_samples(project: ProjectFile, sample_ids: Sequence[int]) -> tuple[Region, ...]:
    """Return the boxes and ranges of samples, by sample and then in the order they were made."""
    chosen = "WHERE r.sample_id IN (SELECT value FROM json_each(?)) ORDER BY r.sample_id, r.id"
    return _selected(project, chosen, (json.dumps(list(sample_ids)),))


def get(project: ProjectFile, ids: Sequence[int]) -> tuple[Region, ...]:
    """Return boxes and ranges by row number, ascending; those that are gone are left out."""
    chosen = "WHERE r.id IN (SELECT value FROM json_each(?)) ORDER BY r.id"
    return _selected(project, chosen, (json.dumps(list(ids)),))


def page(
    project: ProjectFile, kind: str, *, offset: int = 0, limit: int = -1
) -> tuple[Region, ...]:
    """Return boxes (``box``) or time ranges (``range``) in the order they were made.

    Args:
        project: Where they are.
        kind: Which.
        offset: How many to pass over.
        limit: How many at most; a negative number is all of them.
    """
    chosen = "WHERE r.kind = ? ORDER BY r.id LIMIT ? OFFSET ?"
    return _selected(project, chosen, (kind, limit, offset))


def ranged(project: ProjectFile) -> tuple[str, ...]:
    """Return the classes of which time ranges are marked."""
    named = project.rows(
        "SELECT DISTINCT c.id, c.name FROM regions r JOIN classes c ON c.id = r.class_id"
        " WHERE r.kind = 'range' ORDER BY c.id"
    )
    return tuple(row["name"] for row in named)


def _selected(
    project: ProjectFile, chosen: str, values: tuple[str | int, ...]
) -> tuple[Region, ...]:
    sql = "SELECT r.*, c.name AS class_name FROM regions r JOIN classes c ON c.id = r.class_id"
    rows = project.rows(f"{sql} {chosen}", values)
    with decoded(project.path):
        return tuple(map(_region, rows))


def _region(row: sqlite3.Row) -> Region:
    return Region(
        id=row["id"],
        sample_id=row["sample_id"],
        shape=_SHAPES[row["kind"]](row),
        origin=LabelOrigin(row["origin"]),
    )


def _box(row: sqlite3.Row) -> Box:
    return Box(
        class_name=row["class_name"], x=row["a"], y=row["b"], width=row["c"], height=row["d"]
    )


def _range(row: sqlite3.Row) -> TimeRange:
    return TimeRange(class_name=row["class_name"], start_s=row["a"], end_s=row["b"])


_SHAPES: dict[str, Callable[[sqlite3.Row], Box | TimeRange]] = {"box": _box, "range": _range}
