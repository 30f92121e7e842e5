"""Sorting photos into classes."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from studio.domain.preprocessing import ImagePreprocessing
from studio.domain.sample import Sample
from studio.tasks import pictures
from studio.tasks._task import Task

__all__ = ["ENTRY"]

_SIDES = (16, 24, 32, 48, 64, 96)
"""Input sides offered; 96 is what the person-detection model of MLPerf Tiny uses."""


def choose_preprocessing(samples: Sequence[Sample]) -> ImagePreprocessing:
    """Return the smallest square input that keeps the detail of the usual picture.

    A model gets grey input only if every picture holds nothing but greys.
    """
    usual = statistics.median(min(sample.width, sample.height) for sample in samples)
    side = next((side for side in _SIDES if side >= usual), _SIDES[-1])
    channels = max(sample.channels for sample in samples)
    return ImagePreprocessing(width=side, height=side, channels=channels)


ENTRY = Task(
    id="image-classification",
    title="Sort photos into classes",
    importers=(
        *("image-folder", "image-list", "boxes-coco", "boxes-voc", "boxes-yolo", "labels-file"),
    ),
    space="mcu-image-cnn",
    choose_preprocessing=choose_preprocessing,
    prepare=pictures.prepare,
)
