"""Offsets for buffers: greedy orders, then a bounded search for a better order.

Each buffer of an order takes the lowest place that those before it leave. Some order gives the
smallest arena: that of the offsets in a smallest one, for to lay its buffers down again in that
order moves none of them up. So the search goes through orders only.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from studio.codegen.memory.buffers import Buffer, Follows

__all__ = ["lower_bound", "place"]

_WORK = 150_000
"""Pairs of buffers that the search may look at: under 0.2 s on a computer of 2020."""

_Neighbours = list[list[tuple[int, int, int]]]
"""For each buffer: another in use with it, and how far below and above that one's offset its
own must not lie."""


def lower_bound(buffers: Iterable[Buffer], follows: Iterable[Follows] = ()) -> int:
    """Return what no plan can be below, in bytes.

    That is the largest sum of sizes in use at one step, less what may overlap there.
    """
    buffers = list(buffers)
    sums = {
        at: sum(b.size_bytes for b in buffers if b.first <= at <= b.last)
        for at in {b.first for b in buffers}
    }
    for at, shared in _shared(buffers, follows).items():
        sums[at] -= shared
    return max(sums.values(), default=0)


def place(buffers: Sequence[Buffer], follows: Sequence[Follows] = ()) -> dict[int, int]:
    """Return an offset for each buffer so that none overlap while in use, save as they may.

    The same buffers always get the same offsets.
    """
    sizes = [b.size_bytes for b in buffers]
    neighbours = _neighbours(buffers, follows)
    order = min(_greedy_orders(buffers), key=lambda order: _top(order, sizes, neighbours))
    order = _climb(order, sizes, neighbours, lower_bound(buffers, follows))
    offsets = _laid(order, neighbours)
    return {buffer.key: offset for buffer, offset in zip(buffers, offsets, strict=True)}


def _shared(buffers: Sequence[Buffer], follows: Iterable[Follows]) -> dict[int, int]:
    """Return, by step, a number of bytes that overlaps cannot save more than."""
    known = {b.key: b for b in buffers}
    by_writer: dict[int, int] = {}
    for pair in follows:
        writer, reader = known[pair.writer].size_bytes, known[pair.reader].size_bytes
        most = max(0, min(writer, reader, writer - pair.distance))
        by_writer[pair.writer] = by_writer.get(pair.writer, 0) + most
    shared: dict[int, int] = {}
    for key, most in by_writer.items():
        at = known[key].first
        shared[at] = shared.get(at, 0) + min(most, known[key].size_bytes)
    return shared


def _neighbours(buffers: Sequence[Buffer], follows: Iterable[Follows]) -> _Neighbours:
    distances = {(pair.writer, pair.reader): pair.distance for pair in follows}
    found: _Neighbours = []
    for one in buffers:
        mine = []
        for at, other in enumerate(buffers):
            if one is other or one.last < other.first or other.last < one.first:
                continue
            below = distances.get((one.key, other.key), one.size_bytes)
            above = distances.get((other.key, one.key), other.size_bytes)
            mine.append((at, min(below, one.size_bytes), min(above, other.size_bytes)))
        found.append(mine)
    return found


def _greedy_orders(buffers: Sequence[Buffer]) -> list[list[int]]:
    orders = (
        lambda b: (-b.size_bytes, b.first, b.key),
        lambda b: (b.first, -b.size_bytes, b.key),
        lambda b: (-b.last, -b.size_bytes, b.key),
        lambda b: (-(b.last - b.first + 1) * b.size_bytes, b.first, b.key),
        lambda b: (-(b.last - b.first), -b.size_bytes, b.key),
    )
    places = range(len(buffers))
    return [sorted(places, key=lambda at, o=order: o(buffers[at])) for order in orders]  # type: ignore[misc]


def _laid(order: Sequence[int], neighbours: _Neighbours) -> list[int]:
    """Return the offset of each buffer when they are laid down in an order."""
    offsets = [-1] * len(order)
    for at in order:
        forbidden = sorted(
            (offsets[other] - below, offsets[other] + above)
            for other, below, above in neighbours[at]
            if offsets[other] >= 0
        )
        offset = 0
        for begin, end in forbidden:
            if offset <= begin:
                break
            offset = max(offset, end)
        offsets[at] = offset
    return offsets


def _top(order: Sequence[int], sizes: Sequence[int], neighbours: _Neighbours) -> int:
    offsets = _laid(order, neighbours)
    return max((o + s for o, s in zip(offsets, sizes, strict=True)), default=0)


def _climb(
    order: list[int], sizes: Sequence[int], neighbours: _Neighbours, bound: int
) -> list[int]:
    """Return an order that is no worse: buffers at the top are moved forward, one at a time."""
    rng = random.Random(0)
    best = _top(order, sizes, neighbours)
    for _ in range(_WORK // (sum(map(len, neighbours)) + len(order) + 1)):
        if best == bound:
            break
        tried = _moved(order, rng, sizes, neighbours)
        top = _top(tried, sizes, neighbours)
        if top <= best:
            order, best = tried, top
    return order


def _moved(
    order: Sequence[int], rng: random.Random, sizes: Sequence[int], neighbours: _Neighbours
) -> list[int]:
    tried = list(order)
    if rng.random() < 0.5:
        offsets = _laid(order, neighbours)
        highest = max(order, key=lambda at: offsets[at] + sizes[at])
        # Either it is moved itself, or something that stands in its way.
        chosen = rng.choice([highest, *(other for other, _, _ in neighbours[highest])])
    else:
        chosen = rng.choice(tried)
    tried.remove(chosen)
    tried.insert(rng.randrange(len(tried) + 1), chosen)
    return tried
