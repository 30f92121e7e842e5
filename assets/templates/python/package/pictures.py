# SPDX-License-Identifier: Apache-2.0
"""Pictures as the studio prepares them: explicit formats, size refused before decoding."""

from __future__ import annotations

import io
import os
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps, UnidentifiedImageError

from .runtimes import NotUsable

__all__ = ["LARGEST_FILE_BYTES", "LARGEST_PIXELS", "SUFFIXES", "prepare", "resized"]

FORMATS = ("PNG", "JPEG", "BMP", "WEBP", "TIFF", "GIF")
SUFFIXES = frozenset(
    {".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".bmp", ".dib", ".webp", ".tif", ".tiff", ".gif"}
)
LARGEST_FILE_BYTES = 256 << 20
LARGEST_PIXELS = 64_000_000


def prepare(source: str | os.PathLike[str] | bytes, shape: Sequence[int]) -> npt.NDArray[np.uint8]:
    """Return a picture as the model sees it, uint8 ``(height, width, channels)``.

    Raises:
        NotUsable: for anything but one whole picture of an allowed format and size.
    """
    return resized(_opened(_content(source)), shape)


def resized(image: Image.Image, shape: Sequence[int]) -> npt.NDArray[np.uint8]:
    """Return an opaque picture in the model's size and colours."""
    height, width, channels = shape
    fitting = image.convert("L" if channels == 1 else "RGB")
    small = fitting.resize((width, height), Image.Resampling.BILINEAR)
    return np.asarray(small, np.uint8).reshape(height, width, channels)


def _content(source: str | os.PathLike[str] | bytes) -> bytes:
    if isinstance(source, bytes):
        content = source
    else:
        with Path(source).open("rb") as file:
            content = file.read(LARGEST_FILE_BYTES + 1)
    if len(content) > LARGEST_FILE_BYTES:
        raise NotUsable(f"The picture is larger than {LARGEST_FILE_BYTES >> 20} MB.")
    return content


def _opened(content: bytes) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd metadata; the pixels decide
        try:
            with Image.open(io.BytesIO(content), formats=FORMATS) as raw:
                if raw.width * raw.height > LARGEST_PIXELS:
                    raise NotUsable("The picture has more than 64 megapixels.")
                raw.load()
                return _opaque(_upright(raw))
        except NotUsable:
            raise
        except UnidentifiedImageError:
            raise NotUsable("It is no picture in a format that is read here.") from None
        except Exception as error:
            # Decoders raise whatever their parsing trips over on hostile files.
            raise NotUsable("The picture is damaged or cut off.") from error


def _upright(image: Image.Image) -> Image.Image:
    turned = image.getexif().get(0x0112, 1)  # Orientation of EXIF 2.32
    if image.format == "PNG" and turned == 1:
        return image
    return ImageOps.exif_transpose(image)


def _opaque(image: Image.Image) -> Image.Image:
    """Return it as L or RGB, transparency laid on white."""
    if image.mode.startswith(("I", "F")):
        return _eight_bit(image)
    if image.mode in ("LA", "PA", "RGBA", "La", "RGBa") or "transparency" in image.info:
        over = image.convert("RGBA")
        white = Image.new("RGBA", over.size, "white")
        return Image.alpha_composite(white, over).convert("RGB")
    if image.mode in ("L", "RGB"):
        return image.copy()
    return image.convert("L" if image.mode == "1" else "RGB")


def _eight_bit(image: Image.Image) -> Image.Image:
    """Scale 16-bit greys to 8 bits; Pillow's own conversion would clip them."""
    values = np.asarray(image, dtype=np.float64)
    scale = 255 / 65535 if values.max(initial=0) > 255 else 1.0
    return Image.fromarray(np.clip(values * scale, 0, 255).astype(np.uint8))
