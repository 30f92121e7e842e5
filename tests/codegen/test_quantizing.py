"""Changes of scale and type: every code, and real numbers half-way between codes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.codegen.exact import SANITIZED
from tests.codegen.making import Quantized
from tests.codegen.quantities import Drawn, assert_refused, meanings, scales
from tests.codegen.test_activations import every_code
from tests.codegen.test_elementwise import QUICK


@settings(max_examples=3, phases=QUICK)
@given(meanings(), st.lists(meanings(), min_size=2, max_size=6))
def test_int8_gets_another_scale_or_becomes_real(x: Quantized, outs: list[Quantized]) -> None:
    model = Drawn()
    inputs = every_code(model, "int8", x)
    for out in outs:
        model.outputs.append(model.maker.tensor((1, 256), "int8", out))
        model.maker.node("QUANTIZE", model.maker.inputs, model.outputs[-1:])
    model.outputs.append(model.maker.tensor((1, 256), "float32"))
    model.maker.node("DEQUANTIZE", model.maker.inputs, model.outputs[-1:])
    model.assert_exact(inputs=inputs, flags=SANITIZED)


@settings(max_examples=3, phases=QUICK)
@given(scales, scales, meanings())
def test_int16_gets_another_scale_or_becomes_int8_or_real(
    scale: float, other: float, narrow: Quantized
) -> None:
    model = Drawn()
    inputs = every_code(model, "int16", Quantized(scale / 128))
    for dtype, out in (
        ("int16", Quantized(other / 128)),
        ("int8", narrow),
        ("float32", None),
    ):
        model.outputs.append(model.maker.tensor((1, 65536), dtype, out))
        operator = "DEQUANTIZE" if out is None else "QUANTIZE"
        model.maker.node(operator, model.maker.inputs, model.outputs[-1:])
    model.assert_exact(inputs=inputs)


@settings(max_examples=3, phases=QUICK)
@given(meanings(), scales, st.integers(0, 99))
def test_real_numbers_become_the_nearest_code(narrow: Quantized, wide: float, seed: int) -> None:
    model = Drawn()
    model.maker.input((1, 640), "float32", None)
    for dtype, out in (("int8", narrow), ("int16", Quantized(wide / 128))):
        model.outputs.append(model.maker.tensor((1, 640), dtype, out))
        model.maker.node("QUANTIZE", model.maker.inputs, model.outputs[-1:])
    rng = np.random.default_rng(seed)
    halves = (rng.integers(-300, 300, (1, 640)) + 0.5) * np.float32(narrow.scale)
    inputs = [rng.normal(size=(1, 640)) * size for size in (0.1, 3, 100)] + [halves]
    model.assert_exact(inputs=[[x.astype(np.float32)] for x in inputs], flags=SANITIZED)


@pytest.mark.parametrize(
    ("operator", "kinds", "reason"),
    [
        ("QUANTIZE", ("int8", "int16"), "from int8 to int16"),
        ("QUANTIZE", ("int32", "int8"), "from int32 to int8"),
        ("QUANTIZE", ("int16", "int16"), "zero points"),
        ("DEQUANTIZE", ("uint8", "float32"), "holds uint8"),
    ],
)
def test_what_it_cannot_express_is_told(operator: str, kinds: tuple[str, str], reason: str) -> None:
    model = Drawn()
    x = model.maker.input((1, 8), kinds[0], Quantized(0.5, 2))
    model.outputs = [model.maker.tensor((1, 8), kinds[1], Quantized(0.25, 1))]
    model.maker.node(operator, [x], model.outputs)
    assert_refused(model, reason)
