"""What the reference kernels make of every code, computed before the device runs."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from studio.codegen.fixed_point import multiplier_of
from studio.codegen.graph import Tensor

__all__ = [
    "absolute",
    "function_codes",
    "hard_swish",
    "interpolated",
    "leaky_relu",
    "logistic",
    "requantized",
    "sigmoid_table",
]

Codes = npt.NDArray[np.int64]

_HALF_WORD = 1 << 15


def requantized(codes: Codes, factor: tuple[int, int]) -> Codes:
    """Return numbers times a factor, as ``assets/kernels/c99/requantize.c`` rounds them."""
    multiplier, shift = factor
    high = ((codes << max(0, shift)) * multiplier + (1 << 30)) >> 31
    return _divided(high, max(0, -shift))


def logistic(x: float) -> float:
    """Return 1 / (1 + exp(-x)), both steps rounded to float32."""
    exponential = np.float32(math.exp(min(-x, 88.0)))  # the largest that float32 holds
    return float(np.float32(1) / (np.float32(1) + exponential))


def function_codes(function: Callable[[float], float], x: Tensor, y: Tensor) -> Codes:
    """Return the code of a function's value for each int8 code, not clamped.

    Source:
        ``LUTPopulateInt8`` of TensorFlow Lite (kernels/internal/common.h): in float32.
    """
    real = np.float32(x.scale) * (_all_codes() - x.zero_point).astype(np.float32)
    values = np.array([function(float(value)) for value in real], np.float32)
    scaled = values * (np.float32(1) / np.float32(y.scale))
    nearest: Codes = np.trunc(scaled + np.copysign(np.float32(0.5), scaled)).astype(np.int64)
    return nearest + y.zero_point


def leaky_relu(x: Tensor, above: tuple[int, int], below: tuple[int, int]) -> Codes:
    """Return each int8 code times one of two factors, without the output's zero point."""
    value = _all_codes() - x.zero_point
    return np.where(value >= 0, requantized(value, above), requantized(value, below))


def absolute(x: Tensor, y: Tensor, factor: tuple[int, int]) -> Codes:
    """Return the code of the absolute value of each int8 code, not clamped."""
    return requantized(np.abs(_all_codes() - x.zero_point), factor) + y.zero_point


def hard_swish(x: Tensor, y: Tensor) -> Codes | None:
    """Return the code of x * min(max(x + 3, 0), 6) / 6 for each int8 code, not clamped.

    All in 16 bits; None where the reference refuses the scales.

    Source:
        ``HardSwishPrepare`` of TensorFlow Lite's kernels/activations.cc and ``HardSwish`` of
        kernels/internal/reference/hard_swish.h.
    """
    fine = np.float32(1 / 128) * np.float32(x.scale)
    out_multiplier, out_shift = _short_multiplier(fine / np.float32(y.scale))
    gate_multiplier, gate_shift = _short_multiplier(fine / np.float32(3 / 32768))
    if out_shift > 0:
        return None
    value = (_all_codes() - x.zero_point) * 128
    gate = _saturated(value << max(0, gate_shift - 1))
    gate = _short_product(gate, gate_multiplier)
    gate = _saturated(gate << 1) if gate_shift > 0 else _divided(gate, -gate_shift)
    gate = (gate + _HALF_WORD) >> 1
    product = gate * _short_product(value, out_multiplier)
    towards_zero = np.sign(product) * (np.abs(product) >> 15)
    return _divided(towards_zero, -out_shift) + y.zero_point


def sigmoid_table() -> npt.NDArray[np.uint16]:
    """Return 1 / (1 + exp(-i / 24)) in Q16 for i from 0 to 255, the last as large as can be.

    Each is moved by half of what a line to the next errs in the middle.

    Source:
        ``sigmoid_table_uint16`` of TensorFlow Lite (kernels/internal/common.h); the rule was
        found from its numbers.
    """

    def exact(i: float) -> float:
        return 65536 / (1 + math.exp(-i / 24))

    errors = [(exact(i) + exact(i + 1)) / 2 - exact(i + 0.5) for i in range(255)]
    values = [_rounded(exact(i) - error / 2) for i, error in enumerate(errors)]
    return np.array([*values, 65535], np.uint16)


def interpolated(
    function: Callable[[float], float], first: float, last: float, unit: float
) -> npt.NDArray[np.int16]:
    """Return 513 values of a function, moved so that lines between them err little.

    Args:
        function: Computed in double.
        first: Where the first value is.
        last: Where the last one is.
        unit: Step of the values' codes.

    Source:
        ``LUTPopulateInt16`` of TensorFlow Lite (kernels/internal/common.h).
    """
    step = (last - first) / 512
    inverse = 65536 / (unit * 32767 - unit * -32768)
    codes = []
    for i in range(512):
        here = function(first + i * step) * inverse
        middle = _rounded(function(first + i * step + step / 2) * inverse)
        line = _rounded((function(first + (i + 1) * step) * inverse + _rounded(here)) / 2)
        codes.append(_rounded(here) - _rounded((line - middle) / 2))
    codes.append(_rounded(function(last) * inverse))
    return np.clip(codes, -_HALF_WORD, _HALF_WORD - 1).astype(np.int16)


def _rounded(value: float) -> int:
    """Round halves away from zero, as C does."""
    return int(math.copysign(math.floor(abs(value) + 0.5), value))


def _all_codes() -> Codes:
    return np.arange(-128, 128, dtype=np.int64)


def _divided(values: Codes, exponent: int) -> Codes:
    """Divide by a power of two, halves away from zero."""
    mask = (1 << exponent) - 1
    divided: Codes = (values >> exponent) + ((values & mask) > (mask >> 1) + (values < 0))
    return divided


def _saturated(values: Codes) -> Codes:
    return np.clip(values, -_HALF_WORD, _HALF_WORD - 1)


def _short_product(values: Codes, multiplier: int) -> Codes:
    """Multiply Q15 numbers, to the nearest."""
    product = values * multiplier
    nudge = np.where(product >= 0, 1 << 14, 1 - (1 << 14))
    total = product + nudge
    return _saturated(np.sign(total) * (np.abs(total) >> 15))


def _short_multiplier(factor: np.float32) -> tuple[int, int]:
    """Return a Q15 multiplier and a power of two, of those in Q31."""
    multiplier, shift = multiplier_of(float(factor))
    return min((multiplier + _HALF_WORD) >> 16, _HALF_WORD - 1), shift
