"""Section sizes of a linked program: the section headers of a 32-bit little-endian ELF file.

Source: Tool Interface Standard, Executable and Linking Format, version 1.2.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Section", "sections"]

_IDENTITY = b"\x7fELF\x01\x01\x01"
_HEADER = struct.Struct("<10I")
_NOBITS, _WRITE, _ALLOCATED, _EXECUTABLE = 8, 1, 2, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section that is in the device's memory.

    Attributes:
        name: For example ``".model_code"``.
        address: Where it lies.
        bytes: Its size.
        writable: Whether it lies in RAM.
        executable: Whether it holds instructions.
        stored: Whether the file holds its content; variables without a first value have none.
    """

    name: str
    address: int
    bytes: int
    writable: bool
    executable: bool
    stored: bool


def sections(content: bytes) -> tuple[Section, ...]:
    """Return the sections that take memory on the device.

    Raises:
        ValueError: if this is not a little-endian 32-bit ELF file, or cut off.
    """
    if not content.startswith(_IDENTITY):
        raise ValueError("not a little-endian 32-bit ELF file")
    try:
        return tuple(_read(content))
    except (struct.error, IndexError) as error:
        raise ValueError("an ELF file that is cut off") from error


def _read(content: bytes) -> Iterator[Section]:
    (table,) = struct.unpack_from("<I", content, 32)
    size, count, names_at = struct.unpack_from("<3H", content, 46)
    headers = [_HEADER.unpack_from(content, table + size * index) for index in range(count)]
    names = headers[names_at][4]
    for name, kind, flags, address, _, length, *_ in headers:
        if flags & _ALLOCATED:
            start = names + name
            yield Section(
                name=content[start : content.index(b"\0", start)].decode("ascii", "replace"),
                address=address,
                bytes=length,
                writable=bool(flags & _WRITE),
                executable=bool(flags & _EXECUTABLE),
                stored=kind != _NOBITS,
            )
