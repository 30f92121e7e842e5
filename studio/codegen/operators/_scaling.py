"""Factors between scales, checked for what 32 bits hold."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from studio.codegen.fixed_point import multiplier_of
from studio.codegen.graph import Graph, Node
from studio.codegen.steps import refuse

__all__ = ["double_factors", "filter_factors", "float32_ratio", "scaling", "smaller_scaling"]

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


def filter_factors(node: Node, graph: Graph, channels: int) -> list[float]:
    """Return input scale times filter scale over output scale, for each filter.

    Source:
        ``PopulateConvolutionQuantizationParams`` of TensorFlow Lite (kernels/kernel_util.cc), in
        double. A dense layer's two scales are multiplied in double as well, which its source
        does not say but LiteRT 2.3.0 does: scales such as 0.1, 0.02 and 0.2 tell the difference.
    """
    x, weights = graph.tensors[node.inputs[0]], graph.tensors[node.inputs[1]]
    scales = weights.scales if len(weights.scales) == channels else weights.scales * channels
    if len(scales) != channels:
        raise refuse(node, graph, f"its weights have {len(weights.scales)} scales")
    out = graph.tensors[node.outputs[0]].scale
    return [x.scale * scale / out for scale in scales]


def double_factors(
    node: Node, graph: Graph, factors: Sequence[float]
) -> dict[str, npt.NDArray[np.signedinteger[Any]]]:
    """Return the members ``factor`` and ``shift`` of a layer whose sums are scaled in double.

    A factor is 53 bits; its product with a sum is shifted by 32 and then by ``shift``.

    Source:
        ``FullyConnected`` of LiteRT's kernels/internal/reference/integer_ops/fully_connected.h.
        The factor is exact here, but its product with the sum is not rounded to 53 bits before
        it is rounded to a whole number.
    """
    split = [math.frexp(factor) for factor in factors]
    shifts = [21 - exponent for _, exponent in split]
    if any(not 0 < shift < 64 for shift in shifts):
        raise refuse(node, graph, f"its scales give a factor of {max(factors):g}")
    return {
        "factor": np.array([int(fraction * (1 << 53)) for fraction, _ in split], np.int64),
        "shift": np.array(shifts, np.int8),
    }
