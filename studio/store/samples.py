"""Samples, classes and labels in the project file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import islice

from studio.domain.errors import ProjectError
from studio.domain.sample import (
    Box,
    Facts,
    LabelOrigin,
    NewSample,
    Sample,
    SampleKind,
    TimeRange,
    facts_from_json,
)
from studio.store import blobs, regions, sessions
from studio.store.classes import all_classes as classes
from studio.store.classes import class_id
from studio.store.failures import decoded
from studio.store.project_file import ProjectFile, now

__all__ = [
    "SampleFilter",
    "add",
    "add_all",
    "class_id",
    "classes",
    "count",
    "get",
    "label",
    "page",
    "thumbnail",
]

_Batch = Sequence[tuple[NewSample, bytes | None]]

_CHUNK = 500
"""Samples a statement; their bytes are in memory already."""

_COLUMNS = """
SELECT s.id, s.digest, s.name, s.media_type, s.kind, s.facts, s.excluded, s.taken_at,
       c.name AS class_name, e.name AS session
"""
_JOINS = """
LEFT JOIN classes c ON c.id = s.class_id LEFT JOIN sessions e ON e.id = s.session_id
"""
_UNLABELLED = """s.class_id IS NULL AND NOT EXISTS
(SELECT 1 FROM regions r WHERE r.sample_id = s.id AND r.kind = 'range')"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleFilter:
    """Which samples are meant; conditions compose, and by default it is all of them.

    Attributes:
        class_name: Only those labelled with it.
        unlabelled: Only those without a label, and without a time range that has one.
        excluded: Only those kept out (True) or not kept out (False); None is both.
        session: Only those of this session.
    """

    class_name: str | None = None
    unlabelled: bool = False
    excluded: bool | None = None
    session: str | None = None

    def where(self) -> tuple[str, tuple[str | int, ...]]:
        """Return the SQL condition on ``samples s`` and its values."""
        conditions: list[str] = ["TRUE"]
        values: list[str | int] = []
        if self.unlabelled:
            conditions.append(_UNLABELLED)
        if self.class_name is not None:
            conditions.append("s.class_id = (SELECT id FROM classes WHERE name = ?)")
            values.append(self.class_name)
        if self.excluded is not None:
            conditions.append("s.excluded = ?")
            values.append(int(self.excluded))
        if self.session is not None:
            conditions.append("s.session_id = (SELECT id FROM sessions WHERE name = ?)")
            values.append(self.session)
        return " WHERE " + " AND ".join(conditions), tuple(values)


def add(project: ProjectFile, sample: NewSample, thumbnail: bytes | None = None) -> bool:
    """Add a sample with its thumbnail and labels; False when it was there already.

    The same bytes under the same name are the same sample; nothing about it changes.
    """
    return bool(add_all(project, [(sample, thumbnail)]))


def add_all(
    project: ProjectFile, batch: Iterable[tuple[NewSample, bytes | None]]
) -> tuple[int, ...]:
    """Add samples as `add` does, inside the caller's transaction.

    Returns:
        The row numbers of those that are new, ascending.
    """
    before = _newest(project)
    waiting = iter(batch)
    while chunk := tuple(islice(waiting, _CHUNK)):
        _add_chunk(project, chunk)
    found = project.rows("SELECT id FROM samples WHERE id > ? ORDER BY id", (before,))
    return tuple(row["id"] for row in found)


def _newest(project: ProjectFile) -> int:
    return int(project.value("SELECT coalesce(max(id), 0) FROM samples"))


def _add_chunk(project: ProjectFile, chunk: _Batch) -> None:
    digests = blobs.put_all(project, [(sample.content, sample.link) for sample, _ in chunk])
    project.executemany(
        "INSERT INTO thumbnails VALUES (?, ?) ON CONFLICT DO UPDATE SET content ="
        " excluded.content WHERE thumbnails.content IS NOT excluded.content",
        [(d, small) for d, (_, small) in zip(digests, chunk, strict=True) if small is not None],
    )
    known = _known(project, digests)
    fresh: dict[tuple[str, str], NewSample] = {}
    for digest, (sample, _) in zip(digests, chunk, strict=True):
        if (digest, sample.name) not in known:
            fresh.setdefault((digest, sample.name), sample)
    _insert(project, fresh)
    given = zip(digests, (sample for sample, _ in chunk), strict=True)
    _note_other_labels(
        project, [pair for pair in given if fresh.get((pair[0], pair[1].name)) is not pair[1]]
    )
    for (digest, name), sample in fresh.items():
        if sample.boxes or sample.ranges:
            row = project.value(f"{_BY_KEY} AND name = ?", (digest, name))
            shapes: tuple[Box | TimeRange, ...] = (*sample.boxes, *sample.ranges)
            for region in shapes:
                regions.add(project, row, region, LabelOrigin.IMPORT)


_BY_KEY = "SELECT id FROM samples WHERE digest = ?"


def _known(project: ProjectFile, digests: Sequence[str]) -> set[tuple[str, str]]:
    sql = "SELECT digest, name FROM samples WHERE digest IN (SELECT value FROM json_each(?))"
    return {(row[0], row[1]) for row in project.rows(sql, (json.dumps(digests),))}


def _note_other_labels(project: ProjectFile, again: Sequence[tuple[str, NewSample]]) -> None:
    """Remember what samples that come again are called now, where an import said otherwise.

    What a person said stands: only labels of imports, and samples without one, are disputed.
    """
    said: dict[tuple[str, str], dict[str, None]] = {}
    for digest, sample in again:
        if sample.class_name is not None:
            said.setdefault((digest, sample.name), {})[sample.class_name] = None
    if not said:
        return
    rows = project.rows(
        "SELECT s.id, s.digest, s.name, c.name AS class_name FROM samples s LEFT JOIN classes c"
        " ON c.id = s.class_id WHERE s.digest IN (SELECT value FROM json_each(?))"
        " AND (s.class_id IS NULL OR s.label_origin = 'import')",
        (json.dumps([digest for digest, _ in said]),),
    )
    for row in rows:
        for name in said.get((row["digest"], row["name"]), ()):
            if name != row["class_name"]:
                project.execute(
                    "INSERT OR IGNORE INTO other_labels (sample_id, class_id, made_at)"
                    " VALUES (?, ?, ?)",
                    (row["id"], class_id(project, name), now()),
                )


def _insert(project: ProjectFile, fresh: Mapping[tuple[str, str], NewSample]) -> None:
    new = fresh.values()
    labels = dict.fromkeys(sample.class_name for sample in new if sample.class_name is not None)
    class_rows = {name: class_id(project, name) for name in labels}
    taken = dict.fromkeys(sample.session for sample in new if sample.session is not None)
    session_rows = {name: sessions.session_id(project, name) for name in taken}
    stamp = now()
    project.executemany(
        "INSERT INTO samples (digest, name, media_type, kind, facts, class_id, label_origin,"
        " labelled_at, session_id, taken_at, link) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                digest,
                sample.name,
                sample.media_type,
                str(sample.kind),
                _facts_text(sample.facts),
                class_rows[sample.class_name] if sample.class_name is not None else None,
                None if sample.class_name is None else LabelOrigin.IMPORT,
                None if sample.class_name is None else stamp,
                session_rows[sample.session] if sample.session is not None else None,
                sample.taken_at,
                None if sample.link is None else str(sample.link),
            )
            for (digest, _), sample in fresh.items()
        ],
    )


def label(
    project: ProjectFile, sample_ids: Sequence[int], class_row: int, origin: LabelOrigin
) -> None:
    """Say that samples are of a class, in place of what was said before."""
    stamp = now()
    project.executemany(
        "UPDATE samples SET class_id = ?, label_origin = ?, labelled_at = ? WHERE id = ?",
        ((class_row, origin, stamp, sample) for sample in sample_ids),
    )


def count(project: ProjectFile, which: SampleFilter = SampleFilter()) -> int:
    """Return how many samples there are."""
    where, values = which.where()
    return int(project.value(f"SELECT count(*) FROM samples s{where}", values))


def page(
    project: ProjectFile,
    which: SampleFilter = SampleFilter(),
    *,
    offset: int = 0,
    limit: int = -1,
    after: int | None = None,
) -> tuple[Sample, ...]:
    """Return samples in the order they were imported.

    Args:
        project: Where they are.
        which: Which of them.
        offset: How many to pass over.
        limit: How many at most; a negative number is all of them.
        after: Only those with a larger row number: the quick way to the next page.
    """
    where, values = which.where()
    if after is not None:
        where, values = f"{where} AND s.id > ?", (*values, after)
    # Passing over rows is done on the ids alone, which an index holds.
    chosen = f"(SELECT s.id AS chosen FROM samples s{where} ORDER BY s.id LIMIT ? OFFSET ?)"
    sql = f"{_COLUMNS} FROM {chosen} JOIN samples s ON s.id = chosen {_JOINS} ORDER BY s.id"
    with decoded(project.path):
        return tuple(map(_sample, project.rows(sql, (*values, limit, offset))))


def get(project: ProjectFile, sample_ids: Sequence[int]) -> tuple[Sample, ...]:
    """Return samples by row number, ascending; those that are not there are left out."""
    sql = (
        f"{_COLUMNS} FROM samples s {_JOINS}"
        " WHERE s.id IN (SELECT value FROM json_each(?)) ORDER BY s.id"
    )
    with decoded(project.path):
        return tuple(map(_sample, project.rows(sql, (json.dumps(list(sample_ids)),))))


def _sample(row: sqlite3.Row) -> Sample:
    return Sample(
        id=row["id"],
        digest=row["digest"],
        name=row["name"],
        media_type=row["media_type"],
        facts=_facts(row["kind"], row["facts"]),
        class_name=row["class_name"],
        session=row["session"],
        excluded=bool(row["excluded"]),
        taken_at=row["taken_at"],
    )


# Photos of one camera and rows of one table have the same facts.
@lru_cache(maxsize=4096)
def _facts(kind: str, text: str) -> Facts:
    return facts_from_json(SampleKind(kind), json.loads(text))


@lru_cache(maxsize=4096)
def _facts_text(facts: Facts) -> str:
    return json.dumps(asdict(facts), ensure_ascii=False)


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
