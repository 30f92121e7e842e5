"""What a model got right and wrong on samples it was not trained on."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from studio.domain.dataset import Split
from studio.domain.plain import Plain

__all__ = [
    "AnyEvaluation",
    "ClassDetails",
    "ClassMetrics",
    "ConfusionCell",
    "Evaluation",
    "Interval",
    "Mistake",
    "PredictionInterval",
    "RegressionEvaluation",
    "Resampling",
    "ResidualBin",
    "Unit",
    "ValueMistake",
    "evaluation_from_json",
    "f1_interval",
    "wilson_interval",
]

_Z_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Interval(Plain):
    """A number, usually a share of one, with its 95 % interval."""

    value: float
    low: float
    high: float


def wilson_interval(hits: int, total: int, effective: float | None = None) -> Interval:
    """Return ``hits / total`` with its 95 % Wilson score interval.

    With nothing observed the value is 0 and the interval is everything.

    Args:
        hits: How many of them.
        total: How many there are.
        effective: As how many independent ones they count, where some belong together.

    Source:
        Wilson, E. B. (1927), Journal of the American Statistical Association 22, 209-212.
    """
    if total == 0:
        return Interval(0.0, 0.0, 1.0)
    size = total if effective is None else effective
    share, z2 = hits / total, _Z_95**2
    centre = (share + z2 / (2 * size)) / (1 + z2 / size)
    spread = share * (1 - share) / size + z2 / (4 * size**2)
    half = _Z_95 * math.sqrt(spread) / (1 + z2 / size)
    return Interval(share, max(0.0, min(share, centre - half)), min(1.0, max(share, centre + half)))


def f1_interval(hits: int, union: int, effective: float | None = None) -> Interval:
    """Return F1 of one class with its 95 % interval.

    Of the samples that are of the class or were called it (the union), the share that is both
    is a proportion J, so Wilson's interval holds for it; F1 = 2 J / (1 + J) rises with J, so
    its ends are the ends of F1.

    Args:
        hits: Samples of the class that were called it.
        union: Samples of the class, and others that were called it.
        effective: As how many independent ones the union counts.

    Source:
        van Rijsbergen, C. J. (1979), Information Retrieval, chapter 7, for F1; Jaccard, P.
        (1901) for J.
    """
    shared = wilson_interval(hits, union, effective)
    value, low, high = (2 * j / (1 + j) for j in (shared.value, shared.low, shared.high))
    return Interval(value, low, high)


class Unit(StrEnum):
    """What counts as independent when an interval is made."""

    SAMPLE = "sample"
    GROUP = "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resampling(Plain):
    """How the intervals beside it came about.

    Attributes:
        unit: What was drawn: single samples, or whole groups (sessions) where some samples
            belong together and know of one another.
        units: How many of these there are.
        draws: How often as many were drawn with replacement.
        seed: Seed of the draws.
    """

    unit: Unit
    units: int
    draws: int
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassMetrics(Plain):
    """How one class fared.

    Attributes:
        name: Class name.
        samples: How many samples of it were tested.
        recall: Of the samples of this class, the share that was found.
        precision: Of the samples called this class, the share that is.
        f1: Their harmonic mean.
    """

    name: str
    samples: int
    recall: Interval
    precision: Interval
    f1: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfusionCell(Plain):
    """The samples behind one number of a confusion matrix; both classes as index."""

    truth: int
    predicted: int
    sample_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake(Plain):
    """One sample that was called wrongly.

    Attributes:
        sample_id: Which.
        truth: Index of the class it is of.
        predicted: Index of the class it was called.
        confidence: Output of the class it was called.
        truth_confidence: Output of the class it is of.
    """

    sample_id: int
    truth: int
    predicted: int
    confidence: float
    truth_confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassDetails(Plain):
    """What the counts alone do not tell.

    Attributes:
        accuracy: Share of samples called rightly.
        balanced_accuracy: Mean recall of the classes that were tested.
        macro_f1: Mean F1 of the classes that were tested or called.
        per_class: Every class, in order.
        cells: Every cell of the confusion matrix that is not empty, by truth, then predicted.
        mistakes: The surest first; not necessarily all.
        resampling: What the intervals take as independent.
    """

    accuracy: Interval
    balanced_accuracy: Interval
    macro_f1: Interval
    per_class: tuple[ClassMetrics, ...]
    cells: tuple[ConfusionCell, ...]
    mistakes: tuple[Mistake, ...]
    resampling: Resampling

    def check(self, classes: tuple[str, ...]) -> None:
        """Raise ValueError unless this is about these classes."""
        named: list[ConfusionCell | Mistake] = [*self.cells, *self.mistakes]
        inside = all(max(x.truth, x.predicted) < len(classes) for x in named)
        if not inside or min((min(x.truth, x.predicted) for x in named), default=0) < 0:
            raise ValueError("a sample is of one of the classes")
        if tuple(metrics.name for metrics in self.per_class) != classes:
            raise ValueError("there are figures for every class, in order")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Predictions of one artifact on one split, counted.

    Attributes:
        split: Which side was tested.
        classes: Class names, the order of both axes.
        confusion: ``confusion[true][predicted]`` counts samples.
        details: What the counts do not tell; None where only they were kept.
    """

    split: Split
    classes: tuple[str, ...]
    confusion: tuple[tuple[int, ...], ...]
    details: ClassDetails | None = None

    def __post_init__(self) -> None:
        if {len(row) for row in self.confusion} | {len(self.confusion)} != {len(self.classes)}:
            raise ValueError("a confusion matrix has one row and one column per class")
        if self.details is not None:
            self.details.check(self.classes)

    @property
    def samples(self) -> int:
        """How many samples were tested."""
        return sum(map(sum, self.confusion))

    @property
    def accuracy(self) -> Interval:
        """Share of samples called rightly, with its 95 % interval."""
        if self.details is not None:
            return self.details.accuracy
        right = sum(row[i] for i, row in enumerate(self.confusion))
        return wilson_interval(right, self.samples)

    @property
    def error(self) -> Interval:
        """Share of samples called wrongly, the lower the better."""
        right = self.accuracy
        return Interval(1 - right.value, 1 - right.high, 1 - right.low)

    @property
    def goodness(self) -> float:
        """Share of samples called rightly, to draw beside others; 1 is perfect."""
        return self.accuracy.value

    @property
    def per_class(self) -> tuple[ClassMetrics, ...]:
        """Recall, precision and F1 of every class."""
        if self.details is not None:
            return self.details.per_class
        called = [sum(column) for column in zip(*self.confusion, strict=True)]
        return tuple(
            ClassMetrics(
                name=name,
                samples=sum(row),
                recall=wilson_interval(row[i], sum(row)),
                precision=wilson_interval(row[i], called[i]),
                f1=f1_interval(row[i], sum(row) + called[i] - row[i]),
            )
            for i, (name, row) in enumerate(zip(self.classes, self.confusion, strict=True))
        )

    def as_json(self) -> dict[str, Any]:
        """Return the plain form; figures that follow from the counts are left out."""
        plain = {"split": str(self.split), "classes": self.classes, "confusion": self.confusion}
        return {**plain, "details": self.details.as_json()} if self.details else plain

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Evaluation:
        """Rebuild from `as_json`, also of before there were details; ValueError on nonsense."""
        details = data.get("details")
        return cls(
            split=Split(data["split"]),
            classes=tuple(data["classes"]),
            confusion=tuple(tuple(int(n) for n in row) for row in data["confusion"]),
            details=None if details is None else ClassDetails.from_json(details),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueMistake(Plain):
    """One sample and how far off its predicted amount was."""

    sample_id: int
    truth: float
    predicted: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidualBin(Plain):
    """Samples with like predictions, and how their residuals (truth - predicted) lie.

    Attributes:
        low: Smallest prediction among them.
        high: Largest.
        samples: How many.
        mean: Mean residual; away from 0, the model is biased here.
        q05: Residual that 5 % lie below.
        q95: Residual that 5 % lie above.
    """

    low: float
    high: float
    samples: int
    mean: float
    q05: float
    q95: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictionInterval(Plain):
    """How far the truth is from a prediction, at most, for a promised share of new samples.

    Attributes:
        level: The promised share, for example 0.9.
        half_width: The truth lies within this of the prediction.
        calibrated_on: How many validation samples set it.
        coverage: For what share of the test samples it held; None before it was tested.
        tested: How many these were.
    """

    level: float
    half_width: float
    calibrated_on: int
    coverage: Interval | None = None
    tested: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RegressionEvaluation(Plain):
    """Predicted amounts of one artifact on one split against the true ones.

    Attributes:
        split: Which side was tested.
        unit: Unit of the amounts and of every error here; may be empty.
        samples: How many samples were tested.
        mae: Mean absolute error.
        rmse: Root of the mean squared error.
        median_error: Median absolute error.
        r2: Share of the variance explained; None where all true amounts are equal.
        bias: Mean of predicted - truth.
        mistakes: The farthest off first; not necessarily all.
        residuals: By prediction, from the smallest.
        resampling: How the intervals were made.
        prediction_interval: How far off single predictions are; None where not asked for.
    """

    split: Split
    unit: str
    samples: int
    mae: Interval
    rmse: Interval
    median_error: Interval
    r2: Interval | None
    bias: Interval
    mistakes: tuple[ValueMistake, ...]
    residuals: tuple[ResidualBin, ...]
    resampling: Resampling
    prediction_interval: PredictionInterval | None = None

    @property
    def error(self) -> Interval:
        """Mean absolute error, the lower the better."""
        return self.mae

    @property
    def goodness(self) -> float:
        """Share of the variance explained, to draw beside others; 1 is perfect."""
        return self.r2.value if self.r2 else 0.0

    def as_json(self) -> dict[str, Any]:
        """Return the plain form."""
        # Not super(): a dataclass with slots is another class than the one super() remembers.
        return {"kind": "regression", **Plain.as_json(self)}


AnyEvaluation = Evaluation | RegressionEvaluation


def evaluation_from_json(data: dict[str, Any]) -> AnyEvaluation:
    """Rebuild either kind from its ``as_json``; without a kind it is of classes.

    Raises:
        ValueError: on nonsense.
    """
    if data.get("kind") != "regression":
        return Evaluation.from_json(data)
    return RegressionEvaluation.from_json({n: v for n, v in data.items() if n != "kind"})
