"""What a picture looks like in small: enough to tell copies and scenes apart.

A look is made once from the thumbnail in the project; originals are not decoded again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.domain.preprocessing import ImagePreprocessing
from studio.tasks import pictures

__all__ = ["SIDE", "Looks", "colours_and_shapes", "joined", "look_of", "stack"]

SIDE = 32
"""Pixels a side of the grey look; the picture is stretched to a square."""

_LAYOUT = 4
"""Cells a side of the colour layout."""


@dataclass(frozen=True, slots=True)
class Looks:
    """The looks of many pictures, one row each.

    Attributes:
        grey: uint8 ``(pictures, SIDE, SIDE)``.
        layout: uint8 ``(pictures, 4, 4, 3)``, mean colours.
        short_sides: int32 ``(pictures,)``, pixels of the shorter side of the original.
    """

    grey: NDArray[np.uint8]
    layout: NDArray[np.uint8]
    short_sides: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.grey)

    def of(self, rows: Sequence[int]) -> Looks:
        """Return the looks of some rows, in their order."""
        chosen = np.array(rows, np.int64)
        if np.array_equal(chosen, np.arange(len(self))):
            return self
        return Looks(self.grey[chosen], self.layout[chosen], self.short_sides[chosen])


def look_of(content: bytes) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the grey look ``(SIDE, SIDE)`` and the colour layout ``(4, 4, 3)`` of a picture.

    Raises:
        BadPicture: if the bytes are no picture.
    """
    how = ImagePreprocessing(width=2 * SIDE, height=2 * SIDE, channels=3)
    square = Image.fromarray(pictures.prepare(content, how))
    grey = square.convert("L").resize((SIDE, SIDE), Image.Resampling.BILINEAR)
    layout = square.resize((_LAYOUT, _LAYOUT), Image.Resampling.BOX)
    return np.asarray(grey, np.uint8), np.asarray(layout, np.uint8)


def stack(contents: list[bytes], short_sides: list[int]) -> Looks:
    """Return the looks of pictures, in order.

    Raises:
        BadPicture: if one of them is no picture.
    """
    made = [look_of(content) for content in contents]
    return joined([grey for grey, _ in made], [layout for _, layout in made], short_sides)


def joined(
    greys: Sequence[NDArray[np.uint8]],
    layouts: Sequence[NDArray[np.uint8]],
    short_sides: Sequence[int],
) -> Looks:
    """Return looks that were made one by one, as `look_of` gives them."""
    if not greys:
        empty = np.empty((0, SIDE, SIDE), np.uint8)
        return Looks(empty, np.empty((0, _LAYOUT, _LAYOUT, 3), np.uint8), np.empty(0, np.int32))
    return Looks(np.stack(greys), np.stack(layouts), np.array(short_sides, np.int32))


def colours_and_shapes(looks: Looks) -> NDArray[np.float32]:
    """Return what tells scenes apart, float32 ``(pictures, 112)``: 4 x 4 colours, 8 x 8 greys."""
    count, side = len(looks), looks.grey.shape[1] // 8
    shapes = looks.grey.reshape(count, 8, side, 8, side).mean((2, 4)).reshape(count, 8 * 8)
    # Colours of a scene are worth more than what is in the middle of it.
    colours = looks.layout.reshape(count, _LAYOUT * _LAYOUT * 3)
    return np.concatenate([colours, shapes / 2], 1).astype(np.float32)
