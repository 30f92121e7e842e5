"""Sorting recordings of sensors, or stretches of them, into classes."""

from __future__ import annotations

from studio.tasks._task import Task

__all__ = ["ENTRY"]

ENTRY = Task(
    id="sensor-classification",
    title="Sort sensor recordings into classes",
    importers=("recording", "recording-list", "labels-file"),
)
