"""Which kernels can make some rows of their output at a time, and what they read for them.

A kernel of this table goes through the rows of its output from top to bottom and through each
row from left to right; it reads what lies under a window before it goes on to the next places.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from studio.codegen.graph import Graph
from studio.codegen.steps import Step

__all__ = ["WINDOWED", "Rows", "geometry", "rows_of"]

WINDOWED = {
    "average_pool_2d": "",
    "conv_2d": "window",
    "depthwise_2d": "window",
    "depthwise_4": "window",
    "max_pool_2d": "",
}
"""Kernels with a window that slides, and the member of their layer that holds its geometry."""

_COUNTED = frozenset({"add", "dequantize", "lookup", "pointwise", "quantize", "rescale"})
"""Kernels that make a number of outputs, ``count``, from inputs at the same places."""

_MOST_PLACES = 1 << 22
"""Of a tensor that is looked at: no device of the catalogue holds more."""

_TOGETHER = 2
"""Places that a kernel may read before it writes the first of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows of a step: of its one output, and of its inputs, all ``(1, rows, ...)``.

    Attributes:
        made: Rows of the output.
        read: Rows of each input.
        out_bytes: Of one row of the output.
        in_bytes: Of one row of each input.
        stride: Rows of the input from one window to the next.
        pad: Rows above the input that the first window begins.
        covers: Rows under a window.
        columns: Width, stride, padding and bytes a place of the input, if there is a window.
        place_bytes: Of what is written for one place.
    """

    made: int
    read: int
    out_bytes: int
    in_bytes: int
    stride: int = 1
    pad: int = 0
    covers: int = 1
    columns: tuple[int, int, int] = (1, 0, 0)
    place_bytes: int = 0

    def needed(self, made: int) -> int:
        """Return how many rows of the input must be there for so many of the output."""
        return min(self.read, max(0, (made - 1) * self.stride - self.pad + self.covers))

    def first(self, row: int) -> int:
        """Return the first row of the input that this row of the output and later ones read."""
        return min(self.read, max(0, row * self.stride - self.pad))

    def distance(self) -> int:
        """Return how far below its input the output must begin, in bytes; see `Trail`.

        Every place is written only after all before it were read, but some at once.
        """
        stride, pad, size = self.columns
        places = np.arange(self.out_bytes // self.place_bytes)
        within = np.maximum(0, places * stride - pad) * size
        furthest = 0
        for row in range(self.made):
            here = np.minimum(
                self.first(row) * self.in_bytes + within, self.first(row + 1) * self.in_bytes
            )
            written = row * self.out_bytes + (places + _TOGETHER) * self.place_bytes
            furthest = max(furthest, int((written - here).max(initial=0)))
        return min(furthest, self.made * self.out_bytes)


def geometry(step: Step) -> dict[str, int]:
    """Return the geometry of the window of a kernel in `WINDOWED`."""
    member = WINDOWED[step.kernel]
    layer: dict[str, Any] = dict(step.layer)
    return layer[member] if member else layer


def rows_of(graph: Graph, step: Step) -> Rows | None:
    """Return the rows of a step, or None where it is not of this kind."""
    shapes = [graph.tensors[i].shape for i in (*step.inputs, *step.outputs)]
    if len(step.outputs) != 1 or any(len(s) < 2 or s[0] != 1 for s in shapes):
        return None
    made, read = shapes[-1][1], shapes[0][1]
    if max(graph.tensors[i].elements for i in (*step.inputs, *step.outputs)) > _MOST_PLACES:
        return None
    if any(graph.tensors[i].data is not None for i in step.inputs):
        return None
    if not made or not read or not all(graph.tensors[i].elements for i in step.inputs):
        return None
    out_bytes = graph.tensors[step.outputs[0]].size_bytes // made
    in_bytes = graph.tensors[step.inputs[0]].size_bytes // read
    if step.kernel in WINDOWED:
        return _windowed(step, made, read, out_bytes, in_bytes)
    same = all(s[1] == made for s in shapes)
    if step.kernel not in _COUNTED or not same or int(step.layer["count"]) % made:
        return None
    places = int(step.layer["count"]) // made
    return Rows(
        made=made,
        read=read,
        out_bytes=out_bytes,
        in_bytes=in_bytes,
        columns=(1, 0, in_bytes // places),
        place_bytes=out_bytes // places,
    )


def _windowed(step: Step, made: int, read: int, out_bytes: int, in_bytes: int) -> Rows:
    g = geometry(step)
    return Rows(
        made=made,
        read=read,
        out_bytes=out_bytes,
        in_bytes=in_bytes,
        stride=g["stride_h"],
        pad=g["pad_h"],
        covers=(g["k_h"] - 1) * g.get("dilation_h", 1) + 1,
        columns=(g["stride_w"], g["pad_w"], in_bytes // g["in_w"]),
        place_bytes=out_bytes // g["out_w"],
    )
