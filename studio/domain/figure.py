"""Numbers about a model on a device, and how we know them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

__all__ = ["Figure", "FigureKind"]


class FigureKind(StrEnum):
    """How a number came to be known, from the surest to none at all."""

    MEASURED = "measured"
    EMULATED = "emulated"
    ESTIMATED = "estimated"
    PUBLISHED = "published"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number with its unit and kind.

    Attributes:
        value: The number, or None exactly when the kind is unknown.
        unit: ``"B"``, ``"ms"``, ``"1"`` (a share of one) and the like.
        kind: How it is known.
        low: Lower end of the range; an estimate always has one.
        high: Upper end of the range; an estimate always has one.
        source: Where a published number stands, or how the others were made.
    """

    value: float | None
    unit: str
    kind: FigureKind
    low: float | None = None
    high: float | None = None
    source: str = ""

    def __post_init__(self) -> None:
        if (self.value is None) is not (self.kind is FigureKind.UNKNOWN):
            raise ValueError("a figure has no value exactly when its kind is unknown")
        if self.kind is FigureKind.ESTIMATED and (self.low is None or self.high is None):
            raise ValueError("an estimate needs a range")
        if self.kind is FigureKind.PUBLISHED and not self.source:
            raise ValueError("a published figure needs a source")

    @classmethod
    def unknown(cls, unit: str, why: str) -> Figure:
        """Return the figure that says that, and why, nothing is known."""
        return cls(value=None, unit=unit, kind=FigureKind.UNKNOWN, source=why)

    @classmethod
    def measured(cls, value: float, unit: str, how: str) -> Figure:
        """Return a figure that was measured, and how."""
        return cls(value=value, unit=unit, kind=FigureKind.MEASURED, source=how)

    def as_json(self) -> dict[str, Any]:
        """Return the plain form used in files and on the command line."""
        return {
            "value": self.value,
            "unit": self.unit,
            "kind": str(self.kind),
            "low": self.low,
            "high": self.high,
            "source": self.source,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Figure:
        """Rebuild a figure from `as_json`.

        Raises:
            ValueError: if the kind is not one of ours or the rules above are broken.
        """
        return cls(**{**data, "kind": FigureKind(data["kind"])})
