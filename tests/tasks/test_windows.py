"""Stretches of recordings as bytes: against the definition, one window at a time."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from studio.domain.errors import DatasetError, SearchError
from studio.domain.preprocessing import FrontEnd, SignalPreprocessing
from studio.domain.sample import RecordingFacts
from studio.export import preprocess
from studio.tasks import Given, find_task
from studio.tasks.recordings import CSV, read_recording
from studio.tasks.spectra import bands_of
from studio.tasks.windows import windows_of

TASK = find_task("sensor-classification")


def signal(
    front_end: FrontEnd, channels: int, keep_every: int = 1, window: int = 4, stride: int = 2
) -> SignalPreprocessing:
    bands = bands_of(window) if front_end is FrontEnd.SPECTRUM else ()
    wide = channels * (1 if front_end is FrontEnd.RAW else 6 + max(0, len(bands) - 1))
    return SignalPreprocessing(
        channels=tuple(f"c{n}" for n in range(channels)),
        rate_hz=10.0,
        keep_every=keep_every,
        window=window,
        stride=stride,
        front_end=front_end,
        low=tuple(-3.0 - n for n in range(wide)),
        high=tuple(5.0 + n for n in range(wide)),
        bands=bands,
    )


def expected(piece: np.ndarray, how: SignalPreprocessing) -> list[list[int]]:
    """Return what the definition says, value by value in float32."""
    columns = [_averaged(_held(column.tolist()), how.keep_every) for column in piece.T]
    found = []
    for at in range(0, len(columns[0]) - how.window + 1, how.stride):
        windows = [column[at : at + how.window] for column in columns]
        if how.front_end is FrontEnd.RAW:
            numbers = [window[n] for n in range(how.window) for window in windows]
            bounds = [(low, high) for _ in range(how.window)
                      for low, high in zip(how.low, how.high, strict=True)]  # fmt: skip
        else:
            numbers = [number for window in windows for number in _statistics(window)]
            bounds = list(zip(how.low, how.high, strict=True))
        found.append([_byte(x, *ends) for x, ends in zip(numbers, bounds, strict=True)])
    return found


def _held(values: Sequence[float]) -> list[np.float32]:
    held = next((np.float32(v) for v in values if not math.isnan(v)), np.float32(0))
    out = []
    for value in values:
        held = held if math.isnan(value) else np.float32(value)
        out.append(held)
    return out


def _sum(values: Sequence[np.float32]) -> np.float32:
    total = values[0]
    for value in values[1:]:
        total = np.float32(total + value)
    return total


def _averaged(values: Sequence[np.float32], every: int) -> list[np.float32]:
    return [
        _sum(values[at : at + every]) / np.float32(every)
        for at in range(0, len(values) - every + 1, every)
    ]


def _statistics(window: Sequence[np.float32]) -> list[np.float32]:
    count, steps = np.float32(len(window)), np.float32(len(window) - 1)
    mean = _sum(window) / count
    pairs = list(itertools.pairwise(window))
    crossings = sum((one > mean) != (other > mean) for one, other in pairs)
    return [
        mean,
        _sum([abs(value - mean) for value in window]) / count,
        min(window),
        max(window),
        _sum([abs(other - one) for one, other in pairs]) / steps,
        np.float32(crossings) / steps,
    ]


def _byte(number: np.float32, low: float, high: float) -> int:
    scale = np.float32(255) / (np.float32(high) - np.float32(low))
    level = np.float32(number - np.float32(low)) * scale + np.float32(0.5)
    return 0 if math.isnan(level) else int(min(255, max(0, math.floor(min(level, 1e6)))))


PIECES = hnp.arrays(
    np.float32,
    st.tuples(st.integers(0, 40), st.integers(1, 3)),
    elements=st.floats(-9, 9, width=32) | st.just(math.nan),
)


@settings(max_examples=60)
@given(
    piece=PIECES,
    front_end=st.sampled_from(FrontEnd),
    every=st.integers(1, 3),
    window=st.integers(2, 7),
    stride=st.integers(1, 5),
)
def test_windows_are_what_the_definition_says(
    piece: np.ndarray, front_end: FrontEnd, every: int, window: int, stride: int
) -> None:
    how = signal(front_end, piece.shape[1], every, window, stride)
    made = windows_of(piece, how)
    assert made.dtype == np.uint8
    assert made.shape[1:] == how.shape
    if front_end is not FrontEnd.SPECTRUM:  # see tests/export/test_preprocess.py
        assert made.reshape(-1, math.prod(how.shape)).tolist() == expected(piece, how)
    # And the file that a bundle carries gives the same bytes.
    assert np.array_equal(made, preprocess.prepare_recording(how.as_json(), piece))


@given(piece=hnp.arrays(np.float32, (12, 2), elements=st.floats(width=32)))
def test_whatever_a_sensor_says_becomes_bytes(piece: np.ndarray) -> None:
    for front_end in FrontEnd:
        made = windows_of(piece, signal(front_end, 2))
        assert np.array_equal(made, windows_of(piece, signal(front_end, 2)))


def recording(
    values: Sequence[Sequence[float | str]], times: Sequence[float] | None = None, **more: Any
) -> Given:
    """Return a recording of 10 Hz as a CSV, as the importer would keep it."""
    wide = len(values[0])
    clock = np.arange(len(values)) / 10 if times is None else times
    lines = ["time_s," + ",".join(f"c{n}" for n in range(wide))]
    lines += [f"{t!r}," + ",".join(map(str, row)) for t, row in zip(clock, values, strict=True)]
    content = "\n".join(lines).replace("np.float64(", "").replace("),", ",").encode()
    read = read_recording(content, CSV)
    facts = RecordingFacts(
        channels=read.channels, units=read.units, rate_hz=read.rate_hz, samples=read.samples,
        gaps=read.gaps, irregular=read.irregular,
    )  # fmt: skip
    return Given(
        name="r.csv", digest=str(hash(content)), media_type=CSV, facts=facts,
        read=lambda: content, **{"class_name": "a", **more},
    )  # fmt: skip


def ramp(count: int) -> list[list[float]]:
    return [[n / 10] for n in range(count)]


WIDE = SignalPreprocessing(
    channels=("c0",), rate_hz=10.0, keep_every=1, window=4, stride=1, front_end=FrontEnd.RAW,
    low=(0.0,), high=(25.5,),
)  # fmt: skip
"""The byte is ten times the value: of a ramp, the number of the sample."""


@settings(max_examples=30)
@given(start=st.integers(0, 30), length=st.integers(1, 30))
def test_windows_never_leave_their_stretch(start: int, length: int) -> None:
    cut = recording(ramp(60), range_s=(start / 10, (start + length) / 10))
    made = TASK.prepare(cut, WIDE)
    assert len(made) == max(0, min(length, 60 - start) - 3)
    assert set(made.ravel().tolist()) <= set(range(start, start + length))


def test_stretches_side_by_side_share_no_sample() -> None:
    parts = [recording(ramp(60), range_s=ends) for ends in ((0.0, 2.3), (2.3, 6.0))]
    one, other = (set(made.ravel().tolist()) for made in TASK.prepare_all(parts, [WIDE])[0])
    assert one == set(range(23))
    assert other == set(range(23, 60))


def test_no_window_crosses_a_gap_or_a_time_that_goes_back() -> None:
    for jump in (+3.0, -0.5):
        times = [n / 10 + (jump if n >= 20 else 0) for n in range(40)]
        made = TASK.prepare(recording(ramp(40), times), WIDE).reshape(-1, 4)
        assert len(made) == 17 + 17
        assert {tuple(np.diff(window.astype(int))) for window in made} == {(1, 1, 1)}


def test_where_all_channels_fall_silent_is_a_gap() -> None:
    values: list[list[float | str]] = [*ramp(40)]
    values[20:25] = [[""]] * 5
    made = TASK.prepare(recording(values), WIDE).reshape(-1, 4)
    assert set(made.ravel().tolist()) == {*range(20), *range(25, 40)}


def test_irregular_times_are_drawn_anew_at_the_usual_rate() -> None:
    dice = np.random.default_rng(1)
    times = np.cumsum(dice.uniform(0.05, 0.15, 200))
    values = [[10 * float(t - times[0])] for t in times]  # a straight line stays one
    given = recording(values, times.tolist())
    assert isinstance(given.facts, RecordingFacts)
    assert given.facts.irregular
    made = TASK.prepare(given, SignalPreprocessing(
        channels=("c0",), rate_hz=20.0, keep_every=1, window=100, stride=100,
        front_end=FrontEnd.RAW, low=(0.0,), high=(127.5,)))  # fmt: skip
    assert np.array_equal(made[0].ravel(), np.arange(100))


def test_another_rate_or_a_channel_that_lacks_is_a_sentence() -> None:
    slow = recording(ramp(40), [n / 5 for n in range(40)])
    with pytest.raises(DatasetError, match="5 Hz and not at 10 Hz") as caught:
        TASK.prepare(slow, WIDE)
    assert caught.value.code == "dataset.unreadable"
    with pytest.raises(DatasetError, match="no channel called 'c1'"):
        TASK.prepare(recording(ramp(40)), signal(FrontEnd.RAW, 2))


def test_channels_are_found_by_name() -> None:
    both = recording([[n / 10, 25.0 - n / 10] for n in range(40)])
    alone = recording(ramp(40))
    assert np.array_equal(TASK.prepare(both, WIDE), TASK.prepare(alone, WIDE))


def noise(count: int, seed: int = 0) -> list[list[float]]:
    return np.random.default_rng(seed).normal(size=(count, 2)).round(4).tolist()


def test_windows_fit_the_stretches_and_use_the_bytes() -> None:
    givens = [recording(noise(300, n), class_name="ab"[n % 2]) for n in range(4)]
    found = TASK.variants(givens)
    assert list(found) == [
        f"{long}-{front}"
        for long in ("2s", "1s", "4s")
        for front in ("raw", "statistics", "spectrum")
    ]
    assert found == TASK.variants(givens)
    for how in found.values():
        made = np.concatenate([TASK.prepare(given, how) for given in givens])
        assert len(made)
        columns = made.reshape(-1, len(how.low) if made.ndim == 2 else 2)
        assert ((columns.max(0).astype(int) - columns.min(0)) > 150).all()
        assert ((columns == 0) | (columns == 255)).mean() < 0.02


def test_short_stretches_make_short_windows() -> None:
    found = TASK.variants([recording(noise(12, n)) for n in range(3)])
    lengths = {how.window for how in found.values() if isinstance(how, SignalPreprocessing)}
    assert lengths == {10, 5}
    with pytest.raises(SearchError) as caught:
        TASK.variants([recording(noise(3, n)) for n in range(3)])
    assert caught.value.code == "search.too_short"


def test_high_rates_are_averaged_and_shown_as_they_are() -> None:
    fast = recording(noise(6000), [n / 1000 for n in range(6000)])
    found = [how for how in TASK.variants([fast]).values() if isinstance(how, SignalPreprocessing)]
    assert {(how.keep_every, how.window) for how in found} == {
        (8, 250),
        (4, 250),
        (1, 256),
        (16, 250),
    }


def test_a_channel_that_never_changes_is_no_trouble() -> None:
    still = recording([[1.0, n % 7] for n in range(100)])
    for how in TASK.variants([still]).values():
        assert len(TASK.prepare(still, how))
