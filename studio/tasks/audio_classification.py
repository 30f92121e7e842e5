"""Sorting sounds into classes."""

from __future__ import annotations

from studio.domain.sample import SampleKind
from studio.tasks._task import Task

__all__ = ["ENTRY"]

ENTRY = Task(
    id="audio-classification",
    title="Sort sounds into classes",
    kind=SampleKind.RECORDING,
    importers=("recording", "recording-list", "labels-file"),
)
