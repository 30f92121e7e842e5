"""How recordings become windows, found from the stretches of the training side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from studio.domain.errors import SearchError
from studio.domain.preprocessing import FrontEnd, Preprocessing, SignalPreprocessing
from studio.domain.sample import RecordingFacts
from studio.tasks._task import Given
from studio.tasks.spectra import bands_of
from studio.tasks.windows import averaged, opened, pieces_of, statistics

__all__ = ["variants"]

_SECONDS = (2.0, 1.0, 4.0)
"""Windows offered, the usual one first: a movement of a person or a machine shows in them."""

_SLOW = (16, 8, 32)
"""Values of a window where a second holds too few of them, or nobody said the rate."""

_FEWEST = 8
"""Values that make a window; fewer have no shape."""

_SHORTEST = 4
"""What a window is cut down to where the stretches are short, and no further."""

_MOST_VALUES = 256
"""Values of a window a model gets: 1.5 KB of six channels. Beyond that they are averaged."""

_DROPPED = 0.25
"""Share of a class's time that may lie in stretches shorter than a window."""

_TAIL = 0.005
_MARGIN = 0.1
"""Share of the values clipped on each side, and room beyond, as a share of the range."""

_MOST_STRETCHES = 256
_HELD = 8 << 20
_BLOCKS = 8
"""Stretches looked at, samples of them held, and blocks in which a long one is looked at."""

_MOST_WINDOWS = 20_000

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cut:
    """A window: its name, values averaged to one, averaged values in it, and the next one's."""

    name: str
    keep_every: int
    window: int

    @property
    def stride(self) -> int:
        return max(1, self.window // 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What was looked at: pieces of a class, and how long its whole pieces are, in samples."""

    pieces: list[Floats]
    lengths: dict[str, list[int]]


def variants(givens: Sequence[Given]) -> dict[str, Preprocessing]:
    """Return windows of two to four lengths, each with every front end.

    Raises:
        SearchError: ``search.no_samples``, or ``search.too_short`` where no stretch holds
            enough values for a window.
        DatasetError: ``dataset.unreadable`` if a recording cannot be read.
    """
    channels, rate = _common(givens)
    seen = _look(_spread(givens), channels, rate)
    longest = min((_most_kept(lengths) for lengths in seen.lengths.values()), default=0)
    if longest < _SHORTEST:
        raise SearchError(
            f"The labelled stretches are too short: a window has {_SHORTEST} values or more.",
            "Label longer stretches, or take recordings at a higher rate.",
            code="search.too_short",
        )
    found: dict[str, Preprocessing] = {}
    for cut in _cuts(rate, longest):
        for front_end in FrontEnd:
            bands = bands_of(cut.window) if front_end is FrontEnd.SPECTRUM else ()
            low, high = _bounds(seen.pieces, cut, front_end, bands)
            found[f"{cut.name}-{front_end}"] = SignalPreprocessing(
                channels=channels,
                rate_hz=rate,
                keep_every=cut.keep_every,
                window=cut.window,
                stride=cut.stride,
                front_end=front_end,
                low=low,
                high=high,
                bands=bands,
            )
    return found


def _common(givens: Sequence[Given]) -> tuple[tuple[str, ...], float | None]:
    """Return the channels and the rate of all; that of regular clocks goes first."""
    facts = [given.facts for given in givens if isinstance(given.facts, RecordingFacts)]
    if not facts:
        raise SearchError(
            "There is no recording to learn from.",
            "Import recordings, label them and freeze a dataset version.",
            code="search.no_samples",
        )
    regular = [fact.rate_hz for fact in facts if fact.rate_hz and not fact.irregular]
    rates = regular or [fact.rate_hz for fact in facts if fact.rate_hz]
    # One of them, not a mean of two: 26 Hz is a rate somebody chose, 25.97 Hz is not.
    usual = sorted(rates)[len(rates) // 2] if rates else None
    return facts[0].channels, usual


def _spread(givens: Sequence[Given]) -> list[Given]:
    """Return so many stretches, of every class in turn and from all over it."""
    by_class: dict[str, list[Given]] = defaultdict(list)
    for given in givens:
        by_class[given.class_name].append(given)
    each = -(-_MOST_STRETCHES // len(by_class))
    thinned = [found[:: -(-len(found) // each)] for found in by_class.values()]
    turns = [given for turn in zip_longest(*thinned) for given in turn if given is not None]
    return sorted(turns[:_MOST_STRETCHES], key=lambda given: given.digest)


def _look(givens: Sequence[Given], channels: Sequence[str], rate: float | None) -> _Seen:
    room = max(_HELD // len(givens), 1 << 14)
    pieces: list[Floats] = []
    lengths: dict[str, list[int]] = defaultdict(list)
    for given, recording in opened(givens):
        for piece in pieces_of(given, recording, channels, rate):
            lengths[given.class_name].append(len(piece))
            pieces.extend(_blocks(piece, room, rate))
    return _Seen(pieces=pieces, lengths=lengths)


def _blocks(piece: Floats, room: int, rate: float | None) -> Iterator[Floats]:
    """Yield a piece, or blocks from all over it where it is too long to be held."""
    longest = int(max(_SECONDS) * (rate or 0))
    size = max(room // _BLOCKS, 4 * longest, 4 * max(_SLOW))
    if len(piece) <= _BLOCKS * size:
        yield piece
        return
    for start in np.linspace(0, len(piece) - size, _BLOCKS).astype(int):
        yield piece[start : start + size].copy()


def _most_kept(lengths: Sequence[int]) -> int:
    """Return the longest window for which no more than a quarter of the time is lost."""
    ordered = np.sort(np.array(lengths))
    before = np.cumsum(ordered) - ordered
    return int(ordered[before <= _DROPPED * ordered.sum()][-1])


def _cuts(rate: float | None, longest: int) -> list[_Cut]:
    """Return the windows to choose among, the usual one first."""
    wanted = [round(rate * seconds) for seconds in _SECONDS] if rate else []
    if not wanted or min(wanted) < _FEWEST:
        wanted = list(_SLOW)
    fitting = [samples for samples in wanted if samples <= longest] or [longest]
    if len(fitting) == 1 and fitting[0] // 2 >= _SHORTEST:
        fitting.append(fitting[0] // 2)
    found = [_averaging(samples, rate) for samples in fitting]
    if any(cut.keep_every > 1 for cut in found):
        # Averaging hides what is quick; a short window shows it.
        found.append(_cut(_MOST_VALUES, 1, rate))
    return found


def _averaging(samples: int, rate: float | None) -> _Cut:
    return _cut(samples, -(-samples // _MOST_VALUES), rate)


def _cut(samples: int, keep_every: int, rate: float | None) -> _Cut:
    long = f"{samples / rate:.3f}".rstrip("0").rstrip(".") + "s" if rate else f"{samples}-values"
    return _Cut(name=long, keep_every=keep_every, window=samples // keep_every)


def _bounds(
    pieces: Sequence[Floats], cut: _Cut, front_end: FrontEnd, bands: Sequence[int]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return what becomes byte 0 and byte 255: robust quantiles with room beyond them."""
    total = sum(len(piece) for piece in pieces) // (cut.keep_every * cut.stride)
    stride = cut.stride * -(-total // _MOST_WINDOWS) if total else cut.stride
    made = [averaged(piece, cut.keep_every) for piece in pieces]
    if front_end is not FrontEnd.RAW:
        made = [statistics(values, cut.window, stride, bands) for values in made]
    numbers = np.concatenate(made)
    ends = [_ends(column[np.isfinite(column)]) for column in numbers.T]
    return tuple(low for low, _ in ends), tuple(high for _, high in ends)


def _ends(values: Floats) -> tuple[float, float]:
    """Return low and high of one number, each a float32."""
    if not values.size:
        return 0.0, 1.0
    wide = values.astype(np.float64)
    low, high = np.quantile(wide, [_TAIL, 1 - _TAIL])
    if np.float32(low) >= np.float32(high):
        low, high = wide.min(), wide.max()
    room = _MARGIN * (high - low)
    if np.float32(low - room) >= np.float32(high + room):
        room = max(1.0, abs(low) / 2)  # it never changed: keep it in the middle
    ends = np.array([low - room, high + room]).clip(-1e37, 1e37).astype(np.float32)
    return float(ends[0]), float(ends[1])
