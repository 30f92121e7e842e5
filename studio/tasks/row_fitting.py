"""What is done to the cells of a table, found from the rows of the training side."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from studio.domain.errors import SearchError
from studio.domain.preprocessing import (
    CategoryFeature,
    NumberFeature,
    Preprocessing,
    TablePreprocessing,
    TargetScale,
)
from studio.tasks._task import Given
from studio.tasks.columns import ColumnType
from studio.tasks.rows import Column, number_bytes, row_of, target_column

__all__ = ["amount_variants", "class_variants"]

_MOST_ROWS = 200_000
"""Rows looked at: quantiles of more differ by less than one of 256 levels."""

_TAIL = 0.005
"""Share of the values on each side that may be clipped: outliers must not squeeze the rest."""

_MARGIN = 0.05
"""Room beyond the tails, as a share of the range, so that new values can be told apart."""

_KNOTS = 32
"""Of the variant that follows the distribution; eight levels of the byte between two."""

_MOST_VALUES = 32
"""Values of a category column that get a byte of their own, the most frequent ones."""

_RARE = 0.005
"""A value that fewer rows hold, or only one, is nothing a model could learn."""

_LARGEST = 1e38
"""No knot lies beyond: the difference of two must be a float32 too."""

Make = Callable[[str, NDArray[np.float32]], NumberFeature]


def class_variants(givens: Sequence[Given]) -> dict[str, Preprocessing]:
    """Return ``scaled``, where numbers keep their proportions, and ``quantile``.

    In ``quantile`` the bytes follow the distribution, which spreads what crowds together.

    Raises:
        SearchError: ``search.no_columns`` where nobody said what the columns are, and
            ``search.no_features`` where none of them can be learned from.
    """
    return _variants(givens, None)


def amount_variants(givens: Sequence[Given]) -> dict[str, Preprocessing]:
    """Return variants as `class_variants`, with what a model's output means.

    Raises:
        SearchError: as `class_variants`, and ``search.no_samples`` without amounts.
    """
    amounts = np.array([given.amount for given in givens if given.amount is not None])
    if not amounts.size:
        raise SearchError(
            "No row says the amount that is to be told.",
            "Freeze a dataset version of rows that have it.",
            code="search.no_samples",
        )
    spread = float(amounts.std())
    usable = math.isfinite(spread) and spread > 0
    target = TargetScale(
        column=target_column(_columns(givens)),
        offset=float(amounts.mean()),
        scale=spread if usable else 1.0,
    )
    return _variants(givens, target)


def _variants(givens: Sequence[Given], target: TargetScale | None) -> dict[str, Preprocessing]:
    chosen = givens[:: -(-len(givens) // _MOST_ROWS) or 1]
    cells = _cells(chosen, _columns(givens))
    scaled = tuple(_features(cells, _scaled))
    if not scaled:
        raise SearchError(
            "No column of the table can be learned from: they are texts, dates, or the same"
            " in every row.",
            "Import the table again and say what its columns hold.",
            code="search.no_features",
        )
    return {
        "scaled": TablePreprocessing(features=scaled, target=target),
        "quantile": TablePreprocessing(features=tuple(_features(cells, _by_rank)), target=target),
    }


def _columns(givens: Sequence[Given]) -> Mapping[str, str]:
    """Return what the columns are, as said of the table that most rows are from."""
    # The rows of a table share one mapping; comparing a hundred thousand of them takes seconds.
    shared = {id(given.columns): given.columns for given in givens}
    tables = Counter(id(given.columns) for given in givens if given.columns)
    if not tables:
        raise SearchError(
            "Nobody said what the columns of the table hold.",
            "Import the table again.",
            code="search.no_columns",
        )
    return shared[tables.most_common(1)[0][0]]


def _cells(givens: Sequence[Given], columns: Mapping[str, str]) -> list[tuple[str, str, Column]]:
    """Return name, type and cells of the columns that may be features.

    Dates are none: on the device every date is later than all of training, so a model could
    only be misled by them. Texts are none: two rows hardly ever share one. Neither is the
    column that names the session.
    """
    usable = {ColumnType.NUMBER, ColumnType.CATEGORY}
    wanted = {name: kind for name, kind in columns.items() if kind in usable}
    rows = [row_of(given) for given in givens]
    found = {name: Column([row.get(name) for row in rows]) for name in wanted}
    sessions = [given.session for given in givens]
    named = any(session is not None for session in sessions)
    return [
        (name, wanted[name], cells)
        for name, cells in found.items()
        if not (named and cells.texts == sessions)
    ]


def _features(
    cells: Sequence[tuple[str, str, Column]], make: Make
) -> Iterator[NumberFeature | CategoryFeature]:
    for name, kind, column in cells:
        feature = (
            _number(name, column.numbers, make)
            if kind == ColumnType.NUMBER
            else _category(name, column.texts)
        )
        if feature is not None:
            yield feature


def _number(name: str, values: NDArray[np.float32], make: Make) -> NumberFeature | None:
    missing = bool(np.isnan(values).any())
    present = values[np.isfinite(values)]
    if not present.size:
        return None
    if present.min() == present.max():
        return _presence(name, float(present[0])) if missing else None
    feature = make(name, present)
    usual = number_bytes(np.array([np.median(present)], np.float32), feature)
    return replace(feature, missing=int(usual[0]), flagged=missing)


def _presence(name: str, only: float) -> NumberFeature:
    """Return a feature of which nothing but being there can be learned: 255 where it lacks."""
    beyond = float(np.nextafter(np.float32(only), np.float32(np.inf)))
    return NumberFeature(column=name, knots=(only, beyond), levels=(0.0, 0.0), missing=255)


def _scaled(name: str, present: NDArray[np.float32]) -> NumberFeature:
    """Return two knots at robust quantiles; clipped beyond them."""
    wide = present.astype(np.float64)
    low, high = np.quantile(wide, [_TAIL, 1 - _TAIL])
    if np.float32(low) >= np.float32(high):
        low, high = wide.min(), wide.max()
    room = _MARGIN * (high - low)
    ends = np.array([low - room, high + room]).clip(-_LARGEST, _LARGEST)
    knots = np.unique(ends.astype(np.float32))
    if len(knots) < 2:
        knots = np.array([present.min(), present.max()], np.float32)
    return _through(name, knots, np.array([0.0, 255.0]))


def _by_rank(name: str, present: NDArray[np.float32]) -> NumberFeature:
    """Return knots at even quantiles; values that many rows share keep to the middle of them."""
    wide = present.astype(np.float64)
    quantiles = np.quantile(wide, np.linspace(0, 1, _KNOTS)).astype(np.float32)
    knots, first, counts = np.unique(quantiles, return_index=True, return_counts=True)
    ranks = first + (counts - 1) / 2
    return _through(name, knots, 255 * (ranks - ranks[0]) / (ranks[-1] - ranks[0]))


def _through(name: str, knots: NDArray[np.float32], levels: NDArray[np.float64]) -> NumberFeature:
    exact = levels.astype(np.float32)
    return NumberFeature(
        column=name,
        knots=tuple(map(float, knots)),
        levels=tuple(map(float, exact)),
        missing=0,
    )


def _category(name: str, values: Sequence[str | None]) -> CategoryFeature | None:
    counts = Counter(value for value in values if value is not None)
    if len(counts) + (None in values) < 2:
        return None
    fewest = max(2.0, _RARE * len(values))
    often = sorted((-count, value) for value, count in counts.items() if count >= fewest)
    kept = tuple(value for _, value in often[:_MOST_VALUES])
    return CategoryFeature(column=name, values=kept) if kept else None
