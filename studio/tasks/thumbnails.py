"""Small PNGs of pictures, made at import; a small PNG serves as its own."""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image

__all__ = ["LONGEST_SIDE", "small_png", "stripped_png"]

LONGEST_SIDE = 128
"""Pixels of the longer side of a thumbnail."""

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_NEEDED = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND"})
"""The critical chunks of PNG (Third Edition), 4.8.2; pixels need no others."""

_SPARE_BYTES = 4096
"""What a PNG may take beyond its raw pixels and still count as small."""

_QUICK = 1
"""zlib's quickest: thumbnails are a few kilobytes, and there are many."""


def small_png(image: Image.Image) -> bytes:
    """Return a picture of mode L or RGB as PNG, its longest side at most 128 pixels."""
    small = image
    if max(image.size) > LONGEST_SIDE:
        small = image.copy()
        small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    # Profiles and texts of the original stay with the original.
    small.save(out, "PNG", compress_level=_QUICK, icc_profile=None, pnginfo=None)
    return out.getvalue()


def stripped_png(content: bytes, width: int, height: int) -> bytes | None:
    """Return a small PNG with nothing but its pixels, or None if it is no such thing.

    Args:
        content: Bytes that were decoded without trouble, into mode L or RGB.
        width: Of the picture, in pixels.
        height: Of the picture, in pixels.
    """
    if max(width, height) > LONGEST_SIDE or not content.startswith(_SIGNATURE):
        return None
    if len(content) > 3 * width * height + _SPARE_BYTES:
        return None
    chunks = list(_chunks(content))
    if not chunks or chunks[-1][4:8] != b"IEND":
        return None
    return _SIGNATURE + b"".join(chunk for chunk in chunks if chunk[4:8] in _NEEDED)


def _chunks(content: bytes) -> Iterator[bytes]:
    """Yield the whole chunks of a PNG, length and checksum included, up to its end.

    Source:
        PNG (Third Edition), 5.3: length, type, data, CRC-32 of type and data.
    """
    place = len(_SIGNATURE)
    while place + 12 <= len(content):
        end = place + 12 + int.from_bytes(content[place : place + 4], "big")
        yield content[place:end]
        if end > len(content) or content[place + 4 : place + 8] == b"IEND":
            return
        place = end
