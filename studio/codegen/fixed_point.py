"""The fixed-point arithmetic of TensorFlow Lite, as far as it is done before the device runs.

What runs on the device is in ``assets/kernels/c99/requantize.c``.
"""

from __future__ import annotations

import math

import numpy as np

from studio.codegen.graph import Tensor

__all__ = ["activation_codes", "multiplier_of", "requantize", "same_quantization"]

_LIMITS = {"int8": (-128, 127), "uint8": (0, 255), "int16": (-32768, 32767)}
"""Smallest and largest code of an element type."""

# ActivationFunctionType of schema.fbs: the real range that a fused activation leaves.
_RANGES: dict[int, tuple[float, float]] = {
    0: (-math.inf, math.inf),
    1: (0.0, math.inf),
    2: (-1.0, 1.0),
    3: (0.0, 6.0),
}


def multiplier_of(real: float) -> tuple[int, int]:
    """Return a real factor as a Q31 multiplier and a power of two.

    Args:
        real: Not negative; `real` = multiplier / 2**31 * 2**shift.

    Returns:
        ``(multiplier, shift)``: multiplier in [2**30, 2**31) or 0; a shift above 0 shifts left
        before the multiplication, one below 0 divides after it.

    Source:
        ``QuantizeMultiplier`` of TensorFlow Lite (kernels/internal/quantization_util.cc).
    """
    if real == 0.0:
        return 0, 0
    fraction, shift = math.frexp(real)
    multiplier = math.floor(fraction * (1 << 31) + 0.5)
    if multiplier == 1 << 31:
        multiplier //= 2
        shift += 1
    if shift < -31:
        return 0, 0
    if shift > 30:
        return (1 << 31) - 1, 30
    return multiplier, shift


def requantize(acc: int, multiplier: int, shift: int) -> int:
    """Return what ``requantize.c`` does: a sum times multiplier / 2**31 * 2**shift."""
    left, right = max(shift, 0), max(-shift, 0)
    high = (acc * (1 << left) * multiplier + (1 << 30)) >> 31
    mask = (1 << right) - 1
    return (high >> right) + ((high & mask) > (mask >> 1) + (high < 0))


def activation_codes(activation: int, output: Tensor) -> tuple[int, int]:
    """Return the smallest and largest code that a fused activation lets through.

    Raises:
        KeyError: for an activation that quantized kernels do not have.

    Source:
        ``CalculateActivationRangeQuantized`` of TensorFlow Lite (kernels/kernel_util.cc); the
        quotient is rounded in float32, halves away from zero.
    """
    lowest, highest = _LIMITS[output.dtype]
    low, high = _RANGES[activation]
    return (
        max(lowest, lowest if math.isinf(low) else _code(low, output)),
        min(highest, highest if math.isinf(high) else _code(high, output)),
    )


def _code(edge: float, tensor: Tensor) -> int:
    quotient = float(np.float32(edge) / np.float32(tensor.scale))
    return tensor.zero_point + int(math.copysign(math.floor(abs(quotient) + 0.5), quotient))


def same_quantization(one: Tensor, other: Tensor) -> bool:
    """Whether the same codes mean the same numbers in both tensors."""
    return (one.dtype, one.scales, one.zero_points) == (
        other.dtype,
        other.scales,
        other.zero_points,
    )
