"""The stream a driver writes: records of a tensor's index, its bytes and its content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.codegen.toolchain.records import Int8Rows

__all__ = ["CALIBRATION", "COST", "OUTPUT", "as_rows", "read_answers"]

OUTPUT, COST, CALIBRATION = -1, -2, -3
"""Indices that are no tensor's; ``assets/toolchain/emulated_driver.c`` says what they hold."""

_HEAD_BYTES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    """Where a record lies in the answer to one input."""

    index: int
    offset: int
    bytes: int


def as_rows(inputs: NDArray[np.generic], input_bytes: int) -> Int8Rows:
    """Return inputs as bytes, one row each.

    Args:
        inputs: ``(inputs, *shape)`` of any element type.
        input_bytes: What one must have.

    Raises:
        ValueError: if an input has another number of bytes, or there is none.
    """
    if not len(inputs) or inputs[0].nbytes != input_bytes:
        raise ValueError(f"each input must have {input_bytes} bytes")
    return np.ascontiguousarray(inputs).view(np.int8).reshape(len(inputs), input_bytes)


def read_answers(content: NDArray[np.int8], count: int) -> Mapping[int, Int8Rows]:
    """Return what stands in a stream of equally built answers, by index.

    Args:
        content: The whole stream.
        count: How many answers it must hold.

    Returns:
        int8 ``(count, bytes)`` for each index; a tensor told in pieces is put together.

    Raises:
        ValueError: if the stream is cut off, or the answers are built differently.
    """
    if not count or len(content) % count:
        raise ValueError("the stream does not hold that many answers")
    rows = content.reshape(count, -1)
    fields = tuple(_fields(rows[0]))
    for field in fields:
        heads = rows[:, field.offset - _HEAD_BYTES : field.offset]
        if (heads != heads[0]).any():
            raise ValueError("the answers are not alike")
    pieces: dict[int, list[Int8Rows]] = {}
    for field in fields:
        piece = rows[:, field.offset : field.offset + field.bytes]
        pieces.setdefault(field.index, []).append(piece)
    return {index: np.concatenate(found, axis=1) for index, found in pieces.items()}


def _fields(answer: NDArray[np.int8]) -> Iterator[_Field]:
    at = 0
    while at < len(answer):
        head = answer[at : at + _HEAD_BYTES].tobytes()
        index = int.from_bytes(head[:4], "little", signed=True)
        size = int.from_bytes(head[4:], "little")
        if len(head) < _HEAD_BYTES or at + _HEAD_BYTES + size > len(answer):
            raise ValueError("a record is cut off")
        yield _Field(index=index, offset=at + _HEAD_BYTES, bytes=size)
        at += _HEAD_BYTES + size
