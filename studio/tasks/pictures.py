"""Reading pictures from strangers: explicit formats, size refused before decoding."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from studio.domain.preprocessing import ImagePreprocessing
from studio.tasks.thumbnails import small_png, stripped_png

__all__ = [
    "FORMATS",
    "LARGEST_FILE_BYTES",
    "LARGEST_PIXELS",
    "SUFFIXES",
    "BadPicture",
    "PictureFacts",
    "inspect",
    "prepare",
    "prepare_all",
    "thumbnail",
]

FORMATS = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "BMP": "image/bmp",
    "WEBP": "image/webp",
    "TIFF": "image/tiff",
    "GIF": "image/gif",
}
"""The formats Pillow may try, and nothing else it knows; with their media types."""

SUFFIXES = frozenset(
    {".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".bmp", ".dib", ".webp", ".tif", ".tiff", ".gif"}
)
"""File name endings that promise one of `FORMATS`."""

LARGEST_FILE_BYTES = 256 << 20
LARGEST_PIXELS = 64_000_000
"""A 64-megapixel photo decodes to 192 MB of RGB: what a 4 GB laptop can still spare."""

_ORIENTATION = 0x0112
_EXIF_DETAILS = 0x8769
_TIME_ORIGINAL = 0x9003
_ZONE_ORIGINAL = 0x9011
_TIME_CHANGED = 0x0132
"""EXIF 2.32: Orientation, the Exif IFD, DateTimeOriginal and OffsetTimeOriginal in it, DateTime."""


class BadPicture(Exception):
    """The bytes are no picture we take; the message says why, as the end of a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFacts:
    """What a picture is, after its EXIF orientation.

    Attributes:
        media_type: For example ``image/png``.
        width: Pixels.
        height: Pixels.
        channels: 1 when it holds nothing but greys, else 3.
        thumbnail: PNG bytes, longest side at most 128 pixels.
        taken_at: When the camera says it was taken, ISO 8601, or None.
    """

    media_type: str
    width: int
    height: int
    channels: int
    thumbnail: bytes
    taken_at: str | None = None


def inspect(content: bytes) -> PictureFacts:
    """Decode a picture fully and say what it is.

    Raises:
        BadPicture: for anything but one whole picture of an allowed format and size.
    """
    with _opened(content) as found:
        image = found.image
        return PictureFacts(
            media_type=found.media_type,
            taken_at=found.taken_at,
            width=image.width,
            height=image.height,
            channels=1 if _is_grey(image) else 3,
            thumbnail=(found.as_it_is and stripped_png(content, *image.size)) or small_png(image),
        )


def prepare(content: bytes, how: ImagePreprocessing) -> NDArray[np.uint8]:
    """Return a picture as a model sees it, uint8 ``(height, width, channels)``.

    Does exactly what `ImagePreprocessing` says.

    Raises:
        BadPicture: as `inspect`.
    """
    return prepare_all(content, [how])[0]


def prepare_all(content: bytes, hows: Sequence[ImagePreprocessing]) -> list[NDArray[np.uint8]]:
    """Return a picture as each of several models sees it, decoded once.

    Raises:
        BadPicture: as `inspect`.
    """
    with _opened(content) as found:
        modes = {how.channels: "L" if how.channels == 1 else "RGB" for how in hows}
        converted = {channels: found.image.convert(mode) for channels, mode in modes.items()}
        return [_resized(converted[how.channels], how) for how in hows]


def _resized(image: Image.Image, how: ImagePreprocessing) -> NDArray[np.uint8]:
    small = image.resize((how.width, how.height), Image.Resampling.BILINEAR)
    return np.asarray(small, dtype=np.uint8).reshape(how.shape)


def thumbnail(content: bytes) -> bytes:
    """Return a small PNG of a picture, longest side at most 128 pixels."""
    with _opened(content) as found:
        return small_png(found.image)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A decoded picture.

    Attributes:
        image: Upright and opaque, mode L or RGB.
        media_type: For example ``image/png``.
        taken_at: ISO 8601, or None.
        as_it_is: Whether these are the pixels of the file, neither turned nor converted.
    """

    image: Image.Image
    media_type: str
    taken_at: str | None
    as_it_is: bool


@contextmanager
def _opened(content: bytes) -> Iterator[_Opened]:
    """Give the decoded picture."""
    if len(content) > LARGEST_FILE_BYTES:
        raise BadPicture(f"it is larger than {LARGEST_FILE_BYTES >> 20} MB")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns about odd metadata; the pixels decide
        try:
            with Image.open(io.BytesIO(content), formats=list(FORMATS)) as raw:
                if raw.width * raw.height > LARGEST_PIXELS:
                    raise BadPicture(f"it has more than {LARGEST_PIXELS // 1_000_000} megapixels")
                media_type = FORMATS[raw.format or ""]
                raw.load()
                time = _taken_at(raw)
                image = _opaque(_upright(raw))
                opened = _Opened(image, media_type, time, as_it_is=image is raw)
        except BadPicture:
            raise
        except UnidentifiedImageError:
            raise BadPicture("it is not a picture in a format the studio reads") from None
        except MemoryError:
            raise BadPicture("it needs more memory than there is") from None
        except Exception as error:
            # Pillow's decoders raise whatever their parsing trips over: OSError, SyntaxError,
            # struct.error, ValueError, KeyError, zlib.error and more on hostile files.
            raise BadPicture("it is damaged or cut off") from error
        yield opened


def _taken_at(image: Image.Image) -> str | None:
    """Return when the picture was taken, ISO 8601, by EXIF; None for nonsense.

    Nothing else of the metadata is looked at; positions stay where they are.
    """
    exif = image.getexif()
    details = exif.get_ifd(_EXIF_DETAILS)
    text = details.get(_TIME_ORIGINAL) or exif.get(_TIME_CHANGED)
    if not isinstance(text, str):
        return None
    zone = details.get(_ZONE_ORIGINAL)
    for ending in (zone.strip(" \0"), "") if isinstance(zone, str) else ("",):
        with suppress(ValueError):
            day, _, clock = text.strip(" \0").partition(" ")
            return datetime.fromisoformat(f"{day.replace(':', '-')}T{clock}{ending}").isoformat()
    return None


def _upright(image: Image.Image) -> Image.Image:
    """Return the picture as it was held; a PNG that needs no turning is not copied."""
    if image.format == "PNG" and image.getexif().get(_ORIENTATION, 1) == 1:
        return image
    return ImageOps.exif_transpose(image)


def _opaque(image: Image.Image) -> Image.Image:
    """Return the picture as L or RGB, transparency laid on white."""
    if image.mode.startswith(("I", "F")):
        return _eight_bit(image)
    if image.mode in ("LA", "PA", "RGBA", "La", "RGBa") or "transparency" in image.info:
        over = image.convert("RGBA")
        white = Image.new("RGBA", over.size, "white")
        return Image.alpha_composite(white, over).convert("RGB")
    if image.mode in ("L", "RGB"):
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _eight_bit(image: Image.Image) -> Image.Image:
    """Scale 16-bit greys to 8 bits; Pillow's own conversion would clip them."""
    values = np.asarray(image, dtype=np.float64)
    scale = 255 / 65535 if values.max(initial=0) > 255 else 1.0
    return Image.fromarray(np.clip(values * scale, 0, 255).astype(np.uint8), mode=None)


def _is_grey(image: Image.Image) -> bool:
    if image.mode == "L":
        return True
    pixels = np.asarray(image)
    # Most colour pictures are told by a few of their rows.
    return _equal_bands(pixels[::16]) and _equal_bands(pixels)


def _equal_bands(pixels: NDArray[np.uint8]) -> bool:
    red = pixels[..., 0]
    return bool(np.array_equal(red, pixels[..., 1]) and np.array_equal(red, pixels[..., 2]))
