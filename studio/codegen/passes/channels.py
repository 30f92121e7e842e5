"""Channels that say nothing: always the same code, or read by no filter.

They are removed from the convolution that makes them, from the layers that hand them on channel
by channel, and from the filters behind, whose bias takes over what a constant channel added.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from studio.codegen.fixed_point import requantize
from studio.codegen.graph import Graph, Node, Tensor
from studio.codegen.operators import RULES

__all__ = ["drop_dead_channels"]

_HANDING_ON = frozenset({"AVERAGE_POOL_2D", "DEPTHWISE_CONV_2D", "MAX_POOL_2D"})
_CONVOLUTIONS = frozenset({"CONV_2D", "DEPTHWISE_CONV_2D"})
_TOGETHER = 4
"""Channels that the fastest kernels take at once: a number of channels that goes into these
still does afterwards."""


def drop_dead_channels(graph: Graph) -> Graph:
    """Return the graph without channels that make no difference; every output stays the same.

    Tensors that lose channels are new ones, at the end.

    Raises:
        ModelError: ``codegen.unsupported`` for convolutions that have no kernel anyway.
    """
    for node in graph.nodes:
        if node.operator in _CONVOLUTIONS:
            RULES[node.operator].lower(node, graph)
    at = 0
    while at < len(graph.nodes):
        changed = _without(graph, graph.nodes[at])
        # What was removed may have been the only reader of a channel further up.
        graph, at = (graph, at + 1) if changed is None else (changed, 0)
    return graph


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tie:
    """Tensors that lose the same channels.

    Attributes:
        tensors: What the convolution makes, and what others make of it channel by channel.
        makers: The nodes that make these, in that order.
        readers: Convolutions that read all channels of one of them.
    """

    tensors: tuple[int, ...]
    makers: tuple[Node, ...]
    readers: tuple[Node, ...]


def _without(graph: Graph, node: Node) -> Graph | None:
    """Return the graph without the dead channels that begin at a convolution, if there are any."""
    tie = _tied(graph, node) if node.operator == "CONV_2D" and _is_usual(graph, node) else None
    if tie is None or not tie.readers:
        return None
    likely = _likely(graph, tie)
    if not likely:
        return None
    look = _Look(graph, tie)
    dead = [c for c in likely if all(look.ignores(reader, c) for reader in tie.readers)]
    dead = dead[: _droppable(graph.tensors[tie.tensors[0]].shape[-1], len(dead))]
    return _Edit.of(graph).drop(look, dead) if dead else None


def _likely(graph: Graph, tie: _Tie) -> list[int]:
    """Return the channels with a filter of zeros, or that all readers weigh with zeros."""
    found = np.ones(graph.tensors[tie.tensors[0]].shape[-1], bool)
    for reader in tie.readers:
        found &= ~_weights(graph, reader).any(axis=(0, 1, 2))
    for maker in tie.makers:
        if maker.operator in _CONVOLUTIONS:
            weights = _weights(graph, maker)
            found |= ~weights.any(axis=(1, 2, 3) if maker.operator == "CONV_2D" else (0, 1, 2))
    return [int(channel) for channel in np.flatnonzero(found)]


def _droppable(channels: int, dead: int) -> int:
    unit = _TOGETHER if channels % _TOGETHER == 0 else 1
    return channels - max(unit, -(-(channels - dead) // unit) * unit)


def _is_usual(graph: Graph, node: Node) -> bool:
    """Whether a convolution has int8 codes, and filters that see all channels or one each."""
    x, weights = graph.tensors[node.inputs[0]], graph.tensors[node.inputs[1]]
    kinds = {x.dtype, weights.dtype, graph.tensors[node.outputs[0]].dtype}
    fits = len(x.shape) == len(weights.shape) == 4 and weights.shape[3] == x.shape[3]
    return kinds == {"int8"} and fits and weights.data is not None and x.data is None


def _tied(graph: Graph, node: Node) -> _Tie | None:
    """Return what hangs together behind a convolution, or None if others look into it."""
    tensors, makers, readers = [node.outputs[0]], [node], list[Node]()
    for tensor in tensors:
        if tensor in graph.outputs:
            return None
        for reader in (n for n in graph.nodes if tensor in n.inputs):
            if reader.operator == "CONV_2D" and _is_usual(graph, reader):
                readers.append(reader)
            elif reader.operator in _HANDING_ON and _hands_on(graph, reader):
                tensors.append(reader.outputs[0])
                makers.append(reader)
            else:
                return None
    return _Tie(tensors=tuple(tensors), makers=tuple(makers), readers=tuple(readers))


def _hands_on(graph: Graph, node: Node) -> bool:
    if node.operator == "DEPTHWISE_CONV_2D":
        return _is_usual(graph, node)
    return graph.tensors[node.outputs[0]].dtype == "int8"


class _Look:
    """What the channels of a tie hold, and who needs them.

    Attributes:
        codes: By tensor, the code of each channel, where it is always the same.
    """

    def __init__(self, graph: Graph, tie: _Tie) -> None:
        self.graph, self.tie = graph, tie
        self._layers: dict[int, dict[str, Any]] = {
            node.outputs[0]: dict(RULES[node.operator].lower(node, graph).layer)
            for node in (*tie.makers, *tie.readers)
        }
        self.codes: dict[int, Sequence[int | None]] = {}
        for node in tie.makers:
            made = range(graph.tensors[node.outputs[0]].shape[-1])
            self.codes[node.outputs[0]] = [self._code(node, channel) for channel in made]

    def ignores(self, reader: Node, channel: int) -> bool:
        """Return whether a convolution needs not see a channel."""
        if not _weights(self.graph, reader)[..., channel].any():
            return True
        return self._is_even(reader, self.codes[reader.inputs[0]][channel])

    def _code(self, node: Node, channel: int) -> int | None:
        """Return the code that a channel of a node's output always has, if it has one."""
        known = self.codes.get(node.inputs[0])
        before = None if known is None else known[channel]
        layer = self._layers[node.outputs[0]]
        filters = layer.get("filters", layer)
        if node.operator not in _CONVOLUTIONS:
            return None if before is None else _clamp(before, filters)
        weights, total = _weights(self.graph, node), int(filters["bias"][channel])
        own = weights[channel] if node.operator == "CONV_2D" else weights[..., channel]
        if own.any():
            if before is None or node.operator == "CONV_2D" or not self._is_even(node, before):
                return None
            total += before * int(own.astype(np.int64).sum())
        multiplier, shift = (int(filters[name][channel]) for name in ("multiplier", "shift"))
        return _clamp(requantize(total, multiplier, shift) + int(filters["out_zero"]), filters)

    def _is_even(self, node: Node, code: int | None) -> bool:
        """Whether windows see nothing but this code, also where they reach beyond the image."""
        zero = self.graph.tensors[node.inputs[0]].zero_point
        return code is not None and (code == zero or _stays_inside(self._layers[node.outputs[0]]))


def _clamp(code: int, filters: Mapping[str, Any]) -> int:
    return min(max(code, int(filters["low"])), int(filters["high"]))


def _stays_inside(layer: Mapping[str, Any]) -> bool:
    if "window" not in layer:
        return True
    w = layer["window"]
    return all(
        w[f"pad_{end}"] == 0
        and (w[f"out_{end}"] - 1) * w[f"stride_{end}"] + (w[f"k_{end}"] - 1) * w[f"dilation_{end}"]
        < w[f"in_{end}"]
        for end in ("h", "w")
    )


def _weights(graph: Graph, node: Node) -> npt.NDArray[Any]:
    data = graph.tensors[node.inputs[1]].data
    assert data is not None
    return data


@dataclass(slots=True)
class _Edit:
    """A graph under change."""

    graph: Graph
    tensors: list[Tensor]

    @classmethod
    def of(cls, graph: Graph) -> _Edit:
        return cls(graph, list(graph.tensors))

    def drop(self, look: _Look, dead: Sequence[int]) -> Graph:
        tie = look.tie
        renamed = {t: self.new(_narrowed(self.tensors[t], -1, dead)) for t in tie.tensors}
        changed: dict[int, Node] = {}
        for node in tie.makers:
            changed[id(node)] = self.maker(node, dead, renamed)
        for node in tie.readers:
            changed[id(node)] = self.reader(node, dead, look.codes[node.inputs[0]], renamed)
        nodes = tuple(changed.get(id(node), node) for node in self.graph.nodes)
        return replace(self.graph, tensors=tuple(self.tensors), nodes=nodes)

    def new(self, tensor: Tensor) -> int:
        self.tensors.append(tensor)
        return len(self.tensors) - 1

    def maker(self, node: Node, dead: Sequence[int], renamed: Mapping[int, int]) -> Node:
        """Return a node that makes fewer channels."""
        inputs = [renamed.get(node.inputs[0], node.inputs[0]), *node.inputs[1:]]
        for place, index in enumerate(node.inputs[1:], start=1):
            if index >= 0:
                axis = 0 if place == 2 or node.operator == "CONV_2D" else 3
                inputs[place] = self.new(_narrowed(self.tensors[index], axis, dead))
        return replace(node, inputs=tuple(inputs), outputs=(renamed[node.outputs[0]],))

    def reader(
        self,
        node: Node,
        dead: Sequence[int],
        codes: Sequence[int | None],
        renamed: Mapping[int, int],
    ) -> Node:
        """Return a convolution that reads fewer channels."""
        weights, x = self.tensors[node.inputs[1]], self.tensors[node.inputs[0]]
        added = np.zeros(weights.shape[0], np.int64)
        for channel in dead:
            code = codes[channel]
            if code is not None:
                taps = _weights(self.graph, node)[..., channel].astype(np.int64)
                added += (code - x.zero_point) * taps.sum(axis=(1, 2))
        bias = self.graph.input(node, 2)
        plain = 0 if bias is None else np.asarray(bias.data, np.int64)
        known = bias or Tensor(name=f"{weights.name} bias", shape=added.shape, dtype="int32")
        places = (
            renamed[node.inputs[0]],
            self.new(_narrowed(weights, 3, dead)),
            self.new(replace(known, data=(plain + added).astype(np.int32))),
        )
        return replace(node, inputs=places)


def _narrowed(tensor: Tensor, axis: int, dead: Sequence[int]) -> Tensor:
    """Return a tensor without some places of a dimension."""
    axis %= len(tensor.shape)
    shape = list(tensor.shape)
    shape[axis] -= len(dead)
    along = len(tensor.scales) > 1 and tensor.axis == axis
    kept = [i for i in range(len(tensor.scales)) if not along or i not in dead]
    return replace(
        tensor,
        shape=tuple(shape),
        scales=tuple(tensor.scales[i] for i in kept),
        zero_points=tuple(tensor.zero_points[i] for i in kept),
        data=None if tensor.data is None else np.delete(tensor.data, dead, axis),
    )
