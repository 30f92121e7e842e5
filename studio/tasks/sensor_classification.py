"""Sorting recordings of sensors, or stretches of them, into classes."""

from __future__ import annotations

from studio.domain.sample import SampleKind
from studio.tasks._task import Task
from studio.tasks.window_fitting import variants
from studio.tasks.windows import prepare_all

__all__ = ["ENTRY"]

ENTRY = Task(
    id="sensor-classification",
    title="Sort sensor recordings into classes",
    kind=SampleKind.RECORDING,
    importers=("recording", "recording-list", "labels-file"),
    spaces={"small": "mcu-signal-cnn", "large": "large-signal-cnn"},
    instant="instant-signal",
    variants=variants,
    prepare_all=prepare_all,
)
