"""Where the operators of a model run: one by one, and why not elsewhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import StrEnum

from studio.domain.phrase import Phrase

__all__ = ["OperatorPlace", "Placement", "Where"]


class Where(StrEnum):
    """What runs one operator."""

    ACCELERATOR = "accelerator"
    PROCESSOR = "processor"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorPlace:
    """One operator of a model.

    Attributes:
        number: Its place in the order the file gives, from 0.
        name: As TensorFlow Lite names it; a custom operator by its own name.
        where: What runs it.
        reason: Why it is not where it could be, as a sentence; empty where it is.
    """

    number: int
    name: str
    where: Where
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """All operators of a model's main graph under one runtime.

    Attributes:
        runtime: Id of the runtime that was asked.
        operators: In the order the file gives.
        how: Where this is known from.
    """

    runtime: str
    operators: tuple[OperatorPlace, ...]
    how: str

    def counted(self, *where: Where) -> dict[str, int]:
        """Return how many operators of each name run at these places."""
        return dict(Counter(place.name for place in self.operators if place.where in where))

    def sentences(self, title: str) -> tuple[str, ...]:
        """Return `phrases` in English."""
        return tuple(phrase.text() for phrase in self.phrases(title))

    def phrases(self, title: str) -> tuple[Phrase, ...]:
        """Return how much an accelerator of this title runs, and what it leaves for each reason."""
        by_reason: dict[str, Counter[str]] = defaultdict(Counter)
        for place in self.operators:
            if place.where is not Where.ACCELERATOR:
                by_reason[place.reason][place.name] += 1
        taken = sum(self.counted(Where.ACCELERATOR).values())
        left = [
            Phrase.of(
                "left-behind",
                operators=", ".join(f"{n} {name}" for name, n in names.items()),
                reason=reason,
            )
            for reason, names in by_reason.items()
        ]
        placed = Phrase.of("placed", runtime=title, taken=taken, all=len(self.operators))
        return (placed, *left)
