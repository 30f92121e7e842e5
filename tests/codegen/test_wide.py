"""Codes of 16 bits with weights of 8: each kernel rounds as the reference's own one does."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pytest
from ai_edge_litert import schema_py_generated as schema
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.codegen.exact import SANITIZED, STRICT
from tests.codegen.making import Quantized
from tests.codegen.quantities import Drawn, assert_refused, codes
from tests.codegen.test_elementwise import QUICK

CONVOLUTIONS = {
    "CONV_2D": "Conv2DOptions",
    "DEPTHWISE_CONV_2D": "DepthwiseConv2DOptions",
    "FULLY_CONNECTED": "FullyConnectedOptions",
}
SIDE = 6
INT32 = schema.TensorType.INT32


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A layer with weights; `bias` is the type of its bias or empty."""

    operator: str
    channels: int
    filters: int
    kernel: tuple[int, int]
    stride: int
    dilation: int
    padding: int
    activation: int
    bias: str
    powers: bool
    per_channel: bool
    seed: int

    def put(self, drawn: Drawn) -> None:
        rng = np.random.default_rng(self.seed)
        scale, weight = (self._scale(rng, low) for low in (2.0**-12, 2.0**-7))
        shape, taps = self._weights()
        filters = shape[self._axis()]
        scales = [self._near(rng, weight) for _ in range(filters)] if self.per_channel else weight
        x = drawn.maker.input(self._image(), "int16", Quantized(scale))
        w = drawn.maker.tensor(
            shape, "int8", Quantized(scales, 0, self._axis()), codes(self.seed, shape)
        )
        inputs = [x, w] + ([self._bias(drawn, filters)] if self.bias else [])
        out = self._near(rng, scale * weight * 64 * 2.0 ** round(math.log2(taps) / 2))
        drawn.outputs.append(drawn.maker.tensor(self._output(filters), "int16", Quantized(out)))
        options = CONVOLUTIONS[self.operator]
        drawn.maker.node(self.operator, inputs, drawn.outputs[-1:], options, self._settings())

    def _scale(self, rng: np.random.Generator, low: float) -> float:
        return low if self.powers else float(np.float32(low * rng.uniform(0.5, 2)))

    def _near(self, rng: np.random.Generator, scale: float) -> float:
        factor = 2.0 ** rng.integers(-2, 1) if self.powers else rng.uniform(0.25, 1)
        return float(np.float32(scale * factor))

    def _axis(self) -> int:
        return 3 if self.operator == "DEPTHWISE_CONV_2D" else 0

    def _image(self) -> tuple[int, ...]:
        if self.operator == "FULLY_CONNECTED":
            return (3, self.channels * 5)
        return (1, SIDE, SIDE, self.channels)

    def _weights(self) -> tuple[tuple[int, ...], int]:
        (high, wide), channels = self.kernel, self.channels
        if self.operator == "FULLY_CONNECTED":
            return (self.filters, channels * 5), channels * 5
        if self.operator == "CONV_2D":
            return (self.filters, high, wide, channels), high * wide * channels
        return (1, high, wide, channels * self.filters), high * wide

    def _output(self, filters: int) -> tuple[int, ...]:
        if self.operator == "FULLY_CONNECTED":
            return (3, filters)
        covers = [(size - 1) * self.dilation + 1 for size in self.kernel]
        reach = [SIDE + (size - 1) * (self.padding == schema.Padding.SAME) for size in covers]
        sides = [(r - size) // self.stride + 1 for r, size in zip(reach, covers, strict=True)]
        return (1, *sides, filters)

    def _bias(self, drawn: Drawn, filters: int) -> int:
        data = np.random.default_rng(self.seed).integers(-(2**22), 2**22, filters)
        return drawn.maker.tensor((filters,), self.bias, Quantized(2.0**-19), data)

    def _settings(self) -> dict[str, int]:
        settings = {"fusedActivationFunction": self.activation}
        if self.bias == "int32":
            settings["quantizedBiasType"] = INT32
        if self.operator == "FULLY_CONNECTED":
            return settings
        if self.operator == "DEPTHWISE_CONV_2D":
            settings["depthMultiplier"] = self.filters
        return settings | {
            "padding": self.padding,
            "strideH": self.stride,
            "strideW": self.stride,
            "dilationHFactor": self.dilation,
            "dilationWFactor": self.dilation,
        }


def layers(operator: str) -> st.SearchStrategy[Layer]:
    biases = {"CONV_2D": ["int64", "int32"], "DEPTHWISE_CONV_2D": ["int64", ""]}
    return st.builds(
        Layer,
        operator=st.just(operator),
        channels=st.integers(1, 4),
        filters=st.integers(1, 4),
        kernel=st.tuples(st.integers(1, 3), st.integers(1, 3)),
        stride=st.integers(1, 2),
        dilation=st.integers(1, 2),
        padding=st.sampled_from([schema.Padding.SAME, schema.Padding.VALID]),
        activation=st.integers(0, 3),
        bias=st.sampled_from(biases.get(operator, ["int64", "int32", ""])),
        powers=st.booleans(),
        per_channel=st.booleans(),
        seed=st.integers(0, 999),
    )


@pytest.mark.parametrize("operator", CONVOLUTIONS)
@settings(max_examples=3, phases=QUICK)
@given(data=st.data())
def test_layers_with_weights_are_exact(operator: str, data: st.DataObject) -> None:
    model = Drawn()
    for _ in range(10):
        data.draw(layers(operator)).put(model)
    model.assert_exact()


@pytest.mark.parametrize("bias", ["int64", "int32"])
@pytest.mark.parametrize("operator", CONVOLUTIONS)
def test_many_sums_of_one_layer_are_exact(operator: str, bias: str) -> None:
    """Of powers of two and of others: one rounding wrong shows here."""
    model = Drawn()
    for powers in (True, False):
        Layer(
            operator=operator, channels=3, filters=4, kernel=(3, 2), stride=1, dilation=1,
            padding=schema.Padding.SAME, activation=0, per_channel=True, powers=powers, seed=7,
            bias="int64" if operator == "DEPTHWISE_CONV_2D" else bias,
        ).put(model)  # fmt: skip
    model.assert_exact(count=30, flags=SANITIZED if bias == "int64" else STRICT)


@pytest.mark.parametrize("operator", ["AVERAGE_POOL_2D", "MAX_POOL_2D"])
@settings(max_examples=2, phases=QUICK)
@given(
    drawn=st.lists(
        st.tuples(st.integers(1, 4), st.integers(1, 3), st.integers(0, 1), st.integers(0, 3)),
        min_size=4,
        max_size=8,
    )
)
def test_pooling_is_exact(operator: str, drawn: list[tuple[int, int, int, int]]) -> None:
    model = Drawn()
    meaning = Quantized(2.0**-13)
    x = model.maker.input((1, SIDE, SIDE, 3), "int16", meaning)
    for side, stride, padding, activation in [(2, 1, 0, 0), (3, 2, 1, 0), *drawn]:
        reach = SIDE + (side - 1 if padding == schema.Padding.SAME else 0)
        out = (reach - side) // stride + 1
        model.outputs.append(model.maker.tensor((1, out, out, 3), "int16", meaning))
        settings = {
            "padding": padding, "strideW": stride, "strideH": stride, "filterWidth": side,
            "filterHeight": side, "fusedActivationFunction": activation,
        }  # fmt: skip
        model.maker.node(operator, [x], model.outputs[-1:], "Pool2DOptions", settings)
    model.assert_exact(flags=SANITIZED)


@pytest.mark.parametrize(
    ("operator", "bias", "zero", "reason"),
    [
        ("CONV_2D", "int32", 0, "would not read"),
        ("FULLY_CONNECTED", "int32", 0, "would not read"),
        ("DEPTHWISE_CONV_2D", "int64", 4, "zero points"),
    ],
)
def test_what_it_cannot_express_is_told(operator: str, bias: str, zero: int, reason: str) -> None:
    model = Drawn()
    dense = operator == "FULLY_CONNECTED"
    shape = (1, 4) if dense else (1, 1, 1, 4)
    x = model.maker.input(shape, "int16", Quantized(0.01))
    square = (4, 4) if dense else (4, 1, 1, 4) if operator == "CONV_2D" else (1, 1, 1, 4)
    w = model.maker.tensor(square, "int8", Quantized(0.01), codes(0, square))
    b = model.maker.tensor((4,), bias, Quantized(0.0001), np.arange(4))
    model.outputs = [model.maker.tensor(shape, "int16", Quantized(0.01, zero))]
    settings = {} if dense else {"strideW": 1, "strideH": 1}
    model.maker.node(operator, [x, w, b], model.outputs, CONVOLUTIONS[operator], settings)
    assert_refused(model, reason)
