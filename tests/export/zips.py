"""Zips as an attacker writes them: every field of every record can be given by hand."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(kw_only=True)
class Entry:
    """One file; fields of ``local`` and ``central`` override what would be honest."""

    name: str | bytes
    content: bytes = b"x"
    method: int = 0
    flags: int = 0x800
    mode: int = 0o100644
    local: Mapping[str, Any] = field(default_factory=dict)
    central: Mapping[str, Any] = field(default_factory=dict)

    @property
    def packed(self) -> bytes:
        """The content as it lies in the zip."""
        if self.method != 8:
            return self.content
        squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
        return squeezer.compress(self.content) + squeezer.flush()

    def facts(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        """Return the fields both records share."""
        name = self.name.encode() if isinstance(self.name, str) else self.name
        return {
            "name": name,
            "flags": self.flags,
            "method": self.method,
            "crc": zlib.crc32(self.content),
            "packed": len(self.packed),
            "size": len(self.content),
            "mode": self.mode,
            **changes,
        }


def _local(entry: Entry) -> bytes:
    f = entry.facts(entry.local)
    numbers = (20, f["flags"], f["method"], 0, 33, f["crc"], f["packed"], f["size"])
    name = f["name"]
    return struct.pack("<4s5H3L2H", b"PK\3\4", *numbers, len(name), 0) + name + entry.packed


def _central(entry: Entry, offset: int) -> bytes:
    f = entry.facts(entry.central)
    numbers = (0x0314, 20, f["flags"], f["method"], 0, 33, f["crc"], f["packed"], f["size"])
    name, offset = f["name"], f.get("offset", offset)
    rest = (len(name), 0, 0, 0, 0, f["mode"] << 16, offset)
    return struct.pack("<4s6H3L5H2L", b"PK\1\2", *numbers, *rest) + name


def build(
    entries: Iterable[Entry],
    *,
    before: bytes = b"",
    between: bytes = b"",
    after: bytes = b"",
    **end: int,
) -> bytes:
    """Return the zip; ``end`` overrides fields of the end record."""
    body, directory, count = before, b"", 0
    for entry in entries:
        directory += _central(entry, len(body))
        body += _local(entry)
        count += 1
    fields = {"disk": 0, "start": 0, "here": count, "total": count, "size": len(directory)}
    fields |= {"offset": len(body), "comment": 0, **end}
    return body + directory + between + struct.pack("<4s4H2LH", b"PK\5\6", *fields.values()) + after


def honest(files: Mapping[str, bytes]) -> list[Entry]:
    """Return entries for these files, sorted."""
    return [Entry(name=name, content=files[name]) for name in sorted(files)]
