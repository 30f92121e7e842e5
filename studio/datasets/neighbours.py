"""The nearest others of many rows, exactly, a block at a time.

Every row is compared with every other one, but never more than a block of products is held,
and a product that cannot be among the best is looked at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["nearest"]

_ROWS, _COLUMNS = 1024, 8192
"""A block of products takes 32 MiB."""

Rows = NDArray[np.float32]
Progress = Callable[[int, int], None]


def nearest(
    queries: Rows,
    rows: Rows,
    count: int,
    *,
    bias: Rows | None = None,
    progress: Progress = lambda done, total: None,
) -> tuple[NDArray[np.int64], Rows]:
    """Return which rows have the largest products with each query, and these, best first.

    A row is not compared with the query of its own position.

    Args:
        queries: float32 ``(rows, features)``.
        rows: float32 ``(rows, features)``; more than ``count`` of them.
        count: How many a query.
        bias: Added to the products, float32 ``(rows,)``: with ``-|row|^2 / 2`` the best are
            the nearest by Euclid.
        progress: Called with queries done and in all.

    Returns:
        Positions ``(queries, count)``, and products with their bias, of the same shape.
    """
    places = np.empty((len(queries), count), np.int64)
    scores = np.empty((len(queries), count), np.float32)
    for start in range(0, len(queries), _ROWS):
        block = slice(start, start + _ROWS)
        places[block], scores[block] = _of_block(queries[block], start, rows, count, bias)
        progress(min(start + _ROWS, len(queries)), len(queries))
    return places, scores


def _of_block(
    queries: Rows, start: int, rows: Rows, count: int, bias: Rows | None
) -> tuple[NDArray[np.int64], Rows]:
    places = np.full((len(queries), count), -1, np.int64)
    scores = np.full((len(queries), count), -np.inf, np.float32)
    own = np.arange(start, start + len(queries))
    for left in range(0, len(rows), _COLUMNS):
        products = queries @ rows[left : left + _COLUMNS].T
        if bias is not None:
            products += bias[left : left + _COLUMNS]
        inside = (own >= left) & (own < left + products.shape[1])
        products[np.flatnonzero(inside), own[inside] - left] = -np.inf
        if left == 0 and products.shape[1] > count:
            at = np.argpartition(products, -count, axis=1)[:, -count:]
            places, scores = at, np.take_along_axis(products, at, 1)
            continue
        who, where = np.nonzero(products > scores.min(1)[:, None])
        places, scores = _merged(places, scores, who, where + left, products[who, where])
    order = np.argsort(-scores, axis=1, kind="stable")
    return np.take_along_axis(places, order, 1), np.take_along_axis(scores, order, 1)


def _merged(
    places: NDArray[np.int64],
    scores: Rows,
    who: NDArray[np.int64],
    where: NDArray[np.int64],
    values: NDArray[np.floating[Any]],
) -> tuple[NDArray[np.int64], Rows]:
    """Return the best of what was best so far and of what came."""
    total, count = places.shape
    row = np.concatenate([np.repeat(np.arange(total), count), who])
    place = np.concatenate([places.ravel(), where])
    value = np.concatenate([scores.ravel(), values])
    order = np.lexsort((-value, row))
    row = row[order]
    first = np.searchsorted(row, np.arange(total))
    kept = order[(first[:, None] + np.arange(count)).ravel()]
    return place[kept].reshape(total, count), value[kept].reshape(total, count)
