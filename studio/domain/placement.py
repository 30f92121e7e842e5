"""Where the operators of a model run: one by one, and why not elsewhere."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

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
