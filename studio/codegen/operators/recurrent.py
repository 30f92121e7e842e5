"""Long short-term memories."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from studio.codegen.fixed_point import multiplier_of
from studio.codegen.graph import Graph, Node, Tensor
from studio.codegen.operators._checks import activation, constant, fitting, quantized
from studio.codegen.steps import OptionField, Rule, Step, refuse

__all__ = ["RULES"]

_GATES = ("input", "forget", "cell", "output")
"""In the order of the node's inputs: weights from 1 on, recurrent ones from 5, biases from 12."""
_LEFT_OUT = (*range(9, 12), 16, 17, *range(20, 24))
"""Inputs of peepholes, projection and layer normalisation."""
_OUTPUT_STATE, _CELL_STATE, _HIDDEN = 18, 19, 4
_TANH = 4
_GATE_SCALE = 2.0**-12
_MOST_CELL_BITS = 4


def _lstm(node: Node, graph: Graph) -> Step:
    """Lower a memory whose state begins at zero in every run.

    Source:
        ``PopulateQuantizedLstmParams8x8_16`` of TensorFlow Lite
        (kernels/unidirectional_sequence_lstm.cc), whose factors are float32.
    """
    x, y = activation(node, graph), graph.tensors[node.outputs[0]]
    quantized(node, graph, x, y)
    cell = graph.input(node, _CELL_STATE)
    if cell is None or any(graph.input(node, place) is not None for place in _LEFT_OUT):
        raise refuse(node, graph, "it has peepholes, a projection or normalised layers")
    if node.option("fused_activation_function") != _TANH or node.option("diagonal"):
        raise refuse(node, graph, "its activation is not the hyperbolic tangent")
    batch, steps, inputs = x.shape if not node.option("time_major") else _second_first(x.shape)
    bits, rest = divmod(math.log2(cell.scale) + 15, 1)
    if batch != 1 or rest or not 0 <= bits <= _MOST_CELL_BITS or cell.dtype != "int16":
        raise refuse(
            node, graph, f"its cells hold steps of {cell.scale} for {batch} inputs at once"
        )
    cells = y.shape[-1]
    if y.elements != steps * cells:
        raise refuse(node, graph, f"it makes {y.shape} of {x.shape}")
    multiplier, shift = multiplier_of(float(np.float32(2.0**-30 / _state(node, graph, y).scale)))
    layer: dict[str, Any] = {
        "steps": steps, "inputs": inputs, "cells": cells, "cell_bits": int(bits),
        "clip": _clip(node, cell), "multiplier": multiplier, "shift": min(shift, 0),
        "out_zero": y.zero_point,
        **{name: _gate(node, graph, place, (x, y)) for place, name in enumerate(_GATES)},
    }  # fmt: skip
    return Step(
        kernel="lstm",
        layer=layer,
        inputs=node.inputs[:1],
        outputs=node.outputs,
        scratch_bytes=2 * cells,
    )


def _second_first(shape: tuple[int, ...]) -> tuple[int, int, int]:
    steps, batch, inputs = shape
    return batch, steps, inputs


def _state(node: Node, graph: Graph, y: Tensor) -> Tensor:
    """Return the output's meaning, which the state and what comes before it must share."""
    state = graph.input(node, _OUTPUT_STATE)
    hidden = [graph.tensors[i] for i in node.intermediates[_HIDDEN : _HIDDEN + 1]]
    for other in (state, *hidden):
        if other is None or (other.scale, other.zero_point) != (y.scale, y.zero_point):
            raise refuse(node, graph, "its state has another scale than its output")
    return y


def _clip(node: Node, cell: Tensor) -> int:
    clip = node.real("cell_clip")
    return min(int(np.float32(clip) / np.float32(cell.scale)), 32767) if clip > 0 else 32768


def _gate(node: Node, graph: Graph, place: int, ends: tuple[Tensor, Tensor]) -> dict[str, Any]:
    """Return the members of an ``lstm_gate``; the zero points are folded into the biases."""
    weights, recurrent = constant(node, graph, 1 + place), constant(node, graph, 5 + place)
    bias = constant(node, graph, 12 + place)
    if bias.dtype != "int32" or bias.elements != len(weights.data):  # type: ignore[arg-type]
        raise refuse(node, graph, f"its bias {bias.name!r} is not int32, one for each cell")
    plain, cells = np.asarray(bias.data, np.int64), ends[1].shape[-1]
    if (weights.shape, recurrent.shape) != ((cells, ends[0].shape[-1]), (cells, cells)):
        raise refuse(node, graph, f"its weights {weights.name!r} do not fit {cells} cells")
    members: dict[str, Any] = {}
    for prefix, side, tensor, start in (
        ("", ends[0], weights, plain),
        ("recurrent_", ends[1], recurrent, np.zeros_like(plain)),
    ):
        quantized(node, graph, tensor)
        values = np.asarray(tensor.data, np.int64).reshape(len(plain), -1)
        factor = np.float32(np.float32(tensor.scale) * np.float32(side.scale)) / _GATE_SCALE
        multiplier, shift = multiplier_of(float(factor))
        folded = start - side.zero_point * values.sum(axis=1)
        _bounded(node, graph, folded, values, shift)
        members |= {
            f"{prefix}bias": folded.astype(np.int32),
            f"{prefix}multiplier": multiplier,
            f"{prefix}shift": shift,
            prefix.rstrip("_") or "weights": np.ravel(tensor.data),  # type: ignore[arg-type]
        }
    return members


def _bounded(
    node: Node, graph: Graph, bias: npt.NDArray[np.int64], values: npt.NDArray[np.int64], shift: int
) -> None:
    most = int((np.abs(bias) + 128 * np.abs(values).sum(axis=1)).max(initial=0))
    if most << max(shift, 0) >= 1 << 31:
        raise refuse(node, graph, "its sums could pass 31 bits")


RULES = (
    Rule(
        operator="UNIDIRECTIONAL_SEQUENCE_LSTM",
        lower=fitting(_lstm),
        options=(
            OptionField(name="fused_activation_function", number=0, layout="b"),
            OptionField(name="cell_clip", number=1, layout="f"),
            OptionField(name="time_major", number=3, layout="?"),
            OptionField(name="diagonal", number=5, layout="?"),
        ),
    ),
)
