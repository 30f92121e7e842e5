"""Factors between scales, checked for what 32 bits hold."""

from __future__ import annotations

import numpy as np

from studio.codegen.fixed_point import multiplier_of
from studio.codegen.graph import Graph, Node
from studio.codegen.steps import refuse

__all__ = ["float32_ratio", "scaling", "smaller_scaling"]

_HIGHEST = 1 << 31


def scaling(node: Node, graph: Graph, factor: float, largest: int) -> tuple[int, int]:
    """Return multiplier and shift of a factor for numbers up to `largest` in size.

    Raises:
        ModelError: if the kernel's shift to the left would pass 32 bits.
    """
    multiplier, shift = multiplier_of(factor)
    if largest << max(0, shift) >= _HIGHEST:
        raise refuse(node, graph, f"its output has too small a scale: a factor of {factor:g}")
    return multiplier, shift


def smaller_scaling(node: Node, graph: Graph, factor: float) -> tuple[int, int]:
    """Return multiplier and shift of a factor below 1, or refuse as the reference does."""
    if not 0 < factor < 1:
        raise refuse(node, graph, f"its output has too small a scale: a factor of {factor:g}")
    return multiplier_of(factor)


def float32_ratio(above: tuple[float, ...], below: float) -> float:
    """Return a product of scales over another scale, each step rounded to float32.

    Source:
        the expressions of TensorFlow Lite whose scales are all ``float``, such as those of
        ``Prepare`` in kernels/mul.cc and ``ReluPrepare`` in kernels/activations.cc.
    """
    product = np.float32(above[0])
    for scale in above[1:]:
        product *= np.float32(scale)
    return float(product / np.float32(below))
