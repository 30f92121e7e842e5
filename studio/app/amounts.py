"""What amounts an import brought, where a project learns amounts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from studio.datasets.answers import amount_of
from studio.domain.sample import NewSample, RowFacts
from studio.tasks.rows import target_column

__all__ = ["Amounts", "SeenAmounts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """The amounts of an import, rows that were there already among them.

    Attributes:
        columns: The columns that are to be told, one a table unless tables differ.
        low: The lowest amount; None without any.
        high: The highest.
        rows: How many rows say one.
        without: How many rows say none: nothing can be learned from them.
    """

    columns: tuple[str, ...]
    low: float | None
    high: float | None
    rows: int
    without: int


class SeenAmounts:
    """Collects amounts while rows go by."""

    def __init__(self) -> None:
        self._column: dict[str, str] = {}
        self._amounts: list[float] = []
        self._without = 0

    def table(self, digest: str, types: Mapping[str, str]) -> None:
        """Note which column of a table is to be told."""
        self._column[digest] = target_column(types)

    def row(self, sample: NewSample) -> None:
        """Note what a row of a table that was noted says."""
        facts = sample.facts
        if not isinstance(facts, RowFacts):
            return
        cell = json.loads(sample.content).get(self._column.get(facts.table, ""))
        amount = amount_of(cell)
        if amount is None:
            self._without += 1
        else:
            self._amounts.append(amount)

    def summary(self) -> Amounts:
        """Return what was seen."""
        return Amounts(
            columns=tuple(dict.fromkeys(name for name in self._column.values() if name)),
            low=min(self._amounts, default=None),
            high=max(self._amounts, default=None),
            rows=len(self._amounts),
            without=self._without,
        )
