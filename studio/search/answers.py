"""What a candidate answered on one side of the snapshot, in one packed form.

A figure is a summary; these are what it summarises. Kept, they let candidates be compared on
the same samples, mistakes be shown, and intervals take sessions as independent.
"""

from __future__ import annotations

import io
import math
import struct
import tokenize
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from studio.domain.errors import SearchError

__all__ = ["Answers", "pack", "unpack"]

_MOST_BYTES = 256 << 20
"""Unpacked: a million inputs of fifty classes. A stranger's file must not fill the memory."""

_FIELDS: Mapping[str, tuple[str, int]] = {
    "outputs": ("<f4", 2),
    "truth": ("<i4 <f4", 1),
    "groups": ("<i4", 1),
    "numbers": ("<i8", 1),
}
"""By name of the array: the number types it may have, and how many dimensions."""


_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, tokenize.TokenError),
    *(ValueError, KeyError, TypeError, OSError, EOFError, RuntimeError, SyntaxError),
)
"""What `zipfile` and the reader of array headers trip over in bytes that are damaged."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answers:
    """Outputs of a model on one side of a variant of the snapshot.

    Attributes:
        outputs: float32 ``(inputs, outputs)``.
        truth: ``(inputs,)``: int32 index into the classes, or float32 scaled amount.
        groups: int32 ``(inputs,)``: which original each is from, see `groups_of` of datasets.
        numbers: int64 ``(inputs,)``: the place of each in the variant.
    """

    outputs: NDArray[np.float32]
    truth: NDArray[Any]
    groups: NDArray[np.int32]
    numbers: NDArray[np.int64]


def pack(answers: Answers) -> bytes:
    """Return answers as an ``.npz`` file; the same bytes for the same answers."""
    arrays = {
        "outputs": answers.outputs.astype("<f4"),
        "truth": answers.truth.astype("<f4" if answers.truth.dtype.kind == "f" else "<i4"),
        "groups": answers.groups.astype("<i4"),
        "numbers": answers.numbers.astype("<i8"),
    }
    out = io.BytesIO()
    # Outputs of an int8 model are of 256 levels: packed they take a quarter or less.
    np.savez_compressed(out, **arrays)  # type: ignore[arg-type]
    return out.getvalue()


def unpack(content: bytes) -> Answers:
    """Return the answers of `pack`; nothing is ever unpickled.

    Raises:
        SearchError: ``search.damaged_answers``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _MOST_BYTES:
                raise ValueError("too large")
            found = {name: _array(archive, name) for name in _FIELDS}
        if len({len(array) for array in found.values()}) != 1:
            raise ValueError("of different lengths")
        return Answers(**found)
    except _DAMAGE as error:
        raise SearchError(
            f"The kept answers of a candidate are damaged ({error}).",
            "Choose another candidate, or search again.",
            code="search.damaged_answers",
        ) from error


def _array(archive: zipfile.ZipFile, name: str) -> NDArray[Any]:
    """Return one array; its header is believed only where it agrees with its bytes."""
    raw = archive.read(f"{name}.npy")
    file = io.BytesIO(raw)
    if npy.read_magic(file) != (1, 0):
        raise ValueError("of an unknown version")
    shape, fortran, dtype = npy.read_array_header_1_0(file)
    types, dimensions = _FIELDS[name]
    if fortran or dtype.str not in types.split() or len(shape) != dimensions:
        raise ValueError(f"{name} are of another type")
    if math.prod(shape) * dtype.itemsize != len(raw) - file.tell():
        raise ValueError(f"{name} are of another length")
    return np.frombuffer(raw, dtype, offset=file.tell()).reshape(shape)
