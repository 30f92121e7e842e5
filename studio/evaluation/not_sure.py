"""When to say "not sure": from what wrong answers cost, chosen on validation, told on test."""

from __future__ import annotations

import math

import numpy as np

from studio.domain.dataset import Split
from studio.domain.errors import EvaluationError
from studio.domain.judgement import Costs, NotSure, NotSureOutcome, RiskPoint
from studio.domain.phrase import Phrase
from studio.evaluation.calibration import confidence
from studio.evaluation.predictions import ClassPredictions, Floats, need_samples, need_split
from studio.evaluation.resampling import DRAWS, SEED, mean_interval, resampling, share

__all__ = ["answer_costs", "choose_not_sure", "not_sure_phrase", "risk_coverage"]

_MOST_POINTS = 101
NEVER = 1.0 + 1e-9
"""A threshold above every confidence."""


def answer_costs(classes: tuple[str, ...], costs: Costs) -> Floats:
    """Return ``(classes, classes)``: what calling a sample of the row the column costs.

    Raises:
        EvaluationError: ``evaluation.costs`` for a cost that is negative or not a number, or
            is about a class there is not.
    """
    named = {costs.quiet} - {""} | costs.misses.keys() | costs.false_alarms.keys()
    amounts = [costs.miss, costs.false_alarm, costs.not_sure]
    amounts += [*costs.misses.values(), *costs.false_alarms.values()]
    if not named <= set(classes) or not all(math.isfinite(a) and a >= 0 for a in amounts):
        raise EvaluationError(
            "The costs of wrong answers are not usable.",
            "Give a number from 0 up for each, and name only classes of this model.",
            code="evaluation.costs",
        )
    loud = np.array([name != costs.quiet for name in classes], np.float64)
    miss = loud * [costs.misses.get(name, costs.miss) for name in classes]
    alarm = loud * [costs.false_alarms.get(name, costs.false_alarm) for name in classes]
    return np.asarray((miss[:, None] + alarm[None, :]) * (1 - np.eye(len(classes))))


def choose_not_sure(
    validation: ClassPredictions,
    test: ClassPredictions | None,
    costs: Costs,
    *,
    temperature: float | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> NotSure:
    """Choose the confidence from which on to answer, by the smallest cost on validation.

    Every threshold between two neighbouring confidences is tried, and answering always and
    never. Of equally cheap ones the one that answers most is taken.

    Args:
        validation: What the threshold is chosen on.
        test: What it is then tested on; None where that is not to be looked at yet.
        costs: What a miss, a false alarm and "not sure" cost.
        temperature: See `confidence`.
        draws: Of the bootstrap for the mean cost.
        seed: Of the draws.

    Raises:
        EvaluationError: ``evaluation.wrong_split``, ``evaluation.too_few`` (below 2),
            ``evaluation.costs``, ``evaluation.not_probabilities``, ``evaluation.shapes`` for
            other classes in the test.

    Source:
        Chow, C. K. (1970), On Optimum Recognition Error and Reject Tradeoff, IEEE Transactions
        on Information Theory 16, 41-46; here on the measured costs, which does not need
        calibrated probabilities.
    """
    need_split(validation, Split.VALIDATION)
    need_samples(len(validation), 2, "a 'not sure' threshold")
    if test is not None:
        _check_test(validation, test)
    matrix = answer_costs(validation.classes, costs)
    threshold = _cheapest(
        confidence(validation, temperature), _paid(validation, matrix), costs.not_sure
    )

    def outcome(side: ClassPredictions) -> NotSureOutcome:
        return _outcome(side, costs, matrix, threshold, temperature, draws, seed)

    side = validation if test is None else test
    return NotSure(
        threshold=threshold,
        costs=costs,
        temperature=temperature,
        validation=outcome(validation),
        test=None if test is None else outcome(test),
        resampling=resampling(side.groups, len(side), draws, seed),
    )


def _check_test(validation: ClassPredictions, test: ClassPredictions) -> None:
    need_split(test, Split.TEST)
    need_samples(len(test), 2, "the test of a 'not sure' threshold")
    if test.classes != validation.classes:
        raise EvaluationError(
            "Validation and test are about other classes.",
            "Test both on one dataset version.",
            code="evaluation.shapes",
        )


def _paid(predictions: ClassPredictions, matrix: Floats) -> Floats:
    """Return what answering costs, by sample."""
    return np.asarray(matrix[predictions.truth, predictions.predicted])


def _cheapest(sure: Floats, paid: Floats, not_sure: float) -> float:
    """Return the threshold of the smallest total cost."""
    order = np.argsort(-sure, kind="stable")
    # total[k]: the k surest samples are answered, the others are not.
    total = np.concatenate([[0.0], np.cumsum(paid[order])])
    total += not_sure * (len(sure) - np.arange(len(sure) + 1))
    level = sure[order]
    # Between equally sure samples no threshold can tell.
    possible = np.concatenate([[True], level[:-1] > level[1:], [True]])
    total = np.where(possible, total, np.inf)
    # Sums of many costs differ in their last bits; those are no reason to answer less.
    good = np.flatnonzero(total <= total.min() * (1 + 1e-12) + 1e-12)
    answered = int(good.max())
    if answered in (0, len(sure)):
        return 0.0 if answered else NEVER
    return float((level[answered - 1] + level[answered]) / 2)


def _outcome(
    side: ClassPredictions,
    costs: Costs,
    matrix: Floats,
    threshold: float,
    temperature: float | None,
    draws: int,
    seed: int,
) -> NotSureOutcome:
    answered = (confidence(side, temperature) >= threshold).astype(np.float64)
    wrong = (~side.right).astype(np.float64)
    loud = np.array([name != costs.quiet for name in side.classes], np.float64)
    always = _paid(side, matrix)
    paid = np.where(answered > 0, always, costs.not_sure)
    return NotSureOutcome(
        split=side.split,
        samples=len(side),
        coverage=share(answered, side.groups),
        wrong=share(wrong, side.groups, answered),
        missed=int((answered * wrong * loud[side.truth]).sum()),
        false_alarms=int((answered * wrong * loud[side.predicted]).sum()),
        cost=mean_interval(paid, side.groups, draws, seed),
        cost_always=mean_interval(always, side.groups, draws, seed),
    )


def risk_coverage(
    predictions: ClassPredictions, *, temperature: float | None = None
) -> tuple[RiskPoint, ...]:
    """Return what share is wrong among the answered, from the surest samples to all.

    At most 101 points, one for each level of confidence or evenly chosen among these.

    Raises:
        EvaluationError: ``evaluation.not_probabilities``.

    Source:
        El-Yaniv, R. and Wiener, Y. (2010), On the Foundations of Noise-free Selective
        Classification, Journal of Machine Learning Research 11, 1605-1641.
    """
    sure = confidence(predictions, temperature)
    order = np.argsort(-sure, kind="stable")
    level = sure[order]
    wrong = np.cumsum(~predictions.right[order])
    ends = np.flatnonzero(np.append(level[:-1] > level[1:], True))
    chosen = ends[np.unique(np.linspace(0, len(ends) - 1, _MOST_POINTS).round().astype(int))]
    return tuple(
        RiskPoint(
            threshold=float(level[at]),
            coverage=float((at + 1) / len(sure)),
            risk=float(wrong[at] / (at + 1)),
        )
        for at in chosen
    )


def not_sure_phrase(found: NotSure) -> Phrase:
    """Return in words what the threshold does, on test where it was tested."""
    if found.threshold <= 0:
        return Phrase.of("not-sure-never")
    if found.threshold > 1:
        return Phrase.of("not-sure-always")
    told = found.test or found.validation
    return Phrase.of(
        "not-sure",
        threshold=found.threshold,
        unsure=round(100 * (1 - told.coverage.value)),
        wrong=round(100 * told.wrong.value),
    )
