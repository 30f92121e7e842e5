"""Taking out of a file what tells of its owner: place, names, serial numbers, comments.

Only whole parts beside the data are left out, so that pixels and values stay bit for bit. Of a
picture its orientation is kept, or it would be shown lying on its side.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

__all__ = ["Unstrippable", "stripped"]

_ORIENTATION = 0x0112


class Unstrippable(ValueError):
    """A form whose private parts cannot be told from its data here."""


def stripped(content: bytes) -> bytes:
    """Return a file without what tells of its owner; what has no such parts comes back as it is.

    JPEG, PNG, WebP, WAV and GIF are gone through part by part. TIFF keeps its parts wherever
    it likes, so it is refused. Anything else, as a table or BMP, has no place for them.

    Raises:
        Unstrippable: for TIFF, and for a file that is not whole.

    Source:
        JPEG: ITU-T T.81 annex B (markers), JFIF, Exif 2.32 (APP1). PNG (Third Edition) 11.3.
        WebP container specification and RIFF. GIF89a, 24 and 26 (extensions).
    """
    try:
        for start, work in _FORMS:
            if content.startswith(start):
                return work(content)
    except (IndexError, struct.error) as error:
        raise Unstrippable("the file is not whole") from error
    return content


# --- JPEG ------------------------------------------------------------------------------------

_KEPT_APPS = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""What decoding needs: density, colours, the transform of colours."""


def _jpeg(content: bytes) -> bytes:
    made = [b"\xff\xd8"]
    orientation = 1
    for marker, part in _segments(content):
        if marker == 0xE1 and part[4:10] == b"Exif\0\0":
            orientation = _orientation(part[10:])
        told = 0xE0 <= marker <= 0xEF or marker == 0xFE
        if not told or part[4:].startswith(_KEPT_APPS.get(marker, b"\xff no such")):
            made.append(part)
    if orientation != 1:
        tiff = _tiff_of(orientation)
        said = b"\xff\xe1" + struct.pack(">H", len(tiff) + 8) + b"Exif\0\0" + tiff
        at = 2 if made[1:2] and made[1][1:2] == b"\xe0" else 1
        made.insert(at, said)
    return b"".join(made)


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield marker and bytes of every segment, those of a scan with its data; up to the end.

    What follows the end is another picture or film that some cameras hide there.
    """
    at = 2
    while True:
        while content[at] == 0xFF and content[at + 1] == 0xFF:
            at += 1
        if content[at] != 0xFF:
            raise Unstrippable("no marker where there must be one")
        marker = content[at + 1]
        if marker == 0xD9:
            yield marker, content[at : at + 2]
            return
        end = at + 2 + struct.unpack_from(">H", content, at + 2)[0]
        if end > len(content):
            raise Unstrippable("a segment is cut off")
        end = _scan_end(content, end) if marker == 0xDA else end
        yield marker, content[at:end]
        at = end


def _scan_end(content: bytes, at: int) -> int:
    while True:
        at = content.find(b"\xff", at)
        if at < 0:
            raise Unstrippable("the picture is cut off")
        if content[at + 1] and not 0xD0 <= content[at + 1] <= 0xD7 and content[at + 1] != 0xFF:
            return at
        at += 1 if content[at + 1] == 0xFF else 2


def _orientation(tiff: bytes) -> int:
    """Return the orientation an Exif block says, 1 where it says none that is known."""
    try:
        order = {b"II": "<", b"MM": ">"}[tiff[:2]]
        (at,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, at)
        for entry in range(at + 2, at + 2 + 12 * count, 12):
            tag, kind, many, value = struct.unpack_from(f"{order}HHIH", tiff, entry)
            if (tag, kind, many) == (_ORIENTATION, 3, 1) and 1 <= value <= 8:
                return int(value)
    except (KeyError, struct.error):
        return 1
    return 1


def _tiff_of(orientation: int) -> bytes:
    """Return an Exif block that says nothing else."""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)


# --- PNG -------------------------------------------------------------------------------------

_PNG = b"\x89PNG\r\n\x1a\n"
_KEPT_CHUNKS = frozenset(b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs".split())


def _png(content: bytes) -> bytes:
    made = [_PNG]
    at = len(_PNG)
    while True:
        size, name = struct.unpack_from(">I4s", content, at)
        end = at + 12 + size
        if end > len(content):
            raise Unstrippable("a chunk is cut off")
        if name in _KEPT_CHUNKS:
            made.append(content[at:end])
        elif name == b"eXIf" and (turned := _orientation(content[at + 8 : end - 4])) != 1:
            made.append(_chunk(b"eXIf", _tiff_of(turned)))
        if name == b"IEND":
            return b"".join(made)
        at = end


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


# --- RIFF: WebP and WAV ----------------------------------------------------------------------

_KEPT_RIFF = {
    b"WEBP": frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP")),
    b"WAVE": frozenset((b"fmt ", b"data", b"fact")),
}
_EXIF_FLAG, _XMP_FLAG = 0x08, 0x04


def _riff(content: bytes) -> bytes:
    kept = _KEPT_RIFF.get(content[8:12])
    if kept is None:
        return content
    made, at = [], 12
    # The length the file says of itself may be wrong where a recorder lost power.
    while at + 8 <= len(content):
        name, size = struct.unpack_from("<4sI", content, at)
        end = min(at + 8 + size + size % 2, len(content))
        if name == b"EXIF" and _turned(content[at + 8 : end]):
            made.append(_riff_chunk(b"EXIF", _tiff_of(_turned(content[at + 8 : end]))))
        elif name in kept:
            made.append(content[at:end])
        at = end
    made = [_flags(part, made) for part in made]
    body = content[8:12] + b"".join(made)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _turned(exif: bytes) -> int:
    found = _orientation(exif.removeprefix(b"Exif\0\0"))
    return found if found != 1 else 0


def _riff_chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def _flags(part: bytes, all_parts: list[bytes]) -> bytes:
    """Return a chunk; of VP8X with the flags of what is still there."""
    if part[:4] != b"VP8X":
        return part
    exif = _EXIF_FLAG if any(one[:4] == b"EXIF" for one in all_parts) else 0
    return part[:8] + bytes([part[8] & ~(_EXIF_FLAG | _XMP_FLAG) | exif]) + part[9:]


# --- GIF -------------------------------------------------------------------------------------


def _gif(content: bytes) -> bytes:
    """Leave out comments, plain texts and what programs wrote, but how often it repeats."""
    at = 13 + _colours(content[10])
    made = [content[:at]]
    while content[at] != 0x3B:
        start = at
        if content[at] == 0x21:
            kind = content[at + 1]
            at = _blocks_end(content, at + 2)
            loops = kind == 0xFF and content[start + 3 : start + 14] == b"NETSCAPE2.0"
            if kind == 0xF9 or loops:
                made.append(content[start:at])
        elif content[at] == 0x2C:
            at = _blocks_end(content, at + 11 + _colours(content[at + 9]))
            made.append(content[start:at])
        else:
            raise Unstrippable("a part nobody knows")
    return b"".join([*made, b"\x3b"])


def _colours(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks_end(content: bytes, at: int) -> int:
    while content[at]:
        at += content[at] + 1
    return at + 1


def _tiff(content: bytes) -> bytes:
    raise Unstrippable("TIFF keeps what it tells anywhere")


_FORMS = (
    (b"\xff\xd8\xff", _jpeg),
    (_PNG, _png),
    (b"RIFF", _riff),
    (b"GIF8", _gif),
    (b"II*\0", _tiff),
    (b"MM\0*", _tiff),
    (b"II+\0", _tiff),
    (b"MM\0+", _tiff),
)
