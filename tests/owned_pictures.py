"""Pictures that tell of their owner: a place, a name, a serial number, a comment."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import numpy as np
from PIL import Image, PngImagePlugin

__all__ = ["SECRETS", "exif_of", "picture"]

SECRETS = (b"Jeju-37.5", b"CAMERA-SERIAL-77", b"Kim Owner", b"a comment of mine")


def exif_of(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = SECRETS[2].decode()
    exif.get_ifd(0x8769)[0xA431] = SECRETS[1].decode()
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[0x1B] = "N", (37.0, 30.0, 1.0), SECRETS[0]
    return exif


@cache
def picture(form: str, orientation: int = 1, *, mode: str = "RGB") -> bytes:
    """Return a picture of noise with a place, an owner, a serial number and a comment."""
    rng = np.random.default_rng(orientation)
    image = Image.fromarray(rng.integers(0, 256, (13, 17, 3), dtype=np.uint8)).convert(mode)
    more: dict[str, Any] = {}
    if form == "PNG":
        more["pnginfo"] = PngImagePlugin.PngInfo()
        more["pnginfo"].add_text("Author", SECRETS[2].decode())
    if form in ("JPEG", "GIF"):
        more["comment"] = SECRETS[3]
    if form == "WEBP":
        more |= {"xmp": b"<x>Kim Owner</x>", "lossless": True}
    buffer = io.BytesIO()
    if form != "GIF":
        more["exif"] = exif_of(orientation)
    image.save(buffer, form, **more)
    return buffer.getvalue()
