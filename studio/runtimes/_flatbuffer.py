"""A bounds-checked view of a flatbuffer that may be damaged or hostile.

Every position is checked before it is read, and all reading together is limited, so a small
file that refers to the same bytes a million times costs no more than an honest one.

Source:
    The binary layout as the FlatBuffers documentation ("Internals") gives it: a table starts
    with the signed distance back to its vtable; a vtable holds its own size, the table's size
    and one 16-bit offset per field; vectors and strings start with a 32-bit length.
"""

from __future__ import annotations

import struct
from typing import Any

from studio.domain.errors import ModelError

__all__ = ["Buffer", "Table", "damaged"]

_BUDGET_BYTES = 8 << 20
_TABLE_COST_BYTES = 64


def damaged(what: str) -> ModelError:
    """Return the error for a file whose inside is wrong; `what` ends the sentence."""
    return ModelError(
        f"This TensorFlow Lite file is damaged or cut short: {what}.",
        "Get the file again from where it was made.",
        code="model.damaged",
    )


class Buffer:
    """The bytes of one flatbuffer and how much reading it is still allowed."""

    __slots__ = ("_budget", "content")

    def __init__(self, content: bytes) -> None:
        self.content = content
        self._budget = _BUDGET_BYTES

    def read(self, layout: str, position: int) -> tuple[Any, ...]:
        """Return the little-endian values of a `struct` layout at a position."""
        size = struct.calcsize("<" + layout)
        self.check(position, size)
        return struct.unpack_from("<" + layout, self.content, position)

    def check(self, position: int, size: int) -> None:
        """Raise ModelError unless these bytes lie inside the file."""
        if position < 0 or size < 0 or position + size > len(self.content):
            raise damaged("a part of it lies beyond its end")

    def spend(self, size: int) -> None:
        """Count bytes as read; raise ModelError once it is more than any real model needs."""
        self._budget -= size
        if self._budget < 0:
            raise damaged("it holds more parts than any real model has")

    def root(self) -> Table:
        """Return the table the file begins with."""
        return Table(self, self.read("I", 0)[0])


class Table:
    """One table; fields are asked for by their number in the schema."""

    __slots__ = ("_buffer", "_fields", "_position", "_size")

    def __init__(self, buffer: Buffer, position: int) -> None:
        buffer.spend(_TABLE_COST_BYTES)
        vtable = position - buffer.read("i", position)[0]
        vtable_size, table_size = buffer.read("HH", vtable)
        if vtable_size < 4 or vtable_size % 2 or table_size < 4:
            raise damaged("one of its tables has an impossible size")
        buffer.spend(vtable_size)
        buffer.check(position, table_size)
        self._buffer = buffer
        self._position = position
        self._size = table_size
        self._fields = buffer.read(f"{vtable_size // 2 - 2}H", vtable + 4)

    def scalar(self, field: int, layout: str, default: int = 0) -> int:
        """Return a whole number, or the default where the file leaves it out."""
        position = self._at(field, struct.calcsize("<" + layout))
        return default if position is None else int(self._buffer.read(layout, position)[0])

    def table(self, field: int) -> Table | None:
        """Return a table, or None where the file has none."""
        position = self._target(field)
        return None if position is None else Table(self._buffer, position)

    def tables(self, field: int) -> tuple[Table, ...]:
        """Return a vector of tables; an absent one is empty."""
        start, count = self._vector(field, 4)
        self._buffer.spend(4 * count)
        offsets = self._buffer.read(f"{count}I", start)
        return tuple(
            Table(self._buffer, start + 4 * i + offset) for i, offset in enumerate(offsets)
        )

    def numbers(self, field: int, layout: str) -> tuple[Any, ...]:
        """Return a vector of numbers of one `struct` letter; an absent one is empty."""
        size = struct.calcsize("<" + layout)
        start, count = self._vector(field, size)
        self._buffer.spend(size * count)
        return self._buffer.read(f"{count}{layout}", start)

    def bytes(self, field: int) -> memoryview:
        """Return a vector of bytes as a view of the file; an absent one is empty."""
        start, count = self._vector(field, 1)
        return memoryview(self._buffer.content)[start : start + count]

    def real(self, field: int, default: float = 0.0) -> float:
        """Return a 32-bit floating-point number, or the default where the file leaves it out."""
        position = self._at(field, 4)
        return default if position is None else float(self._buffer.read("f", position)[0])

    def text(self, field: int, limit: int = 200) -> str:
        """Return a string made harmless: printable characters only, at most `limit` of them."""
        start, count = self._vector(field, 1)
        raw = self._buffer.content[start : start + min(count, 4 * limit)]
        self._buffer.spend(len(raw))
        shown = "".join(c for c in raw.decode("utf-8", "replace") if c.isprintable())
        return shown[:limit]

    def has(self, field: int) -> bool:
        """Whether the file gives this field at all."""
        return field < len(self._fields) and self._fields[field] != 0

    def _at(self, field: int, size: int) -> int | None:
        if not self.has(field):
            return None
        offset: int = self._fields[field]
        if offset < 4 or offset + size > self._size:
            raise damaged("a field lies outside its table")
        return self._position + offset

    def _target(self, field: int) -> int | None:
        position = self._at(field, 4)
        return None if position is None else position + int(self._buffer.read("I", position)[0])

    def _vector(self, field: int, size: int) -> tuple[int, int]:
        position = self._target(field)
        if position is None:
            return 0, 0
        count: int = self._buffer.read("I", position)[0]
        self._buffer.check(position + 4, size * count)
        return position + 4, count
