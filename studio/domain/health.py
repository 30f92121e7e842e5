"""What was found out about the data, for a person to decide on."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

__all__ = ["ActionKind", "HealthFinding", "Severity", "SuggestedAction"]


class Severity(StrEnum):
    """How much a finding matters, the worst first."""

    PROBLEM = "problem"
    WARNING = "warning"
    HINT = "hint"


class ActionKind(StrEnum):
    """What may be done about a finding."""

    EXCLUDE = "exclude"
    REVIEW = "review"
    MERGE_SESSIONS = "merge-sessions"
    MERGE_CLASSES = "merge-classes"
    IGNORE_COLUMN = "ignore-column"
    ADD_SAMPLES = "add-samples"
    REIMPORT = "reimport"


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedAction:
    """What would help, as data: nothing is done until the person says so.

    Attributes:
        kind: What to do.
        sample_ids: With which samples; may be fewer than the finding names.
        target: A class or column it is about; empty otherwise.
    """

    kind: ActionKind
    sample_ids: tuple[int, ...] = ()
    target: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the plain form."""
        return {"kind": str(self.kind), "samples": list(self.sample_ids), "target": self.target}


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthFinding:
    """One thing about the data a person should know.

    Attributes:
        code: Stable dotted identifier, for example ``health.near_duplicates``.
        severity: How much it matters.
        title: A few words.
        sentence: What was found and why it matters, for the person.
        sample_ids: The samples behind it, in the order they are to be shown.
        action: What would help, or None.
        figures: The numbers in the sentence, by name, for scripts.
    """

    code: str
    severity: Severity
    title: str
    sentence: str
    sample_ids: tuple[int, ...] = ()
    action: SuggestedAction | None = None
    figures: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if "." not in self.code or not self.title or not self.sentence:
            raise ValueError("a finding has a dotted code, a title and a sentence")

    def as_json(self) -> dict[str, Any]:
        """Return the plain form."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "title": self.title,
            "sentence": self.sentence,
            "samples": list(self.sample_ids),
            "action": self.action.as_json() if self.action else None,
            "figures": dict(self.figures),
        }
