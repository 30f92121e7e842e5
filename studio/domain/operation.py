"""What a person did to a project, as the undo history tells it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Change", "Operation", "OperationState", "Part"]


class Part(StrEnum):
    """A part of the project that a change touches; a window redraws what shows it."""

    SAMPLES = "samples"
    LABELS = "labels"
    CLASSES = "classes"
    REGIONS = "regions"
    SESSIONS = "sessions"
    TABLES = "tables"
    SUGGESTIONS = "suggestions"
    DEVICES = "devices"


class OperationState(StrEnum):
    """Whether an operation is in force."""

    DONE = "done"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One step of the history.

    Attributes:
        id: Row number in the project; a later step has a larger one.
        kind: Id of the operation, for example ``"assign"``.
        title: For the person, for example ``Label 3 samples "rust"``.
        state: Whether it is in force.
        made_at: When it was done, UTC, ISO 8601.
    """

    id: int
    kind: str
    title: str
    state: OperationState
    made_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The one notice a change gives: which step, and what parts it touched.

    Attributes:
        operation: The step that was done, undone or redone.
        parts: What changed.
        sample_ids: The samples whose label, region, session or exclusion changed, or that
            came or went; ascending.
    """

    operation: Operation
    parts: frozenset[Part]
    sample_ids: tuple[int, ...] = ()
