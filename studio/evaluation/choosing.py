"""Which candidate to take: the smallest that is good enough, or by a person's weights."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from studio.domain.dataset import Split
from studio.domain.errors import EvaluationError
from studio.domain.judgement import SmallestGood, Weighed
from studio.domain.phrase import Phrase
from studio.evaluation.comparison import Predictions, compare, losses
from studio.evaluation.predictions import ClassPredictions, Floats, need_split
from studio.evaluation.resampling import DRAWS, SEED

__all__ = [
    "Better",
    "Column",
    "Contender",
    "best_within_noise",
    "pareto_front",
    "weighed_choice",
]

_MOST_WORSE_SHARE = 0.02
_MOST_WORSE_AMOUNT = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A candidate that may be chosen.

    Attributes:
        name: What it is called.
        predictions: Its answers on the validation side.
        flash_bytes: What it needs; None when unknown, which counts as the largest.
        ram_bytes: The same.
    """

    name: str
    predictions: Predictions
    flash_bytes: float | None
    ram_bytes: float | None

    @property
    def size(self) -> tuple[float, float]:
        """Flash, then RAM, in bytes."""
        flash, ram = self.flash_bytes, self.ram_bytes
        return (math.inf if flash is None else flash, math.inf if ram is None else ram)


def best_within_noise(
    candidates: Sequence[Contender],
    *,
    most_worse: float | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> SmallestGood:
    """Return the smallest candidate that cannot be told from the best on validation.

    The best makes the least error; of equals the smaller. Every other is compared with it by
    `compare`, at 0.05 and without a correction for many looks: the correction would call more
    candidates alike, and lead to worse models. That chance cannot tell two apart does not make
    them equal; with few sessions it can tell next to nothing. So ``most_worse`` limits what
    may be given away. Of all that remain the one with the least flash is taken, then RAM, then
    error.

    Args:
        candidates: One or more, on the same validation samples.
        most_worse: More error than the best that is still accepted; None for two more wrong of
            a hundred, or for amounts a twentieth of the best's mean absolute error;
            ``math.inf`` for no limit.
        draws: Of the bootstrap.
        seed: Of the draws.

    Raises:
        EvaluationError: ``evaluation.no_candidates``, ``evaluation.wrong_split`` and those of
            `compare`.

    Source:
        The idea of the one-standard-error rule of Breiman, L. et al. (1984), Classification
        and Regression Trees, section 3.4.3, with a paired test instead of the standard error.
    """
    if not candidates:
        raise EvaluationError(
            "There is no candidate to choose from.",
            "Run a search first.",
            code="evaluation.no_candidates",
        )
    for contender in candidates:
        need_split(contender.predictions, Split.VALIDATION)
    error = {c.name: float(losses(c.predictions).mean()) for c in candidates}

    def by_size(contender: Contender) -> tuple[object, ...]:
        return (*contender.size, error[contender.name], contender.name)

    best = min(candidates, key=lambda c: (error[c.name], *c.size, c.name))
    limit = _limit(best, error[best.name]) if most_worse is None else most_worse
    comparisons = [
        compare(best.predictions, c.predictions, names=(best.name, c.name), draws=draws, seed=seed)
        for c in candidates
        if c is not best
    ]
    worse = {c.second for c in comparisons if c.better == best.name}
    alike = [
        c
        for c in candidates
        if c.name not in worse and error[c.name] - error[best.name] <= limit + 1e-12
    ]
    alike.sort(key=by_size)
    return SmallestGood(
        chosen=alike[0].name,
        best=best.name,
        alike=tuple(c.name for c in alike),
        most_worse=None if math.isinf(limit) else limit,
        comparisons=tuple(comparisons),
        phrase=_phrase(alike[0], best),
    )


def _limit(best: Contender, error: float) -> float:
    classes = isinstance(best.predictions, ClassPredictions)
    return _MOST_WORSE_SHARE if classes else _MOST_WORSE_AMOUNT * error


def _phrase(chosen: Contender, best: Contender) -> Phrase:
    if chosen is best:
        return Phrase.of("best-chosen", chosen=best.name)
    count = len(best.predictions)
    return Phrase.of("smaller-chosen", chosen=chosen.name, best=best.name, samples=count)


class Better(StrEnum):
    """Which end of a column is the good one."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One property of every candidate.

    Attributes:
        values: One a candidate, finite.
        better: Which end is the good one.
        ratio: Whether twice as much is the same step anywhere (sizes, times); values are then
            above 0.
    """

    values: Sequence[float]
    better: Better
    ratio: bool = False


def pareto_front(columns: Sequence[Column]) -> tuple[int, ...]:
    """Return the candidates no other beats: as good in every column and better in one.

    Candidates that are equal in every column are all kept.

    Returns:
        Their places, rising.

    Raises:
        EvaluationError: ``evaluation.columns`` for no columns, columns of different lengths,
            or values that are not numbers.

    Source:
        Pareto, V. (1906), Manuale di economia politica.
    """
    costs = _costs(columns)
    kept = []
    for at, mine in enumerate(costs):
        beaten = (costs <= mine).all(axis=1) & (costs < mine).any(axis=1)
        if not beaten.any():
            kept.append(at)
    return tuple(kept)


def weighed_choice(
    names: Sequence[str], columns: Mapping[str, Column], weights: Mapping[str, float]
) -> tuple[Weighed, ...]:
    """Return the candidates by a person's weights, the best first.

    In each column the best of those at hand counts 1 and the worst 0, and the others how far
    they are on the way between, by their logarithm in a column of ratios. Where all are equal,
    all count 1. The score is the weighted mean. So a score depends on who else is there; it
    orders, and says nothing by itself.

    Args:
        names: Of the candidates.
        columns: What is known of each, for example accuracy, flash, RAM and latency.
        weights: By column, from 0 up and not all 0; a column without one counts nothing.

    Raises:
        EvaluationError: ``evaluation.columns`` as `pareto_front`, and for weights of columns
            there are not, below 0 or all 0.

    Source:
        Simple additive weighting with min-max normalisation: Hwang, C.-L. and Yoon, K. (1981),
        Multiple Attribute Decision Making, section 3.
    """
    amounts = [weights.get(name, 0.0) for name in columns]
    good = all(math.isfinite(w) and w >= 0 for w in weights.values()) and sum(amounts) > 0
    if not good or not weights.keys() <= columns.keys():
        raise _unusable("The weights")
    costs = _costs(list(columns.values()))
    if len(costs) != len(names):
        raise _unusable("The columns")
    low, high = costs.min(axis=0), costs.max(axis=0)
    span = np.where(high > low, high - low, 1.0)
    parts = 1 - (costs - low) / span
    scores = parts @ np.array(amounts) / sum(amounts)
    found = [
        Weighed(
            name=name,
            score=float(score),
            parts={key: float(part) for key, part in zip(columns, row, strict=True)},
        )
        for name, score, row in zip(names, scores, parts, strict=True)
    ]
    return tuple(sorted(found, key=lambda w: -w.score))


def _costs(columns: Sequence[Column]) -> Floats:
    """Return ``(candidates, columns)``, the lower the better."""
    if not columns or len({len(column.values) for column in columns}) != 1:
        raise _unusable("The columns")
    if not len(columns[0].values):
        raise _unusable("The columns")
    found = []
    for column in columns:
        values = np.asarray(column.values, np.float64)
        if not np.isfinite(values).all() or (column.ratio and values.min() <= 0):
            raise _unusable("The columns")
        scaled = np.log(values) if column.ratio else values
        found.append(scaled if column.better is Better.LOWER else -scaled)
    return np.array(found).T


def _unusable(what: str) -> EvaluationError:
    return EvaluationError(
        f"{what} to choose by are not usable.",
        "Give a number for every candidate and weights from 0 up, not all 0.",
        code="evaluation.columns",
    )
