"""Functions of one tensor: every code, for any scales."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.codegen.exact import SANITIZED, STRICT
from tests.codegen.making import Quantized
from tests.codegen.quantities import Drawn, assert_refused, meanings, scales
from tests.codegen.test_elementwise import QUICK

TO_256TH = ("LOGISTIC", "TANH")
INT8 = ("RELU", "RELU6", "RELU_N1_TO_1", "LEAKY_RELU", "HARD_SWISH", "ABS", *TO_256TH)
INT16 = ("RELU", "RELU6", "LEAKY_RELU", *TO_256TH)
RATIOS = st.sampled_from([0.3, 0.5, 1.0, 1.0, 1.7, 2.0, 10.0])


def put(drawn: Drawn, operator: str, dtype: str, scale: float, zero: int, slope: float) -> None:
    """Add one operator on the first input; the sigmoids have a scale of their own."""
    maker, x = drawn.maker, drawn.maker.inputs[0]
    meaning = Quantized(float(np.float32(scale)), zero if dtype == "int8" else 0)
    if operator in TO_256TH:
        meaning = Quantized(1 / 256, zero) if dtype == "int8" else Quantized(2.0**-15)
    drawn.outputs.append(maker.tensor((1, 2 ** (8 * np.dtype(dtype).itemsize)), dtype, meaning))
    options = ("LeakyReluOptions", {"alpha": slope}) if operator == "LEAKY_RELU" else ("", {})
    maker.node(operator, [x], drawn.outputs[-1:], *options)


def every_code(drawn: Drawn, dtype: str, meaning: Quantized) -> list[list[np.ndarray]]:
    """Give the model an input, and return all codes for it."""
    limits = np.iinfo(dtype)
    codes = np.arange(limits.min, limits.max + 1, dtype=dtype).reshape(1, -1)
    drawn.maker.input(codes.shape, dtype, meaning)
    return [[codes]]


@settings(max_examples=4, phases=QUICK)
@given(
    meanings(),
    st.lists(
        st.tuples(
            st.sampled_from(INT8), RATIOS, st.integers(-128, 127), st.floats(0, 1.25, width=32)
        ),
        min_size=6,
        max_size=12,
    ),
)
def test_every_int8_code_is_exact(
    meaning: Quantized, drawn: list[tuple[str, float, int, float]]
) -> None:
    model = Drawn()
    inputs = every_code(model, "int8", meaning)
    for operator, ratio, zero, slope in drawn:
        put(model, operator, "int8", meaning.scale * ratio, zero, slope)
    model.assert_exact(inputs=inputs)


@settings(max_examples=3, phases=QUICK)
@given(
    scales.map(lambda scale: scale / 64) | st.sampled_from([2.0**-11, 2.0**-12, 2.0**-13]),
    st.floats(0, 1.25, width=32),
    RATIOS,
)
def test_every_int16_code_is_exact(scale: float, slope: float, ratio: float) -> None:
    model = Drawn()
    inputs = every_code(model, "int16", Quantized(float(np.float32(scale))))
    for operator in INT16:
        put(model, operator, "int16", scale * ratio, 0, slope)
    model.assert_exact(inputs=inputs)


@pytest.mark.parametrize(("dtype", "operators"), [("int8", INT8), ("int16", INT16)])
def test_operators_alone(dtype: str, operators: tuple[str, ...]) -> None:
    """Each kernel names all it needs, and leaves alone what is not its own."""
    for operator in operators:
        model = Drawn()
        inputs = every_code(model, dtype, Quantized(0.03, 5 if dtype == "int8" else 0))
        put(model, operator, dtype, 0.04, -9, 0.2)
        model.assert_exact(inputs=inputs, flags=SANITIZED if operator == "TANH" else STRICT)


@pytest.mark.parametrize(
    ("operator", "kind", "out", "reason"),
    [
        ("LOGISTIC", "int8", Quantized(0.1), "1/256"),
        ("TANH", "int16", Quantized(0.1), "1/32768"),
        ("HARD_SWISH", "int8", Quantized(1e-4), "1/128"),
        ("HARD_SWISH", "int16", Quantized(0.5), "for int16"),
        ("RELU", "int16", Quantized(0.5, 3), "zero points"),
        ("RELU_N1_TO_1", "int16", Quantized(0.5), "int16"),
        ("LEAKY_RELU", "int8", Quantized(0.5), "negative"),
        ("RELU", "int8", Quantized(1e-9), "small a scale"),
    ],
)
def test_what_it_cannot_express_is_told(
    operator: str, kind: str, out: Quantized, reason: str
) -> None:
    model = Drawn()
    x = model.maker.input((1, 8), kind, Quantized(0.5))
    model.outputs = [model.maker.tensor((1, 8), kind, out)]
    options = ("LeakyReluOptions", {"alpha": -0.5}) if operator == "LEAKY_RELU" else ("", {})
    model.maker.node(operator, [x], model.outputs, *options)
    assert_refused(model, reason)


def test_hard_swish_is_exact_at_many_scales() -> None:
    """It rounds four times, in three ways; few scales would not show each."""
    for scale in (0.007, 0.03125, 0.09):
        model = Drawn()
        inputs = every_code(model, "int8", Quantized(scale, -31))
        for step in range(16):
            put(model, "HARD_SWISH", "int8", scale * (0.1 + 0.09 * step), step - 8, 0.0)
        model.assert_exact(inputs=inputs)
