"""Doing, undoing and redoing operations: each one durable change and one notice."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from studio.domain.operation import Change, Operation
from studio.labelling.operations._operation import Operation as Action
from studio.store import backup, history
from studio.store.edits import Edits, Entry, parts_of, runs, touched_samples
from studio.store.project_file import ProjectFile

__all__ = ["history_of", "perform", "redo", "undo"]

_BULK = 1000
"""Samples whose removal at once is worth a backup."""


def perform(project: ProjectFile, action: Action) -> Change | None:
    """Do something as one step; returns None when it changed nothing.

    Raises:
        ProjectError: what the operation refuses, or the disk; then nothing has changed.
    """
    if action.kind == "remove-samples" and _is_bulk(action):
        backup.make(project)
    with project.transaction():
        edits = Edits(project)
        action.apply(edits)
        if not edits.log:
            return None
        step = history.add(project, action.kind, action.title, _payload(action), edits.log)
        return _change(project, step, edits.log)


def _payload(action: Action) -> dict[str, Any]:
    """Return the fields of an action, long lists of row numbers as runs."""
    fields = asdict(action).items()
    return {name: runs(value) if name.endswith("_ids") else value for name, value in fields}


def _is_bulk(action: Action) -> bool:
    return len(getattr(action, "sample_ids", ())) >= _BULK


def undo(project: ProjectFile) -> Change | None:
    """Take back the latest step in force; None when there is none."""
    with project.transaction():
        return _turn(project, history.newest_done(project))


def redo(project: ProjectFile) -> Change | None:
    """Do the step again that was undone last; None when there is none."""
    with project.transaction():
        return _turn(project, history.oldest_undone(project))


def _turn(project: ProjectFile, step: Operation | None) -> Change | None:
    if step is None:
        return None
    turned, log = history.turn(project, step)
    return _change(project, turned, log)


def _change(project: ProjectFile, step: Operation, log: list[Entry]) -> Change:
    touched = touched_samples(project, log)
    return Change(operation=step, parts=parts_of(log), sample_ids=touched)


def history_of(project: ProjectFile, limit: int = 100) -> tuple[Operation, ...]:
    """Return the latest steps, the newest first; those undone are among them."""
    return history.latest(project, limit)
