"""Instant models of rows and of statistics: linear, and linear on random bends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.worker.instant.linear import Linear, best_logistic, best_ridge, softmax
from studio.worker.instant.quantizing import by_last_axis, to_codes
from studio.worker.instant.records import Learned, Material, as_inputs

__all__ = ["learn_table", "learn_tables"]

_UNITS = (16, 64, 256, 1024)
_PER_SECOND = 4e9
"""Multiplications a second this code does on a slow machine; see `banks`."""

_LOGISTIC_PASSES = 1000
"""Multiplications a sample, feature and class of all strengths of a logistic regression."""

_MOST_LOGISTIC = 4e9
"""Multiplications up to which one is made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bends:
    """A dense layer with a ReLU whose weights are drawn: ``relu(inputs @ kernel + bias)``."""

    kernel: NDArray[np.float32]
    bias: NDArray[np.float32]

    def __call__(self, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
        bent: NDArray[np.float32] = np.maximum(inputs @ self.kernel + self.bias, 0)
        return bent


def learn_tables(
    material: Material, seconds: float, flash_bytes: int | None, ram_bytes: int | None
) -> list[Learned]:
    """Return models of rising size that may fit, best first; arguments as of `learn_banks`."""
    wide = material.pixels.shape[1]
    found: list[Learned] = []
    left = seconds * _PER_SECOND
    for units in (0, *_UNITS):
        flash, ram = _least_bytes(units, material)
        if flash > (flash_bytes or np.inf) or ram > (ram_bytes or np.inf):
            continue
        left -= len(material.pixels) * max(units, wide) * (min(units, len(material.pixels)) + wide)
        if left < 0 and found:
            break
        found += _learned(units, material)
    return sorted(found, key=lambda learned: learned.loss)


def learn_table(material: Material, values: Mapping[str, Any]) -> Learned:
    """Return the model of given hyperparameters, as `learn_tables` would learn it."""
    return min(_learned(values["units"], material), key=lambda learned: learned.loss)


def _least_bytes(units: int, material: Material) -> tuple[int, int]:
    """Return bytes of flash and RAM no int8 form goes below."""
    wide = material.pixels.shape[1]
    flash = units * (wide + 4) + material.outputs * ((units or wide) + 4)
    return flash, wide + units if units else wide + material.outputs


def _learned(units: int, material: Material) -> list[Learned]:
    return [_finished(model, units, material) for model in _models(units, material)]


def _models(units: int, material: Material) -> Iterator[tuple[_Bends | None, Linear]]:
    inputs, held = as_inputs(material.pixels), as_inputs(material.held_pixels)
    bends = None
    if units:
        bends = _drawn(inputs, units, material.seed)
        inputs, held = bends(inputs), bends(held)
        top = float(inputs.max()) or 1.0
        inputs, held = to_codes(inputs, top), to_codes(held, top)
    yield bends, best_ridge(inputs, held, material)
    if material.classes and inputs.size * material.outputs * _LOGISTIC_PASSES <= _MOST_LOGISTIC:
        yield bends, best_logistic(inputs, held, material)


def _drawn(inputs: NDArray[np.float32], units: int, seed: int) -> _Bends:
    """Draw directions, and let each bend lie at a sample, so that none lies outside the data.

    Source:
        Random hidden layer, linear output: Huang, Zhu, Siew 2006, "Extreme learning machine".
    """
    rng = np.random.default_rng(seed)
    spread = inputs.std(axis=0)
    spread = np.where(spread > 0, spread, 1)
    kernel = rng.normal(size=(inputs.shape[1], units)) / np.maximum(spread, 0.05)[:, np.newaxis]
    # Few columns at a time: a bend along all of many would be the same everywhere.
    kept = rng.random(kernel.shape) < np.minimum(1, rng.choice([2, 4, 8], units) / len(spread))
    kept[rng.integers(len(spread), size=units), np.arange(units)] = True
    kernel *= kept
    at = inputs[rng.integers(len(inputs), size=units)]
    steps: NDArray[np.float32] = by_last_axis(
        (kernel / np.abs(kernel).sum(axis=0)).astype(np.float32)
    )
    return _Bends(kernel=steps, bias=-np.einsum("ij,ji->i", at, steps))


def _finished(model: tuple[_Bends | None, Linear], units: int, material: Material) -> Learned:
    bends, linear = model
    flash, ram = _least_bytes(units, material)
    held = as_inputs(material.held_pixels)
    before: tuple[NDArray[np.float32], ...] = ()
    if bends is not None:
        held, before = bends(held), (bends.kernel, bends.bias)
    raw = held @ linear.kernel + linear.bias
    return Learned(
        space="instant-table",
        hyperparameters={"units": units},
        weights=(*before, linear.kernel, linear.bias),
        outputs=softmax(raw) if material.classes else raw,
        loss=linear.loss,
        flash_bytes=flash,
        ram_bytes=ram,
    )
