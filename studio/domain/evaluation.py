"""What a model got right and wrong on samples it was not trained on."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from studio.domain.dataset import Split

__all__ = ["ClassMetrics", "Evaluation", "Interval", "wilson_interval"]

_Z_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Interval:
    """A share of one with its 95 % interval."""

    value: float
    low: float
    high: float

    def as_json(self) -> dict[str, float]:
        """Return the plain form."""
        return {"value": self.value, "low": self.low, "high": self.high}


def wilson_interval(hits: int, total: int) -> Interval:
    """Return ``hits / total`` with its 95 % Wilson score interval.

    With nothing observed the value is 0 and the interval is everything.

    Source:
        Wilson, E. B. (1927), Journal of the American Statistical Association 22, 209-212.
    """
    if total == 0:
        return Interval(0.0, 0.0, 1.0)
    share, z2 = hits / total, _Z_95**2
    centre = (share + z2 / (2 * total)) / (1 + z2 / total)
    spread = share * (1 - share) / total + z2 / (4 * total**2)
    half = _Z_95 * math.sqrt(spread) / (1 + z2 / total)
    return Interval(share, max(0.0, min(share, centre - half)), min(1.0, max(share, centre + half)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassMetrics:
    """How one class fared.

    Attributes:
        name: Class name.
        samples: How many samples of it were tested.
        recall: Of the samples of this class, the share that was found.
        precision: Of the samples called this class, the share that is.
    """

    name: str
    samples: int
    recall: Interval
    precision: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Predictions of one artifact on one split, counted.

    Attributes:
        split: Which side was tested.
        classes: Class names, the order of both axes.
        confusion: ``confusion[true][predicted]`` counts samples.
    """

    split: Split
    classes: tuple[str, ...]
    confusion: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        if {len(row) for row in self.confusion} | {len(self.confusion)} != {len(self.classes)}:
            raise ValueError("a confusion matrix has one row and one column per class")

    @property
    def samples(self) -> int:
        """How many samples were tested."""
        return sum(map(sum, self.confusion))

    @property
    def accuracy(self) -> Interval:
        """Share of samples called rightly, with its 95 % interval."""
        right = sum(row[i] for i, row in enumerate(self.confusion))
        return wilson_interval(right, self.samples)

    @property
    def per_class(self) -> tuple[ClassMetrics, ...]:
        """Recall and precision of every class."""
        called = [sum(column) for column in zip(*self.confusion, strict=True)]
        return tuple(
            ClassMetrics(
                name=name,
                samples=sum(row),
                recall=wilson_interval(row[i], sum(row)),
                precision=wilson_interval(row[i], called[i]),
            )
            for i, (name, row) in enumerate(zip(self.classes, self.confusion, strict=True))
        )

    def as_json(self) -> dict[str, Any]:
        """Return the plain form; derived figures are left out, they follow from it."""
        return {"split": str(self.split), "classes": self.classes, "confusion": self.confusion}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Evaluation:
        """Rebuild from `as_json`; raises ValueError on nonsense."""
        return cls(
            split=Split(data["split"]),
            classes=tuple(data["classes"]),
            confusion=tuple(tuple(int(n) for n in row) for row in data["confusion"]),
        )
