"""Dataset versions in the project file."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from studio.domain.dataset import DatasetRow, DatasetVersion, Split
from studio.domain.errors import ProjectError
from studio.store.failures import decoded
from studio.store.project_file import ProjectFile, now

__all__ = ["DatasetSummary", "add", "get", "latest_digest", "summaries"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetSummary:
    """A dataset version in one line: counts per split, and when it was made (UTC, ISO 8601)."""

    digest: str
    seed: int
    created_at: str
    classes: tuple[str, ...]
    train: int
    validation: int
    test: int


def add(project: ProjectFile, version: DatasetVersion) -> None:
    """Keep a version and make it the latest; one that is there already is kept as it is."""
    digest = version.digest
    sequence = int(project.value("SELECT coalesce(max(sequence), 0) + 1 FROM dataset_versions"))
    if project.value("SELECT 1 FROM dataset_versions WHERE digest = ?", (digest,)):
        project.execute(
            "UPDATE dataset_versions SET sequence = ? WHERE digest = ?", (sequence, digest)
        )
        return
    classes = json.dumps(version.classes, ensure_ascii=False)
    project.execute(
        "INSERT INTO dataset_versions VALUES (?, ?, ?, ?, ?, ?)",
        (digest, sequence, version.task, version.seed, classes, now()),
    )
    project.executemany(
        "INSERT INTO dataset_rows (version, position, sample_id, sample_digest, class_name,"
        " split, amount, start_s, end_s) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((digest, position, *_columns(row)) for position, row in enumerate(version.rows)),
    )


def _columns(row: DatasetRow) -> tuple[int | str | float | None, ...]:
    start_s, end_s = row.range_s or (None, None)
    told = (row.sample_id, row.sample_digest, row.class_name, str(row.split))
    return (*told, row.amount, start_s, end_s)


def get(project: ProjectFile, digest: str) -> DatasetVersion:
    """Return a version, checked against its digest.

    Raises:
        ProjectError: ``project.damaged`` if it is missing or its rows have changed.
    """
    head = project.row("SELECT * FROM dataset_versions WHERE digest = ?", (digest,))
    rows = project.rows("SELECT * FROM dataset_rows WHERE version = ? ORDER BY position", (digest,))
    if head is not None:
        with decoded(project.path):
            version = _version(head, rows)
        if version.digest == digest:
            return version
    raise ProjectError(
        f"A dataset version of {project.path.name} is damaged ({digest[:12]}).",
        "Freeze the samples again.",
        code="project.damaged",
    )


def _version(head: sqlite3.Row, rows: list[sqlite3.Row]) -> DatasetVersion:
    return DatasetVersion(
        task=head["task"],
        seed=head["seed"],
        classes=tuple(json.loads(head["classes"])),
        rows=tuple(
            DatasetRow(
                sample_id=row["sample_id"],
                sample_digest=row["sample_digest"],
                class_name=row["class_name"],
                split=Split(row["split"]),
                amount=row["amount"],
                range_s=None if row["start_s"] is None else (row["start_s"], row["end_s"]),
            )
            for row in rows
        ),
    )


def latest_digest(project: ProjectFile) -> str | None:
    """Return the digest of the version frozen last, or None."""
    found = project.value("SELECT digest FROM dataset_versions ORDER BY sequence DESC LIMIT 1")
    return None if found is None else str(found)


def summaries(project: ProjectFile) -> tuple[DatasetSummary, ...]:
    """Return every version in one line each, the latest first."""
    rows = project.rows(
        "SELECT v.digest, v.seed, v.made_at AS created_at, v.classes,"
        " sum(r.split = 'train') AS train, sum(r.split = 'validation') AS validation,"
        " sum(r.split = 'test') AS test"
        " FROM dataset_versions v JOIN dataset_rows r ON r.version = v.digest"
        " GROUP BY v.digest ORDER BY v.sequence DESC"
    )
    with decoded(project.path):
        return tuple(
            DatasetSummary(**{**dict(row), "classes": tuple(json.loads(row["classes"]))})
            for row in rows
        )
