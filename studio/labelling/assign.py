"""Putting samples into a class, and taking them out of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from studio.domain.errors import ProjectError
from studio.domain.sample import LabelOrigin
from studio.store import samples
from studio.store.project_file import ProjectFile

__all__ = ["assign", "clear"]


def assign(project: ProjectFile, sample_ids: Sequence[int], class_name: str) -> None:
    """Label samples with a class, which is made if it is new; one durable change.

    Raises:
        ProjectError: ``label.empty_name``.
    """
    name = unicodedata.normalize("NFC", class_name).strip()
    if not name:
        raise ProjectError("A class needs a name.", "Type one.", code="label.empty_name")
    with project.transaction():
        row = samples.class_id(project, name)
        samples.label(project, sample_ids, row, LabelOrigin.PERSON)


def clear(project: ProjectFile, sample_ids: Sequence[int]) -> None:
    """Take the labels of samples away; one durable change."""
    with project.transaction():
        samples.unlabel(project, sample_ids)
