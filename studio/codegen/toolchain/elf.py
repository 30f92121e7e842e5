"""Section sizes of programs and object files: the section headers of little-endian ELF files.

Source: Tool Interface Standard, Executable and Linking Format, version 1.2; for 64 bits the
System V Application Binary Interface, chapter 4.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Section", "sections"]

_MAGIC, _LITTLE = b"\x7fELF", 1
_NOBITS, _WRITE, _ALLOCATED, _EXECUTABLE = 8, 1, 2, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """Where things stand in a file of one word size.

    Attributes:
        table: Format and place of the offset of the section headers.
        counts: Place of a header's size, their number, and which holds the names.
        header: Name, kind, flags, address, offset and bytes of a section.
    """

    table: tuple[str, int]
    counts: int
    header: str


_FORMS = {
    1: _Form(table=("<I", 32), counts=46, header="<6I"),
    2: _Form(table=("<Q", 40), counts=58, header="<2I4Q"),
}


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
    """Return the sections that take memory when the program runs.

    Raises:
        ValueError: if this is not a little-endian ELF file, or cut off.
    """
    if content[:4] != _MAGIC or len(content) < 6 or content[5] != _LITTLE:
        raise ValueError("not a little-endian ELF file")
    if content[4] not in _FORMS:
        raise ValueError("an ELF file of no known word size")
    try:
        return tuple(_read(content, _FORMS[content[4]]))
    except (struct.error, IndexError) as error:
        raise ValueError("an ELF file that is cut off") from error


def _read(content: bytes, form: _Form) -> Iterator[Section]:
    kind_of_offset, place = form.table
    (table,) = struct.unpack_from(kind_of_offset, content, place)
    size, count, names_at = struct.unpack_from("<3H", content, form.counts)
    headers = [
        struct.unpack_from(form.header, content, table + size * index) for index in range(count)
    ]
    names = headers[names_at][4]
    for name, kind, flags, address, _, length in headers:
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
