"""Softmax: rows, temperatures and depths, int8 and int16."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.codegen.exact import SANITIZED
from tests.codegen.making import Quantized
from tests.codegen.quantities import Drawn, assert_refused, meanings
from tests.codegen.test_elementwise import QUICK

OUTPUTS = {"int8": Quantized(1 / 256, -128), "int16": Quantized(2.0**-15)}
SHAPES = [(1, 1), (1, 2), (1, 10), (7,), (3, 5), (2, 3, 4), (1, 4, 1, 12), (1, 300), (2, 1)]


def put(drawn: Drawn, shape: tuple[int, ...], dtype: str, meaning: Quantized, beta: float) -> None:
    x = drawn.maker.input(shape, dtype, meaning)
    drawn.outputs.append(drawn.maker.tensor(shape, dtype, OUTPUTS[dtype]))
    drawn.maker.node("SOFTMAX", [x], drawn.outputs[-1:], "SoftmaxOptions", {"beta": beta})


@pytest.mark.parametrize("dtype", OUTPUTS)
@settings(max_examples=3, phases=QUICK)
@given(data=st.data())
def test_softmax_is_exact(dtype: str, data: st.DataObject) -> None:
    model = Drawn()
    for _ in range(8):
        meaning = data.draw(meanings(dtype))
        scale = meaning.scale / (1 if dtype == "int8" else data.draw(st.sampled_from([16, 256])))
        beta = data.draw(st.sampled_from([1.0, 1.0, 0.25, 2.0, 0.7]))
        shape = data.draw(st.sampled_from(SHAPES))
        put(model, shape, dtype, Quantized(float(np.float32(scale)), meaning.zero_point), beta)
    model.assert_exact(count=10)


@pytest.mark.parametrize("dtype", OUTPUTS)
def test_many_rows_are_exact(dtype: str) -> None:
    """Small scales, where rows are nearly even, and large ones, where one class takes all."""
    model = Drawn()
    for scale in (0.003, 0.02, 0.11, 0.5):
        meaning = Quantized(scale if dtype == "int8" else scale / 128, 0)
        put(model, (40, 12), dtype, meaning, 1.0)
    model.assert_exact(count=12, flags=SANITIZED)


@pytest.mark.parametrize(
    ("dtype", "scale", "beta", "out", "reason"),
    [
        ("int8", 0.1, 1.0, Quantized(0.01, -128), "1/256"),
        ("int16", 0.1, 1.0, Quantized(0.01), "1/32768"),
        ("int8", 0.1, 1e-9, OUTPUTS["int8"], "times beta"),
        ("int16", 0.1, 1e5, OUTPUTS["int16"], "small a scale"),
    ],
)
def test_what_it_cannot_express_is_told(
    dtype: str, scale: float, beta: float, out: Quantized, reason: str
) -> None:
    model = Drawn()
    x = model.maker.input((1, 4), dtype, Quantized(scale))
    model.outputs = [model.maker.tensor((1, 4), dtype, out)]
    model.maker.node("SOFTMAX", [x], model.outputs, "SoftmaxOptions", {"beta": beta})
    assert_refused(model, reason)
