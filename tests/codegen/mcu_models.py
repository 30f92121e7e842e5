"""Networks as the search's small spaces build them, without TensorFlow: any weights, any scales.

Memory and the course of a program depend on shapes only. What the spaces ask for is in
`studio.worker.spaces.mcu_image_cnn` and its neighbours; the layers are those the converter leaves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from tests.codegen.making import Maker, Quantized

__all__ = ["MCU_MODELS", "Network"]

_RELU6 = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The hyperparameters of one model.

    Attributes:
        input: Height, width and channels; a width of 1 for signals.
        width: Channels behind the first convolution.
        blocks: Growth of the channels and stride of each block.
        block: ``"separable"`` or ``"residual"``.
        kernel: Side of all filters, or their length.
        stem: Stride of the first convolution.
    """

    input: tuple[int, int, int]
    width: int
    blocks: Sequence[tuple[float, int]]
    block: str = "separable"
    kernel: int = 3
    stem: int = 2

    def model(self) -> bytes:
        """Return the file."""
        layers = _Layers(kernel=(self.kernel, self.kernel if self.input[1] > 1 else 1))
        x = layers.convolve(layers.input(self.input), self.width, layers.kernel, self.stem)
        for growth, stride in self.blocks:
            make = {"separable": layers.separable, "residual": layers.residual}[self.block]
            x = make(x, int(layers.shapes[x][3] * growth), stride)
        return layers.classify(x, 5)


@dataclass(slots=True)
class _Layers:
    kernel: tuple[int, int]
    maker: Maker = field(default_factory=Maker)
    shapes: dict[int, tuple[int, ...]] = field(default_factory=dict)
    rng: np.random.Generator = field(default_factory=lambda: np.random.default_rng(0))

    def input(self, shape: tuple[int, int, int]) -> int:
        x = self.maker.input((1, *shape), "int8", Quantized(1 / 255, -128))
        self.shapes[x] = (1, *shape)
        return x

    def new(self, *shape: int, meaning: Quantized = Quantized(6 / 255, -128)) -> int:  # noqa: B008
        tensor = self.maker.tensor(shape, "int8", meaning)
        self.shapes[tensor] = shape
        return tensor

    def filters(self, *shape: int, axis: int = 0) -> list[int]:
        count = shape[axis]
        scales = [float(v) for v in self.rng.uniform(0.002, 0.01, count).astype(np.float32)]
        data = self.rng.integers(-127, 128, shape).astype(np.int8)
        bias = self.rng.integers(-2000, 2000, count).astype(np.int32)
        return [
            self.maker.tensor(shape, "int8", Quantized(scales, 0, axis), data),
            self.maker.tensor((count,), "int32", Quantized([0.0001] * count), bias),
        ]

    def convolve(
        self, x: int, filters: int, kernel: tuple[int, int], stride: int, activation: int = _RELU6
    ) -> int:
        _, height, width, depth = self.shapes[x]
        y = self.new(1, -(-height // stride), -(-width // stride), filters)
        self.maker.node(
            "CONV_2D", [x, *self.filters(filters, *kernel, depth)], [y], "Conv2DOptions",
            {"strideH": stride, "strideW": stride, "fusedActivationFunction": activation},
        )  # fmt: skip
        return y

    def separable(self, x: int, filters: int, stride: int) -> int:
        _, height, width, depth = self.shapes[x]
        y = self.new(1, -(-height // stride), -(-width // stride), depth)
        self.maker.node(
            "DEPTHWISE_CONV_2D", [x, *self.filters(1, *self.kernel, depth, axis=3)], [y],
            "DepthwiseConv2DOptions",
            {
                "strideH": stride, "strideW": stride, "fusedActivationFunction": _RELU6,
                "depthMultiplier": 1,
            },
        )  # fmt: skip
        return self.convolve(y, filters, (1, 1), 1)

    def residual(self, x: int, filters: int, stride: int) -> int:
        shortcut = x
        if stride != 1 or filters != self.shapes[x][3]:
            shortcut = self.convolve(x, filters, (1, 1), stride, activation=0)
        x = self.convolve(x, filters, self.kernel, stride)
        x = self.convolve(x, filters, (3, min(3, self.kernel[1])), 1, activation=0)
        y = self.new(*self.shapes[x])
        options = {"fusedActivationFunction": _RELU6}
        self.maker.node("ADD", [x, shortcut], [y], "AddOptions", options)
        return y

    def classify(self, x: int, classes: int) -> bytes:
        axes = self.maker.tensor((2,), "int32", data=np.array([1, 2], np.int32))
        mean = self.new(1, self.shapes[x][3])
        self.maker.node("MEAN", [x, axes], [mean], "ReducerOptions", {"keepDims": False})
        dense = self.new(1, classes, meaning=Quantized(0.05, 0))
        filters = self.filters(classes, self.shapes[x][3])
        self.maker.node("FULLY_CONNECTED", [mean, *filters], [dense], "FullyConnectedOptions", {})
        y = self.new(1, classes, meaning=Quantized(1 / 256, -128))
        self.maker.node("SOFTMAX", [dense], [y], "SoftmaxOptions", {"beta": 1.0})
        return self.maker.model([y])


_TWO, _ONE = (2.0, 2), (2.0, 1)

MCU_MODELS = (
    Network(input=(32, 32, 3), width=16, blocks=(_TWO, _TWO, _ONE)),
    Network(input=(48, 48, 1), width=8, blocks=(_TWO, _ONE)),
    Network(input=(32, 32, 3), width=16, blocks=((1.0, 2), _TWO), block="residual"),
    Network(input=(64, 64, 3), width=16, blocks=((1.0, 2), _TWO), block="residual"),
    Network(input=(96, 96, 3), width=8, blocks=(_TWO, _TWO, _ONE)),
    Network(input=(28, 28, 1), width=4, blocks=(_TWO, (1.5, 2))),
    Network(input=(96, 96, 1), width=16, blocks=(_TWO, _TWO, _ONE), kernel=5),
    Network(input=(128, 1, 3), width=16, blocks=((1.5, 2), (1.5, 2), (1.5, 1)), kernel=5),
    Network(input=(256, 1, 6), width=16, blocks=((1.0, 2), (1.0, 2)), block="residual", kernel=5),
    Network(input=(128, 1, 1), width=4, blocks=((1.0, 2), (1.0, 2)), kernel=5),
)
"""Ten models of the spaces for images and signals: first configurations on usual inputs."""
