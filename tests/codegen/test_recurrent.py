"""Long short-term memories give the reference kernels' codes, step by step."""

from __future__ import annotations

import subprocess
from pathlib import Path

import flatbuffers
import numpy as np
import pytest
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter, OpResolverType
from hypothesis import given, settings

from studio.codegen.emit import kernel_texts
from tests.codegen.conftest import SHARED
from tests.codegen.exact import SANITIZED, compare
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


def swept(gate: int, batch: int) -> bytes:
    """Return a memory whose cells see every number there is at one gate, each once.

    The batch is the input's codes and every cell has a bias of its own; the other gate is wide
    open, so that the state is the sigmoid or the hyperbolic tangent of the number. The output
    gate is almost closed and its steps are fine, so that the output shows how it was rounded.
    """
    m, one, fine, cells = Maker(), Quantized(2.0**-6), Quantized(2.0**-18.5), 256
    x = m.input([batch, 1, 1], "int8", one)
    told = [x]
    for place in range(4):
        told.append(m.tensor([cells, 1], "int8", one, np.full([cells, 1], place == gate)))
    still = m.tensor([cells, cells], "int8", one, np.zeros([cells, cells]))
    biases = np.full([4, cells], 32767)
    biases[3] = -32768
    biases[gate] = 256 * np.arange(cells) - 32768 + 128
    told += [still] * 4 + [-1] * 3 + [m.tensor([cells], "int32", None, b) for b in biases]
    states = [m.tensor([batch, cells], "int8", fine)]
    states.append(m.tensor([batch, cells], "int16", Quantized(2.0**-15)))
    y = m.tensor([batch, 1, cells], "int8", fine)
    asked = {"fusedActivationFunction": 4}
    told += [-1, -1, *states, *[-1] * 4]
    m.node("UNIDIRECTIONAL_SEQUENCE_LSTM", told, [y], "UnidirectionalSequenceLSTMOptions", asked)
    for state in states:
        m._tensors[state].isVariable = True
    m._nodes[-1].intermediates = [m.tensor([0], "int8", fine) for _ in range(5)]
    return m.model([y])


def test_the_output_is_rounded_twice(tmp_path: Path) -> None:
    codes = [[np.full([1, 1, 1], code, np.int8)] for code in range(-128, 128)]
    assert compare(swept(2, batch=1), tmp_path, inputs=codes).differing == {}


_SWEEP = """
#include <stdint.h>
#include <stdio.h>
{kernels}
int main(void)
{{
    for (int32_t x = -32768; x < 32768; ++x) {{
        const int16_t state = (int16_t)divide_16({product}, 15);
        fwrite(&state, sizeof state, 1, stdout);
    }}
    return 0;
}}
"""


@pytest.mark.parametrize(
    ("gate", "product"),
    [(0, "sigmoid_16(x) * tanh_16(32767, 3)"), (2, "sigmoid_16(32767) * tanh_16(x, 3)")],
)
def test_gates_are_exact_for_every_number(gate: int, product: str, tmp_path: Path) -> None:
    interpreter = Interpreter(
        model_content=swept(gate, batch=256),
        experimental_op_resolver_type=OpResolverType.BUILTIN_REF,
    )
    interpreter.allocate_tensors()
    codes = np.arange(-128, 128, dtype=np.int8).reshape(256, 1, 1)
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], codes)
    interpreter.invoke()
    state = next(d for d in interpreter.get_tensor_details() if d["dtype"] is np.int16)
    reference = interpreter.get_tensor(state["index"]).T.ravel()  # by cell, then by code
    kernels = "\n".join(kernel_texts(["sigmoid_16"], ("c99",)))
    (tmp_path / "sweep.c").write_text(_SWEEP.format(kernels=kernels, product=product))
    subprocess.run(["gcc", "-o", "sweep", "sweep.c"], cwd=tmp_path, check=True)
    ours = subprocess.run([tmp_path / "sweep"], capture_output=True, check=True).stdout
    assert np.frombuffer(ours, np.int16).tolist() == reference.tolist()
    assert len(np.unique(reference)) > 5_000
