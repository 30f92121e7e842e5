# SPDX-License-Identifier: Apache-2.0
"""Rows and recordings from CSV, and sound from WAV; cells mean what they mean in the studio."""

from __future__ import annotations

import csv
import itertools
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from .cells import MISSING, as_number
from .runtimes import NotUsable

__all__ = ["Table", "rows", "sound", "values"]

_LONGEST_LINE = 1 << 20
_DELIMITERS = (",", ";", "\t", "|")
Floats = npt.NDArray[np.float32]


class Table:
    """A CSV text with a header, read line by line as it comes.

    Args:
        lines: Its lines.
        delimiter: Between cells; the one the header has most of where left out.
        decimal: ``.`` or ``,``.

    Raises:
        NotUsable: if there is nothing in it.
    """

    def __init__(self, lines: Iterable[str], delimiter: str = "", decimal: str = ".") -> None:
        source = _short(lines)
        first = next(source, "").removeprefix("\ufeff")
        if not first.strip():
            raise NotUsable("There is nothing in it.")
        self.decimal = decimal
        self.delimiter = delimiter or max(_DELIMITERS, key=first.count)
        reader = csv.reader(
            itertools.chain([first], source), delimiter=self.delimiter, skipinitialspace=True
        )
        self._cells = ([cell.strip() for cell in record] for record in reader)
        self.names = next(self._cells)

    def __iter__(self) -> Iterator[dict[str, str]]:
        for cells in self._cells:
            if any(cells):
                yield dict(zip(self.names, cells, strict=False))


def rows(how: Mapping[str, Any], table: Table) -> Iterator[dict[str, Any]]:
    """Return the rows as the model takes them.

    Raises:
        NotUsable: if no column of the model is there.
    """
    kinds = {feature["column"]: feature["kind"] for feature in how["features"]}
    if not set(kinds) & set(table.names):
        raise NotUsable(f"None of the model's columns is there: {', '.join(kinds)}.")
    for row in table:
        yield {name: _cell(row[name], kinds[name], table.decimal) for name in kinds if name in row}


def _cell(text: str, kind: str, decimal: str) -> float | str | None:
    if kind == "number":
        return as_number(text, decimal)
    return None if text.lower() in MISSING else text


def values(how: Mapping[str, Any], table: Table) -> Iterator[list[float]]:
    """Return one value of each channel at a time; NaN where one is missing.

    Raises:
        NotUsable: if a channel is not there.
    """
    places = _places(how["channels"], table.names)
    for row in table:
        cells = (row.get(table.names[place], "") for place in places)
        found = (as_number(cell, table.decimal) for cell in cells)
        yield [float("nan") if number is None else number for number in found]


def _places(channels: Sequence[str], names: Sequence[str]) -> list[int]:
    """Return where the channels stand; a column may carry its unit: ``acc_x [mg]``."""
    plain = [name.partition("[")[0].partition("(")[0].strip() for name in names]
    places = []
    for channel in channels:
        if channel not in names and channel not in plain:
            raise NotUsable(f"There is no column {channel!r}; there are: {', '.join(names)}.")
        places.append(list(names).index(channel) if channel in names else plain.index(channel))
    return places


def _short(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if len(line) > _LONGEST_LINE:
            raise NotUsable("A line is longer than a million characters: it is no table.")
        yield line


# --- sound -----------------------------------------------------------------------------------


def sound(content: bytes) -> tuple[Floats, int]:
    """Return float32 ``(samples, channels)``, full scale as one, and the rate in Hz.

    Raises:
        NotUsable: for anything but whole PCM or float WAV of 8, 16, 24 or 32 bits.

    Source:
        RIFF WAVE: chunks of a name, a length and a content padded to two bytes; values of 8 bits
        are unsigned, wider ones signed.
    """
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        raise NotUsable("It is no WAV file.")
    chunks = _chunks(content)
    if len(chunks.get(b"fmt ", b"")) < 16 or b"data" not in chunks:
        raise NotUsable("The WAV file is damaged or cut off.")
    code, wide, rate, _, block, bits = struct.unpack("<HHIIHH", chunks[b"fmt "][:16])
    if code == 0xFFFE and len(chunks[b"fmt "]) >= 26:  # what it really is stands further on
        code = int.from_bytes(chunks[b"fmt "][24:26], "little")
    if not wide or not rate or block != wide * bits // 8 or (code, bits) not in _WIDTHS:
        raise NotUsable("The WAV file is compressed, or of a kind that is not read here.")
    data = chunks[b"data"]
    whole = data[: len(data) // block * block]
    return _scaled(whole, code, bits).reshape(-1, wide), rate


_WIDTHS = {(1, 8), (1, 16), (1, 24), (1, 32), (3, 32)}


def _chunks(content: bytes) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    at = 12
    while at + 8 <= len(content):
        length = int.from_bytes(content[at + 4 : at + 8], "little")
        found.setdefault(content[at : at + 4], content[at + 8 : at + 8 + length])
        at += 8 + length + length % 2
    return found


def _scaled(data: bytes, code: int, bits: int) -> Floats:
    if code == 3:
        return np.frombuffer(data, "<f4").astype(np.float32)
    if bits == 8:
        return (np.frombuffer(data, np.uint8).astype(np.float32) - 128) / np.float32(128)
    if bits == 24:  # into the upper bytes of 32 bits
        wide = np.zeros((len(data) // 3, 4), np.uint8)
        wide[:, 1:] = np.frombuffer(data, np.uint8).reshape(-1, 3)
        return (wide.view("<i4").ravel() / 2.0**31).astype(np.float32)
    return (np.frombuffer(data, f"<i{bits // 8}") / 2.0 ** (bits - 1)).astype(np.float32)
