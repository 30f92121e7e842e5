"""Scales per channel: that the interpreters really read those the runtimes are said to take."""

from __future__ import annotations

import numpy as np
import pytest

from studio.runtimes import RUNTIMES
from studio.runtimes.litert import run_reference_raw
from tests.codegen.making import Maker, Quantized

EQUAL, UNEQUAL = [0.01, 0.01, 0.01], [0.04, 0.01, 0.01]
SHAPES = {
    "CONV_2D": [3, 2, 2, 2],
    "DEPTHWISE_CONV_2D": [1, 2, 2, 3],
    "FULLY_CONNECTED": [3, 32],
    "TRANSPOSE_CONV": [3, 2, 2, 2],
}
STRIDES = {"strideW": 2, "strideH": 2, "padding": 0}
OPTIONS = {
    "CONV_2D": ("Conv2DOptions", STRIDES),
    "DEPTHWISE_CONV_2D": ("DepthwiseConv2DOptions", {**STRIDES, "depthMultiplier": 1}),
    "FULLY_CONNECTED": ("FullyConnectedOptions", {}),
    "TRANSPOSE_CONV": ("TransposeConvOptions", STRIDES),
}
INPUT = {"DEPTHWISE_CONV_2D": [1, 4, 4, 3], "FULLY_CONNECTED": [1, 32]}
OUTPUT = {"FULLY_CONNECTED": [1, 3], "TRANSPOSE_CONV": [1, 8, 8, 3]}


def layer(operator, scales):
    """Return a model of one layer with three filters."""
    m, rng = Maker(), np.random.default_rng(0)
    axis = 3 if operator == "DEPTHWISE_CONV_2D" else 0
    shape, out = SHAPES[operator], OUTPUT.get(operator, [1, 2, 2, 3])
    x = m.input(INPUT.get(operator, [1, 4, 4, 2]), "int8", Quantized(0.05))
    codes = rng.integers(-127, 128, shape)
    weights = m.tensor(shape, "int8", Quantized(scales, axis=axis), codes)
    biases = [0.05 * scale for scale in scales]
    bias = m.tensor([3], "int32", Quantized(biases), rng.integers(-500, 500, 3))
    y = m.tensor(out, "int8", Quantized(0.1))
    if operator == "TRANSPOSE_CONV":
        inputs = [m.tensor([4], "int32", None, np.array(out)), weights, x, bias]
    else:
        inputs = [x, weights, bias]
    m.node(operator, inputs, [y], *OPTIONS[operator])
    return m.model([y])


def codes_for(operator):
    shape = INPUT.get(operator, [1, 4, 4, 2])
    return np.random.default_rng(1).integers(-128, 128, [3, *shape[1:]]).astype(np.int8)


def micro(content, samples):
    runtime = pytest.importorskip("tflite_micro").runtime
    interpreter, rows = runtime.Interpreter.from_bytes(content), []
    for sample in samples:
        interpreter.set_input(sample[np.newaxis], 0)
        interpreter.invoke()
        rows.append(interpreter.get_output(0).reshape(-1).copy())
    return np.stack(rows)


@pytest.mark.parametrize(("id", "run"), [("litert", run_reference_raw), ("tflite-micro", micro)])
@pytest.mark.parametrize("operator", sorted(SHAPES))
def test_each_channel_has_its_scale(id, run, operator):
    assert operator in RUNTIMES[id].quantization.per_channel
    samples = codes_for(operator)
    plain, scaled = (run(layer(operator, scales), samples) for scales in (EQUAL, UNEQUAL))
    first = np.arange(plain.shape[1]) % 3 == 0
    assert (plain[:, ~first] == scaled[:, ~first]).all()
    assert (plain[:, first] != scaled[:, first]).any()


def test_no_other_operators_are_said_to_take_them():
    for id in ("litert", "tflite-micro"):
        assert RUNTIMES[id].quantization.per_channel == set(SHAPES)
