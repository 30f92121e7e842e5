"""A bank of filters: a convolution, a ReLU and a mean over each cell of a coarse grid.

Its filters are pieces of the data themselves, decorrelated; nothing is trained but the
linear layer behind it.

Source:
    Coates, Lee, Ng 2011, "An analysis of single-layer networks in unsupervised feature
    learning": whitened patches as filters, both signs, a coarse grid, a linear classifier.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from studio.worker.instant.records import as_inputs

__all__ = ["CEILING", "Bank", "Form"]

CEILING = 6.0
"""Where the ReLU ends; filters are scaled so that little of the data reaches it."""

_VALUES_AT_ONCE = 4_000_000
"""Numbers of unfolded patches in memory at a time: 16 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The size of a bank.

    Attributes:
        filters: Channels after the convolution.
        kernel: Height and width, or steps and 1.
        stride: Between positions, along both axes (along time alone where the width is 1).
        grid: Cells along each axis, at least; what a cell is made of follows from the input.
    """

    filters: int
    kernel: tuple[int, int]
    stride: int
    grid: int

    def positions(self, shape: tuple[int, ...]) -> tuple[int, int]:
        """Return how many positions a filter has on an input ``(height, width, channels)``."""
        step = self.step(shape)
        high, wide = (
            (n - k) // s + 1 for n, k, s in zip(shape[:2], self.kernel, step, strict=True)
        )
        return high, wide

    def step(self, shape: tuple[int, ...]) -> tuple[int, int]:
        """Return the stride along each axis."""
        return (self.stride, 1 if shape[1] == 1 else self.stride)

    def cell(self, shape: tuple[int, ...]) -> tuple[int, int]:
        """Return the positions along each axis that make a cell."""
        high, wide = (max(1, n // self.grid) for n in self.positions(shape))
        return high, wide

    def cells(self, shape: tuple[int, ...]) -> tuple[int, int]:
        """Return the cells along each axis; positions beyond the last whole one are left out."""
        pairs = zip(self.positions(shape), self.cell(shape), strict=True)
        high, wide = (n // size for n, size in pairs)
        return high, wide

    def features(self, shape: tuple[int, ...]) -> int:
        """Return how many numbers come out."""
        high, wide = self.cells(shape)
        return high * wide * self.filters

    def flash_bytes(self, shape: tuple[int, ...], outputs: int) -> int:
        """Return a lower bound of the int8 file: a byte a weight, four a bias."""
        convolution = self.filters * (self.kernel[0] * self.kernel[1] * shape[2] + 4)
        return convolution + outputs * (self.features(shape) + 4)

    def ram_bytes(self, shape: tuple[int, ...], outputs: int) -> int:
        """Return a lower bound of the arena: what goes into and out of one layer."""
        high, wide = self.positions(shape)
        wide_open = high * wide * self.filters
        return wide_open + max(shape[0] * shape[1] * shape[2], self.features(shape))

    def operations(self, shape: tuple[int, ...]) -> int:
        """Return multiplications for one input."""
        high, wide = self.positions(shape)
        return high * wide * self.filters * self.kernel[0] * self.kernel[1] * shape[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """Filters of a form.

    Attributes:
        form: Their size.
        kernel: float32 ``(height, width, channels, filters)``.
        bias: float32 ``(filters,)``.
    """

    form: Form
    kernel: NDArray[np.float32]
    bias: NDArray[np.float32]

    def __call__(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Return ``(samples, features)`` of uint8 ``(samples, height, width, channels)``."""
        shape = pixels.shape[1:]
        high, wide = self.form.positions(shape)
        at_once = max(1, _VALUES_AT_ONCE // (high * wide * self.kernel[..., 0].size))
        starts = range(0, len(pixels), at_once)
        return np.concatenate([self._some(pixels[i : i + at_once]) for i in starts])

    def _some(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        patches = unfold(as_inputs(pixels), self.form)
        flat = self.kernel.reshape(-1, self.form.filters)
        responses = np.minimum(np.maximum(patches @ flat + self.bias, 0.0), CEILING)
        return self._mean_of_cells(responses, pixels.shape[1:])

    def _mean_of_cells(
        self, responses: NDArray[np.float32], shape: tuple[int, ...]
    ) -> NDArray[np.float32]:
        (rows, columns), (high, wide) = self.form.cells(shape), self.form.cell(shape)
        whole = responses[:, : rows * high, : columns * wide]
        cells = whole.reshape(len(whole), rows, high, columns, wide, -1)
        means: NDArray[np.float32] = cells.mean(axis=(2, 4)).reshape(len(whole), -1)
        return means


def unfold(inputs: NDArray[np.float32], form: Form) -> NDArray[np.float32]:
    """Return ``(samples, rows, columns, height * width * channels)`` of what filters see."""
    windows = sliding_window_view(inputs, form.kernel, axis=(1, 2))
    down, across = form.step(inputs.shape[1:])
    windows = windows[:, ::down, ::across].transpose(0, 1, 2, 4, 5, 3)
    return windows.reshape(*windows.shape[:3], -1)
