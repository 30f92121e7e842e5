"""What evaluations lead to: how sure to be, which candidate to take, whether to go on."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from studio.domain.dataset import Split
from studio.domain.evaluation import Interval, Resampling
from studio.domain.phrase import Phrase
from studio.domain.plain import Plain

__all__ = [
    "Binning",
    "Calibration",
    "Comparison",
    "Costs",
    "LearningCurve",
    "LearningPoint",
    "MoreData",
    "NotSure",
    "NotSureOutcome",
    "ReliabilityBin",
    "RiskPoint",
    "SmallestGood",
    "Temperature",
    "Weighed",
]


class Binning(StrEnum):
    """How confidences are put into bins."""

    EQUAL_WIDTH = "equal-width"
    EQUAL_COUNT = "equal-count"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliabilityBin(Plain):
    """Samples of like confidence: how sure the model was, and how often right.

    Attributes:
        low: Smallest confidence that falls into it, or the edge of the bin.
        high: Largest, or the edge.
        samples: How many; empty bins are left out.
        confidence: Their mean confidence.
        accuracy: Share of them called rightly.
    """

    low: float
    high: float
    samples: int
    confidence: float
    accuracy: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Temperature(Plain):
    """What outputs are divided by before the softmax, so that confidence tells the truth.

    Attributes:
        value: 1 changes nothing; above 1 the model was too sure of itself.
        loss_before: Mean negative log-likelihood on the validation side, in nats.
        loss_after: The same with the temperature.
        samples: How many validation samples set it.
        at_limit: Whether it stands at the edge of what is tried; then do not rely on it.
    """

    value: float
    loss_before: float
    loss_after: float
    samples: int
    at_limit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration(Plain):
    """Whether the model is as often right as it is sure.

    Attributes:
        split: Which side it was measured on.
        samples: How many samples.
        binning: How the bins were made.
        bins: The reliability table, from the least sure.
        expected_error: Expected calibration error: mean distance of confidence and accuracy.
        by_chance: What a perfectly calibrated model would show or exceed in 1 of 20 cases with
            as many samples and the same confidences; below it there is nothing to correct.
        brier: Brier score over all classes, 0 (perfect) to 2.
        temperature: What the outputs were divided by first; None for as they came.
    """

    split: Split
    samples: int
    binning: Binning
    bins: tuple[ReliabilityBin, ...]
    expected_error: float
    by_chance: float
    brier: float
    temperature: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs(Plain):
    """What wrong answers cost, in any one unit.

    Calling a sample of class *t* a *p* misses *t* and falsely alarms for *p*: it costs the
    miss of *t* plus the false alarm of *p*. For the class that means nothing happens (a healthy
    leaf, silence) both are 0: calling it is no alarm, and not calling it no miss.

    Attributes:
        miss: Cost of not saying a class that is there.
        false_alarm: Cost of saying a class that is not there.
        not_sure: Cost of saying "not sure".
        quiet: Name of the class that means nothing happens; empty when there is none.
        misses: By class name, where it differs.
        false_alarms: By class name, where it differs.
    """

    miss: float
    false_alarm: float
    not_sure: float
    quiet: str = ""
    misses: dict[str, float] = field(default_factory=dict)
    false_alarms: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSureOutcome(Plain):
    """What a threshold does on one side.

    Attributes:
        split: Which side.
        samples: How many samples.
        coverage: Share that got an answer.
        wrong: Of these, the share that got a wrong one.
        missed: Count of samples of another class than the quiet one that were called wrongly.
        false_alarms: Count of samples called another class than the quiet one wrongly.
        cost: Mean cost a sample.
        cost_always: Mean cost a sample if every one got an answer.
    """

    split: Split
    samples: int
    coverage: Interval
    wrong: Interval
    missed: int
    false_alarms: int
    cost: Interval
    cost_always: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSure(Plain):
    """From what confidence on to give an answer.

    Attributes:
        threshold: Answer at or above it, else "not sure". 0 answers always; above 1, never.
        costs: What it was chosen for.
        temperature: What outputs are divided by before their confidence is taken, or None.
        validation: What it does on the side it was chosen on: too good.
        test: What it does on the untouched side; None before it was tested.
        resampling: What the intervals of `test` (else `validation`) take as independent.
    """

    threshold: float
    costs: Costs
    temperature: float | None
    validation: NotSureOutcome
    test: NotSureOutcome | None
    resampling: Resampling


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskPoint(Plain):
    """Answering from ``threshold`` on covers a share of samples, of which ``risk`` is wrong."""

    threshold: float
    coverage: float
    risk: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningPoint(Plain):
    """The error, with its 95 % interval, of a model trained on this many samples."""

    samples: int
    error: Interval


class MoreData(StrEnum):
    """Whether more data would help."""

    HELPS = "helps"
    LITTLE = "little"
    CANNOT_TELL = "cannot-tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningCurve(Plain):
    """A curve ``error = floor + scale * samples ** -power`` through measured points.

    Attributes:
        points: What was measured, by samples.
        floor: Error that no amount of data removes, as fitted.
        scale: As fitted.
        power: As fitted.
        now: Error of the curve at the most samples measured.
        twice: Predicted error at twice as many, with its 95 % range.
        gain: By how much that is better, with its 95 % range.
        worth: What gain counts as help.
        verdict: In one word.
        phrase: In words.
    """

    points: tuple[LearningPoint, ...]
    floor: float
    scale: float
    power: float
    now: float
    twice: Interval
    gain: Interval
    worth: float
    verdict: MoreData
    phrase: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Plain):
    """Two candidates on the same samples.

    Attributes:
        first: Name of one.
        second: Name of the other.
        test: How p was found: ``"mcnemar"``, ``"wilcoxon"`` or ``"sign-flip"``.
        samples: How many samples.
        only_first: Samples only the first got right (for amounts: came closer to).
        only_second: Samples only the second got right (came closer to).
        difference: Error of the first minus error of the second, with its 95 % interval.
        p: How often chance alone would show such a difference or a larger one.
        adjusted_p: The same after allowing for all the comparisons made together.
        detectable: Smallest true difference that would be seen in 8 of 10 cases; None where
            even the largest would not be.
        better: Name of the better one; empty where they cannot be told apart.
        phrase: In words.
        resampling: What was taken as independent.
    """

    first: str
    second: str
    test: str
    samples: int
    only_first: int
    only_second: int
    difference: Interval
    p: float
    adjusted_p: float
    detectable: float | None
    better: str
    phrase: Phrase
    resampling: Resampling


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallestGood(Plain):
    """The smallest candidate that is as good as the best, as far as anyone can tell.

    Attributes:
        chosen: Its name.
        best: Name of the one with the fewest validation errors.
        alike: Everyone that cannot be told from the best, smallest first.
        most_worse: How much more error than the best was allowed whatever the noise; None for
            no such limit.
        comparisons: Every other candidate (second) with the best (first).
        phrase: In words.
    """

    chosen: str
    best: str
    alike: tuple[str, ...]
    most_worse: float | None
    comparisons: tuple[Comparison, ...]
    phrase: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed(Plain):
    """One candidate by a person's weights.

    Attributes:
        name: Which.
        score: Weighted mean of `parts`, 0 to 1.
        parts: By column: 1 for the best of those at hand, 0 for the worst.
    """

    name: str
    score: float
    parts: dict[str, float]
