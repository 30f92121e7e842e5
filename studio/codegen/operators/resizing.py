"""Larger and smaller images."""

from __future__ import annotations

from typing import Any

import numpy as np

from studio.codegen.fixed_point import same_quantization
from studio.codegen.graph import Graph, Node
from studio.codegen.operators._checks import activation, dimensions, fitting, quantized
from studio.codegen.operators._moving import grid, move, pick, unchanged
from studio.codegen.steps import OptionField, Rule, Step, refuse

__all__ = ["RULES"]

_ONE = 1 << 10
"""What an input pixel counts in the bilinear kernel."""


def _nearest(node: Node, graph: Graph) -> Step:
    x, y = activation(node, graph), graph.tensors[node.outputs[0]]
    unchanged(node, graph, x)
    (batch, in_h, in_w, channels), (_, out_h, out_w, _) = x.shape, y.shape
    if not x.elements or not y.elements:
        raise refuse(node, graph, f"it makes {y.shape} of {x.shape}")
    rows, columns = _nearest_places(node, in_h, out_h), _nearest_places(node, in_w, out_w)
    if _repeats(rows, in_h) and _repeats(columns, in_w):
        cells = grid(x).reshape(batch, in_h, 1, in_w, 1, channels)
        each = (batch, in_h, out_h // in_h, in_w, out_w // in_w, channels)
        return move(node, graph, cells, np.broadcast_to(cells, each))
    return pick(node, graph, x, rows, columns)


def _nearest_places(node: Node, size: int, out_size: int) -> Any:
    """Return which input place each output place takes.

    Source:
        ``GetNearestNeighbor`` of TensorFlow Lite
        (kernels/internal/reference/resize_nearest_neighbor.h), in float32.
    """
    corners, centers = node.option("align_corners"), node.option("half_pixel_centers")
    step = (size - 1, out_size - 1) if corners and out_size > 1 else (size, out_size)
    scale = np.float32(step[0]) / np.float32(step[1])
    places = (np.arange(out_size, dtype=np.float32) + np.float32(0.5 if centers else 0)) * scale
    whole = np.floor(places + np.float32(0.5)) if corners else np.floor(places)
    return np.clip(whole.astype(np.int64), 0, size - 1)


def _repeats(places: Any, size: int) -> bool:
    return len(places) % size == 0 and bool(
        np.array_equal(places, np.repeat(np.arange(size), len(places) // size))
    )


def _bilinear(node: Node, graph: Graph) -> Step:
    x, y = activation(node, graph), graph.tensors[node.outputs[0]]
    quantized(node, graph, x, y)
    dimensions(node, graph, 4, x, y)
    if not same_quantization(x, y):
        raise refuse(node, graph, "its output has another scale than its input")
    (_, in_h, in_w, in_c), (_, out_h, out_w, out_c) = x.shape, y.shape
    if in_c != out_c:
        raise refuse(node, graph, f"it makes {y.shape} of {x.shape}")
    layer = {
        "in_h": in_h, "in_w": in_w, "in_c": in_c, "out_h": out_h, "out_w": out_w,
        "scale_h": _bilinear_step(node, in_h, out_h), "scale_w": _bilinear_step(node, in_w, out_w),
        "half_pixels": node.option("half_pixel_centers"),
    }  # fmt: skip
    return Step(kernel="resize_bilinear", layer=layer, inputs=node.inputs[:1], outputs=node.outputs)


def _bilinear_step(node: Node, size: int, out_size: int) -> int:
    """Return how far apart output places lie in the input, in 1/1024 of a pixel.

    Source:
        ``ResizeBilinearInteger`` of TensorFlow Lite (kernels/internal/reference/resize_bilinear.h).
    """
    if node.option("align_corners") and out_size > 1:
        return (_ONE * (size - 1) + (out_size - 1) // 2) // (out_size - 1)
    return (_ONE * size + out_size // 2) // out_size


def _options(first: int) -> tuple[OptionField, ...]:
    return (
        OptionField(name="align_corners", number=first, layout="?"),
        OptionField(name="half_pixel_centers", number=first + 1, layout="?"),
    )


RULES = (
    Rule(operator="RESIZE_NEAREST_NEIGHBOR", lower=fitting(_nearest), options=_options(0)),
    Rule(operator="RESIZE_BILINEAR", lower=fitting(_bilinear), options=_options(2)),
)
