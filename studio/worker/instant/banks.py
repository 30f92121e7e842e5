"""Instant models of images and signals: banks of several sizes, each with its ridge."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from studio.worker.instant.bank import CEILING, Bank, Form
from studio.worker.instant.filters import draw_filters
from studio.worker.instant.linear import best_ridge, loss_of, softmax
from studio.worker.instant.quantizing import to_codes
from studio.worker.instant.records import Learned, Material

__all__ = ["learn_banks"]

_PER_SECOND = 8e9
"""Multiplications a second this code does on a slow machine. What is tried is planned with
it, not with a clock, so that the same seed gives the same models; a clock only breaks off."""

_FILTERS = (8, 16, 32, 64, 128, 256)
_SHARE_OF_SIDE = 6
"""A filter of an image is about this part of its shorter side."""

_FEWEST_SAMPLES = 500


def learn_banks(
    material: Material, seconds: float, flash_bytes: int | None, ram_bytes: int | None
) -> list[Learned]:
    """Return models of rising size that may fit, best first.

    Args:
        material: Inputs ``(samples, height, width, channels)``.
        seconds: Time there is.
        flash_bytes: Room for the file; None for any.
        ram_bytes: Room for the arena; None for any.
    """
    shape, outputs = material.pixels.shape[1:], material.outputs
    started, left = time.monotonic(), seconds * _PER_SECOND
    found: list[Learned] = []
    for form in _forms(shape):
        fits_flash = form.flash_bytes(shape, outputs) <= (flash_bytes or np.inf)
        fits_ram = form.ram_bytes(shape, outputs) <= (ram_bytes or np.inf)
        if not (fits_flash and fits_ram):
            continue
        samples = min(len(material.pixels), _affordable(form, shape, left))
        if samples < min(_FEWEST_SAMPLES, len(material.pixels)) and found:
            break
        found.append(_learn(form, material, max(samples, min(100, len(material.pixels)))))
        left -= _operations(form, shape, samples)
        if time.monotonic() - started > seconds / 2:
            break
    return sorted(found, key=lambda learned: learned.loss)


def _forms(shape: tuple[int, ...]) -> Iterator[Form]:
    """Yield what to try, smallest first; kernels are never larger than the input."""
    if shape[1] == 1:
        yield from _signal_forms(shape)
        return
    side = min(shape[:2])
    kernel = min(side, max(3, min(8, round(side / _SHARE_OF_SIDE))))
    for filters in _FILTERS:
        for grid in (2, 4) if filters < 128 else (4,):
            stride = max(1, min(4, side // 16))
            yield Form(filters=filters, kernel=(kernel, kernel), stride=stride, grid=grid)


def _signal_forms(shape: tuple[int, ...]) -> Iterator[Form]:
    window = shape[0]
    kernels = sorted({min(window, 9), min(window, 32)} if window >= 96 else {min(window, 9)})
    stride = max(1, min(4, window // 128))
    for filters in (16, 64, 128):
        for kernel in kernels:
            for grid in (1, 8) if window >= 96 else (1, 3):
                yield Form(filters=filters, kernel=(kernel, 1), stride=stride, grid=grid)


def _operations(form: Form, shape: tuple[int, ...], samples: int) -> float:
    """Return multiplications to learn a form: the bank, the products, the solutions."""
    features = form.features(shape)
    small = min(features, samples)
    return (
        1.3 * samples * form.operations(shape)
        + samples * features * small
        + 8 * small**3 / 3  # one Cholesky factor for each strength
    )


def _affordable(form: Form, shape: tuple[int, ...], left: float) -> int:
    """Return how many samples can be learned from; more in proportion is never too few."""
    samples = 1
    while _operations(form, shape, 2 * samples) <= left and samples < 1 << 30:
        samples *= 2
    return samples


def _learn(form: Form, material: Material, samples: int) -> Learned:
    """Return one model, learned from so many of the samples.

    The ridge sees features in int8 steps, so rounding is one more noise it allows for.
    """
    chosen = _some(material, samples)
    bank = draw_filters(chosen.pixels, form, material.seed)
    features, held = bank(chosen.pixels), bank(chosen.held_pixels)
    linear = best_ridge(to_codes(features, CEILING), to_codes(held, CEILING), chosen)
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
