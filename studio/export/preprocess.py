# SPDX-License-Identifier: Apache-2.0
"""What is done to a row or a recording before the model sees it; NumPy is all it needs.

This very file travels in the bundle. The constants are read from ``preprocessing.json``, which
lies beside it. From the folder of the bundle, ``python preprocess.py`` makes the golden inputs
again and compares them.

All arithmetic is float32, one operation after the other in the order written here, so that
``preprocess.c`` and the studio give the same bytes. A float model takes the bytes divided by
255, an int8 model takes them minus 128.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["filled", "for_float", "for_int8", "prepare", "prepare_recording", "prepare_row"]

Bytes = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]

_HALF, _TOP = np.float32(0.5), np.float32(255)


def prepare(how: Mapping[str, Any], raw: Any) -> Bytes:
    """Return the inputs a row (one) or a recording (its windows) makes, uint8 ``(N, *shape)``.

    Args:
        how: The content of ``preprocessing.json``.
        raw: A row as a mapping from column to cell, or float32 ``(samples, channels)``.
    """
    if how["kind"] == "table":
        return prepare_row(how, raw)[None]
    if how["kind"] == "signal":
        return prepare_recording(how, raw)
    raise ValueError("only rows and recordings are prepared here")


def for_int8(prepared: Bytes) -> npt.NDArray[np.int8]:
    """Return inputs as the int8 model takes them: each byte minus 128."""
    return (prepared.astype(np.int16) - 128).astype(np.int8)


def for_float(prepared: Bytes) -> Floats:
    """Return inputs as a float model takes them: each byte divided by 255."""
    return prepared.astype(np.float32) / _TOP


# --- rows ------------------------------------------------------------------------------------


def prepare_row(how: Mapping[str, Any], row: Mapping[str, Any]) -> Bytes:
    """Return the bytes of one row, uint8 ``(bytes,)``.

    A cell is a number, a text, or None where it is missing; so is a column the row lacks, a
    NaN, and a text where a number belongs.
    """
    made: list[int] = []
    for feature in how["features"]:
        cell = row.get(feature["column"])
        make = _number if feature["kind"] == "number" else _category
        made += make(feature, cell)
    return np.array(made, dtype=np.uint8)


def _number(feature: Mapping[str, Any], cell: Any) -> list[int]:
    value = np.float32("nan")
    if isinstance(cell, (int, float, np.floating)) and not isinstance(cell, bool):
        value = _float32(cell)
    missing = bool(np.isnan(value))
    byte = int(feature["missing"]) if missing else _on_line(feature, value)
    return [byte, 255 if missing else 0] if feature["flagged"] else [byte]


def _on_line(feature: Mapping[str, Any], value: np.float32) -> int:
    """Return the byte of a number: on the line through the knots, constant beyond them."""
    knots = np.array(feature["knots"], dtype=np.float32)
    levels = np.array(feature["levels"], dtype=np.float32)
    if value <= knots[0]:
        return _byte(levels[0])
    if value >= knots[-1]:
        return _byte(levels[-1])
    at = int(np.searchsorted(knots, value, side="right")) - 1
    with np.errstate(all="ignore"):
        share = (value - knots[at]) / (knots[at + 1] - knots[at])
        return _byte(levels[at] + share * (levels[at + 1] - levels[at]))


def _category(feature: Mapping[str, Any], cell: Any) -> list[int]:
    text = None if cell is None or isinstance(cell, bool) else str(cell)
    return [255 if text == value else 0 for value in feature["values"]]


def _float32(number: Any) -> np.float32:
    """Return the nearest float32; what is too large becomes infinite."""
    with np.errstate(all="ignore"):
        try:
            return np.float32(float(number))
        except OverflowError:  # a whole number beyond any float
            return np.float32("inf") if number > 0 else np.float32("-inf")


def _byte(level: np.float32) -> int:
    return int(_rounded(np.array([level], dtype=np.float32))[0])


def _rounded(levels: Floats) -> Bytes:
    """Return levels rounded half up and clipped to a byte; what is no number becomes 0."""
    with np.errstate(all="ignore"):
        up = np.floor(levels + _HALF)
    return np.where(up >= 1, np.minimum(up, _TOP), np.float32(0)).astype(np.uint8)


# --- recordings ------------------------------------------------------------------------------


def prepare_recording(how: Mapping[str, Any], values: Any) -> Bytes:
    """Return the windows of a recording, uint8 ``(windows, *shape)``.

    Args:
        how: The content of ``preprocessing.json``.
        values: float32 ``(samples, channels)``; NaN where a value is missing.
    """
    values = np.asarray(values, dtype=np.float32)
    wide, window, stride = len(how["channels"]), int(how["window"]), int(how["stride"])
    if values.ndim != 2 or values.shape[1] != wide:
        raise ValueError(f"a recording is (samples, {wide})")
    with np.errstate(all="ignore"):
        averaged = _averaged(filled(values), int(how["keep_every"]))
        starts = range(0, len(averaged) - window + 1, stride)
        if how["front_end"] == "raw":
            scaled = _scaled(how, averaged)
            made = [scaled[at : at + window, None, :] for at in starts]
            shape: tuple[int, ...] = (window, 1, wide)
        else:
            bands = how.get("bands", [])
            made = [_scaled(how, _numbers(averaged[at : at + window], bands)) for at in starts]
            shape = (len(how["low"]),)
    return np.array(made, dtype=np.uint8).reshape(len(starts), *shape)


def filled(values: Floats) -> Floats:
    """Return the values with every missing one replaced by the one before it in its channel.

    At the beginning it is the first present one; a channel with none is 0.
    """
    if not len(values):
        return values
    here = ~np.isnan(values)
    rows = np.arange(len(values))[:, None]
    first = np.where(here.any(axis=0), here.argmax(axis=0), 0)
    last = np.maximum(np.maximum.accumulate(np.where(here, rows, 0), axis=0), first[None])
    filled = np.take_along_axis(values, last, axis=0)
    return np.where(np.isnan(filled), np.float32(0), filled)


def _averaged(values: Floats, every: int) -> Floats:
    """Return the means of ``every`` successive values; what is left at the end is dropped."""
    count = len(values) // every
    blocks = values[: count * every].reshape(count, every, values.shape[1])
    return _sums(blocks, 1) / np.float32(every)


def _sums(values: Floats, axis: int) -> Floats:
    """Return sums made one after the other in float32, not in pairs as ``np.sum`` does."""
    last: Floats = np.add.accumulate(values, axis=axis, dtype=np.float32).take(-1, axis=axis)
    return last


def _numbers(window: Floats, bands: Sequence[int]) -> Floats:
    """Return the numbers of ``(window, channels)``, channel by channel."""
    made = _statistics(window)
    if len(bands):
        made = np.concatenate([made, _loudness(window, made[:, 0], bands)], axis=1)
    return made.ravel()


def _statistics(window: Floats) -> Floats:
    """Return six numbers of each channel, float32 ``(channels, 6)``."""
    count, steps = np.float32(len(window)), np.float32(len(window) - 1)
    mean = _sums(window, 0) / count
    deviation = _sums(np.abs(window - mean), 0) / count
    step = _sums(np.abs(window[1:] - window[:-1]), 0) / steps
    above = window > mean
    crossings = (above[1:] != above[:-1]).sum(axis=0).astype(np.float32) / steps
    every = (mean, deviation, window.min(axis=0), window.max(axis=0), step, crossings)
    return np.stack(every, axis=1).astype(np.float32)


def _loudness(window: Floats, mean: Floats, bands: Sequence[int]) -> Floats:
    """Return how loud each band of each channel is, float32 ``(channels, bands)``."""
    cosine, sine, hann = _turns(len(window))
    numbers = np.arange(bands[0], bands[-1])
    re, im = np.zeros((2, window.shape[1], len(numbers)), np.float32)
    for at, values in enumerate(window):
        value = ((values - mean) * hann[at])[:, None]
        place = numbers * at % len(window)
        re += value * cosine[place]
        im += value * sine[place]
    power = re * re + im * im
    sums = np.zeros((len(power), len(bands) - 1), np.float32)
    for band in range(len(bands) - 1):
        for number in range(bands[band], bands[band + 1]):
            sums[:, band] += power[:, number - bands[0]]
    levels = sums.view(np.uint32).astype(np.float32) / np.float32(1 << 23) - np.float32(127)
    return np.where(np.isnan(sums), sums, levels)


def _turns(window: int) -> tuple[Floats, Floats, Floats]:
    """Return cosine and sine of a whole turn, and the Hann window, in whole 32768ths."""
    angles = 2 * np.pi * np.arange(window) / window
    exact = (np.cos(angles), np.sin(angles), 0.5 - 0.5 * np.cos(angles))
    cosine, sine, hann = ((np.rint(e * 32768) / 32768).astype(np.float32) for e in exact)
    return cosine, sine, hann


def _scaled(how: Mapping[str, Any], numbers: Floats) -> Bytes:
    low, high = np.array(how["low"], np.float32), np.array(how["high"], np.float32)
    return _rounded((numbers - low) * (_TOP / (high - low)))


# --- the golden inputs -----------------------------------------------------------------------


def _golden_raw(folder: Path, facts: Mapping[str, Any]) -> Iterator[Any]:
    content = (folder / facts["file"]).read_bytes()
    if facts["file"].endswith(".json"):
        yield from json.loads(content)
        return
    values, at = np.frombuffer(content, dtype="<f4"), 0
    for samples, channels in facts["shapes"]:
        yield values[at : at + samples * channels].reshape(samples, channels)
        at += samples * channels


def main(arguments: Sequence[str]) -> int:
    """Make the golden inputs again and compare them; 0 when every byte is the same."""
    folder = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    how = json.loads((folder / "preprocessing.json").read_text(encoding="utf-8"))
    golden = json.loads((folder / "golden" / "golden.json").read_text(encoding="utf-8"))
    inputs = np.fromfile(folder / golden["inputs"]["file"], dtype=np.int8)
    made = [for_int8(prepare(how, raw)) for raw in _golden_raw(folder, golden["raw"])]
    kept = [one[:count] for one, count in zip(made, golden["raw"]["inputs"], strict=True)]
    same = np.array_equal(np.concatenate(kept).ravel(), inputs)
    print("PASS" if same else "FAIL")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
