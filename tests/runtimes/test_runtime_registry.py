import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.errors import ModelError
from studio.domain.figure import FigureKind
from studio.runtimes import RUNTIMES
from studio.runtimes._schema import BUILTIN_OPERATORS, TENSOR_TYPES
from studio.runtimes.onnx_runtime import run_onnx


def test_the_runtimes_of_this_version():
    assert set(RUNTIMES) == {
        "edge-tpu",
        "ethos-u",
        "generated-c",
        "litert",
        "onnx-runtime",
        "tflite-micro",
    }


@pytest.mark.parametrize("id", sorted(RUNTIMES))
def test_every_runtime_is_described(id):
    runtime = RUNTIMES[id]
    assert runtime.title
    assert runtime.formats
    assert runtime.precisions
    assert runtime.operators <= set(BUILTIN_OPERATORS)
    assert runtime.element_types <= set(TENSOR_TYPES)
    assert bool(runtime.operators) is (ArtifactFormat.TFLITE in runtime.formats)
    assert runtime.code.kind in {FigureKind.ESTIMATED, FigureKind.UNKNOWN}
    assert runtime.code.source


def test_micro_runs_int8_and_float_but_not_mixed():
    micro = RUNTIMES["tflite-micro"]
    assert micro.precisions == {Precision.INT8, Precision.INT16X8, Precision.FLOAT32}
    assert not micro.hybrid
    assert "float16" not in micro.element_types


def onnx_model(weights, ends=1):
    """Return ``y = x @ weights`` as an ONNX file."""
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, weights.shape[0]])
        for name in ("x", "z")[:ends]
    ]
    outputs = [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, weights.shape[1]])]
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["x", "w"], ["y"])],
        "g",
        inputs,
        outputs,
        [numpy_helper.from_array(weights, "w")],
    )
    opset = [helper.make_opsetid("", 17)]
    return helper.make_model(graph, opset_imports=opset, ir_version=9)


WEIGHTS = np.arange(6, dtype=np.float32).reshape(3, 2)


def code_of(content):
    with pytest.raises(ModelError) as caught:
        run_onnx(content, np.ones((1, 3), dtype=np.float32))
    return caught.value.code


def test_onnx_models_run():
    x = np.random.default_rng(1).random((5, 3), dtype=np.float32)
    y = run_onnx(onnx_model(WEIGHTS).SerializeToString(), x)
    assert y.dtype == np.float32
    assert y == pytest.approx(x @ WEIGHTS)


def test_onnx_without_samples_gives_no_rows():
    none = np.empty((0, 3), dtype=np.float32)
    assert run_onnx(onnx_model(WEIGHTS).SerializeToString(), none).shape[0] == 0


def test_onnx_with_weights_elsewhere_is_refused():
    model = onnx_model(WEIGHTS)
    weights = model.graph.initializer[0]
    weights.ClearField("raw_data")
    weights.data_location = TensorProto.EXTERNAL
    entry = weights.external_data.add()
    entry.key, entry.value = "location", "../../secret"
    assert code_of(model.SerializeToString()) == "model.external_data"


def test_onnx_with_weights_elsewhere_in_a_nested_graph_is_refused():
    model = onnx_model(WEIGHTS)
    inner = helper.make_graph([], "inner", [], [], [numpy_helper.from_array(WEIGHTS, "v")])
    inner.initializer[0].data_location = TensorProto.EXTERNAL
    node = helper.make_node("If", ["c"], ["y2"], then_branch=inner, else_branch=inner)
    model.graph.node.append(node)
    assert code_of(model.SerializeToString()) == "model.external_data"


@pytest.mark.parametrize("content", [b"", b"not onnx at all", b"\x08\x09\x12"])
def test_what_is_no_onnx_raises(content):
    assert code_of(content) in {"model.damaged", "model.not_runnable"}


def test_onnx_cut_in_half_raises():
    content = onnx_model(np.ones((300, 200), dtype=np.float32)).SerializeToString()
    assert code_of(content[: len(content) // 2]) == "model.damaged"


def test_onnx_with_two_inputs_is_refused():
    assert code_of(onnx_model(WEIGHTS, ends=2).SerializeToString()) == "model.many_ends"


def test_onnx_of_another_shape_raises():
    content = onnx_model(np.ones((4, 2), dtype=np.float32)).SerializeToString()
    assert code_of(content) == "model.not_runnable"
    assert onnx.load_model_from_string(content).graph.name == "g"
