"""The undo history in the project file: one row a step, with the log that takes it back.

The steps in force come first, those undone after them; a new step drops the undone ones.
Every function that writes runs inside the caller's transaction.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from studio.domain.operation import Operation, OperationState
from studio.store.edits import Entry, flip
from studio.store.failures import decoded
from studio.store.project_file import ProjectFile, now

__all__ = [
    "STEPS",
    "add",
    "digests_to_keep",
    "extend",
    "latest",
    "log_of",
    "naming",
    "newest_done",
    "oldest_undone",
    "turn",
]

STEPS = 10_000
"""Steps that are kept; older ones can no longer be undone."""

_TRIM_EVERY = 100


def add(
    project: ProjectFile, kind: str, title: str, payload: Mapping[str, Any], log: Sequence[Entry]
) -> Operation:
    """Record a step that was just done."""
    project.execute("DELETE FROM operations WHERE state = ?", (OperationState.UNDONE,))
    id = project.execute(
        "INSERT INTO operations (kind, title, payload, undo, state, made_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (kind, title, _text(payload), _text(log), OperationState.DONE, now()),
    )
    if id % _TRIM_EVERY == 0:
        project.execute(
            "DELETE FROM operations WHERE id <="
            " (SELECT id FROM operations ORDER BY id DESC LIMIT 1 OFFSET ?)",
            (STEPS,),
        )
    return Operation(id=id, kind=kind, title=title, state=OperationState.DONE, made_at=now())


def extend(project: ProjectFile, id: int, more: Sequence[Entry], title: str) -> bool:
    """Add to the newest step; False, and nothing done, if it is no longer the newest."""
    newest = project.value("SELECT id FROM operations ORDER BY id DESC LIMIT 1")
    step = newest_done(project)
    if newest != id or step is None or step.id != id:
        return False
    log = _joined([*log_of(project, id), *more])
    sql = "UPDATE operations SET undo = ?, title = ? WHERE id = ?"
    project.execute(sql, (_text(log), title, id))
    return True


def turn(project: ProjectFile, step: Operation) -> tuple[Operation, list[Entry]]:
    """Undo a step that is done, or do one again that is undone.

    Returns:
        The step as it stands now, and the log of what was changed.

    Raises:
        ProjectError: ``project.damaged`` if its log does not fit the project.
    """
    log = flip(project, log_of(project, step.id))
    done = step.state is OperationState.DONE
    state = OperationState.UNDONE if done else OperationState.DONE
    sql = "UPDATE operations SET undo = ?, state = ? WHERE id = ?"
    project.execute(sql, (_text(log), state, step.id))
    return Operation(
        id=step.id, kind=step.kind, title=step.title, state=state, made_at=step.made_at
    ), log


def newest_done(project: ProjectFile) -> Operation | None:
    """Return the step that undo takes back, or None."""
    return _first(project, OperationState.DONE, "DESC")


def oldest_undone(project: ProjectFile) -> Operation | None:
    """Return the step that redo does again, or None."""
    return _first(project, OperationState.UNDONE, "ASC")


def latest(project: ProjectFile, limit: int) -> tuple[Operation, ...]:
    """Return the latest steps, the newest first, those undone among them."""
    rows = project.rows(f"{_SELECT} ORDER BY id DESC LIMIT ?", (limit,))
    with decoded(project.path):
        return tuple(map(_operation, rows))


def naming(project: ProjectFile, sample_id: int, limit: int) -> set[int]:
    """Return those of the latest steps that name a sample, by row number; imports name none."""
    rows = project.rows("SELECT id, payload FROM operations ORDER BY id DESC LIMIT ?", (limit,))
    with decoded(project.path):
        return {row["id"] for row in rows if _names(json.loads(row["payload"]), sample_id)}


def _names(payload: Mapping[str, Any], sample_id: int) -> bool:
    return (
        payload.get("sample_id") == sample_id
        or any(first <= sample_id <= last for first, last in payload.get("sample_ids", ()))
        or any(sample_id in found for _, found in payload.get("groups", ()))
        or any(found == sample_id for found, _ in payload.get("suggested", ()))
    )


def digests_to_keep(project: ProjectFile) -> set[str]:
    """Return the digests of the originals that undoing or redoing some step needs."""
    rows = project.rows("SELECT id FROM operations WHERE instr(undo, ?)", ('"do":"delete"',))
    found: set[str] = set()
    for row in rows:
        log = log_of(project, row["id"])
        with decoded(project.path):
            for entry in log:
                if entry["do"] == "delete" and entry["table"] == "samples":
                    place = entry["columns"].index("digest")
                    found.update(line[place] for line in entry["rows"])
    return found


_SELECT = "SELECT id, kind, title, state, made_at FROM operations"


def _first(project: ProjectFile, state: OperationState, order: str) -> Operation | None:
    sql = f"{_SELECT} WHERE state = ? ORDER BY id {order} LIMIT 1"
    row = project.row(sql, (state,))
    with decoded(project.path):
        return None if row is None else _operation(row)


def _operation(row: sqlite3.Row) -> Operation:
    return Operation(**{**dict(row), "state": OperationState(row["state"])})


def log_of(project: ProjectFile, id: int) -> list[Entry]:
    """Return the log that takes a step back, or that does an undone one again."""
    text = project.value("SELECT undo FROM operations WHERE id = ?", (id,))
    with decoded(project.path):
        found = json.loads(text)
        if not isinstance(found, list):
            raise TypeError("a log is a list")
    return found


def _joined(log: Sequence[Entry]) -> list[Entry]:
    """Return a log with runs of neighbouring inserts put together where order does not matter.

    An import adds in batches; its log would otherwise be rewritten longer with each. What
    came can go in the reverse order of what it needs: regions, samples, sessions, classes.
    """
    if any(entry["do"] != "insert" for entry in log):
        return list(log)
    found: dict[str, list[list[int]]] = {}
    for entry in log:
        found.setdefault(entry["table"], []).extend(entry["ids"])
    order = ("classes", "sessions", "samples", "regions", "other_labels")
    return [
        {"do": "insert", "table": table, "ids": _merged(found[table])}
        for table in order
        if table in found
    ]


def _merged(some: Sequence[Sequence[int]]) -> list[list[int]]:
    merged: list[list[int]] = []
    for first, last in sorted(map(tuple, some)):
        if merged and merged[-1][1] == first - 1:
            merged[-1][1] = last
        else:
            merged.append([first, last])
    return merged


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
