"""Which recordings go on where others stop: the pieces of one long record.

Every end looks for a beginning that is as foretold, and every beginning for an end. With
numbers to go by, only the next piece is asked: whether it goes on better than nearly all
others would. Without, an end and a beginning must choose each other by a clear margin.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from studio.datasets.ends import STEPS, Ends, Outlook

__all__ = ["joints", "overlaps"]

_FEWEST = 12
"""Recordings among which going on can be told from chance."""

_MOST_BETTER = 0.03
"""Share of others that may go on better than the next one by number.

Chosen, with the margin below, on every second of 47 accelerometer recordings and of 288 spoken
digits, cut into pieces; measured on the others, see the benchmark."""

_MARGIN, _FEWEST_CHANNELS = 0.4, 3
"""Without numbers: the squared error of the best, of that of the next best, at most; and with
one or two channels an end says too little for a choice among all."""

_FEWEST_SHARED = 5
"""Equal stretches that two recordings share when they hold the same samples."""

_FLOOR = 1e-4
"""Of the variance of a channel: no prediction is better than this."""

_BLOCK = 512

_Values = NDArray[np.float64]


def overlaps(ends: Sequence[Ends]) -> Iterator[tuple[int, int]]:
    """Yield pairs of recordings, by position, that hold the same samples somewhere.

    A stretch that is in more than a few of them is no trace of one record, but a pattern.
    """
    holders: dict[int, list[int]] = defaultdict(list)
    for position, end in enumerate(ends):
        for found in end.prints.tolist():
            holders[found].append(position)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for positions in holders.values():
        for pair in pairwise(positions if len(positions) <= _BLOCK else []):
            shared[pair] += 1
    for pair, count in shared.items():
        if count >= _FEWEST_SHARED:
            yield pair


@dataclass(frozen=True, slots=True)
class _Side:
    """What all recordings have at one side, centred and flat: ``(recordings, values)``."""

    foretold: _Values
    weight: _Values
    there: _Values


def joints(
    ends: Sequence[Ends], following: Mapping[int, int], kinds: Sequence[Hashable]
) -> list[tuple[int, int]]:
    """Return pairs of recordings, by position, of which the second goes on with the first.

    Args:
        ends: Of every recording.
        following: Which recording comes after which, where numbers say so.
        kinds: What each shows: going on is judged among those of the same kind.
    """
    by_form: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for position, end in enumerate(ends):
        if end.start is not None and end.stop is not None:
            by_form[end.form].append(position)
    found = []
    for positions in by_form.values():
        if len(positions) < _FEWEST:
            continue
        place = {position: number for number, position in enumerate(positions)}
        after = {
            place[one]: place[other]
            for one, other in following.items()
            if one in place and other in place
        }
        numbers = {kind: number for number, kind in enumerate(dict.fromkeys(kinds))}
        codes = np.array([numbers[kinds[position]] for position in positions])
        table = _Table([ends[position] for position in positions])
        links = table.numbered(after, codes) if after else table.chosen()
        found += [(positions[one], positions[other]) for one, other in links]
    return found


class _Table:
    """How badly every recording goes on with every other, a block of rows at a time."""

    def __init__(self, ends: Sequence[Ends]) -> None:
        there = np.array([[e.start.there, e.stop.there] for e in ends if e.start and e.stop])
        self.channels = there.shape[-1]
        middle = there.mean((0, 1, 2))
        floor = _FLOOR * there.var((0, 1, 2)) + 1e-12
        self.stop = _side([e.stop for e in ends], middle, floor)
        self.start = _side([e.start for e in ends], middle, floor)

    def __len__(self) -> int:
        return len(self.stop.there)

    def rows(self, begin: int) -> _Values:
        """Return how badly all recordings go on with those of a block; nobody with itself."""
        part = slice(begin, begin + _BLOCK)
        there, weight, foretold = self.start.there, self.stop.weight[part], self.stop.foretold[part]
        on = (weight * foretold**2).sum(1)[:, None] - 2 * (weight * foretold) @ there.T
        on += weight @ (there**2).T
        back = self.start.weight @ (self.stop.there[part] ** 2).T
        back -= 2 * (self.start.weight * self.start.foretold) @ self.stop.there[part].T
        back += (self.start.weight * self.start.foretold**2).sum(1)[:, None]
        bad = np.asarray((on + back.T) / (2 * there.shape[1]))
        np.fill_diagonal(bad[:, begin:], np.inf)
        return bad

    def blocks(self) -> Iterator[tuple[int, _Values]]:
        """Yield blocks of rows, each with where it begins."""
        for begin in range(0, len(self), _BLOCK):
            yield begin, self.rows(begin)

    def numbered(self, after: Mapping[int, int], codes: NDArray[np.int64]) -> list[tuple[int, int]]:
        """Return which of the next ones go on better than nearly all of their kind would.

        Args:
            after: Which comes after which.
            codes: What each shows, as whole numbers from 0 on.
        """
        one, other = np.array(list(after.items())).T
        own = self._own(one, other)
        rivals_end, rivals_start = np.zeros(len(one)), np.zeros(len(one))
        for begin, bad in self.blocks():
            kinds = codes[begin : begin + len(bad)]
            better = bad[:, other] < own
            rivals_end += (better & (kinds[:, None] == codes[one])).sum(0)
            for link in np.flatnonzero((one >= begin) & (one < begin + len(bad))):
                alike = codes == codes[other[link]]
                rivals_start[link] = (alike & (bad[one[link] - begin] < own[link])).sum()
        sizes = np.bincount(codes)
        ends, starts = sizes[codes[one]], sizes[codes[other]]
        good = np.maximum(rivals_end / ends, rivals_start / starts) <= _MOST_BETTER
        good &= np.minimum(ends, starts) >= _FEWEST
        return [(int(a), int(b)) for a, b in zip(one[good], other[good], strict=True)]

    def _own(self, one: NDArray[np.int64], other: NDArray[np.int64]) -> _Values:
        """Return how badly each of some goes on with one other, as `rows` has it."""
        own = np.empty(len(one))
        for begin, bad in self.blocks():
            links = np.flatnonzero((one >= begin) & (one < begin + len(bad)))
            own[links] = bad[one[links] - begin, other[links]]
        return own

    def chosen(self) -> list[tuple[int, int]]:
        """Return the ends and beginnings that choose each other by a clear margin."""
        if self.channels < _FEWEST_CHANNELS:
            return []
        best_start = np.empty(len(self), np.int64)
        margins = np.empty(len(self))
        least, second = np.full(len(self), np.inf), np.full(len(self), np.inf)
        best_end = np.full(len(self), -1)
        for begin, bad in self.blocks():
            part = slice(begin, begin + len(bad))
            best_start[part] = bad.argmin(1)
            low = np.partition(bad, 1, axis=1)[:, :2]
            margins[part] = low[:, 0] / low[:, 1]
            ordered = np.partition(np.concatenate([bad, [least, second]]), 1, axis=0)[:2]
            best_end = np.where(bad.min(0) < least, bad.argmin(0) + begin, best_end)
            least, second = ordered
        clear = (margins <= _MARGIN) & ((least / second)[best_start] <= _MARGIN)
        mutual = best_end[best_start] == np.arange(len(self))
        return [(int(n), int(best_start[n])) for n in np.flatnonzero(clear & mutual)]


def _side(given: Sequence[Outlook | None], middle: _Values, floor: _Values) -> _Side:
    outlooks = [outlook for outlook in given if outlook is not None]
    foretold = np.array([o.foretold for o in outlooks]) - middle
    weight = 1 / (np.array([o.error for o in outlooks]) + floor)
    there = np.array([o.there for o in outlooks]) - middle
    size = STEPS * len(middle)
    return _Side(*(part.reshape(len(outlooks), size) for part in (foretold, weight, there)))
