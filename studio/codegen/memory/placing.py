"""Offsets for buffers: greedy orders, then a bounded search for a better order.

Each buffer of an order takes the lowest place that those before it leave. Some order gives the
smallest arena: that of the offsets in a smallest one, for to lay its buffers down again in that
order moves none of them up. So the search goes through orders only.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence

from studio.codegen.memory.buffers import Buffer, Follows

__all__ = ["bound_at", "lower_bound", "place"]

_WORK = 150_000
"""Pairs of buffers that the search may look at."""

_PATIENCE = 200
"""Orders without gain after which it ends."""

_Neighbours = list[list[tuple[int, int, int]]]
"""For each buffer: another in use with it, and how far below and above that one's offset its
own must not lie."""


def lower_bound(buffers: Sequence[Buffer], follows: Sequence[Follows] = ()) -> int:
    """Return what no plan can be below, in bytes: that of the largest moment."""
    moments = {b.first for b in buffers}
    return max((bound_at(at, buffers, follows) for at in moments), default=0)


def bound_at(at: int, buffers: Sequence[Buffer], follows: Sequence[Follows]) -> int:
    """Return the sum of sizes in use at one step, less what may overlap there, in bytes."""
    known = {b.key: b for b in buffers if b.first <= at <= b.last}
    sizes = sum(b.size_bytes for b in known.values())
    return sizes - _shared([f for f in follows if f.writer in known and f.reader in known], known)


def place(buffers: Sequence[Buffer], follows: Sequence[Follows] = ()) -> dict[int, int]:
    """Return an offset for each buffer so that none overlap while in use, save as they may.

    The same buffers always get the same offsets.
    """
    sizes = [b.size_bytes for b in buffers]
    neighbours = _neighbours(buffers, follows)
    orders = _greedy_orders(buffers)
    order = min(orders, key=lambda order: _top(_laid(order, neighbours), sizes))
    order = _climb(order, sizes, neighbours, lower_bound(buffers, follows))
    offsets = _laid(order, neighbours)
    return {buffer.key: offset for buffer, offset in zip(buffers, offsets, strict=True)}


def _shared(follows: Iterable[Follows], buffers: Mapping[int, Buffer]) -> int:
    """Return a number of bytes that overlaps at one step cannot save more than."""
    by_writer: dict[int, int] = {}
    for pair in follows:
        writer, reader = buffers[pair.writer].size_bytes, buffers[pair.reader].size_bytes
        most = max(0, min(writer, reader, writer - pair.distance))
        by_writer[pair.writer] = by_writer.get(pair.writer, 0) + most
    return sum(min(most, buffers[writer].size_bytes) for writer, most in by_writer.items())


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


def _top(offsets: Sequence[int], sizes: Sequence[int]) -> int:
    return max((o + s for o, s in zip(offsets, sizes, strict=True)), default=0)


def _climb(
    order: list[int], sizes: Sequence[int], neighbours: _Neighbours, bound: int
) -> list[int]:
    """Return an order that is no worse: buffers at the top are moved, or what is in their way."""
    rng = random.Random(0)
    offsets = _laid(order, neighbours)
    best, idle = _top(offsets, sizes), 0
    for _ in range(_WORK // (sum(map(len, neighbours)) + len(order) + 1)):
        if best == bound or idle == _PATIENCE:
            break
        tried = _moved(order, offsets, rng, sizes, neighbours)
        laid = _laid(tried, neighbours)
        top = _top(laid, sizes)
        idle = 0 if top < best else idle + 1
        if top <= best:
            order, offsets, best = tried, laid, top
    return order


def _moved(
    order: Sequence[int],
    offsets: Sequence[int],
    rng: random.Random,
    sizes: Sequence[int],
    neighbours: _Neighbours,
) -> list[int]:
    tried = list(order)
    chosen = rng.choice(tried)
    if rng.random() < 0.5:
        highest = max(order, key=lambda at: offsets[at] + sizes[at])
        chosen = rng.choice([highest, *(other for other, _, _ in neighbours[highest])])
    tried.remove(chosen)
    tried.insert(rng.randrange(len(tried) + 1), chosen)
    return tried
