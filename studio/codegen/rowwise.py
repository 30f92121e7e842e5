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

__all__ = ["SUMMING", "WINDOWED", "Rows", "geometry", "rows_of", "summing"]

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

SUMMING = frozenset({"average_rows", "mean_rows"})
"""Kernels that read rows one after the other and write once all were read; see `summing`."""

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
        width: Places in a row, or, where rows are summed up, of the input.
        columns: Stride, padding and bytes a place of the input.
        at_once: Bytes that are written when the last row was read, where rows are summed up.
    """

    made: int
    read: int
    out_bytes: int
    in_bytes: int
    stride: int = 1
    pad: int = 0
    covers: int = 1
    width: int = 1
    columns: tuple[int, int, int] = (1, 0, 0)
    at_once: int = 0

    def needed(self, made: int) -> int:
        """Return how many rows of the input must be there for so many of the output.

        It goes on below 0, for rows before the first.
        """
        return min(self.read, (made - 1) * self.stride - self.pad + self.covers)

    def first(self, row: int) -> int:
        """Return the first row of the input that this row of the output and later ones read."""
        return min(self.read, max(0, row * self.stride - self.pad))

    def written(self, made: int) -> int:
        """Return up to where the output may be written when so many rows are made, in bytes."""
        return self.at_once or made * self.out_bytes

    def distance(self) -> int:
        """Return how far below its input the output must begin, in bytes; see `Trail`.

        Every place is written only after all before it were read, but some at once.
        """
        stride, pad, size = self.columns
        places, size_out = np.arange(self.width), self.out_bytes // self.width
        within = np.maximum(0, places * stride - pad) * size
        furthest = 0
        for row in range(self.made):
            here = np.minimum(
                self.first(row) * self.in_bytes + within, self.first(row + 1) * self.in_bytes
            )
            written = row * self.out_bytes + (places + _TOGETHER) * size_out
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
    if step.kernel in SUMMING:
        at_once = graph.tensors[step.outputs[0]].size_bytes
        width = shapes[0][2]
        return Rows(
            made=read, read=read, out_bytes=0, in_bytes=in_bytes, width=width, at_once=at_once
        )
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
        width=places,
        columns=(1, 0, in_bytes // places),
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
        width=g["out_w"],
        columns=(g["stride_w"], g["pad_w"], in_bytes // g["in_w"]),
    )


def summing(graph: Graph, step: Step) -> Step | None:
    """Return a step that reads row by row what this one makes one value a channel of, if it does.

    Its scratch memory, one sum a channel, must keep its content from the first row to the last.
    """
    x, y = graph.tensors[step.inputs[0]], graph.tensors[step.outputs[0]]
    if len(x.shape) != 4 or x.shape[0] != 1 or x.dtype != "int8" or y.elements != x.shape[3]:
        return None
    _, height, width, channels = x.shape
    layer: dict[str, Any] = dict(step.layer)
    rows = {"begun": 0, "now": height, "left": 0, "width": width, "channels": channels}
    if step.kernel == "average_pool_2d" and (layer["k_h"], layer["k_w"]) == (height, width):
        kernel, names = "average_rows", ["low", "high"]
    elif step.kernel == "reduce_sum" and _is_over_all(layer["shape"], height * width, channels):
        kernel, names = "mean_rows", ["offset", "multiplier", "shift", "out_zero"]
    else:
        return None
    return Step(
        kernel=kernel,
        layer={"rows": rows} | {name: layer[name] for name in names},
        inputs=step.inputs[:1],
        outputs=step.outputs,
        scratch_bytes=4 * channels,
    )


def _is_over_all(shape: dict[str, int], places: int, channels: int) -> bool:
    """Whether a reduction is over all places of an image."""
    over, kept = shape["over_1"] * shape["over_2"], shape["kept_1"] * shape["kept_2"]
    steps = (shape["kept_step_1"], shape["kept_1"]), (shape["kept_step_2"], shape["kept_2"])
    return (over, kept) == (places, channels) and any(s == (1, channels) for s in steps)
