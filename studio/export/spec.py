"""``preprocessing.json``: written for a bundle, and read back from a stranger's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.domain.errors import BundleError, ExportError
from studio.domain.preprocessing import (
    ImagePreprocessing,
    NumberFeature,
    Preprocessing,
    SignalPreprocessing,
    TablePreprocessing,
    preprocessing_from_json,
)
from studio.export.json_schema import load_schema
from studio.export.manifest import as_json_bytes, damaged, read_json
from studio.export.schema import check

__all__ = ["FILE", "as_content", "read_earlier", "read_spec", "write_spec"]

FILE = "preprocessing.json"
_SCHEMA = "preprocessing.schema.json"
_LARGEST_BYTES = 8 << 20
_OUR_FIELDS = frozenset({"shape", "resampling", "grey", "layout", "words"}) | {
    "float32_input",
    "int8_input",
}
_INT8_RANGE = {"dtype": "int8", "scale": 1 / 255, "zero_point": -128}


def as_content(how: Preprocessing) -> dict[str, Any]:
    """Return what stands in the file: the plain form, the shape, the contract and the words."""
    byte = "pixel" if isinstance(how, ImagePreprocessing) else "byte"
    return {
        **how.as_json(),
        "shape": list(how.shape),
        "float32_input": {"dtype": "float32", "formula": f"{byte} / 255"},
        "int8_input": {**_INT8_RANGE, "formula": f"{byte} - 128"},
        **_DESCRIBED[type(how)](),
    }


def write_spec(how: Preprocessing) -> bytes:
    """Return the file.

    Raises:
        ExportError: ``export.preprocessing`` if it could not be read back the same.
    """
    content = as_json_bytes(as_content(how))
    try:
        same = read_spec(content) == how
    except BundleError as error:
        raise _cannot_travel(error.happened.partition(": ")[2]) from error
    if not same:
        raise _cannot_travel("a name holds letters that cannot be written.")
    return content


def read_spec(content: bytes) -> Preprocessing:
    """Read the file, also a stranger's.

    Raises:
        BundleError: ``bundle.damaged``.
    """
    if len(content) > _LARGEST_BYTES:
        raise damaged(f"{FILE} is larger than any")
    data = read_json(content, FILE)
    check(data, load_schema(_SCHEMA), FILE)
    how = _rebuilt({name: item for name, item in data.items() if name not in _OUR_FIELDS})
    if data.get("shape", list(how.shape)) != list(how.shape):
        raise damaged(f"in {FILE}, the shape is not what the rest makes")
    if fault := _float32_fault(how):
        raise damaged(f"in {FILE}, {fault}")
    return how


def read_earlier(content: bytes) -> ImagePreprocessing:
    """Read the file as format 1 wrote it, when there were pictures only.

    Raises:
        BundleError: ``bundle.damaged``.
    """
    how = read_spec(content)
    if not isinstance(how, ImagePreprocessing):
        raise damaged(f"{FILE} is not about a picture, as its format has it")
    return how


def _rebuilt(data: Mapping[str, Any]) -> Preprocessing:
    try:
        return preprocessing_from_json(data)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise damaged(f"in {FILE}, {error}") from error


def _float32_fault(how: Preprocessing) -> str:
    """Return what the device's float32 cannot tell apart, or an empty text."""
    with np.errstate(all="ignore"):
        if isinstance(how, SignalPreprocessing):
            low, high = np.array(how.low, np.float32), np.array(how.high, np.float32)
            good = bool((high > low).all() and np.isfinite(high - low).all())
            return "" if good else "low and high are the same or too far apart in float32"
        if isinstance(how, TablePreprocessing):
            features = (f for f in how.features if isinstance(f, NumberFeature))
            spans = [np.diff(np.array(f.knots, np.float32)) for f in features]
            good = all((span > 0).all() and np.isfinite(span).all() for span in spans)
            return "" if good else "knots are the same or too far apart in float32"
    return ""


def _cannot_travel(why: str) -> ExportError:
    return ExportError(
        f"The preprocessing cannot be written for a device: {why}",
        "Rename the column or leave it out, then search again.",
        code="export.preprocessing",
    )


# --- words -----------------------------------------------------------------------------------


def _image() -> dict[str, Any]:
    return {
        "resampling": "Pillow BILINEAR, antialiased, aspect ratio not kept",
        "grey": "ITU-R 601 luma",
        "layout": "height, width, channels; rows from the top, pixels from the left",
        "words": [_described(ImagePreprocessing, r"(In this order: .+)"), *_CONTRACT["pixels"]],
    }


def _table() -> dict[str, Any]:
    return {
        "layout": "the bytes of each feature, in the order of the features",
        "words": [*_TABLE_WORDS, *_CONTRACT["bytes"]],
    }


def _signal() -> dict[str, Any]:
    return {
        "layout": "raw: window, 1, channels, in the order of time; statistics: mean, mean absolute "
        "deviation, lowest, highest, mean absolute step, share of steps that cross the mean, "
        "channel by channel; spectrum: these six and the loudness of each band, channel by channel",
        "words": [_described(SignalPreprocessing, r"(All arithmetic .+)"), *_SIGNAL_WORDS]
        + _CONTRACT["bytes"],
    }


def _described(record: type, pattern: str) -> str:
    """Return the sentences of a record that say what is done, word for word.

    Raises:
        ValueError: if its description no longer has that paragraph.
    """
    text = " ".join((record.__doc__ or "").partition("Attributes:")[0].split())
    found = re.search(pattern, text)
    if found is None:
        raise ValueError(f"{record.__name__} no longer describes its steps")
    return found[1].replace("``", "")


_CONTRACT = {
    kind: [f"A float model takes the {kind} divided by 255, an int8 model takes them minus 128."]
    for kind in ("pixels", "bytes")
}
_TABLE_WORDS = (
    "A number column is one byte: level + (value - knot) / (next knot - knot) * (next level - "
    "level) between the two knots beside the value, the first or last level beyond the ends, plus "
    "0.5, rounded down; each operation in float32, in this order. A missing value is the byte "
    "'missing'. Where 'flagged', a second byte follows: 255 where the value is missing, else 0.",
    "A category column is a byte for each of its values: 255 where the cell is that value, letter "
    "by letter, else 0. A missing value, or another one, makes all of them 0.",
)
_SIGNAL_WORDS = (
    "A missing value is one that is no number (NaN). What is no number after the arithmetic "
    "becomes byte 0. Values left over at the end make no window.",
    "A step crosses the mean when exactly one of its two values lies above the mean.",
    "The loudness of a band, with N values in the window: x[i] = (value - mean) * hann[i]; for "
    "each k of the band re and im, the sums over i of x[i] times cosine and sine of 2 pi k i / N; "
    "the sum of re * re + im * im over the band; of that the logarithm to base 2 with straight "
    "lines between powers of two: its float32 read as an integer, divided by 2 ** 23, minus 127. "
    "hann[i] = 0.5 - 0.5 cos(2 pi i / N). Cosine, sine and hann are rounded to whole 32768ths.",
)
_DESCRIBED = {
    ImagePreprocessing: _image,
    TablePreprocessing: _table,
    SignalPreprocessing: _signal,
}
