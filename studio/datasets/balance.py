"""Putting parts of unequal size on three sides so that every class has its shares.

A small optimisation: the largest parts first, each where it helps most, then single moves and
swaps as long as they help. Parts of one sample are dealt out last and fill what is missing.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.domain.dataset import Split, SplitShares

__all__ = ["SIDES", "Part", "place", "target_counts"]

SIDES = (Split.TEST, Split.VALIDATION, Split.TRAIN)
"""The order in which sides are filled: what judges a model comes first."""

_EMPTY = 4.0
"""Cost of a class that is missing on a side: more than any shares can be off."""

_RESTARTS = 20
"""Orders tried where a class is still missing on a side; rarely needed, with few sessions."""

_PASSES = 20
_MOST_SWAPPED = 150
"""Parts up to which all swaps are tried; with more of them single moves come close enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Samples that stay together.

    Attributes:
        key: What names it, the same whatever the order of import.
        counts: Samples by class.
        side: Where it already stands, or None.
        allowed: Where it may be put.
    """

    key: bytes
    counts: Mapping[str, int]
    side: Split | None = None
    allowed: tuple[Split, ...] = SIDES

    @property
    def size(self) -> int:
        """How many samples it holds."""
        return sum(self.counts.values())


def target_counts(total: int, shares: SplitShares) -> dict[Split, int]:
    """Return how many of a class's samples each side should get."""
    test = max(1, round(total * shares.test))
    validation = max(1, round(total * shares.validation))
    train = max(0, total - test - validation)
    return {Split.TEST: test, Split.VALIDATION: validation, Split.TRAIN: train}


def place(parts: Sequence[Part], shares: SplitShares) -> list[Split]:
    """Return the side of every part, in order; where a part stands already it stays.

    Args:
        parts: In the order of precedence among equals.
        shares: What is to be reached in every class.
    """
    heavy = [n for n, p in enumerate(parts) if p.side is None and p.size > 1]
    heavy.sort(key=lambda number: -parts[number].size)
    best = _filled(parts, shares, heavy)
    dice = random.Random(0)
    for _ in range(_RESTARTS):
        if best.missing() == 0:
            break
        dice.shuffle(heavy)
        best = min(best, _filled(parts, shares, heavy), key=lambda b: b.cost(b.standing))
    best.deal()
    return [SIDES[side] for side in best.sides]


def _filled(parts: Sequence[Part], shares: SplitShares, heavy: Sequence[int]) -> _Board:
    board = _Board(parts, shares)
    for number in heavy:
        board.put(number, board.best(number))
    board.improve(heavy)
    return board


class _Board:
    """Who stands where, and what that costs."""

    def __init__(self, parts: Sequence[Part], shares: SplitShares) -> None:
        self.parts = parts
        names = sorted({name for part in parts for name in part.counts})
        index = {name: number for number, name in enumerate(names)}
        self.counts = np.zeros((len(parts), len(names)))
        for number, part in enumerate(parts):
            for name, count in part.counts.items():
                self.counts[number, index[name]] = count
        totals = self.counts.sum(0)
        targets = [target_counts(int(total), shares) for total in totals]
        self.targets = np.array([[target[side] for target in targets] for side in SIDES], float)
        self.totals = np.maximum(totals, 1)
        self.sides = [SIDES.index(p.side) if p.side is not None else -1 for p in parts]
        self.allowed = [[SIDES.index(side) for side in part.allowed] for part in parts]
        self.standing = np.zeros((len(SIDES), len(names)))
        for number, side in enumerate(self.sides):
            if side >= 0:
                self.standing[side] += self.counts[number]
        loose = [n for n, p in enumerate(parts) if p.side is None and p.size == 1]
        self.loose = self.counts[loose].sum(0) if loose else np.zeros(len(names))

    def cost(self, standing: NDArray[np.float64]) -> float:
        """Return how far the sides are from their targets, and what is missing on them."""
        off = (standing - self.targets) / self.totals
        return float((off**2).sum() + _EMPTY * self._empty(standing))

    def _empty(self, standing: NDArray[np.float64]) -> float:
        return float(np.maximum((standing == 0).sum(0) - self.loose, 0).sum())

    def missing(self) -> float:
        """Return how many sides lack a class that no single sample can be given to."""
        return self._empty(self.standing)

    def best(self, number: int) -> int:
        """Return the side where a part costs least."""
        costs = []
        for side in self.allowed[number]:
            self.standing[side] += self.counts[number]
            costs.append((self.cost(self.standing), side))
            self.standing[side] -= self.counts[number]
        return min(costs)[1]

    def put(self, number: int, side: int) -> None:
        """Move a part to a side, from wherever it stood."""
        if self.sides[number] >= 0:
            self.standing[self.sides[number]] -= self.counts[number]
        self.sides[number] = side
        self.standing[side] += self.counts[number]

    def improve(self, free: Sequence[int]) -> None:
        """Move and swap as long as that lessens the cost."""
        for _ in range(_PASSES):
            before = self.cost(self.standing)
            for number in free:
                self._move(number)
            if len(free) <= _MOST_SWAPPED:
                self._swap_all(free)
            if self.cost(self.standing) >= before - 1e-12:
                return

    def _move(self, number: int) -> None:
        side = self.sides[number]
        self.standing[side] -= self.counts[number]
        self.sides[number] = -1
        self.put(number, self.best(number))

    def _swap_all(self, free: Sequence[int]) -> None:
        for place, one in enumerate(free):
            for other in free[place + 1 :]:
                first, second = self.sides[one], self.sides[other]
                if first == second:
                    continue
                if second not in self.allowed[one] or first not in self.allowed[other]:
                    continue
                before = self.cost(self.standing)
                self.put(one, second)
                self.put(other, first)
                if self.cost(self.standing) >= before - 1e-12:
                    self.put(one, first)
                    self.put(other, second)

    def deal(self) -> None:
        """Give the single samples out, class by class, to the sides that lack them."""
        by_class: dict[int, list[int]] = defaultdict(list)
        for number, side in enumerate(self.sides):
            if side < 0:
                by_class[int(self.counts[number].argmax())].append(number)
        for column, waiting in by_class.items():
            self._deal_class(column, waiting)

    def _deal_class(self, column: int, waiting: list[int]) -> None:
        lacking = [int(self.standing[side, column] == 0) for side in range(len(SIDES))]
        wanted = self.targets[:, column] - self.standing[:, column] - lacking
        quotas = [lacking, [max(0, int(want)) for want in wanted]]
        for number in waiting:
            self.put(number, self._next_side(number, quotas))

    def _next_side(self, number: int, quotas: list[list[int]]) -> int:
        for quota in quotas:
            for side in self.allowed[number]:
                if quota[side] > 0:
                    quota[side] -= 1
                    return side
        return self.allowed[number][-1]
