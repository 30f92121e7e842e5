"""The snapshot as the worker sees it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.conversion.representatives import representatives
from studio.datasets.snapshot import SPLIT_CODES
from studio.domain.dataset import Split
from studio.search.answers import Answers

__all__ = ["Part", "Snapshot", "Variant"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One side of a variant.

    Attributes:
        pixels: uint8 ``(inputs, ...)``: pictures, rows or windows, prepared.
        truth: ``(inputs,)``: int32 index into the classes, or float32 scaled amount.
        groups: int32 ``(inputs,)``: which sample each is from.
        numbers: int64 ``(inputs,)``: the place of each in the variant.
    """

    pixels: NDArray[np.uint8]
    truth: NDArray[Any]
    groups: NDArray[np.int32]
    numbers: NDArray[np.int64]

    @property
    def inputs(self) -> NDArray[np.float32]:
        """What a float model takes: the bytes divided by 255."""
        return self.pixels.astype(np.float32) / np.float32(255)

    @property
    def calibration(self) -> NDArray[np.float32]:
        """The few inputs that set the ranges of integers, see `representatives`."""
        chosen = representatives(self.truth, self.groups)
        return self.pixels[chosen].astype(np.float32) / np.float32(255)

    def only(self, kept: NDArray[np.bool_]) -> Part:
        """Return some of the inputs."""
        return Part(
            pixels=self.pixels[kept],
            truth=self.truth[kept],
            groups=self.groups[kept],
            numbers=self.numbers[kept],
        )

    def answered(self, outputs: NDArray[np.float32]) -> Answers:
        """Return what a model answered to these inputs, ``(inputs, outputs)``, to be kept."""
        return Answers(outputs=outputs, truth=self.truth, groups=self.groups, numbers=self.numbers)


class Variant:
    """The arrays of one variant, memory-mapped where they are large."""

    def __init__(self, folder: Path) -> None:
        self._x = np.load(folder / "x.npy", mmap_mode="r", allow_pickle=False)
        self._y = np.load(folder / "y.npy", allow_pickle=False)
        self._split = np.load(folder / "split.npy", allow_pickle=False)
        self._group = np.load(folder / "group.npy", allow_pickle=False)

    def part(self, split: Split) -> Part:
        """Return one side, copied into memory."""
        chosen = np.flatnonzero(self._split == SPLIT_CODES[split])
        return Part(
            pixels=self._x[chosen],
            truth=self._y[chosen],
            groups=self._group[chosen],
            numbers=chosen,
        )


class Snapshot:
    """The variants in a job's ``data`` folder; each side is read once and kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._parts: dict[tuple[str, Split], Part] = {}

    def part(self, variant: str, split: Split) -> Part:
        """Return one side of a variant."""
        key = (variant, split)
        if key not in self._parts:
            self._parts[key] = Variant(self._folder / variant).part(split)
        return self._parts[key]
