"""The same bytes everywhere: docstring, Python in the bundle, C on the device, the studio's own."""

from __future__ import annotations

import importlib.util
import itertools
import json
import math
import shutil
import struct
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.preprocessing import (
    CategoryFeature,
    FrontEnd,
    NumberFeature,
    Preprocessing,
    SignalPreprocessing,
    TablePreprocessing,
)
from studio.export import preprocess
from studio.export.cpreprocess import collector_bytes, preprocess_files
from studio.export.spec import read_spec, write_spec
from studio.tasks import Given, find_task

from .kinds import HOWS, KINDS, ROWS

F = np.float32
NAN, INF = math.nan, math.inf
STRICT = ["-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-O2"]
# What an Arduino core builds with, at its worst: fusing allowed, this processor's own FMA.
FUSING = ["-std=gnu11", "-O3", "-march=native", "-ffp-contract=fast"]


def compilers() -> list[Any]:
    """Return every C compiler there is, as a command."""
    gcc = shutil.which("gcc")
    lacking = pytest.mark.skipif(gcc is None, reason="gcc is not installed")
    found = [pytest.param([gcc], id="gcc", marks=lacking)]
    if importlib.util.find_spec("ziglang") is not None:
        found.append(pytest.param([sys.executable, "-m", "ziglang", "cc"], id="zig"))
    return found


# --- what the docstrings say, one number at a time -------------------------------------------


def to_byte(level: np.float32) -> int:
    """Return a level rounded half up and clipped; what is no number is 0."""
    up = F(level) + F(0.5)
    if not up >= 1:
        return 0
    return 255 if up >= 255 else math.floor(up)


def number(feature: NumberFeature, cell: Any) -> list[int]:
    """Return the bytes of a number column."""
    value = F(NAN) if cell is None or isinstance(cell, str) else F(cell)
    if np.isnan(value):
        return [feature.missing, 255][: feature.width]
    knots, levels = list(map(F, feature.knots)), list(map(F, feature.levels))
    if value <= knots[0]:
        level = levels[0]
    elif value >= knots[-1]:
        level = levels[-1]
    else:
        i = max(i for i, knot in enumerate(knots) if knot <= value)
        share = F(F(value - knots[i]) / F(knots[i + 1] - knots[i]))
        level = F(levels[i] + F(share * F(levels[i + 1] - levels[i])))
    return [to_byte(level), 0][: feature.width]


def row_bytes(how: TablePreprocessing, row: dict[str, Any]) -> list[int]:
    """Return the bytes of a row."""
    made: list[int] = []
    for feature in how.features:
        cell = row.get(feature.column)
        if isinstance(feature, NumberFeature):
            made += number(feature, cell)
        else:
            made += [255 if cell == value else 0 for value in feature.values]
    return made


def window_bytes(how: SignalPreprocessing, values: np.ndarray) -> list[list[int]]:
    """Return the bytes of every window of a recording."""
    columns = [averages(filled(list(column)), how.keep_every) for column in values.T]
    made = []
    for start in range(0, len(columns[0]) - how.window + 1, how.stride):
        cut = [column[start : start + how.window] for column in columns]
        if how.front_end is FrontEnd.RAW:
            numbers = [column[i] for i in range(how.window) for column in cut]
        else:
            numbers = [one for column in cut for one in (*statistics(column), *loud(how, column))]
        made.append([scaled(how, one, i % len(how.low)) for i, one in enumerate(numbers)])
    return made


def loud(how: SignalPreprocessing, values: list[np.float32]) -> list[np.float32]:
    """Return the loudness of each band of one channel, as the definition says."""
    count = len(values)
    turn = [2 * math.pi * i / count for i in range(count)]
    hann = [F(round((0.5 - 0.5 * math.cos(a)) * 32768) / 32768) for a in turn]
    apart = [F(F(v - mean(values)) * h) for v, h in zip(values, hann, strict=True)]
    made = []
    for first, end in itertools.pairwise(how.bands):
        total = F(0)
        for k in range(first, end):
            sums = []
            for wave in (math.cos, math.sin):
                found = F(0)
                for i, value in enumerate(apart):
                    share = F(round(wave(turn[k * i % count]) * 32768) / 32768)
                    found = F(found + F(value * share))
                sums.append(F(found * found))
            total = F(total + F(sums[0] + sums[1]))
        bits = int.from_bytes(total.tobytes(), "little")
        made.append(total if np.isnan(total) else F(F(F(bits) / F(2**23)) - F(127)))
    return made


def filled(values: list[np.float32]) -> list[np.float32]:
    """Return values where a missing one repeats the one before it."""
    last = next((value for value in values if not np.isnan(value)), F(0))
    made = []
    for value in values:
        last = last if np.isnan(value) else value
        made.append(last)
    return made


def averages(values: list[np.float32], every: int) -> list[np.float32]:
    """Return means of successive values."""
    return [mean(values[i : i + every]) for i in range(0, len(values) - every + 1, every)]


def mean(values: Sequence[np.float32]) -> np.float32:
    """Return the mean, summed in the order of time."""
    total = F(0)
    for value in values:
        total = F(total + value)
    return F(total / F(len(values)))


def statistics(values: list[np.float32]) -> list[np.float32]:
    """Return the six numbers of a channel."""
    middle = mean(values)
    pairs = list(itertools.pairwise(values))
    crossings = sum((a > middle) != (b > middle) for a, b in pairs)
    return [
        middle,
        mean([abs(F(value - middle)) for value in values]),
        np.min(values),
        np.max(values),
        mean([abs(F(b - a)) for a, b in pairs]),
        F(F(crossings) / F(len(pairs))),
    ]


def scaled(how: SignalPreprocessing, value: np.float32, i: int) -> int:
    """Return the byte of a number."""
    low, high = F(how.low[i]), F(how.high[i])
    return to_byte(F(F(value - low) * F(F(255) / F(high - low))))


# --- inputs that hurt ------------------------------------------------------------------------

HARD = (NAN, INF, -INF, 0.0, -0.0, 1e-45, -1e-40, 1.1754944e-38, 3.4028235e38, -3.4028235e38, 1e39)


def tables(seed: int) -> TablePreprocessing:
    """Return some table's preprocessing; knots reach from denormals to huge numbers."""
    rng = np.random.default_rng(seed)
    features: list[NumberFeature | CategoryFeature] = []
    for i in range(6):
        scale = 10.0 ** rng.integers(-44 if i == 0 else -3, 30 if i == 1 else 4)
        knots = np.unique((rng.normal(0, 1, rng.integers(2, 40)) * scale).astype(F))
        if len(knots) < 2:
            knots = np.array([0.0, 1.0], F)
        levels = np.sort(rng.uniform(0, 255, len(knots)))
        ties = rng.random() < 0.5
        levels = np.floor(levels) + 0.5 * (levels < 254) if ties else levels
        features.append(
            NumberFeature(
                column=f"n{i}",
                knots=tuple(knots.tolist()),
                levels=tuple(levels.tolist()),
                missing=int(rng.integers(0, 256)),
                flagged=bool(rng.integers(0, 2)),
            )
        )
        if i % 2:
            values = ("a", "??/", 'x"\\', "각", "", "n\0ul", "\n")[: rng.integers(1, 8)]
            features.append(CategoryFeature(column=f"c{i}", values=values))
    return TablePreprocessing(features=tuple(features))


def rows_for(how: TablePreprocessing, seed: int, count: int = 300) -> list[dict[str, Any]]:
    """Return rows: on the knots, between, beyond, missing."""
    rng = np.random.default_rng(seed)
    rows = []
    for _ in range(count):
        row: dict[str, Any] = {}
        for feature in how.features:
            if isinstance(feature, CategoryFeature):
                row[feature.column] = rng.choice([*feature.values, "no such", None])
                continue
            knots = np.array(feature.knots, F)
            i = rng.integers(0, len(knots) - 1)
            between = F(knots[i] + F(rng.random()) * (knots[i + 1] - knots[i]))
            near = np.nextafter(knots[i], F(rng.choice([-INF, INF])))
            pick = [between, between, knots[i], near, knots[-1], rng.choice(HARD)]
            row[feature.column] = float(pick[rng.integers(0, len(pick))])
        rows.append(row)
    return rows


def some_bands(rng: np.random.Generator, window: int) -> tuple[int, ...]:
    """Return two or more edges among 1 to one past half of the window."""
    edges = np.arange(1, window // 2 + 2)
    count = int(rng.integers(2, len(edges) + 1))
    return tuple(sorted(rng.choice(edges, count, replace=False).tolist()))


def signals(seed: int, front_end: FrontEnd) -> SignalPreprocessing:
    """Return some signal's preprocessing."""
    rng = np.random.default_rng(seed)
    channels = int(rng.integers(1, 4))
    window = int(rng.integers(2, 12))
    bands = some_bands(rng, window) if front_end is FrontEnd.SPECTRUM else ()
    wide = channels * (1 if front_end is FrontEnd.RAW else 6 + max(0, len(bands) - 1))
    low = rng.normal(-0.5, 1, wide)
    return SignalPreprocessing(
        channels=tuple(f"channel {i} */" for i in range(channels)),
        rate_hz=None,
        keep_every=int(rng.choice([1, 2, 3, 7])),
        window=window,
        stride=int(rng.integers(1, 15)),
        front_end=front_end,
        low=tuple(low.tolist()),
        high=tuple((low + 10.0 ** rng.uniform(-3, 2, wide)).tolist()),
        bands=bands,
    )


def recording_for(how: SignalPreprocessing, seed: int, samples: int = 240) -> np.ndarray:
    """Return float32 ``(samples, channels)``: equal values, lost ones, and absurd ones."""
    rng = np.random.default_rng(seed)
    values = rng.normal(0, 1, (samples, len(how.channels)))
    values = np.round(values, 1) if seed % 2 else values
    values[rng.random(values.shape) < 0.1] = NAN
    if seed % 3 == 0:
        odd = rng.random(values.shape) < 0.03
        values[odd] = rng.choice(HARD, int(odd.sum()))
    if seed % 5 == 4:
        values[:, -1] = NAN
    first = how.keep_every * how.window
    # The C may learn of the first value late, but before the first window is full.
    values[: int(rng.integers(0, first)), 0] = NAN
    values[first - 1, :-1] = 0.25
    with np.errstate(over="ignore"):
        return values.astype(F)


# --- Python ----------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(8))
def test_python_does_with_rows_what_the_docstring_says(seed: int) -> None:
    how = tables(seed)
    with np.errstate(all="ignore"):
        for row in rows_for(how, seed, 120):
            made = preprocess.prepare(how.as_json(), row)
            assert made.dtype == np.uint8
            assert made[0].tolist() == row_bytes(how, row), row


@pytest.mark.parametrize("front_end", FrontEnd)
@pytest.mark.parametrize("seed", range(10))
def test_python_does_with_recordings_what_the_docstring_says(
    seed: int, front_end: FrontEnd
) -> None:
    how = signals(seed, front_end)
    values = recording_for(how, seed)
    made = preprocess.prepare(how.as_json(), values)
    with np.errstate(all="ignore"):
        wanted = window_bytes(how, values)
    assert made.shape == (len(wanted), *how.shape)
    assert made.reshape(len(made), -1).tolist() == wanted


@settings(max_examples=200, deadline=None)
@given(
    value=st.floats(width=32) | st.none() | st.text(max_size=3) | st.integers(),
    colour=st.sampled_from(["red", "파랑", "", None, "Red"]),
)
def test_any_cell_makes_a_byte(value: Any, colour: str | None) -> None:
    row = {"temp": value, "colour": colour, "size": value}
    with np.errstate(over="ignore"):
        made = preprocess.prepare_row(ROWS.as_json(), row)
        if not isinstance(value, int):
            assert made.tolist() == row_bytes(ROWS, row)
    assert made.shape == ROWS.shape


def test_a_recording_shorter_than_a_window_makes_none() -> None:
    how = HOWS["windows"]
    for samples in (0, 1, 23):
        made = preprocess.prepare(how.as_json(), np.zeros((samples, 2), F))
        assert made.shape == (0, *how.shape)
    assert len(preprocess.prepare(how.as_json(), np.zeros((24, 2), F))) == 1


# --- C ---------------------------------------------------------------------------------------

_ROW_MAIN = """
#include <stdio.h>
#include "preprocess.h"
int main(void) {
  static float numbers[STUDIO_NUMBER_COUNT + 1];
  static char texts[STUDIO_CATEGORY_COUNT + 1][64];
  const char *categories[STUDIO_CATEGORY_COUNT + 1];
  int8_t input[STUDIO_INPUT_BYTES];
  for (;;) {
    int i;
    for (i = 0; i < STUDIO_NUMBER_COUNT; ++i)
      if (fread(&numbers[i], 4, 1, stdin) != 1) return 0;
    for (i = 0; i < STUDIO_CATEGORY_COUNT; ++i) {
      if (fread(texts[i], 64, 1, stdin) != 1) return 0;
      categories[i] = texts[i][63] ? 0 : texts[i];
    }
    studio_prepare(numbers, categories, input);
    fwrite(input, 1, sizeof input, stdout);
  }
}
"""
_SIGNAL_MAIN = """
#include <stdio.h>
#include "preprocess.h"
int main(void) {
  static studio_collector collector;
  float values[STUDIO_CHANNELS];
  int8_t input[STUDIO_INPUT_BYTES];
  studio_collector_start(&collector);
  fprintf(stderr, "%u", (unsigned)sizeof collector);
  while (fread(values, sizeof values, 1, stdin) == 1)
    if (studio_collect(&collector, values, input)) fwrite(input, 1, sizeof input, stdout);
  return 0;
}
"""


def ran(how: Preprocessing, fed: bytes, folder: Path, command: list[str]) -> tuple[np.ndarray, str]:
    """Compile the C of a preprocessing, feed it, and return what it wrote as bytes of 0..255."""
    for name, text in preprocess_files(how).items():
        (folder / name).write_bytes(text.encode("ascii"))
    main = _ROW_MAIN if isinstance(how, TablePreprocessing) else _SIGNAL_MAIN
    (folder / "main.c").write_text(main)
    # The library is separate, so that it and not its user is held to the strictest rules.
    for source in ("preprocess.c", "main.c"):
        subprocess.run([*command, "-c", source], cwd=folder, check=True, capture_output=True)
    link = [*command, "-o", "main", "main.o", "preprocess.o"]
    subprocess.run(link, cwd=folder, check=True, capture_output=True)
    done = subprocess.run([folder / "main"], input=fed, capture_output=True, check=True)
    codes = np.frombuffer(done.stdout, np.int8).astype(int) + 128
    return codes.reshape(-1, math.prod(how.shape)), done.stderr.decode()


def fed_rows(how: TablePreprocessing, rows: list[dict[str, Any]]) -> bytes:
    """Return rows as the C program of these tests reads them."""
    content = b""
    for row in rows:
        cells = [(feature, row.get(feature.column)) for feature in how.features]
        with np.errstate(over="ignore"):
            numbers = [
                np.float32(NAN if cell is None else cell).tobytes()
                for feature, cell in cells
                if isinstance(feature, NumberFeature)
            ]
        texts = [
            struct.pack("63s?", (cell or "").encode(), cell is None or "\0" in cell)
            for feature, cell in cells
            if isinstance(feature, CategoryFeature)
        ]
        content += b"".join(numbers + texts)
    return content


@pytest.mark.parametrize("flags", [STRICT, FUSING], ids=["strict", "fusing"])
@pytest.mark.parametrize("compiler", compilers())
@pytest.mark.parametrize("seed", range(3))
def test_c_makes_the_bytes_of_rows(
    seed: int, compiler: list[str], flags: list[str], tmp_path: Path
) -> None:
    how = tables(seed)
    rows = rows_for(how, seed + 50)
    # C texts end at a nul: there is no way to ask for the value that has one inside.
    rows = [{n: None if "\0" in str(c) else c for n, c in row.items()} for row in rows]
    made, _ = ran(how, fed_rows(how, rows), tmp_path, [*compiler, *flags])
    wanted = np.concatenate([preprocess.prepare(how.as_json(), row) for row in rows])
    assert np.array_equal(made, wanted)


@pytest.mark.parametrize("compiler", compilers())
@pytest.mark.parametrize("keep", [NumberFeature, CategoryFeature])
def test_c_of_rows_of_one_kind_alone(keep: type, compiler: list[str], tmp_path: Path) -> None:
    features = tuple(f for f in tables(1).features if isinstance(f, keep))
    how = TablePreprocessing(features=features)
    rows = [{n: None if "\0" in str(c) else c for n, c in r.items()} for r in rows_for(how, 3, 40)]
    made, _ = ran(how, fed_rows(how, rows), tmp_path, [*compiler, *STRICT])
    wanted = np.concatenate([preprocess.prepare(how.as_json(), row) for row in rows])
    assert np.array_equal(made, wanted)


@pytest.mark.parametrize("compiler", compilers())
@pytest.mark.parametrize("front_end", FrontEnd)
@pytest.mark.parametrize("seed", range(6))
def test_c_makes_the_bytes_of_windows_as_the_values_come(
    seed: int, front_end: FrontEnd, compiler: list[str], tmp_path: Path
) -> None:
    how = signals(seed, front_end)
    values = recording_for(how, seed)
    flags = FUSING if seed % 2 else STRICT
    made, told = ran(how, values.tobytes(), tmp_path, [*compiler, *flags])
    wanted = preprocess.prepare(how.as_json(), values)
    assert len(wanted) > 0
    assert np.array_equal(made, wanted.reshape(len(wanted), -1))
    assert int(told) == collector_bytes(how)


@pytest.mark.parametrize("compiler", compilers())
def test_c_learns_late_of_a_channel_and_agrees_from_then_on(
    compiler: list[str], tmp_path: Path
) -> None:
    """The one difference that cannot be helped, and its end."""
    how = HOWS["windows"]
    assert isinstance(how, SignalPreprocessing)
    rng = np.random.default_rng(4)
    values = rng.normal(0, 1, (120, 2)).astype(F)
    values[:31, 1] = NAN  # the first two windows are full before
    made, _ = ran(how, values.tobytes(), tmp_path, [*compiler, *STRICT])
    wanted = preprocess.prepare(how.as_json(), values)
    wanted = wanted.reshape(len(wanted), -1)
    late = 2
    zero = scaled(how, F(0), 1)
    assert (made[:late, 1::2] == zero).all()
    assert np.array_equal(made[:late, 0::2], wanted[:late, 0::2])
    assert np.array_equal(made[late:], wanted[late:])


@pytest.mark.parametrize("compiler", compilers())
def test_c_refuses_to_be_compiled_carelessly(compiler: list[str], tmp_path: Path) -> None:
    for name, text in preprocess_files(HOWS["statistics"]).items():
        (tmp_path / name).write_text(text)
    command = [*compiler, "-ffast-math", "-c", "preprocess.c"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode
    assert "without -ffast-math" in done.stderr


@pytest.mark.parametrize("compiler", compilers())
@pytest.mark.parametrize("kind", KINDS)
def test_c_runs_clean_under_sanitizers(kind: str, compiler: list[str], tmp_path: Path) -> None:
    how = HOWS[kind]
    fed = np.random.default_rng(1).bytes(4_000)
    clean = [*STRICT, "-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
    try:
        ran(how, b"", tmp_path, [*compiler, *clean])
    except subprocess.CalledProcessError:
        pytest.skip("the compiler has no sanitizers here")
    made, _ = ran(how, fed, tmp_path, [*compiler, *clean])
    assert len(made)


@pytest.mark.parametrize("front_end", FrontEnd)
def test_a_front_end_travels_as_it_is(front_end: FrontEnd) -> None:
    how = signals(4, front_end)
    content = write_spec(how)
    assert read_spec(content) == how
    assert (b'"bands"' in content) is (front_end is FrontEnd.SPECTRUM)


# --- the studio's own ------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_the_studio_prepares_rows_the_same(seed: int) -> None:
    how = tables(seed)
    task = find_task("tabular-classification")
    for row in rows_for(how, seed + 9, 80):
        content = json.dumps(row).encode()
        given = Given(
            name="row", digest="d", media_type="application/json", facts=None,
            read=lambda content=content: content,
        )  # fmt: skip
        assert np.array_equal(task.prepare(given, how), preprocess.prepare(how.as_json(), row))


@pytest.mark.parametrize("front_end", FrontEnd)
@pytest.mark.parametrize("seed", range(5))
def test_the_studio_prepares_recordings_the_same(seed: int, front_end: FrontEnd) -> None:
    """From a CSV without gaps: what lies between gaps is a recording of its own."""
    rng = np.random.default_rng(seed)
    how = signals(seed, front_end)
    values = rng.normal(0, 1, (200, len(how.channels))).astype(F)
    lost = rng.random(values.shape) < 0.2
    lost[:, 0] &= len(how.channels) > 1
    lost[lost.all(axis=1)] = False
    values[lost] = NAN
    names = [f"ch{i}" for i in range(len(how.channels))]
    how = SignalPreprocessing.from_json({**how.as_json(), "channels": names, "rate_hz": 50.0})
    lines = [",".join(["t", *names])]
    for i, row in enumerate(values):
        lines.append(",".join([f"{i * 0.02:.2f}", *("" if np.isnan(v) else f"{v!s}" for v in row)]))
    content = "\n".join(lines).encode()
    given = Given(
        name="walk.csv", digest="d", media_type="text/csv;reading=%7B%22time%22%3A%20%22t%22%7D",
        facts=None, read=lambda: content,
    )  # fmt: skip
    made = find_task("sensor-classification").prepare(given, how)
    assert np.array_equal(made, preprocess.prepare(how.as_json(), values))


def test_the_studio_windows_absurd_values_the_same() -> None:
    from studio.tasks.windows import windows_of

    for seed in range(12):
        for front_end in FrontEnd:
            how = signals(seed, front_end)
            values = recording_for(how, seed)
            assert np.array_equal(
                windows_of(values, how), preprocess.prepare(how.as_json(), values)
            )
