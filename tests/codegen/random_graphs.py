"""Random models with branches: small, and of all that passes rearrange."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from tests.codegen.making import Maker, Quantized

__all__ = ["random_chain", "random_graph"]

Shape = tuple[int, ...]


def random_graph(seed: int, nodes: int = 10) -> bytes:
    """Return a model of about so many operators.

    Convolutions, depthwise ones, pooling, additions, reshapes and concatenations of what was
    made before, by preference of what was made lately; then dense layers and a softmax on one
    of them. Some results are read by nobody, and some that others read are outputs, too.
    """
    graph = _Graph(np.random.default_rng(seed))
    for _ in range(nodes):
        graph.grow()
    return graph.finish()


def random_chain(seed: int, nodes: int = 6) -> bytes:
    """Return a model without branches that has many filters of zeros and unread channels."""
    graph = _Graph(np.random.default_rng(seed), dead=0.5)
    x = graph.maker.inputs[0]
    for _ in range(nodes):
        graph.rng.choice([graph.convolution, graph.convolution, graph.depthwise, graph.pool])(x)
        x = max(graph.shapes)
    return graph.maker.model([x])


@dataclass(slots=True)
class _Graph:
    rng: np.random.Generator
    dead: float = 0.15
    maker: Maker = field(default_factory=Maker)
    shapes: dict[int, Shape] = field(default_factory=dict)
    meanings: dict[int, Quantized] = field(default_factory=dict)
    unread: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        height, width, channels = self.integers(3, 14), self.integers(1, 9), self.integers(1, 6)
        meaning = self.meaning()
        first = self.maker.input((1, height, width, channels), "int8", meaning)
        self.shapes[first], self.meanings[first] = (1, height, width, channels), meaning

    def integers(self, low: int, high: int) -> int:
        return int(self.rng.integers(low, high + 1))

    def meaning(self) -> Quantized:
        return Quantized(float(np.float32(self.rng.uniform(0.02, 0.2))), self.integers(-128, 127))

    def grow(self) -> None:
        """Add one operator."""
        made: Mapping[str, Callable[[int], None]] = {
            "convolution": self.convolution, "depthwise": self.depthwise, "pool": self.pool,
            "add": self.add, "reshape": self.reshape, "concatenate": self.concatenate,
        }  # fmt: skip
        shares = (0.3, 0.25, 0.1, 0.2, 0.05, 0.1)
        made[self.rng.choice(list(made), p=shares)](self.some())

    def some(self, shape: Shape | None = None) -> int:
        """Return a tensor, of this shape if one is given; a late one four times of five."""
        fitting = [t for t, s in self.shapes.items() if shape in (None, s)]
        late = fitting[-2:] if self.rng.random() < 0.8 else fitting
        return int(self.rng.choice(late))

    def new(self, shape: Shape, meaning: Quantized | None, *read: int) -> int:
        meaning = meaning or self.meaning()
        tensor = self.maker.tensor(shape, "int8", meaning)
        self.shapes[tensor], self.meanings[tensor] = shape, meaning
        self.unread = (self.unread | {tensor}) - set(read)
        return tensor

    def window(self, shape: Shape, largest: int = 4) -> tuple[dict[str, int], tuple[int, int]]:
        """Return options of a window and the sides it makes."""
        sides = [min(self.integers(1, largest), size) for size in shape[1:3]]
        strides = [self.integers(1, 2) if self.rng.random() < 0.4 else 1 for _ in sides]
        valid = self.rng.random() < 0.2
        out = [
            (size - side) // stride + 1 if valid else -(-size // stride)
            for size, side, stride in zip(shape[1:3], sides, strides, strict=True)
        ]
        options = {
            "padding": int(valid), "strideH": strides[0], "strideW": strides[1],
            "fusedActivationFunction": self.integers(0, 3), "h": sides[0], "w": sides[1],
        }  # fmt: skip
        return options, (out[0], out[1])

    def weights(self, shape: Shape, axis: int) -> list[int]:
        channels = shape[axis]
        scales = [float(v) for v in self.rng.uniform(0.002, 0.02, channels).astype(np.float32)]
        data = self.rng.integers(-127, 128, shape).astype(np.int8)
        data[(slice(None),) * axis + (self.rng.random(channels) < self.dead,)] = 0
        if axis == 0:
            data[..., self.rng.random(shape[-1]) < self.dead / 2] = 0
        bias = self.rng.integers(-3000, 3000, channels).astype(np.int32)
        return [
            self.maker.tensor(shape, "int8", Quantized(scales, 0, axis), data),
            self.maker.tensor((channels,), "int32", Quantized([0.001] * channels), bias),
        ]

    def convolution(self, x: int) -> None:
        shape = self.shapes[x]
        options, sides = self.window(shape)
        kept = self.rng.random() < 0.5
        channels = shape[3] if kept else self.integers(1, 10)
        filters = self.weights((channels, options.pop("h"), options.pop("w"), shape[3]), 0)
        y = self.new((1, *sides, channels), None, x)
        self.maker.node("CONV_2D", [x, *filters], [y], "Conv2DOptions", options)

    def depthwise(self, x: int) -> None:
        shape = self.shapes[x]
        options, sides = self.window(shape)
        filters = self.weights((1, options.pop("h"), options.pop("w"), shape[3]), 3)
        y = self.new((1, *sides, shape[3]), None, x)
        more = {"depthMultiplier": 1}
        self.maker.node(
            "DEPTHWISE_CONV_2D", [x, *filters], [y], "DepthwiseConv2DOptions", options | more
        )

    def pool(self, x: int) -> None:
        options, sides = self.window(self.shapes[x], 3)
        options |= {"filterHeight": options.pop("h"), "filterWidth": options.pop("w")}
        y = self.new((1, *sides, self.shapes[x][3]), self.meanings[x], x)
        kind = ("AVERAGE_POOL_2D", "MAX_POOL_2D")[self.integers(0, 1)]
        self.maker.node(kind, [x], [y], "Pool2DOptions", options)

    def add(self, x: int) -> None:
        other = self.some(self.shapes[x])
        y = self.new(self.shapes[x], None, x, other)
        settings = {"fusedActivationFunction": self.integers(0, 3)}
        self.maker.node("ADD", [x, other], [y], "AddOptions", settings)

    def reshape(self, x: int) -> None:
        _, height, width, channels = self.shapes[x]
        shape = (1, width, height, channels) if self.rng.random() < 0.5 else (1, height * width, 1)
        shape = shape if len(shape) == 4 else (*shape, channels)
        wanted = self.maker.tensor((4,), "int32", data=np.array(shape, np.int32))
        y = self.new(shape, self.meanings[x], x)
        self.maker.node("RESHAPE", [x, wanted], [y], "ReshapeOptions", {"newShape": list(shape)})

    def concatenate(self, x: int) -> None:
        """Lay two or three images over each other or side by side that mean the same."""
        axis = (1, 1, 3)[self.integers(0, 2)]
        parts, meaning = [], self.meanings[x]
        for _ in range(self.integers(2, 3)):
            rest = self.some(self.shapes[x])
            part = self.new(self.shapes[x], meaning, rest)
            settings = {"fusedActivationFunction": 0}
            self.maker.node("ADD", [rest, x], [part], "AddOptions", settings)
            parts.append(part)
        shape = list(self.shapes[x])
        shape[axis] *= len(parts)
        y = self.new(tuple(shape), meaning, x, *parts)
        self.maker.node("CONCATENATION", parts, [y], "ConcatenationOptions", {"axis": axis})

    def mean(self, x: int) -> int:
        axes = self.maker.tensor((2,), "int32", data=np.array([1, 2], np.int32))
        y = self.new((1, self.shapes[x][3]), None, x)
        self.maker.node("MEAN", [x, axes], [y], "ReducerOptions", {"keepDims": False})
        return y

    def finish(self) -> bytes:
        """Add a classifier, choose the outputs, and return the file."""
        x, units = self.some(), self.integers(2, 6)
        x = self.mean(x) if self.rng.random() < 0.5 else x
        filters = self.weights((units, int(np.prod(self.shapes[x]))), 0)
        dense = self.new((1, units), None, x)
        self.maker.node("FULLY_CONNECTED", [x, *filters], [dense], "FullyConnectedOptions", {})
        y = self.new(self.shapes[dense], Quantized(1 / 256, -128), dense)
        self.maker.node("SOFTMAX", [dense], [y], "SoftmaxOptions", {"beta": 1.0})
        others = [t for t in self.shapes if t not in (y, dense, *self.maker.inputs)]
        wanted = [t for t in others if self.rng.random() < (0.5 if t in self.unread else 0.05)]
        return self.maker.model([y, *wanted])
