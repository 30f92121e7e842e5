"""Long short-term memories give the reference kernels' codes, step by step."""

from __future__ import annotations

import flatbuffers
import numpy as np
import pytest
from ai_edge_litert import schema_py_generated as schema
from hypothesis import given, settings

from tests.codegen.conftest import SHARED
from tests.codegen.exact import SANITIZED
from tests.codegen.making import Maker, Quantized
from tests.codegen.test_moving import SEEDS, check, refusal
from tests.codegen.test_reducing import meaning


def memory(
    m: Maker, rng: np.random.Generator, bits: int = 3, batch: int = 1, hidden: float = 1.0
) -> int:
    """Add a memory of random weights and scales; return its output."""
    steps, inputs, cells = (int(v) for v in rng.integers(1, 9, 3))
    major = bool(rng.random() < 0.3)
    q, h = meaning(rng, 0.05), Quantized(float(np.exp(rng.normal(-4.8, 0.3))), _zero(rng))
    x = m.input([steps, batch, inputs] if major else [batch, steps, inputs], "int8", q)
    weights = [_matrix(m, rng, cells, depth) for depth in (inputs, cells) for _ in range(4)]
    biases = [m.tensor([cells], "int32", None, rng.integers(-9000, 9000, cells)) for _ in range(4)]
    states = [
        m.tensor([batch, cells], "int8", h),
        m.tensor([batch, cells], "int16", Quantized(2.0 ** (bits - 15))),
    ]
    y = m.tensor([steps, batch, cells] if major else [batch, steps, cells], "int8", h)
    none = [-1]
    told = [x, *weights, *none * 3, *biases, *none * 2, *states, *none * 4]
    asked = {
        "fusedActivationFunction": 4, "timeMajor": major,
        "cellClip": float(rng.choice([0.0, 10.0, 0.5])),
    }  # fmt: skip
    m.node("UNIDIRECTIONAL_SEQUENCE_LSTM", told, [y], "UnidirectionalSequenceLSTMOptions", asked)
    for state in states:
        m._tensors[state].isVariable = True
    between = [m.tensor([0], "int8") for _ in range(4)]
    scaled = Quantized(float(h.scale) * hidden, h.zero_point)  # type: ignore[arg-type]
    m._nodes[-1].intermediates = [*between, m.tensor([0], "int8", scaled)]
    return y


def _zero(rng: np.random.Generator) -> int:
    return int(rng.integers(-20, 20))


def _matrix(m: Maker, rng: np.random.Generator, cells: int, depth: int) -> int:
    scale = Quantized(float(np.exp(rng.normal(-5, 0.5))))
    return m.tensor([cells, depth], "int8", scale, rng.integers(-127, 128, [cells, depth]))


def model(seed: int) -> bytes:
    """Return a model with four memories."""
    m, rng = Maker(), np.random.default_rng(seed)
    return m.model([memory(m, rng, bits) for bits in (3, 3, 4, 2)])


@given(SEEDS)
@settings(max_examples=4, deadline=None)
def test_memories_are_exact(seed: int) -> None:
    check(model(seed), count=6)


def test_memories_touch_only_their_memory() -> None:
    check(model(3), SANITIZED)


@pytest.mark.parametrize("settings", [{"batch": 2}, {"bits": 6}, {"hidden": 2.0}])
def test_other_memories_are_refused(settings: dict[str, int]) -> None:
    m = Maker()
    said = refusal(m.model([memory(m, np.random.default_rng(0), **settings)]))
    assert "UNIDIRECTIONAL_SEQUENCE_LSTM" in said


def test_a_trained_memory_is_exact() -> None:
    """The int8 middle of a model that reads digits row by row."""
    path = SHARED.parent / "edgetpu" / "keras_lstm_mnist_ptq.tflite"
    if not path.is_file():
        pytest.skip("the folder of shared models is not here")
    made = schema.ModelT.InitFromPackedBuf(path.read_bytes(), 0)
    graph = made.subgraphs[0]
    first, *graph.operators, last = graph.operators
    graph.inputs, graph.outputs = first.outputs, last.inputs
    builder = flatbuffers.Builder(1024)
    builder.Finish(made.Pack(builder), b"TFL3")
    check(bytes(builder.Output()), count=20)
