"""Searches in the project file."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict

from studio.domain.search import Search, SearchRequest, SearchState
from studio.store.failures import decoded
from studio.store.project_file import ProjectFile, now

__all__ = ["add", "all_searches", "get", "set_counts", "set_state"]


def add(project: ProjectFile, *, dataset: str, request: SearchRequest, job: str) -> Search:
    """Record a search that is about to start."""
    row = project.execute(
        "INSERT INTO searches (dataset, request, state, job, started_at) VALUES (?, ?, ?, ?, ?)",
        (dataset, json.dumps(asdict(request)), str(SearchState.RUNNING), job, now()),
    )
    return get(project, row)


def get(project: ProjectFile, id: int) -> Search:
    """Return one search; raises KeyError for a row number we never gave out."""
    row = project.row("SELECT * FROM searches WHERE id = ?", (id,))
    if row is None:
        raise KeyError(id)
    with decoded(project.path):
        return _search(row)


def all_searches(project: ProjectFile) -> tuple[Search, ...]:
    """Return every search, the newest first."""
    rows = project.rows("SELECT * FROM searches ORDER BY id DESC")
    with decoded(project.path):
        return tuple(map(_search, rows))


def set_state(project: ProjectFile, id: int, state: SearchState, note: str = "") -> None:
    """Record how a search stands, and what a person should know about it."""
    project.execute("UPDATE searches SET state = ?, note = ? WHERE id = ?", (str(state), note, id))


def set_counts(project: ProjectFile, id: int, *, rejected: int, failed: int) -> None:
    """Record how many configurations were too large, and how many trials failed."""
    project.execute(
        "UPDATE searches SET rejected = ?, failed = ? WHERE id = ?", (rejected, failed, id)
    )


def _search(row: sqlite3.Row) -> Search:
    return Search(
        id=row["id"],
        request=SearchRequest(**json.loads(row["request"])),
        dataset_digest=row["dataset"],
        state=SearchState(row["state"]),
        job=row["job"],
        rejected=row["rejected"],
        failed=row["failed"],
        note=row["note"],
    )
