"""Instant models of images and signals: banks of several sizes, each with its ridge."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.worker.instant.bank import CEILING, Bank, Form
from studio.worker.instant.filters import draw_filters
from studio.worker.instant.linear import best_ridge, loss_of, softmax
from studio.worker.instant.quantizing import to_codes
from studio.worker.instant.records import Learned, Material

__all__ = ["learn_bank", "learn_banks"]

_PER_SECOND = 1.5e9
"""Multiplications a second this code does on a slow machine. What is tried is planned with
it, not with a clock, so that the same seed gives the same models."""

_SLOWER = 2
"""Times the planned seconds of the processor's own time after which learning breaks off: only a
machine far slower than foreseen gets there, not one that does other things meanwhile."""

_SIZES = ((4, 2), (8, 3), (16, 4), (32, 4), (64, 4), (128, 4))
"""Filters and grid of what is tried on images."""

_SHARE_OF_SIDE = 6
"""A filter of an image is about this part of its shorter side."""

_SHARE_OF_WHAT_IS_LEFT = 0.6
_FEWEST_SAMPLES = 100


def learn_banks(
    material: Material, seconds: float, flash_bytes: int | None, ram_bytes: int | None
) -> list[Learned]:
    """Return models of several sizes that may fit, best first; the largest are tried first.

    Args:
        material: Inputs ``(samples, height, width, channels)``.
        seconds: Time there is.
        flash_bytes: Room for the file; None for any.
        ram_bytes: Room for the arena; None for any.
    """
    shape = material.pixels.shape[1:]
    fitting = list(_fitting(material, flash_bytes or np.inf, ram_bytes or np.inf))
    started, left = time.thread_time(), seconds * _PER_SECOND
    found: list[Learned] = []
    for form in reversed(fitting):
        cost = _operations(form, shape, len(material.pixels))
        if cost > left * _SHARE_OF_WHAT_IS_LEFT:
            continue
        found.append(_learn(form, material))
        left -= cost
        if time.thread_time() - started > seconds * _SLOWER:
            break
    if fitting and not found:
        found.append(_learn(fitting[0], _some(material, _affordable(fitting[0], shape, left))))
    return sorted(found, key=lambda learned: learned.loss)


def learn_bank(material: Material, values: Mapping[str, Any]) -> Learned:
    """Return the model of given hyperparameters, as `learn_banks` would learn it."""
    side = int(values["kernel"])
    form = Form(
        filters=values["filters"],
        kernel=(side, 1 if material.pixels.shape[2] == 1 else side),
        stride=values["stride"],
        grid=values["grid"],
    )
    return _learn(form, material)


def _fitting(material: Material, flash_bytes: float, ram_bytes: float) -> Iterator[Form]:
    shape, outputs = material.pixels.shape[1:], material.outputs
    for form in _forms(shape):
        flash, ram = form.flash_bytes(shape, outputs), form.ram_bytes(shape, outputs)
        if flash <= flash_bytes and ram <= ram_bytes:
            yield form


def _forms(shape: tuple[int, ...]) -> Iterator[Form]:
    """Yield what to try, smallest first; kernels are never larger than the input."""
    if shape[1] == 1:
        yield from _signal_forms(shape)
        return
    side = min(shape[:2])
    kernel = min(side, max(3, min(8, round(side / _SHARE_OF_SIDE))))
    stride = min(4, -(-side // 24))
    for filters, grid in _SIZES:
        yield Form(filters=filters, kernel=(kernel, kernel), stride=stride, grid=grid)


def _signal_forms(shape: tuple[int, ...]) -> Iterator[Form]:
    window = shape[0]
    kernels = sorted({min(window, 9), min(window, 32)} if window >= 96 else {min(window, 9)})
    stride = max(1, min(4, window // 128))
    for filters in (4, 16, 64, 128):
        for grid in (1, 8) if window >= 96 and filters > 4 else (1,):
            for kernel in kernels:
                yield Form(filters=filters, kernel=(kernel, 1), stride=stride, grid=grid)


def _operations(form: Form, shape: tuple[int, ...], samples: int) -> float:
    """Return multiplications to learn a form: the bank, the products, the solutions."""
    features = form.features(shape)
    small = min(features, samples)
    products = samples * features * small + 8 * small**3 / 3  # a factor for each strength
    return samples * form.operations(shape) + products / 4  # large ones are faster


def _affordable(form: Form, shape: tuple[int, ...], left: float) -> int:
    """Return how many samples can be learned from."""
    samples = 1
    while _operations(form, shape, 2 * samples) <= left and samples < 1 << 30:
        samples *= 2
    return max(samples, _FEWEST_SAMPLES)


def _learn(form: Form, material: Material) -> Learned:
    """Return one model.

    The ridge sees features in int8 steps, so rounding is one more noise it allows for.
    """
    bank = draw_filters(material.pixels, form, material.seed)
    features, held = bank(material.pixels), bank(material.held_pixels)
    linear = best_ridge(to_codes(features, CEILING), to_codes(held, CEILING), material)
    raw = held @ linear.kernel + linear.bias
    shape = material.pixels.shape[1:]
    return Learned(
        space="instant-signal" if shape[1] == 1 else "instant-image",
        hyperparameters=_values(form),
        weights=_weights(bank, linear.kernel, linear.bias, shape),
        outputs=softmax(raw) if material.classes else raw,
        loss=loss_of(raw, material),
        flash_bytes=form.flash_bytes(shape, material.outputs),
        ram_bytes=form.ram_bytes(shape, material.outputs),
    )


def _some(material: Material, samples: int) -> Material:
    if samples >= len(material.pixels):
        return material
    order = np.random.default_rng(material.seed).permutation(len(material.pixels))
    return material.with_training(np.sort(order[:samples]))


def _values(form: Form) -> dict[str, int]:
    return {
        "filters": form.filters,
        "kernel": form.kernel[0],
        "stride": form.stride,
        "grid": form.grid,
    }


def _weights(
    bank: Bank, kernel: NDArray[np.float32], bias: NDArray[np.float32], shape: tuple[int, ...]
) -> tuple[NDArray[np.float32], ...]:
    over_map = kernel.reshape(*bank.form.cells(shape), bank.form.filters, -1)
    return bank.kernel, bank.bias, over_map, bias
