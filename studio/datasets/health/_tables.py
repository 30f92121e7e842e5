"""Rows as columns of values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.datasets.material import Material

__all__ = ["as_numbers", "column_values", "feature_columns", "targets"]

_NOT_FEATURES = frozenset({"target", "ignore"})


def feature_columns(material: Material) -> list[str]:
    """Return the columns a model would learn from, in the order of the first table."""
    found, values = material.rows
    types: dict[str, str] = {}
    for table in {sample.facts: sample for sample in found}.values():
        types.update(material.column_types(table))
    names = dict.fromkeys(name for row in values for name in row)
    return [name for name in names if types.get(name, "") not in _NOT_FEATURES]


def targets(material: Material) -> list[Any]:
    """Return the target of every readable row: its class, or else its target column's value."""
    found, values = material.rows
    out = []
    for sample, row in zip(found, values, strict=True):
        types = material.column_types(sample)
        column = next((name for name, type in types.items() if type == "target"), None)
        out.append(sample.class_name if sample.class_name is not None else row.get(column or ""))
    return out


def column_values(material: Material, column: str) -> list[Any]:
    """Return the values of a column, row by row."""
    return [row.get(column) for row in material.rows[1]]


def as_numbers(values: Sequence[Any]) -> NDArray[np.float64] | None:
    """Return a column of numbers with NaN for what is missing, or None if it holds others."""
    numbers = []
    for value in values:
        if value is None:
            numbers.append(math.nan)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            numbers.append(float(value))
        else:
            return None
    out = np.array(numbers, np.float64)
    out[~np.isfinite(out)] = math.nan
    return out if np.isfinite(out).any() else None
