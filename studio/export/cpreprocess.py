"""What is done to a row or a signal before the model sees it, as C99 for the device."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from studio.domain.preprocessing import (
    CategoryFeature,
    FrontEnd,
    NumberFeature,
    Preprocessing,
    SignalPreprocessing,
    TablePreprocessing,
)
from studio.export.carray import array_lines, floats, template
from studio.export.escaping import c_comment, c_string
from studio.tasks.spectra import turns

__all__ = ["collector_bytes", "preprocess_files"]


def preprocess_files(how: Preprocessing) -> dict[str, str]:
    """Return ``preprocess.h`` and ``preprocess.c`` in plain ASCII; of a picture there are none.

    Verification compares a bundle's files with what this gives, so a change of these templates
    is a new bundle format.
    """
    if isinstance(how, TablePreprocessing):
        return _table(how)
    if isinstance(how, SignalPreprocessing):
        return _signal(how)
    return {}


def collector_bytes(how: Preprocessing) -> int | None:
    """Return how much RAM the window collector of ``preprocess.c`` takes; None where there is none.

    The sizes of its fields on a 32-bit device, which aligns to 4 bytes.
    """
    if not isinstance(how, SignalPreprocessing):
        return None
    channels, each = len(how.channels), 1 if how.front_end is FrontEnd.RAW else 4
    words = _words(how.window * channels * each) + 2 * channels + _words(channels) + 3
    return 4 * (words + (how.window if how.bands else 0))


_SCRATCH = "\n  float apart[STUDIO_WINDOW];    /* one channel of it, for the spectrum */"


def _words(count: int) -> int:
    return -(-count // 4)


def _guard() -> str:
    return template("preprocess_guard.txt").substitute()


# --- rows ------------------------------------------------------------------------------------


def _table(how: TablePreprocessing) -> dict[str, str]:
    numbers = [f for f in how.features if isinstance(f, NumberFeature)]
    categories = [f for f in how.features if isinstance(f, CategoryFeature)]
    header = template("preprocess_table.h.txt").substitute(
        bytes=how.shape[0],
        numbers=len(numbers),
        categories=len(categories),
        number_columns=_column_lines([f.column for f in numbers]),
        category_columns=_column_lines([f.column for f in categories]),
    )
    source = template("preprocess_table.c.txt").substitute(
        guard=_guard(),
        tables=_number_tables(numbers) + _category_tables(categories),
        features=len(how.features),
        order=array_lines("1" if isinstance(f, NumberFeature) else "0" for f in how.features),
    )
    return {"preprocess.h": header, "preprocess.c": source}


def _column_lines(columns: Sequence[str]) -> str:
    lines = [f" *   {number}: {c_comment(name)}" for number, name in enumerate(columns)]
    return "\n".join(lines) or " *   There is none: give a null pointer."


def _number_tables(features: Sequence[NumberFeature]) -> str:
    arrays = "".join(
        f"static const float {kind}_{i}[{len(values)}] = {{\n{array_lines(floats(values))}\n}};\n"
        for i, feature in enumerate(features)
        for kind, values in (("knots", feature.knots), ("levels", feature.levels))
    )
    rows = [
        f"  {{knots_{i}, levels_{i}, {len(f.knots)}, {f.missing}, {int(f.flagged)}}}"
        for i, f in enumerate(features)
    ]
    # C has no empty arrays; a row that nobody reads stands for none.
    rows = rows or ["  {NULL, NULL, 0, 0, 0}"]
    head = f"static const number_feature number_features[{len(rows)}] = {{\n"
    return f"{arrays}{head}" + ",\n".join(rows) + "\n};\n"


def _category_tables(features: Sequence[CategoryFeature]) -> str:
    arrays = "".join(
        f"static const char *const values_{i}[{len(feature.values)}] = {{\n"
        + ",\n".join(f"  {_c_value(value)}" for value in feature.values)
        + "\n};\n"
        for i, feature in enumerate(features)
    )
    rows = [f"  {{values_{i}, {len(f.values)}}}" for i, f in enumerate(features)] or ["  {NULL, 0}"]
    head = f"static const category_feature category_features[{len(rows)}] = {{\n"
    return f"{arrays}{head}" + ",\n".join(rows) + "\n};\n"


def _c_value(value: str) -> str:
    """Return a C string, or a null pointer for what no C string in UTF-8 can equal."""
    writable = "\0" not in value and not any("\ud800" <= sign <= "\udfff" for sign in value)
    return c_string(value) if writable else "NULL"


# --- signals ---------------------------------------------------------------------------------


def _signal(how: SignalPreprocessing) -> dict[str, str]:
    raw = how.front_end is FrontEnd.RAW
    wide = len(how.channels)
    header = template("preprocess_signal.h.txt").substitute(
        bytes=int(np.prod(how.shape)),
        channels=wide,
        keep_every=how.keep_every,
        window=how.window,
        stride=how.stride,
        kept="int8_t" if raw else "float",
        kept_words="the int8 model's bytes" if raw else "averaged values",
        scratch=_SCRATCH if how.bands else "",
        columns=_column_lines(how.channels),
        rate=_rate(how),
    )
    source = template("preprocess_signal.c.txt").substitute(
        guard=_guard(),
        numbers=len(how.low),
        lows=array_lines(floats(how.low)),
        highs=array_lines(floats(how.high)),
        includes="#include <string.h>\n" if how.bands else "",
        front_end=_front_end(how),
    )
    return {"preprocess.h": header, "preprocess.c": source}


def _front_end(how: SignalPreprocessing) -> str:
    own = template(f"preprocess_{how.front_end}.c.txt")
    if how.front_end is FrontEnd.RAW:
        return own.substitute()
    numbers = template("preprocess_numbers.c.txt").substitute()
    return f"{numbers}\n{own.substitute(_spectrum(how) if how.bands else {})}"


def _spectrum(how: SignalPreprocessing) -> dict[str, object]:
    tables = zip(("cosine", "sine", "hann"), turns(how.window), strict=True)
    lines = {name: array_lines(floats(table.tolist())) for name, table in tables}
    edges = array_lines(f"{edge}u" for edge in how.bands)
    return {**lines, "edges": edges, "bands": f"{len(how.bands) - 1}u"}


def _rate(how: SignalPreprocessing) -> str:
    if how.rate_hz is None:
        return "Nobody said how many values a second; take as many as the recordings had."
    return f"{how.rate_hz:g} values a second of each, evenly."
