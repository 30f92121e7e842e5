"""Saying what samples are: each action one durable change and one step of the history."""

from __future__ import annotations

from collections.abc import Sequence

from studio.domain.operation import Change
from studio.labelling.operations import Action, Assign, Clear
from studio.labelling.performing import history_of, perform, redo, undo
from studio.store.project_file import ProjectFile

__all__ = ["Action", "assign", "clear", "history_of", "perform", "redo", "undo"]


def assign(project: ProjectFile, sample_ids: Sequence[int], class_name: str) -> Change | None:
    """Label samples with a class, which is made if it is new.

    Raises:
        ProjectError: ``label.empty_name`` or ``label.unknown_sample``.
    """
    return perform(project, Assign(sample_ids=tuple(sample_ids), class_name=class_name))


def clear(project: ProjectFile, sample_ids: Sequence[int]) -> Change | None:
    """Take the labels of samples away; raises ProjectError ``label.unknown_sample``."""
    return perform(project, Clear(sample_ids=tuple(sample_ids)))
