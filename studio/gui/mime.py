"""What the window drags besides files: the kinds, and how they are packed."""

from __future__ import annotations

from PySide6.QtCore import QMimeData

__all__ = ["CANDIDATE", "candidate_data", "dragged_candidate"]

CANDIDATE = "application/x-automl-candidate"
"""A model of the leaderboard: its number, in decimal."""


def candidate_data(candidate_id: int) -> QMimeData:
    """Return a drag of one model."""
    data = QMimeData()
    data.setData(CANDIDATE, str(candidate_id).encode())
    return data


def dragged_candidate(data: QMimeData) -> int | None:
    """Return the number of the model that is dragged; None where it is something else."""
    packed = bytes(data.data(CANDIDATE).data()) if data.hasFormat(CANDIDATE) else b""
    return int(packed) if packed.isdigit() else None
