"""Which of two candidates is better on the same samples, or whether nobody can tell."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from scipy.special import bdtr, ndtri

from studio.domain.evaluation import Interval, Unit
from studio.domain.judgement import Comparison
from studio.domain.phrase import Phrase
from studio.evaluation.predictions import (
    ClassPredictions,
    Floats,
    Ints,
    ValuePredictions,
    check_same_samples,
    need_samples,
)
from studio.evaluation.resampling import DRAWS, SEED, mean_interval, resampling, sums

__all__ = [
    "Predictions",
    "compare",
    "compare_with_best",
    "detectable_difference",
    "holm",
    "losses",
    "mcnemar",
    "sign_flip",
]

Predictions = ClassPredictions | ValuePredictions

ALPHA = 0.05
_POWER = 0.8
_FEWEST_UNITS = 6
"""Of 5 units even 5 to 0 has p = 2 / 2**5 = 0.06: no difference could be seen."""

_MOST_EXACT = 14
_FLIPS = 9_999


def losses(predictions: Predictions) -> Floats:
    """Return ``(samples,)``: 1 for each wrong class, or the absolute error of each amount."""
    if isinstance(predictions, ClassPredictions):
        return (~predictions.right).astype(np.float64)
    return predictions.off


def compare(
    first: Predictions,
    second: Predictions,
    *,
    names: tuple[str, str],
    draws: int = DRAWS,
    seed: int = SEED,
) -> Comparison:
    """Compare two candidates on the same samples.

    p is McNemar's exact one for classes, Wilcoxon's signed-rank one for amounts, and where
    samples come in groups that of flipping signs of whole groups. One is called better when p
    is below 0.05; for amounts the bootstrap interval of the difference must leave out 0 as
    well, since Wilcoxon's test is about ranks and the difference about means.

    Raises:
        EvaluationError: ``evaluation.different_samples``; ``evaluation.too_few`` (below 2).

    Source:
        Wilcoxon, F. (1945), Individual Comparisons by Ranking Methods. The others: `mcnemar`,
        `sign_flip`. Interval for two shares: Bonett, D. G. and Price, R. M. (2012), Adjusted
        Wald Confidence Interval for a Difference of Binomial Proportions Based on Paired Data.
    """
    check_same_samples(first, second)
    need_samples(len(first), 2, "a comparison")
    apart = losses(first) - losses(second)
    groups = first.groups
    units = resampling(groups, len(first), draws, seed)
    test, p = _tested(apart, groups, units.unit, isinstance(first, ClassPredictions), seed)
    found = Comparison(
        first=names[0],
        second=names[1],
        test=test,
        samples=len(first),
        only_first=int((apart < 0).sum()),
        only_second=int((apart > 0).sum()),
        difference=_difference(apart, first, draws, seed),
        p=p,
        adjusted_p=p,
        detectable=_detectable(apart, first),
        better="",
        phrase=Phrase.of("within-noise", first="", second="", p=p),
        resampling=units,
    )
    return _judged(found, p)


def compare_with_best(
    candidates: Mapping[str, Predictions], *, draws: int = DRAWS, seed: int = SEED
) -> tuple[Comparison, ...]:
    """Compare the candidate with the least error with every other, allowing for all the looks.

    The best is always ``first``. It was chosen by the same samples, which flatters it a
    little; the correction of Holm errs the other way.

    Raises:
        EvaluationError: as `compare`.
    """
    if not candidates:
        return ()
    best = min(candidates, key=lambda name: float(losses(candidates[name]).mean()))
    found = [
        compare(candidates[best], other, names=(best, name), draws=draws, seed=seed)
        for name, other in candidates.items()
        if name != best
    ]
    adjusted = holm([comparison.p for comparison in found])
    return tuple(_judged(c, p) for c, p in zip(found, adjusted, strict=True))


def mcnemar(only_first: int, only_second: int) -> float:
    """Return the two-sided exact p of the samples on which two classifiers differ.

    If both are as good, each such sample falls to either like a coin.

    Source:
        McNemar, Q. (1947), Note on the Sampling Error of the Difference Between Correlated
        Proportions or Percentages; exact by the binomial distribution.
    """
    total = only_first + only_second
    return min(1.0, 2 * float(bdtr(min(only_first, only_second), total, 0.5)))


def sign_flip(values: Floats, *, seed: int = SEED) -> float:
    """Return the two-sided p of the sum of ``values`` when each could as well be its negative.

    Up to 14 values that are not 0 all signs are gone through, else 9,999 are drawn. With one
    value of 1 or -1 a sample it is McNemar's test.

    Source:
        Fisher, R. A. (1935), The Design of Experiments, section 21. Drawn signs: Phipson, B.
        and Smyth, G. K. (2010), Permutation P-values Should Never Be Zero.
    """
    kept = values[values != 0]
    if not len(kept):
        return 1.0
    observed = abs(float(kept.sum())) - 1e-9 * float(np.abs(kept).sum())
    if len(kept) <= _MOST_EXACT:
        signs = np.array(list(itertools.product((-1.0, 1.0), repeat=len(kept))))
        return float((np.abs(signs @ kept) >= observed).mean())
    rng = np.random.default_rng(seed)
    beyond, step = 0, max(1, 4_000_000 // len(kept))
    for begin in range(0, _FLIPS, step):
        signs = rng.choice((-1.0, 1.0), size=(min(step, _FLIPS - begin), len(kept)))
        beyond += int((np.abs(signs @ kept) >= observed).sum())
    return (beyond + 1) / (_FLIPS + 1)


def holm(p_values: Sequence[float]) -> list[float]:
    """Return p values adjusted for having been looked at together, in the same order.

    Source:
        Holm, S. (1979), A Simple Sequentially Rejective Multiple Test Procedure, Scandinavian
        Journal of Statistics 6, 65-70.
    """
    p = np.asarray(p_values, np.float64)
    if not len(p):
        return []
    order = np.argsort(p, kind="stable")
    stepped = np.maximum.accumulate(p[order] * (len(p) - np.arange(len(p))))
    found = np.empty(len(p))
    found[order] = np.minimum(stepped, 1.0)
    adjusted: list[float] = found.tolist()
    return adjusted


def detectable_difference(samples: float, discordant: float, power: float = _POWER) -> float | None:
    """Return the smallest difference of two error shares that would be seen on these samples.

    Args:
        samples: How many independent ones.
        discordant: Share of samples on which exactly one of two candidates is right.
        power: In what share of cases it would be seen, at a significance of 0.05.

    Returns:
        A share of one, or None where even the largest difference would not be seen.

    Source:
        Connor, R. J. (1987), Sample Size for Testing Differences in Proportions for the
        Paired-Sample Design, Biometrics 43, 207-211, solved for the difference. A difference
        above the discordant share needs more discordance; then all of it is on one side.
    """
    alpha, beta = float(ndtri(1 - ALPHA / 2)), float(ndtri(power))
    if samples < _FEWEST_UNITS:
        return None
    # n d^2 = (alpha sqrt(s) + beta sqrt(s - d^2))^2 is quadratic in d.
    a, b = samples + beta**2, -2 * math.sqrt(samples * discordant) * alpha
    root = b * b - 4 * a * (alpha**2 - beta**2) * discordant
    found = (-b + math.sqrt(max(root, 0.0))) / (2 * a)
    return found if found < discordant else _one_sided(samples, alpha, beta)


def _one_sided(samples: float, alpha: float, beta: float) -> float | None:
    """Return d with ``n d = (alpha + beta sqrt(1 - d))^2``: the discordance is the difference."""
    low, high = 0.0, 1.0
    if samples < alpha**2:
        return None
    for _ in range(60):
        middle = (low + high) / 2
        enough = samples * middle >= (alpha + beta * math.sqrt(1 - middle)) ** 2
        low, high = (low, middle) if enough else (middle, high)
    return high


def _tested(
    apart: Floats, groups: Ints | None, unit: Unit, classes: bool, seed: int
) -> tuple[str, float]:
    if unit is Unit.GROUP:
        return "sign-flip", sign_flip(sums(apart, groups), seed=seed)
    if classes:
        return "mcnemar", mcnemar(int((apart < 0).sum()), int((apart > 0).sum()))
    if not apart.any():
        return "wilcoxon", 1.0
    # It takes half a second to load, and most who load this module never need it.
    from scipy.stats import wilcoxon

    return "wilcoxon", float(wilcoxon(apart).pvalue)


def _difference(apart: Floats, first: Predictions, draws: int, seed: int) -> Interval:
    count = len(apart)
    units = resampling(first.groups, count, draws, seed).units
    found = mean_interval(apart, first.groups, draws, seed)
    if isinstance(first, ValuePredictions):
        return found
    # Where the two never differ a bootstrap sees no spread at all.
    worse, better = (float((apart * s > 0).sum() + 1) / (count + 2) for s in (1, -1))
    centre = worse - better
    half = float(ndtri(0.975)) * math.sqrt((worse + better - centre**2) / (count + 2))
    low, high = max(-1.0, centre - half), min(1.0, centre + half)
    if units == count:
        return Interval(found.value, min(found.value, low), max(found.value, high))
    return Interval(found.value, min(found.low, low), max(found.high, high))


def _detectable(apart: Floats, first: Predictions) -> float | None:
    """Return the detectable difference, counting samples of one group as what they are worth."""
    grouped, count = sums(apart - apart.mean(), first.groups), len(apart)
    units = len(grouped)
    if units < _FEWEST_UNITS:
        return None
    error = math.sqrt(units / (units - 1) * float((grouped**2).sum())) / count
    if isinstance(first, ValuePredictions):
        return float(ndtri(1 - ALPHA / 2) + ndtri(_POWER)) * error
    discordant = (int((apart != 0).sum()) + 2) / (count + 2)
    alone = math.sqrt(float(apart.var()) / count)
    worth = count if error <= alone or units == count else count * (alone / error) ** 2
    return detectable_difference(max(float(worth), float(units)), discordant)


def _judged(found: Comparison, adjusted: float) -> Comparison:
    """Return the comparison with its verdict after allowing for others."""
    apart = found.difference
    agreed = found.test == "mcnemar" or apart.low > 0 or apart.high < 0
    if adjusted < ALPHA and agreed:
        better, worse = (
            (found.first, found.second) if apart.value < 0 else (found.second, found.first)
        )
        phrase = Phrase.of("better", better=better, worse=worse, p=adjusted)
        return replace(found, adjusted_p=adjusted, better=better, phrase=phrase)
    key = "within-noise" if found.resampling.units >= _FEWEST_UNITS else "too-few-to-tell"
    phrase = Phrase.of(key, first=found.first, second=found.second, p=adjusted)
    return replace(found, adjusted_p=adjusted, better="", phrase=phrase)
