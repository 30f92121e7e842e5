"""Operators of two tensors: the reference's codes for any scales, shapes and constants."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.codegen.exact import SANITIZED, STRICT
from tests.codegen.making import Quantized
from tests.codegen.quantities import Drawn, assert_refused, codes, meanings, scales

OPTIONS = {
    "ADD": "AddOptions",
    "SUB": "SubOptions",
    "MUL": "MulOptions",
    "MAXIMUM": "MaximumMinimumOptions",
    "MINIMUM": "MaximumMinimumOptions",
    "SQUARED_DIFFERENCE": "SquaredDifferenceOptions",
    "PRELU": "",
}
QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
"""Without a search for the smallest failure: each try compiles."""
BOTH_WIDTHS = ("ADD", "SUB", "MUL", "MAXIMUM", "MINIMUM")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One operator to try; `constant` is the place of an input that is constant, 2 for none.

    `twice` gives one tensor to both inputs where their shapes are equal.
    """

    operator: str
    dtype: str
    shapes: tuple[tuple[int, ...], tuple[int, ...]]
    meanings: tuple[Quantized, Quantized]
    out_scale: float
    out_zero: int
    activation: int
    constant: int
    twice: bool
    seed: int

    def put(self, drawn: Drawn) -> None:
        shape = np.broadcast_shapes(*self.shapes)
        shapes = (shape, self.shapes[1]) if self.operator == "PRELU" else self.shapes
        same = self.operator in ("MAXIMUM", "MINIMUM")
        meant = (self.meanings[0],) * 2 if same else self.meanings
        places = [self._input(drawn, shapes[i], meant[i], i == self.constant) for i in range(2)]
        if self.twice and shapes[0] == shapes[1]:
            places[1] = places[0] if self.constant else places[1]
        out = self.meanings[0] if same else Quantized(self._scale(), self.out_zero)
        drawn.outputs.append(drawn.maker.tensor(shape, self.dtype, out))
        drawn.maker.node(
            self.operator, places, drawn.outputs[-1:], OPTIONS[self.operator], self._settings()
        )

    def _input(self, drawn: Drawn, shape: tuple[int, ...], meant: Quantized, fixed: bool) -> int:
        if fixed:
            return drawn.maker.tensor(shape, self.dtype, meant, codes(self.seed, shape, self.dtype))
        return drawn.maker.input(shape, self.dtype, meant)

    def _scale(self) -> float:
        """Return a step of the output that uses a good part of its codes."""
        product = self.meanings[0].scale * self.meanings[1].scale
        wide = 1.0 if self.dtype == "int8" else 2.0**8
        if self.operator == "MUL":
            return float(np.float32(product * self.out_scale * 400 * wide))
        if self.operator == "SQUARED_DIFFERENCE":
            return float(
                np.float32(max(m.scale for m in self.meanings) ** 2 * self.out_scale * 900)
            )
        return self.out_scale

    def _settings(self) -> dict[str, int]:
        settings = {"ADD": {"potScaleInt16": False}, "SUB": {"potScaleInt16": False}, "MUL": {}}
        if self.operator not in settings:
            return {}
        return settings[self.operator] | {"fusedActivationFunction": self.activation}


@st.composite
def stretching(draw: st.DrawFn) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Draw two shapes that stretch to one: sizes of 1, and leading dimensions left out."""
    whole = [draw(st.integers(1, 4)) for _ in range(draw(st.integers(1, 4)))]
    one, two = list(whole), list(whole)
    for place in range(len(whole)):
        shrunk = draw(st.sampled_from([None, one, two]))
        if shrunk is not None:
            shrunk[place] = 1
    missing = draw(st.integers(0, len(whole) - 1))
    return draw(st.permutations([tuple(one), tuple(two[missing:])]).map(tuple))


equal = st.sampled_from([(7,), (3, 5), (1, 4, 3, 5), (2, 1, 3, 1, 4)]).map(lambda s: (s, s))


def pairs(operators: tuple[str, ...], dtype: str) -> st.SearchStrategy[Pair]:
    return st.builds(
        Pair,
        operator=st.sampled_from(operators),
        dtype=st.just(dtype),
        shapes=stretching() | equal,
        meanings=st.tuples(meanings(dtype), meanings(dtype)),
        out_scale=scales,
        out_zero=st.integers(-128, 127) if dtype == "int8" else st.just(0),
        activation=st.integers(0, 3),
        constant=st.sampled_from([0, 1, 2, 2]),
        twice=st.booleans(),
        seed=st.integers(0, 99),
    )


def tried(drawn: list[Pair]) -> None:
    model = Drawn()
    for pair in drawn:
        if pair.operator != "PRELU" or pair.constant != 0:
            pair.put(model)
    if model.outputs and model.maker.inputs:
        model.assert_exact()


@settings(max_examples=4, phases=QUICK)
@given(st.lists(pairs(tuple(OPTIONS), "int8"), min_size=6, max_size=16))
def test_int8_pairs_are_exact(drawn: list[Pair]) -> None:
    tried(drawn)


@settings(max_examples=3, phases=QUICK)
@given(st.lists(pairs(BOTH_WIDTHS, "int16"), min_size=6, max_size=12))
def test_int16_pairs_are_exact(drawn: list[Pair]) -> None:
    tried(drawn)


@pytest.mark.parametrize("operator", OPTIONS)
def test_every_operator_alone(operator: str) -> None:
    """Each kernel names all it needs, and many codes meet: one rounding wrong shows here."""
    model = Drawn()
    for seed, (a, b) in enumerate(
        [((2, 64), (2, 64)), ((3, 8, 5), (5,)), ((4, 1, 6), (1, 7, 1)), ((6,), (2, 3, 6))]
    ):
        Pair(
            operator=operator,
            dtype="int8",
            shapes=(a, b),
            meanings=(Quantized(0.03125, -7), Quantized(0.0211 * (seed + 1), 19)),
            out_scale=(0.0625, 0.041, 0.125, 0.02)[seed],
            out_zero=-12,
            activation=seed,
            constant=(2, 1, 2, 1)[seed],
            twice=False,
            seed=seed,
        ).put(model)
    model.assert_exact(count=24, flags=SANITIZED if operator == "ADD" else STRICT)


def test_an_output_takes_the_memory_of_an_input_of_its_size() -> None:
    model = Drawn()
    x, y = (model.maker.input((1, 64), "int8", Quantized(0.1)) for _ in range(2))
    slope = model.maker.tensor((64,), "int8", Quantized(0.01), codes(1, (64,)))
    total, product = (model.maker.tensor((1, 64), "int8", Quantized(0.2, 3)) for _ in range(2))
    model.maker.node("ADD", [x, y], [total], "AddOptions", {})
    model.maker.node("PRELU", [total, slope], [product])
    model.outputs = [product]
    assert model.assert_exact().generated.arena_bytes == 128


@pytest.mark.parametrize(
    ("operator", "kind", "out", "reason"),
    [
        ("ADD", "int8", Quantized(1e-9), "small a scale"),
        ("MUL", "int8", Quantized(1e-9), "small a scale"),
        ("MAXIMUM", "int8", Quantized(0.3), "different scales"),
        ("ADD", "int16", Quantized(0.25), "powers of two"),
        ("SUB", "int16", Quantized(0.3, 4), "zero points"),
        ("SQUARED_DIFFERENCE", "int16", Quantized(0.3), "holds int16"),
    ],
)
def test_what_it_cannot_express_is_told(
    operator: str, kind: str, out: Quantized, reason: str
) -> None:
    model = Drawn()
    inputs = [model.maker.input((2, 3), kind, Quantized(0.5)) for _ in range(2)]
    model.outputs = [model.maker.tensor((2, 3), kind, out)]
    model.maker.node(operator, inputs, model.outputs, OPTIONS[operator])
    assert_refused(model, reason)


def test_two_constants_and_shapes_that_do_not_fit_are_told() -> None:
    for shape, data, reason in (((2, 3), codes(0, (2, 3)), "computed"), ((2, 4), None, "join")):
        model = Drawn()
        one = model.maker.tensor((2, 3), "int8", Quantized(0.5), codes(0, (2, 3)))
        two = (
            model.maker.input(shape, "int8", Quantized(0.5))
            if data is None
            else model.maker.tensor(shape, "int8", Quantized(0.5), data)
        )
        model.outputs = [model.maker.tensor((2, 3), "int8", Quantized(0.5))]
        model.maker.node("ADD", [one, two], model.outputs, "AddOptions", {})
        assert_refused(model, reason)
