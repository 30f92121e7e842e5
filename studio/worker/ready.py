"""Doing beforehand what every search begins with."""

from __future__ import annotations

import threading

from studio.worker.executors.local import preload

__all__ = ["get_ready"]


def get_ready() -> None:
    """Begin to import TensorFlow, AutoKeras and the rest, here and where trials will run."""
    preload()
    threading.Thread(target=_import, daemon=True).start()


def _import() -> None:
    import studio.worker.conducting
    import studio.worker.instants  # noqa: F401
