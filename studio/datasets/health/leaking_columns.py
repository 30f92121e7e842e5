"""Columns that give the target away: the answer in disguise, an id, a row number."""

from __future__ import annotations

import warnings
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.datasets.health._check import Check
from studio.datasets.health._tables import as_numbers, column_values, feature_columns, targets
from studio.datasets.material import Material
from studio.domain.evaluation import Interval, wilson_interval
from studio.domain.health import ActionKind, HealthFinding, Severity, SuggestedAction
from studio.domain.sample import SampleKind

__all__ = ["ENTRY"]

_FEWEST_ROWS = 30
_MOST_ROWS = 5_000
_FOLDS = 5
_NEAR_PERFECT = 0.95
"""Lower end of the 95 % interval of what a column alone gets right: honest columns of the
penguins reach 0.79, of the irises 0.92."""

_GAIN = 0.05
"""It must also be this much better than always naming the largest class."""

_NEAR_PERFECT_R2 = 0.98
_DISTINCT_IDS = 0.99


def _find(material: Material) -> Iterator[HealthFinding]:
    chosen = _chosen(targets(material))
    if len(chosen) < _FEWEST_ROWS:
        return
    goal = [targets(material)[position] for position in chosen]
    for column in feature_columns(material):
        every = column_values(material, column)
        values = [every[position] for position in chosen]
        yield from _leak(column, values, goal)
        yield from _numbering(column, every)


def _chosen(goal: Sequence[Any]) -> NDArray[np.int64]:
    known = np.array([n for n, value in enumerate(goal) if value is not None], np.int64)
    random = np.random.default_rng(0)
    if len(known) > _MOST_ROWS:
        known = np.sort(random.choice(known, _MOST_ROWS, replace=False))
    return known


def _leak(column: str, values: Sequence[Any], goal: Sequence[Any]) -> Iterator[HealthFinding]:
    numbers = as_numbers(goal)
    if numbers is not None and len(set(goal)) > _FEWEST_ROWS:
        yield from _leak_of_number(column, values, numbers)
        return
    right = _right_alone(values, [str(value) for value in goal])
    share = wilson_interval(right, len(goal))
    usual = max(Counter(map(str, goal)).values()) / len(goal)
    if share.low >= _NEAR_PERFECT and share.value >= usual + _GAIN:
        yield _finding(column, share)


def _right_alone(values: Sequence[Any], goal: Sequence[str]) -> int:
    """Return how many targets the column alone gets right, each by a model that has not seen it."""
    fold = np.random.default_rng(0).permutation(len(goal)) % _FOLDS
    numbers = as_numbers(values)
    if numbers is not None:
        return _right_by_tree(numbers, goal, fold)
    return _right_by_table([_key(value) for value in values], goal, fold)


def _right_by_table(keys: Sequence[Hashable], goal: Sequence[str], fold: NDArray[np.int64]) -> int:
    right = 0
    for out in range(_FOLDS):
        seen: dict[Hashable, Counter[str]] = defaultdict(Counter)
        for key, target, part in zip(keys, goal, fold, strict=True):
            if part != out:
                seen[key][target] += 1
        right += sum(
            key in seen and seen[key].most_common(1)[0][0] == target
            for key, target, part in zip(keys, goal, fold, strict=True)
            if part == out
        )
    return right


def _right_by_tree(
    numbers: NDArray[np.float64], goal: Sequence[str], fold: NDArray[np.int64]
) -> int:
    from sklearn.tree import DecisionTreeClassifier

    x = np.clip(np.nan_to_num(numbers, nan=-1e30), -1e30, 1e30)[:, None]
    y = np.array(goal)
    right = 0
    for out in range(_FOLDS):
        tree = DecisionTreeClassifier(max_leaf_nodes=max(8, 4 * len(set(goal))), random_state=0)
        tree.fit(x[fold != out], y[fold != out])
        right += int((tree.predict(x[fold == out]) == y[fold == out]).sum())
    return right


def _leak_of_number(
    column: str, values: Sequence[Any], goal: NDArray[np.float64]
) -> Iterator[HealthFinding]:
    from sklearn.tree import DecisionTreeRegressor

    numbers = as_numbers(values)
    if numbers is None:
        return
    x = np.clip(np.nan_to_num(numbers, nan=-1e30), -1e30, 1e30)[:, None]
    fold = np.random.default_rng(0).permutation(len(goal)) % _FOLDS
    predicted = np.empty(len(goal))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for out in range(_FOLDS):
            tree = DecisionTreeRegressor(min_samples_leaf=2, random_state=0)
            tree.fit(x[fold != out], goal[fold != out])
            predicted[fold == out] = tree.predict(x[fold == out])
    spread = float(((goal - goal.mean()) ** 2).sum())
    explained = 1 - float(((goal - predicted) ** 2).sum()) / spread if spread else 0.0
    if explained >= _NEAR_PERFECT_R2:
        yield HealthFinding(
            code="health.leaking_column",
            severity=Severity.PROBLEM,
            title="A column gives the target away",
            sentence=f"{column!r} alone explains {explained:.1%} of the target. If it is not known"
            " before the target is, a model that uses it is worth nothing in use.",
            action=SuggestedAction(kind=ActionKind.IGNORE_COLUMN, target=column),
            figures={"explained": explained},
        )


def _finding(column: str, share: Interval) -> HealthFinding:
    return HealthFinding(
        code="health.leaking_column",
        severity=Severity.PROBLEM,
        title="A column gives the target away",
        sentence=f"{column!r} alone gets {share.value:.1%} of the targets right"
        f" ({share.low:.1%} to {share.high:.1%}). If it is not known before the target is, a model"
        " that uses it is worth nothing in use.",
        action=SuggestedAction(kind=ActionKind.IGNORE_COLUMN, target=column),
        figures={"right": share.value, "low": share.low, "high": share.high},
    )


def _numbering(column: str, values: Sequence[Any]) -> Iterator[HealthFinding]:
    """Find ids: texts that differ in every row, and whole numbers that count the rows."""
    filled = [value for value in values if value is not None]
    if len(filled) < _FEWEST_ROWS:
        return
    numbers = as_numbers(filled)
    if numbers is None:
        numbering = len({_key(value) for value in filled}) >= _DISTINCT_IDS * len(filled)
    else:
        steps = np.diff(numbers)
        numbering = bool((steps == 1).mean() >= _DISTINCT_IDS)
    if numbering:
        yield HealthFinding(
            code="health.id_column",
            severity=Severity.WARNING,
            title="A column that only numbers the rows",
            sentence=f"{column!r} is different in every row, as an id or a row number is."
            " A model can learn rows by heart from it, and nothing else.",
            action=SuggestedAction(kind=ActionKind.IGNORE_COLUMN, target=column),
        )


def _key(value: Any) -> Hashable:
    return value if isinstance(value, str | int | float | bool | None) else repr(value)


ENTRY = Check(
    id="leaking-columns",
    title="Columns that give the target away",
    kinds=frozenset({SampleKind.ROW}),
    find=_find,
)
