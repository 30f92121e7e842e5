"""Drawing samples, or whole groups of them, again and again to see how figures vary."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.special import ndtr, stdtrit

from studio.domain.evaluation import Interval, Resampling, Unit, wilson_interval
from studio.evaluation.predictions import Floats, Ints

__all__ = [
    "DRAWS",
    "SEED",
    "compact",
    "counts",
    "effective_size",
    "interval",
    "mean_interval",
    "resampling",
    "share",
    "sums",
    "weights",
]

DRAWS = 2000
SEED = 1
_MOST_AT_ONCE = 4_000_000
"""Numbers held at a time: 32 MB."""

_FEW_AMOUNTS = 100


def compact(groups: Ints | None, samples: int) -> tuple[Ints, int]:
    """Return the groups numbered from 0 as they first appear, and how many they are."""
    if groups is None:
        return np.arange(samples), samples
    _, first, number = np.unique(groups, return_index=True, return_inverse=True)
    rank = np.argsort(np.argsort(first))
    return rank[number].astype(np.int64), len(first)


def resampling(groups: Ints | None, samples: int, draws: int, seed: int) -> Resampling:
    """Return what intervals made with these take as independent.

    Groups of one sample each are as good as none.
    """
    units = compact(groups, samples)[1]
    unit = Unit.SAMPLE if units == samples else Unit.GROUP
    return Resampling(unit=unit, units=units, draws=draws, seed=seed)


def counts(rng: np.random.Generator, units: int, draws: int) -> Iterator[Floats]:
    """Draw ``units`` of as many with replacement; yield ``(some draws, units)`` at a time.

    A row says how often each was drawn; the rows of all blocks together are ``draws``.

    Source:
        Efron, B. (1979), Bootstrap Methods: Another Look at the Jackknife. For groups:
        Field, C. A. and Welsh, A. H. (2007), Bootstrapping Clustered Data.
    """
    step = max(1, _MOST_AT_ONCE // units)
    for begin in range(0, draws, step):
        rows = min(step, draws - begin)
        drawn = rng.integers(units, size=(rows, units)) + np.arange(rows)[:, None] * units
        found = np.bincount(drawn.ravel(), minlength=rows * units)
        yield found.reshape(rows, units).astype(np.float64)


def weights(groups: Ints | None, samples: int, draws: int, seed: int) -> Iterator[Floats]:
    """Yield how often each sample is drawn, ``(some draws, samples)`` at a time."""
    number, units = compact(groups, samples)
    for block in counts(np.random.default_rng(seed), units, draws):
        yield block if groups is None else block[:, number]


def sums(values: Floats, groups: Ints | None) -> Floats:
    """Return the sum of each group: ``(samples, ...)`` to ``(groups, ...)``."""
    number, units = compact(groups, len(values))
    found = np.zeros((units, *values.shape[1:]))
    np.add.at(found, number, values)
    return found


def mean_interval(values: Floats, groups: Ints | None, draws: int, seed: int) -> Interval:
    """Return the mean of ``values`` with its bootstrap interval, over groups where given."""
    units = compact(groups, len(values))[1]
    return interval(float(values.mean()), _means(values, groups, draws, seed), units)


def _means(values: Floats, groups: Ints | None, draws: int, seed: int) -> Floats:
    rng = np.random.default_rng(seed)
    amounts, times = np.unique(values, return_counts=True)
    if compact(groups, len(values))[1] == len(values) and len(amounts) <= _FEW_AMOUNTS:
        # Counting how often each amount is drawn is one draw of a multinomial distribution.
        drawn = rng.multinomial(len(values), times / len(values), size=draws)
        return np.asarray(drawn @ amounts / len(values))
    total, size = sums(values, groups), sums(np.ones(len(values)), groups)
    blocks = counts(rng, len(size), draws)
    return np.concatenate([drawn @ total / (drawn @ size) for drawn in blocks])


def interval(value: float, draws: Floats, units: int) -> Interval:
    """Return a figure with the range of its draws, 95 % of them, widened for few units.

    Percentiles of draws from n units are too narrow by sqrt(n / (n - 1)), and by what the
    normal is narrower than Student's t with n - 1 degrees of freedom; the percentiles are
    moved outwards by both. The range always holds the value.

    Args:
        value: The figure on the samples as they are.
        draws: The figure on each draw; draws where it does not exist are NaN and left out.
        units: Of how many independent units was drawn.

    Source:
        Hesterberg, T. (2015), What Teachers Should Know about the Bootstrap, The American
        Statistician 69, 371-386 ("expanded percentile interval").
    """
    found = draws[np.isfinite(draws)]
    if units < 2 or not len(found):
        return Interval(value, value, value)
    tail = float(ndtr(-np.sqrt(units / (units - 1)) * stdtrit(units - 1, 0.975)))
    low, high = np.quantile(found, [tail, 1 - tail])
    return Interval(value, min(value, float(low)), max(value, float(high)))


def effective_size(hits: Floats, totals: Floats) -> float:
    """Return as how many independent samples the samples of these groups count for a share.

    Windows of one recording are right or wrong together, so 100 of them say less than 100
    recordings. Where all or none are hits the likeness within groups cannot be seen; then
    every group counts once, which is the worst case.

    Args:
        hits: ``(groups,)``, samples that count.
        totals: ``(groups,)``, samples.

    Source:
        Korn, E. L. and Graubard, B. I. (1998), Confidence Intervals for Proportions with Small
        Expected Number of Positive Counts Estimated from Survey Data, Survey Methodology 24,
        193-201, with the variance of a ratio over groups of Rao, J. N. K. and Scott, A. J.
        (1992), A Simple Method for the Analysis of Clustered Binary Data, Biometrics 48.
    """
    used = totals > 0
    hit, total = hits[used], totals[used]
    groups, samples = len(total), float(total.sum())
    if groups == samples:
        return samples
    p = float(hit.sum()) / samples if samples else 0.0
    if groups < 2 or p in (0.0, 1.0):
        return max(1.0, float(groups))
    variance = groups / (groups - 1) * float(((hit - total * p) ** 2).sum()) / samples**2
    if variance == 0:
        return samples
    freedom = (stdtrit(samples - 1, 0.975) / stdtrit(groups - 1, 0.975)) ** 2
    return min(samples, max(1.0, p * (1 - p) / variance * float(freedom)))


def share(hits: Floats, groups: Ints | None, among: Floats | None = None) -> Interval:
    """Return the share of samples that are hits, with Wilson's interval for groups.

    Args:
        hits: ``(samples,)``, 0 or 1.
        groups: Which belong together.
        among: ``(samples,)``, 0 or 1: the samples asked about; None for all.
    """
    asked = np.ones(len(hits)) if among is None else among
    hit = hits * asked
    size = effective_size(sums(hit, groups), sums(asked, groups))
    return wilson_interval(int(hit.sum()), int(asked.sum()), size)
