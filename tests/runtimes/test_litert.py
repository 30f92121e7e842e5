import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.errors import ModelError
from studio.runtimes.litert import dequantize, quantize, run_reference, run_reference_raw
from studio.runtimes.tflite_file import Tensor, read_model

PICTURE = Tensor(name="in", shape=(1, 2), dtype="int8", scales=(1 / 255,), zero_points=(-128,))


def pictures(count, seed=1):
    """Return bytes of pictures for the tiny models."""
    return np.random.default_rng(seed).integers(0, 256, (count, 8, 8, 1), dtype=np.uint8)


def test_a_byte_over_255_becomes_the_byte_minus_128():
    values = np.arange(256, dtype=np.float32) / np.float32(255)
    assert (quantize(values, PICTURE) == np.arange(256) - 128).all()


def test_halves_are_rounded_away_from_zero_and_ends_are_kept():
    tensor = Tensor(name="in", shape=(1,), dtype="int8", scales=(1.0,), zero_points=(0,))
    values = np.array([0.5, 1.5, -0.5, -1.5, 0.49999997, 300, -300], dtype=np.float32)
    assert quantize(values, tensor).tolist() == [1, 2, -1, -2, 0, 127, -128]


@given(
    st.floats(1e-6, 10),
    st.integers(-128, 127),
    st.lists(st.integers(-128, 127), min_size=1, max_size=50),
)
def test_codes_survive_the_way_to_values_and_back(scale, zero_point, codes):
    tensor = Tensor(name="t", shape=(1,), dtype="int8", scales=(scale,), zero_points=(zero_point,))
    before = np.array(codes, dtype=np.int8)
    assert (quantize(dequantize(before, tensor), tensor) == before).all()


def test_raw_and_real_valued_runs_agree(int8_model):
    x = pictures(20)
    raw = run_reference_raw(int8_model, (x.astype(np.int16) - 128).astype(np.int8))
    real = run_reference(int8_model, x.astype(np.float32) / np.float32(255))
    assert raw.dtype == np.int8
    assert real.dtype == np.float32
    assert raw.shape == real.shape == (20, 3)
    assert (dequantize(raw, read_model(int8_model).outputs[0]) == real).all()
    assert np.unique(raw, axis=0).shape[0] > 1  # it looks at its input


def test_int8_follows_float(int8_model, float_model):
    x = pictures(50).astype(np.float32) / np.float32(255)
    assert np.abs(run_reference(int8_model, x) - run_reference(float_model, x)).max() < 0.05


def test_same_numbers_as_the_micro_interpreter(int8_model):
    pytest.importorskip("tflite_micro")
    from tflite_micro import runtime

    codes = (pictures(10).astype(np.int16) - 128).astype(np.int8)
    micro = runtime.Interpreter.from_bytes(int8_model)
    rows = []
    for sample in codes:
        micro.set_input(sample[np.newaxis], 0)
        micro.invoke()
        rows.append(micro.get_output(0).reshape(-1).copy())
    assert (np.stack(rows) == run_reference_raw(int8_model, codes)).all()


def test_no_samples_give_no_rows(int8_model, float_model):
    none = np.empty((0, 8, 8, 1), dtype=np.float32)
    assert run_reference(int8_model, none).shape == (0, 3)
    assert run_reference(float_model, none).shape == (0, 3)


def failure(content, inputs):
    with pytest.raises(ModelError) as caught:
        run_reference(content, inputs)
    return caught.value.code


def test_wrong_samples_are_named(int8_model):
    assert failure(int8_model, np.zeros((2, 9, 8, 1), dtype=np.float32)) == "model.input_shape"
    with pytest.raises(ModelError, match="int8 samples"):
        run_reference_raw(int8_model, pictures(1))


def test_damaged_and_unrunnable_models_raise(int8_model, one_operator):
    x = np.zeros((1, 8, 8, 1), dtype=np.float32)
    assert failure(int8_model[:1000], x) == "model.damaged"
    assert failure(b"no model", x) == "model.not_tflite"
    strange = one_operator(32, "StrangersOp")
    assert failure(strange, np.zeros((1, 4), dtype=np.float32)) == "model.not_runnable"


def test_a_model_with_several_ends_is_refused(truth):
    content = (truth / "edgetpu" / "split_concat.tflite").read_bytes()
    assert failure(content, np.zeros((1, 8, 8, 3), dtype=np.float32)) == "model.many_ends"


def test_codes_without_a_scale_are_refused():
    tensor = Tensor(name="in", shape=(1,), dtype="int8")
    with pytest.raises(ModelError) as caught:
        quantize(np.zeros(1, dtype=np.float32), tensor)
    assert caught.value.code == "model.no_quantization"


def test_importing_costs_no_interpreter_and_no_tensorflow():
    code = (
        "import sys, studio.runtimes.litert, studio.runtimes.tflite_micro, studio.runtimes as r;"
        "list(r.RUNTIMES.values());"
        "print([m for m in sys.modules if m.partition('.')[0] in "
        "('tensorflow', 'keras', 'ai_edge_litert', 'onnxruntime', 'tflite_micro')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.slow
@pytest.mark.parametrize("order", ["import tensorflow, {0}", "import {0}, tensorflow"])
def test_works_beside_tensorflow_in_either_order(order, int8_model):
    code = order.format("ai_edge_litert.interpreter") + (
        "\nimport sys, numpy as np\n"
        "from studio.runtimes.litert import run_reference\n"
        "x = np.full((1, 8, 8, 1), 0.5, dtype=np.float32)\n"
        "mine = run_reference(sys.stdin.buffer.read(), x)\n"
        "theirs = tensorflow.nn.softmax([[0.0, 0.0]]).numpy()\n"
        "print(mine.shape, theirs.tolist())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=int8_model, capture_output=True, check=True
    )
    assert done.stdout.decode().split("\n")[0] == "(1, 3) [[0.5, 0.5]]"
