"""The snapshot as the worker sees it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio.datasets.snapshot import SPLIT_CODES
from studio.domain.dataset import Split

__all__ = ["Part", "Snapshot"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One side of a snapshot.

    Attributes:
        pixels: uint8 ``(samples, height, width, channels)``.
        truth: int32 ``(samples,)``, index into the classes.
    """

    pixels: NDArray[np.uint8]
    truth: NDArray[np.int32]

    @property
    def inputs(self) -> NDArray[np.float32]:
        """What a float model takes: the bytes divided by 255."""
        return self.pixels.astype(np.float32) / np.float32(255)


class Snapshot:
    """The arrays of a job's ``data`` folder, memory-mapped."""

    def __init__(self, folder: Path) -> None:
        self._x = np.load(folder / "x.npy", mmap_mode="r", allow_pickle=False)
        self._y = np.load(folder / "y.npy", allow_pickle=False)
        self._split = np.load(folder / "split.npy", allow_pickle=False)

    def part(self, split: Split) -> Part:
        """Return one side, copied into memory."""
        chosen = self._split == SPLIT_CODES[split]
        return Part(pixels=self._x[chosen], truth=self._y[chosen])
