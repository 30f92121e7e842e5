"""Small pictures for tests."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

__all__ = ["encoded", "photo_folder", "random_picture"]


def random_picture(seed: int, width: int = 20, height: int = 16, mode: str = "L") -> Image.Image:
    """Return noise, the same for the same seed."""
    channels = len(Image.new(mode, (1, 1)).getbands())
    shape = (height, width) if channels == 1 else (height, width, channels)
    pixels = np.random.default_rng(seed).integers(0, 256, shape, dtype=np.uint8)
    return Image.fromarray(pixels)


def encoded(image: Image.Image, format: str = "PNG", **options: Any) -> bytes:
    """Return a picture as the bytes of a file."""
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def photo_folder(root: Path, classes: dict[str, int]) -> Path:
    """Write a folder per class with so many different pictures each."""
    seed = 0
    for name, count in classes.items():
        (root / name).mkdir(parents=True)
        for number in range(count):
            seed += 1
            (root / name / f"{number}.png").write_bytes(encoded(random_picture(seed)))
    return root
