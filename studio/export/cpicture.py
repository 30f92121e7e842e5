"""What is done to a picture before the model sees it, as C99 for the device."""

from __future__ import annotations

from studio.domain.preprocessing import ImagePreprocessing
from studio.export.carray import template

__all__ = ["picture_files"]


def picture_files(how: ImagePreprocessing) -> dict[str, str]:
    """Return ``picture.h`` and ``picture.c`` in plain ASCII.

    They make of upright pixels what `ImagePreprocessing` says, with the bytes Pillow gives.
    Verification compares files with what this gives, so a change of these templates is a new
    format.

    Source:
        The arithmetic of ``ImagingResample`` of Pillow (``src/libImaging/Resample.c``): weights
        in double, 22 bits of fraction; luma of ``ImagingConvert``. When Pillow 13 changes the
        height first was found by trying sizes, and is tried again in the tests.
    """
    header = template("library/picture.h.txt").substitute(
        width=how.width,
        height=how.height,
        channels=how.channels,
        bytes=how.width * how.height * how.channels,
    )
    return {"picture.h": header, "picture.c": template("library/picture.c.txt").substitute()}
