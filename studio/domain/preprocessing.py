"""What is done to an input before a model sees it, as data."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["ImagePreprocessing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImagePreprocessing:
    """How a picture becomes a model's input.

    In this order: honour the EXIF orientation, flatten transparency on white, convert to
    grey (ITU-R 601 luma) or RGB, stretch to ``width`` x ``height`` with antialiased bilinear
    resampling (Pillow's ``BILINEAR``), store as uint8. A float model takes the bytes divided
    by 255; an int8 model takes the byte minus 128 (its input scale is 1/255, zero point -128).

    Attributes:
        width: Pixels of the model's input.
        height: Pixels of the model's input.
        channels: 1 for grey, 3 for red, green, blue in this order.
    """

    width: int
    height: int
    channels: int

    def __post_init__(self) -> None:
        if self.channels not in (1, 3):
            raise ValueError("a picture has 1 or 3 channels")
        if min(self.width, self.height) < 1:
            raise ValueError("a picture has at least one pixel")

    @property
    def shape(self) -> tuple[int, int, int]:
        """Height, width, channels: one sample without the batch dimension."""
        return (self.height, self.width, self.channels)

    def as_json(self) -> dict[str, Any]:
        """Return the plain form used in specifications and bundles."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> ImagePreprocessing:
        """Rebuild from `as_json`; raises TypeError or ValueError on nonsense."""
        return cls(**data)
