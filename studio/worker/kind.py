"""The record every module of `studio.worker.kinds` fills in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from studio.jobs import JobDirectory, JournalWriter
from studio.worker.control import Control

__all__ = ["JobKind"]


@dataclass(frozen=True, slots=True, kw_only=True)
class JobKind:
    """Something a worker can do.

    Attributes:
        id: As ``spec.json`` names it.
        run: Does it. Its last event is ``job_finished``; it raises StudioError for what a
            person can act on, and `Cancelled`.
    """

    id: str
    run: Callable[[dict[str, Any], JobDirectory, JournalWriter, Control], None]
