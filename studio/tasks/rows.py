"""Rows of a table as a model sees them.

All arithmetic is float32, one operation after the other in the order written here, so that
the file a bundle carries and the generated C give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.domain.preprocessing import (
    CategoryFeature,
    NumberFeature,
    Preprocessing,
    TablePreprocessing,
)
from studio.tasks._task import Given, Inputs, unusable

__all__ = ["Column", "number_bytes", "prepare_all", "rounded", "row_of", "target_column"]

_NUMBERS = (int, float)

_HALF, _TOP = np.float32(0.5), np.float32(255)


def prepare_all(givens: Sequence[Given], hows: Sequence[Preprocessing]) -> list[list[Inputs]]:
    """Return each row as each preprocessing leaves it, uint8 ``(1, *how.shape)``.

    Raises:
        DatasetError: ``dataset.unreadable`` if the bytes of one are no row.
    """
    tables = [how for how in hows if isinstance(how, TablePreprocessing)]
    if len(tables) != len(hows):
        raise TypeError("a row takes the preprocessing of rows")
    names = dict.fromkeys(feature.column for how in tables for feature in how.features)
    rows = [row_of(given) for given in givens]
    columns = {name: Column([row.get(name) for row in rows]) for name in names}
    return [list(_prepared(columns, how, len(givens))[:, None]) for how in tables]


class Column:
    """The cells of a column, turned into numbers or texts once for all who ask."""

    def __init__(self, cells: Sequence[Any]) -> None:
        self.cells = cells

    @cached_property
    def numbers(self) -> NDArray[np.float32]:
        """As float32 ``(rows,)``; NaN for what is missing or no number.

        What is too large becomes infinite.
        """
        plain = [cell if type(cell) in _NUMBERS else np.nan for cell in self.cells]
        with np.errstate(all="ignore"):
            try:
                return np.array(plain, np.float64).astype(np.float32)
            except OverflowError:  # a whole number beyond any float
                return np.array(list(map(_bounded, plain)), np.float64).astype(np.float32)

    @cached_property
    def texts(self) -> list[str | None]:
        """As the names of categories; None for what is missing."""
        return [
            cell if type(cell) is str else None if cell is None or type(cell) is bool else str(cell)
            for cell in self.cells
        ]


def row_of(given: Given) -> dict[str, Any]:
    """Return a row as values by column; what is missing is None.

    Raises:
        DatasetError: ``dataset.unreadable`` if its bytes are no row.
    """
    try:
        found = json.loads(given.read())
    except (ValueError, RecursionError):
        raise unusable(given, "it is damaged") from None
    if not isinstance(found, dict):
        raise unusable(given, "it is no row of a table")
    return found


def target_column(columns: Mapping[str, str]) -> str:
    """Return the column that is to be told, or ``""``; the first where there are several."""
    return next((name for name, kind in columns.items() if kind == "target"), "")


def _bounded(cell: float) -> float:
    try:
        return float(cell)
    except OverflowError:
        return np.inf if cell > 0 else -np.inf


def _prepared(
    columns: Mapping[str, Column], how: TablePreprocessing, rows: int
) -> NDArray[np.uint8]:
    """Return uint8 ``(rows, bytes)``."""
    made = np.zeros((rows, *how.shape), np.uint8)
    at = 0
    for feature in how.features:
        part = made[:, at : at + feature.width]
        if isinstance(feature, NumberFeature):
            _put_numbers(part, columns[feature.column].numbers, feature)
        else:
            _put_categories(part, columns[feature.column].texts, feature)
        at += feature.width
    return made


def _put_numbers(
    part: NDArray[np.uint8], values: NDArray[np.float32], feature: NumberFeature
) -> None:
    missing = np.isnan(values)
    part[:, 0] = np.where(missing, feature.missing, number_bytes(values, feature))
    if feature.flagged:
        part[:, 1] = np.where(missing, 255, 0)


def _put_categories(
    part: NDArray[np.uint8], values: Sequence[str | None], feature: CategoryFeature
) -> None:
    index: dict[str | None, int] = {value: n for n, value in enumerate(feature.values)}
    places = np.array([index.get(value, -1) for value in values])
    rows = np.flatnonzero(places >= 0)
    part[rows, places[rows]] = 255


def number_bytes(values: NDArray[np.float32], feature: NumberFeature) -> NDArray[np.uint8]:
    """Return the byte of each number, on the line through the knots, constant beyond them."""
    knots, levels = np.array(feature.knots, np.float32), np.array(feature.levels, np.float32)
    at = np.clip(np.searchsorted(knots, values, side="right") - 1, 0, len(knots) - 2)
    with np.errstate(all="ignore"):
        share = (values - knots[at]) / (knots[at + 1] - knots[at])
        line = levels[at] + share * (levels[at + 1] - levels[at])
    line = np.where(values >= knots[-1], levels[-1], line)
    return rounded(np.where(values <= knots[0], levels[0], line))


def rounded(levels: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return levels rounded half up and clipped to a byte; what is no number becomes 0."""
    with np.errstate(all="ignore"):
        up = np.floor(levels + _HALF)
    return np.where(up >= 1, np.minimum(up, _TOP), np.float32(0)).astype(np.uint8)
