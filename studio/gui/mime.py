"""What the window drags besides files: the kinds, and how they are packed."""

from __future__ import annotations

from PySide6.QtCore import QMimeData

__all__ = [
    "CANDIDATE",
    "DEVICE",
    "candidate_data",
    "device_data",
    "dragged_candidate",
    "dragged_device",
]

CANDIDATE = "application/x-automl-candidate"
"""A model of the leaderboard: its number, in decimal."""

DEVICE = "application/x-automl-device"
"""A device: its id."""


def candidate_data(candidate_id: int) -> QMimeData:
    """Return a drag of one model."""
    data = QMimeData()
    data.setData(CANDIDATE, str(candidate_id).encode())
    return data


def dragged_candidate(data: QMimeData) -> int | None:
    """Return the number of the model that is dragged; None where it is something else."""
    packed = bytes(data.data(CANDIDATE).data()) if data.hasFormat(CANDIDATE) else b""
    return int(packed) if packed.isdigit() else None


def device_data(device_id: str) -> QMimeData:
    """Return a drag of one device."""
    data = QMimeData()
    data.setData(DEVICE, device_id.encode())
    return data


def dragged_device(data: QMimeData) -> str:
    """Return the id of the device that is dragged; empty where it is something else."""
    return bytes(data.data(DEVICE).data()).decode("utf-8", "replace")
