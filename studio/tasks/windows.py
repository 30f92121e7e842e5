"""Stretches of recordings as a model sees them: pieces without gaps, and windows of these.

A stretch is cut where the clock lacks samples, so that no window joins what was apart in time.
What is regular is taken as it stands. What was taken at irregular times is drawn anew at the
usual rate, on straight lines between the values there are.

From the pieces on, all arithmetic is float32 and sums go in the order of time, so that the
file a bundle carries and the generated C give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from studio.domain.preprocessing import (
    STATISTICS,
    FrontEnd,
    Preprocessing,
    SignalPreprocessing,
)
from studio.domain.sample import RecordingFacts
from studio.tasks._task import Given, Inputs, unusable
from studio.tasks.recordings import BadRecording, Recording, read_recording
from studio.tasks.rows import rounded
from studio.tasks.spectra import loudness

__all__ = [
    "averaged",
    "hertz",
    "opened",
    "pieces_of",
    "prepare_all",
    "same_rate",
    "statistics",
    "windows_of",
]

Floats = NDArray[np.float32]

_SAME_RATE = 0.02
"""Rates that differ by less are one: the same sensor on two boards is off by a per cent."""

_GAP = 2.5
"""Steps of a regular clock that make a gap, as `studio.tasks.clocks` counts them."""

_LONG_GAP = 10
"""Steps of an irregular clock that are too many to draw a line across."""

_EMPTY_ROWS = 3
"""Rows in a row without any value that make a gap."""

_TOLERANCE = 1e-3
"""Of a step: what a time may be off for being written in decimals."""

_BLOCK = 4 << 20
"""Values in memory at once while statistics are made."""

_TOP = np.float32(255)


def prepare_all(givens: Sequence[Given], hows: Sequence[Preprocessing]) -> list[list[Inputs]]:
    """Return the windows of each stretch for each preprocessing, uint8 ``(windows, *shape)``.

    Raises:
        DatasetError: ``dataset.unreadable`` if one cannot be read, lacks a channel, or has
            another rate.
    """
    signals = [how for how in hows if isinstance(how, SignalPreprocessing)]
    if len(signals) != len(hows):
        raise TypeError("a recording takes the preprocessing of recordings")
    made: list[list[Inputs]] = [[] for _ in signals]
    for given, recording in opened(givens):
        for number, how in enumerate(signals):
            pieces = pieces_of(given, recording, how.channels, how.rate_hz)
            windows = [windows_of(piece, how) for piece in pieces]
            empty = np.empty((0, *how.shape), np.uint8)
            made[number].append(np.concatenate([empty, *windows]))
    return made


def opened(givens: Sequence[Given]) -> Iterator[tuple[Given, Recording]]:
    """Yield each row with its recording; one after the other, the same is read once.

    Raises:
        DatasetError: ``dataset.unreadable`` if one cannot be read.
    """
    held: tuple[str, Recording] | None = None
    for given in givens:
        if held is None or held[0] != given.digest:
            held = given.digest, _read(given)
        yield given, held[1]


def _read(given: Given) -> Recording:
    try:
        return read_recording(given.read(), given.media_type)
    except BadRecording as error:
        raise unusable(given, error) from error


def pieces_of(
    given: Given, recording: Recording, channels: Sequence[str], rate_hz: float | None
) -> list[Floats]:
    """Return what of a recording is meant, float32 ``(samples, channels)``, cut at its gaps.

    Values may be missing (NaN) in it.

    Args:
        given: Which stretch.
        recording: The whole recording.
        channels: Which, in this order.
        rate_hz: The rate of the pieces; None where nobody said.

    Raises:
        DatasetError: ``dataset.unreadable`` if it lacks a channel, has another rate, or
            nothing says where the stretch is.
    """
    if lacking := [name for name in channels if name not in recording.channels]:
        raise unusable(given, f"it has no channel called {lacking[0]!r}")
    own = _rate(given, recording)
    if not recording.irregular and not same_rate(own, rate_hz):
        raise unusable(given, f"it was taken at {hertz(own)} and not at {hertz(rate_hz)}")
    meant = _meant(given, recording, own)
    positions = [recording.channels.index(name) for name in channels]
    values = recording.values[meant][:, positions]
    times = None if recording.times is None else recording.times[meant]
    found = []
    for first, last in _between_gaps(values, times, own, irregular=recording.irregular):
        piece = values[first:last]
        if recording.irregular and times is not None and rate_hz is not None:
            piece = _drawn_anew(piece, times[first:last], rate_hz)
        found.append(piece)
    return found


def _rate(given: Given, recording: Recording) -> float | None:
    facts = given.facts
    told = facts.rate_hz if isinstance(facts, RecordingFacts) else None
    return told or recording.rate_hz


def same_rate(one: float | None, other: float | None) -> bool:
    """Return whether recordings at two rates can be taken as one kind."""
    if one is None or other is None:
        return one is other
    return abs(one - other) <= _SAME_RATE * other


def hertz(rate: float | None) -> str:
    """Return a rate for a sentence."""
    return f"{rate:g} Hz" if rate else "a rate nobody knows"


def _meant(given: Given, recording: Recording, rate: float | None) -> NDArray[np.bool_] | slice:
    """Return which samples a stretch holds: from its start up to, not including, its end."""
    if given.range_s is None:
        return slice(None)
    start, end = given.range_s
    near = _TOLERANCE / rate if rate else 0.0
    if recording.times is not None:
        after: NDArray[np.bool_] = recording.times >= start - near
        return after & (recording.times < end - near)
    if rate is None:
        raise unusable(given, "a stretch is labelled, but nothing says its sampling rate")
    first, last = (int(np.ceil(max(0.0, at - near) * rate)) for at in (start, end))
    return slice(first, last)


def _between_gaps(
    values: Floats, times: NDArray[np.float64] | None, rate: float | None, *, irregular: bool
) -> list[tuple[int, int]]:
    """Return first and one past last of what lies between gaps."""
    cut = np.zeros(len(values) + 1, bool)
    if times is not None and len(times) > 1:
        steps = np.diff(times)
        most = (_LONG_GAP if irregular else _GAP) / rate if rate else np.inf
        cut[1:-1] = (steps > most) | (steps < 0)
    nothing: NDArray[np.bool_] = np.logical_and.reduce(np.isnan(values), axis=1)
    empty = _long_runs(nothing, _EMPTY_ROWS)
    cut[:-1] |= empty
    cut[1:] |= empty
    cut[[0, -1]] = True
    edges = np.flatnonzero(cut)
    pairs = zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)
    return [(first, last) for first, last in pairs if not empty[first]]


def _long_runs(mask: NDArray[np.bool_], fewest: int) -> NDArray[np.bool_]:
    """Return where a mask is true in runs of at least so many."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    out = np.zeros_like(mask)
    for first, last in edges.reshape(-1, 2).tolist():
        out[first:last] = last - first >= fewest
    return out


def _drawn_anew(piece: Floats, times: NDArray[np.float64], rate_hz: float) -> Floats:
    """Return values at even times, on straight lines between those there are."""
    kept = np.concatenate([[True], np.diff(times) > 0])
    at = times[kept] - times[0]
    even = np.arange(int(at[-1] * rate_hz + _TOLERANCE) + 1) / rate_hz
    with np.errstate(all="ignore"):
        lines = [np.interp(even, at, channel) for channel in piece[kept].T]
        return np.stack(lines, axis=1).astype(np.float32)


def windows_of(piece: Floats, how: SignalPreprocessing) -> Inputs:
    """Return the windows of a piece, uint8 ``(windows, *how.shape)``; maybe none.

    Args:
        piece: float32 ``(samples, channels)``, NaN where a value is missing.
        how: What to do.
    """
    values = averaged(piece, how.keep_every)
    low, high = np.array(how.low, np.float32), np.array(how.high, np.float32)
    with np.errstate(all="ignore"):
        scale = _TOP / (high - low)
        if how.front_end is FrontEnd.RAW:
            codes = rounded((values - low) * scale)
            found = _cut(codes, how.window, how.stride).transpose(0, 2, 1)
            return np.ascontiguousarray(found).reshape(len(found), *how.shape)
        found = statistics(values, how.window, how.stride, how.bands)
        return rounded((found - low) * scale)


def _cut(values: NDArray[np.generic], window: int, stride: int) -> NDArray[np.generic]:
    """Return a view of the windows, ``(windows, channels, window)``."""
    if len(values) < window:
        return np.empty((0, values.shape[1], window), values.dtype)
    return sliding_window_view(values, window, axis=0)[::stride]


def averaged(piece: Floats, every: int) -> Floats:
    """Return means of so many successive values, missing ones filled; a rest is dropped."""
    filled = _filled(piece)
    if every == 1:
        return filled
    count = len(filled) // every
    blocks = filled[: count * every].reshape(count, every, filled.shape[1])
    total = blocks[:, 0].copy()
    with np.errstate(all="ignore"):
        for place in range(1, every):
            total += blocks[:, place]
        return total / np.float32(every)


def _filled(values: Floats) -> Floats:
    """Return values where each missing one is the one before it in its channel.

    At the beginning it is the first present one; a channel with none is 0.
    """
    here = ~np.isnan(values)
    if here.all():
        return values
    rows = np.arange(len(values))[:, None]
    first = np.where(here.any(axis=0), here.argmax(axis=0), 0)
    last = np.maximum(np.maximum.accumulate(np.where(here, rows, 0), axis=0), first[None])
    filled = np.take_along_axis(values, last, axis=0)
    return np.where(np.isnan(filled), np.float32(0), filled)


def statistics(values: Floats, window: int, stride: int, bands: Sequence[int] = ()) -> Floats:
    """Return the statistics of each window, float32 ``(windows, 6 * channels)``.

    See `FrontEnd`. A step crosses the mean where one of its ends is above it and the other
    is not. With edges of bands, the loudness of these follows the six of each channel.
    """
    windows = _cut(values, window, stride)
    count, wide = len(windows), values.shape[1]
    each = STATISTICS + max(0, len(bands) - 1)
    made = np.empty((count, wide, each), np.float32)
    block = max(1, _BLOCK // (wide * window))
    for first in range(0, count, block):
        some, out = windows[first : first + block].astype(np.float32), made[first : first + block]
        _summarise(some, out)
        if bands:
            out[..., STATISTICS:] = loudness(some, out[..., 0], bands)
    return made.reshape(count, wide * each)


def _summarise(windows: Floats, out: Floats) -> None:
    """Put six numbers a window and channel into ``out``; windows are ``(n, channels, window)``."""
    window = windows.shape[2]
    count, steps = np.float32(window), np.float32(window - 1)
    with np.errstate(all="ignore"):
        mean = _sums(windows) / count
        out[..., 0] = mean
        out[..., 1] = _sums(np.abs(windows - mean[..., None])) / count
        out[..., 2] = windows.min(axis=2)
        out[..., 3] = windows.max(axis=2)
        out[..., 4] = _sums(np.abs(windows[..., 1:] - windows[..., :-1])) / steps
        above = windows > mean[..., None]
        crossings = np.count_nonzero(above[..., 1:] != above[..., :-1], axis=2)
        out[..., 5] = crossings.astype(np.float32) / steps


def _sums(values: Floats) -> Floats:
    """Return sums made in the order of time; ``np.sum`` adds in pairs."""
    return np.add.accumulate(values, axis=-1, dtype=np.float32)[..., -1]
