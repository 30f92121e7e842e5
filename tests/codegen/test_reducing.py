"""Pooling, sums, means and extremes give the reference kernels' codes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from ai_edge_litert.interpreter import Interpreter, OpResolverType
from hypothesis import given, settings

from studio.codegen import generate
from studio.codegen.toolchain import CSource, run_on_host
from tests.codegen.exact import SANITIZED
from tests.codegen.making import Maker, Quantized
from tests.codegen.test_moving import SEEDS, check, refusal


def meaning(rng: np.random.Generator, near: float = 1.0) -> Quantized:
    """Return a random scale, log-uniform about `near`, and a random zero point."""
    return Quantized(float(near * np.exp(rng.normal())), int(rng.integers(-128, 128)))


def pool(m: Maker, rng: np.random.Generator, shape: tuple[int, ...], q: Quantized) -> int:
    """Add one input and a pooling of it; return its output."""
    x, (n, h, w, c) = m.input(shape, "int8", q), shape
    sides, strides, same = rng.integers(1, 5, 2), rng.integers(1, 4, 2), bool(rng.random() < 0.6)
    if not same:
        sides = np.minimum(sides, [h, w])
    covered = np.array([h, w]) - (0 if same else sides - 1)
    out = (-(-covered // strides)).tolist()
    y = m.tensor([n, *out, c], "int8", q)
    asked = {
        "padding": 0 if same else 1, "strideH": strides[0], "strideW": strides[1],
        "filterHeight": sides[0], "filterWidth": sides[1],
        "fusedActivationFunction": int(rng.integers(0, 4)),
    }  # fmt: skip
    operator = "MAX_POOL_2D" if rng.random() < 0.5 else "AVERAGE_POOL_2D"
    m.node(operator, [x], [y], "Pool2DOptions", asked)
    return y


def reduction(m: Maker, rng: np.random.Generator, operator: str, x: int, q: Quantized) -> int:
    """Add a reduction over any dimensions of x; return its output."""
    shape, kind = m._tensors[x].shape, {v: k for k, v in _CODES.items()}[m._tensors[x].type]
    axes = rng.choice(len(shape), int(rng.integers(1, len(shape) + 1)), replace=False)
    keep = bool(rng.random() < 0.5)
    out = np.zeros(shape).sum(axis=tuple(axes), keepdims=keep).shape
    signs = rng.choice([0, -len(shape)], len(axes))
    places = m.tensor([len(axes)], "int32", None, (axes + signs).astype(np.int32))
    y = m.tensor(out, kind, q)
    m.node(operator, [x, places], [y], "ReducerOptions", {"keepDims": keep})
    return y


_CODES = {"int8": 9, "uint8": 3}


def model(seed: int) -> bytes:
    """Return a model with poolings and reductions of random scales."""
    rng, m = np.random.default_rng(seed), Maker()
    shape = (1, *rng.integers(1, 8, 3).tolist())
    q = meaning(rng)
    outputs = [pool(m, rng, shape, q) for _ in range(4)]
    outputs += [
        reduction(m, rng, operator, m.inputs[0], q)
        for operator in ("REDUCE_MAX", "REDUCE_MIN", "MEAN") * 2
    ]
    outputs += [
        reduction(m, rng, "MEAN", m.inputs[0], meaning(rng, float(q.scale))) for _ in range(6)
    ]
    outputs += [argument(m, rng, operator, m.inputs[1]) for operator in ("ARG_MAX", "ARG_MIN") * 2]
    return m.model(outputs)


def argument(m: Maker, rng: np.random.Generator, operator: str, x: int) -> int:
    shape = list(m._tensors[x].shape)
    axis, wide = int(rng.integers(-len(shape), len(shape))), bool(rng.random() < 0.5)
    kind, code = ("int64", 4) if wide else ("int32", 2)
    place = m.tensor([], "int32", None, np.array(axis, np.int32))
    shape.pop(axis)
    y = m.tensor(shape, kind)
    name = "ArgMaxOptions" if operator == "ARG_MAX" else "ArgMinOptions"
    m.node(operator, [x, place], [y], name, {"outputType": code})
    return y


@given(SEEDS)
@settings(max_examples=4, deadline=None)
def test_poolings_and_reductions_are_exact(seed: int) -> None:
    check(model(seed), count=5)


@pytest.mark.parametrize("seed", range(4))
def test_a_pooling_compiles_alone(seed: int) -> None:
    m = Maker()
    check(m.model([pool(m, np.random.default_rng(seed), (1, 5, 6, 3), Quantized(0.1))]), count=1)


@pytest.mark.parametrize("operator", ["MEAN", "REDUCE_MIN", "ARG_MAX"])
def test_a_reduction_compiles_alone(operator: str) -> None:
    m, rng, q = Maker(), np.random.default_rng(1), Quantized(0.1, 4)
    x = m.input([1, 5, 6, 3], "int8", q)
    y = argument(m, rng, operator, x) if "ARG" in operator else reduction(m, rng, operator, x, q)
    check(m.model([y]), count=1)


def test_poolings_and_reductions_touch_only_their_memory() -> None:
    check(model(2), SANITIZED)


def sums(seed: int, unsigned: bool) -> tuple[bytes, npt.NDArray[np.int64]]:
    """Return a model of sums, its codes signed or not, and what they are fed, signed."""
    rng, m = np.random.default_rng(seed), Maker()
    kind, by = ("uint8", 128) if unsigned else ("int8", 0)
    shape = rng.integers(1, 6, 4).tolist()
    q = meaning(rng)
    x = m.input(shape, kind, Quantized(q.scale, q.zero_point + by))
    y = [meaning(rng, float(q.scale) * 4) for _ in range(12)]
    outputs = [reduction(m, rng, "SUM", x, Quantized(o.scale, o.zero_point + by)) for o in y]
    return m.model(outputs), rng.integers(-128, 128, shape)


@pytest.mark.parametrize("seed", range(2))
def test_sums_are_what_the_reference_makes_of_unsigned_codes(seed: int) -> None:
    """LiteRT 2.3.0's reference reads the int8 codes of a sum as if they were uint8."""
    (signed, codes), (unsigned, _) = sums(seed, False), sums(seed, True)
    reference = answers(unsigned, (codes + 128).astype(np.uint8)) - 128
    assert generated_answers(signed, codes.astype(np.int8)).tolist() == reference.tolist()


def answers(content: bytes, codes: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    """Return the reference's outputs, one behind the other."""
    interpreter = Interpreter(
        model_content=content, experimental_op_resolver_type=OpResolverType.BUILTIN_REF
    )
    interpreter.allocate_tensors()
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], codes)
    interpreter.invoke()
    outputs = [interpreter.get_tensor(d["index"]) for d in interpreter.get_output_details()]
    return np.concatenate([np.ravel(output).astype(np.int64) for output in outputs])


def generated_answers(content: bytes, codes: npt.NDArray[np.int8]) -> npt.NDArray[np.int8]:
    """Return the outputs of the generated code, one behind the other."""
    made = generate(content)
    source = CSource(
        name=made.prefix,
        files=made.files,
        inputs=tuple(made.graph.tensors[i].size_bytes for i in made.graph.inputs),
        outputs=tuple(made.graph.tensors[i].size_bytes for i in made.graph.outputs),
        header=f"{made.prefix}.h",
    )
    return run_on_host(source, codes[np.newaxis]).outputs[0]


def test_scales_that_the_reference_refuses_are_refused() -> None:
    m, rng = Maker(), np.random.default_rng(0)
    x = m.input([1, 2, 2, 1], "int8", Quantized(0.5))
    y = reduction(m, rng, "REDUCE_MAX", x, Quantized(0.25))
    assert "another scale" in refusal(m.model([y]))


def test_sums_that_could_overflow_are_refused() -> None:
    m, rng = Maker(), np.random.default_rng(0)
    x = m.input([1, 512, 512, 1], "int8", Quantized(1.0))
    y = reduction(m, rng, "SUM", x, Quantized(2.0**-20))
    assert "could pass" in refusal(m.model([y]))
