"""Small networks of real numbers: dense layers and rectifiers, to the last bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.codegen.exact import SANITIZED
from tests.codegen.making import Quantized
from tests.codegen.quantities import Drawn, assert_refused
from tests.codegen.test_elementwise import QUICK

RECTIFIERS = {"RELU": 1, "RELU_N1_TO_1": 2, "RELU6": 3}


def dense(drawn: Drawn, x: int, rows: int, sides: tuple[int, int], seed: int, **more: int) -> int:
    """Add a layer; with a bias unless told otherwise."""
    rng, (depth, channels) = np.random.default_rng(seed), sides
    weights = rng.normal(size=(channels, depth)) / np.sqrt(depth)
    inputs = [x, drawn.maker.tensor((channels, depth), "float32", None, weights)]
    if more.get("bias", 1):
        inputs.append(drawn.maker.tensor((channels,), "float32", None, rng.normal(size=channels)))
    y = drawn.maker.tensor((rows, channels), "float32")
    settings = {"fusedActivationFunction": more.get("activation", 0)}
    drawn.maker.node("FULLY_CONNECTED", inputs, [y], "FullyConnectedOptions", settings)
    return y


@settings(max_examples=3, phases=QUICK)
@given(
    st.integers(1, 3),
    st.integers(1, 70),
    st.lists(st.integers(1, 20), min_size=1, max_size=4),
    st.integers(0, 3),
    st.sampled_from(sorted(RECTIFIERS)),
    st.integers(0, 999),
)
def test_a_network_of_real_numbers_is_exact_to_the_bit(
    rows: int, depth: int, widths: list[int], activation: int, last: str, seed: int
) -> None:
    """Not one unit in the last place: sums are made in the same order."""
    model = Drawn()
    at, sides = model.maker.input((rows, depth), "float32", None), [depth, *widths]
    for place, pair in enumerate(zip(sides, widths, strict=False)):
        at = dense(model, at, rows, pair, seed, activation=activation, bias=place % 2)
    model.outputs = [model.maker.tensor((rows, widths[-1]), "float32")]
    model.maker.node(last, [at], model.outputs)
    model.assert_exact(flags=SANITIZED)


def test_real_inputs_of_an_int8_layer_and_back() -> None:
    model = Drawn()
    x = model.maker.input((1, 32), "float32", None)
    codes = model.maker.tensor((1, 32), "int8", Quantized(0.02, 3))
    model.outputs = [model.maker.tensor((1, 32), "float32")]
    model.maker.node("QUANTIZE", [x], [codes])
    model.maker.node("DEQUANTIZE", [codes], model.outputs)
    model.assert_exact(count=4)


@pytest.mark.parametrize("operator", ["SOFTMAX", "LOGISTIC", "TANH"])
def test_exponentials_of_real_numbers_are_told(operator: str) -> None:
    model = Drawn()
    x = model.maker.input((1, 4), "float32", None)
    model.outputs = [model.maker.tensor((1, 4), "float32")]
    options = ("SoftmaxOptions", {"beta": 1.0}) if operator == "SOFTMAX" else ("", {})
    model.maker.node(operator, [x], model.outputs, *options)
    assert_refused(model, "no mathematical library")
