"""What is to be placed: buffers, and which of them may overlap although both are in use."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ALIGNMENT", "Buffer", "Follows", "aligned"]

ALIGNMENT = 4
"""Bytes; the largest unit that kernels load from the arena."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Buffer:
    """Memory that is in use from one step to another, both included.

    Attributes:
        key: Its name: an index of a tensor, or of a step's scratch memory below zero.
        size_bytes: A multiple of `ALIGNMENT`.
        first: Step before or at which it is written; -1 for what is there from the start.
        last: Step that reads it last; the number of steps for what is read afterwards.
    """

    key: int
    size_bytes: int
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Follows:
    """At one step, the writing of a buffer follows the reading of another, which ends there.

    The two may overlap as long as the written one begins far enough below the one that is read.

    Attributes:
        writer: Key of the buffer that comes into use at the step.
        reader: Key of the buffer that goes out of use at it.
        distance: Bytes, a multiple of `ALIGNMENT`: offset of the reader less that of the writer
            is at least this, or they do not overlap.
    """

    writer: int
    reader: int
    distance: int


def aligned(size: int) -> int:
    """Return a number of bytes, rounded up to `ALIGNMENT`."""
    return -(-size // ALIGNMENT) * ALIGNMENT
