"""What is dragged within the window: samples by row number, and classes by name."""

from __future__ import annotations

import json
from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QMimeData

__all__ = ["CLASS", "SAMPLES", "class_mime", "dragged_class", "dragged_samples", "samples_mime"]

SAMPLES = "application/x-automl-samples"
CLASS = "application/x-automl-class"


def samples_mime(ids: Sequence[int]) -> QMimeData:
    """Return samples as the contents of a drag."""
    data = QMimeData()
    data.setData(SAMPLES, QByteArray(json.dumps(list(ids)).encode()))
    return data


def dragged_samples(data: QMimeData) -> tuple[int, ...]:
    """Return the samples of a drag; none if something else is dragged."""
    try:
        found = json.loads(bytes(data.data(SAMPLES).data()) or b"[]")
    except ValueError:
        return ()
    return tuple(id for id in found if isinstance(id, int)) if isinstance(found, list) else ()


def class_mime(name: str) -> QMimeData:
    """Return a class as the contents of a drag."""
    data = QMimeData()
    data.setData(CLASS, QByteArray(name.encode()))
    return data


def dragged_class(data: QMimeData) -> str:
    """Return the class of a drag, or an empty text."""
    return bytes(data.data(CLASS).data()).decode("utf-8", "replace")
