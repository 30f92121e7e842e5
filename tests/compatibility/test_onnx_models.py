"""ONNX files are checked like the others: read in a child process, never trusted."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from studio.compatibility import check_model, onnx_facts
from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.device import Fact
from studio.domain.errors import ModelError
from studio.domain.figure import FigureKind
from studio.domain.report import Verdict
from studio.runtimes.onnx_file import outline_of_onnx

ROOT = Path(__file__).resolve().parents[2]


def made(shape=("n", 8), operator="Relu", domain="", external=False):
    """Return a file that multiplies by weights and does one thing more."""
    weights = numpy_helper.from_array(np.ones((8, 4), np.float32), "w")
    if external:
        weights.data_location = TensorProto.EXTERNAL
        entry = weights.external_data.add()
        entry.key, entry.value = "location", "elsewhere.bin"
    nodes = [
        helper.make_node("MatMul", ["x", "w"], ["h"]),
        helper.make_node(operator, ["h"], ["y"], domain=domain),
    ]
    graph = helper.make_graph(
        nodes,
        "g",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, (shape[0], 4))],
        [weights],
    )
    return helper.make_model(graph).SerializeToString()


def facts(content):
    return onnx_facts(outline_of_onnx(content))


def test_what_a_file_holds_is_read():
    model = facts(made())
    assert dict(model.operators) == {"MatMul": 1, "Relu": 1}
    assert model.precision is Precision.FLOAT32
    assert model.format is ArtifactFormat.ONNX
    assert not model.open_shapes
    assert model.input_bytes == 32
    assert (model.activations.low, model.activations.high) == (32 + 16, 32 + 16 + 16)


def test_it_fits_a_computer_and_nothing_reads_it_on_a_microcontroller(device, linux):
    report = check_model(facts(made()), linux())
    assert report.runtime == "onnx-runtime"
    assert report.verdict is Verdict.FITS
    assert all(use.supported for use in report.operators)
    nowhere = check_model(facts(made()), device())
    assert nowhere.verdict is Verdict.DOES_NOT_FIT
    assert nowhere.for_engineer.text() == "Nothing on the Board reads ONNX files."


def test_an_unknown_memory_is_never_enough(linux):
    report = check_model(facts(made()), linux(ram_bytes=Fact(value=None)))
    assert report.verdict is Verdict.UNKNOWN


def test_sizes_left_open_are_not_known(linux):
    model = facts(made(shape=("n", "any")))
    assert model.open_shapes
    report = check_model(model, linux())
    assert report.verdict is Verdict.UNKNOWN
    assert report.ram.kind is FigureKind.UNKNOWN


def test_somebody_s_own_operator_is_named(linux):
    report = check_model(facts(made(operator="Stranger", domain="org.example")), linux())
    assert report.verdict is Verdict.DOES_NOT_FIT
    assert "org.example.Stranger" in report.for_engineer.text()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "model.damaged"),
        (b"\x08\x07nonsense", "model.damaged"),
        (made()[:40], "model.damaged"),
        (made(external=True), "model.external_data"),
    ],
)
def test_what_is_no_whole_file_is_refused(content, code):
    with pytest.raises(ModelError) as refused:
        outline_of_onnx(content)
    assert refused.value.code == code


def test_a_file_that_takes_too_long_is_refused():
    with pytest.raises(ModelError):
        outline_of_onnx(made(), timeout_s=0.001)


def test_quantized_files_are_int8():
    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, (1, 8))
    y = helper.make_tensor_value_info("y", TensorProto.UINT8, (1, 8))
    scale = numpy_helper.from_array(np.array(0.1, np.float32), "s")
    zero = numpy_helper.from_array(np.array(3, np.uint8), "z")
    node = helper.make_node("QuantizeLinear", ["x", "s", "z"], ["y"])
    graph = helper.make_graph([node], "g", [x], [y], [scale, zero])
    model = facts(onnx.helper.make_model(graph).SerializeToString())
    assert model.precision is Precision.INT8


def test_the_command_takes_one(tmp_path):
    path = tmp_path / "model.onnx"
    path.write_bytes(made())
    done = subprocess.run(
        [sys.executable, "-m", "studio", "check", str(path), "--device", "rpi5", "--json"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    [report] = json.loads(done.stdout)["reports"]
    assert (report["runtime"], report["verdict"]) == ("onnx-runtime", "fits")
