"""Which samples a person wants to see, and what comes first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Sieve", "Sight"]


class Sight(StrEnum):
    """What comes first."""

    IMPORTED = "imported"
    USEFUL = "useful"
    UNCERTAIN = "uncertain"
    SURE = "sure"
    RANDOM = "random"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sieve:
    """Conditions that all must hold; by default every sample passes.

    Attributes:
        class_name: Labelled with it.
        unlabelled: Without a label.
        suspicious: Labelled, and contradicted by another import, by the same bytes elsewhere, or
            by the nearest neighbours.
        session: Taken in this session.
        predicted_as: The current model calls it so.
        wrong: Labelled, and the current model calls it otherwise.
        text: Stands in the name, of a row in a cell; small and capital a to z are the same.
        only: None but these row numbers; None is all of them.
        sight: What comes first.
        column: Rows by this column instead, ``sight`` aside.
        falling: The largest first, where ``column`` says what is compared.
    """

    class_name: str | None = None
    unlabelled: bool = False
    suspicious: bool = False
    session: str | None = None
    predicted_as: str | None = None
    wrong: bool = False
    text: str = ""
    only: tuple[int, ...] | None = None
    sight: Sight = Sight.IMPORTED
    column: str = ""
    falling: bool = False

    @property
    def needs_model(self) -> bool:
        """Whether only samples can pass that a model was asked about."""
        return self.wrong or self.predicted_as is not None
