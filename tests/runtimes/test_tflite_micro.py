import importlib.util
import os
import subprocess
import sys
import time

import pytest

from studio.domain.errors import ModelError
from studio.domain.figure import FigureKind
from studio.runtimes import tflite_micro
from studio.runtimes._operators import LITERT, TFLITE_MICRO
from studio.runtimes._schema import BUILTIN_OPERATORS
from studio.runtimes.tflite_micro import ArenaMeter, measure_arena

needs_interpreter = pytest.mark.skipif(
    importlib.util.find_spec("tflite_micro") is None,
    reason="TensorFlow Lite Micro has no wheel for this computer",
)


@pytest.fixture
def meter():
    with ArenaMeter() as meter:
        yield meter


class Interrupted:
    """A pipe during whose reading the person presses Ctrl+C."""

    def readline(self):
        raise KeyboardInterrupt

    def close(self):
        pass


def alive(pid):
    """Whether a process runs; one that ended but was not waited for does not."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until(what, seconds=10):
    end = time.monotonic() + seconds
    while not what() and time.monotonic() < end:
        time.sleep(0.02)
    return what()


@needs_interpreter
def test_measures_and_says_how(int8_model):
    arena = measure_arena(int8_model)
    assert arena.kind is FigureKind.MEASURED
    assert arena.unit == "B"
    # More than its largest operator reads and writes (208), far less than the 64 MB it may take.
    assert 208 < arena.value < 10_000
    assert "64-bit" in arena.source


@needs_interpreter
def test_the_arena_of_mlperf_models_is_near_what_a_32_bit_build_needs(truth, meter):
    # Arenas of the 32-bit build, and how far the 64-bit interpreter lies above them.
    for name, built in (("kws_ref_model", 22_772), ("pretrainedResnet_quant", 54_340)):
        arena = meter.measure((truth / "models" / f"{name}.tflite").read_bytes())
        assert built * 1.02 <= arena.value <= built * 1.07


@needs_interpreter
def test_one_child_measures_many_models(meter, int8_model, float_model):
    first = meter.measure(int8_model)
    pid = meter._child.pid
    assert meter.measure(float_model).value not in (None, first.value)
    assert meter.measure(int8_model) == first
    assert meter._child.pid == pid


@needs_interpreter
def test_a_model_it_cannot_run_is_unknown_with_the_reason(meter, one_operator):
    gelu = meter.measure(one_operator(BUILTIN_OPERATORS.index("GELU")))
    assert gelu.kind is FigureKind.UNKNOWN
    assert "GELU" in gelu.source


@needs_interpreter
def test_a_crash_is_survived(meter, one_operator, int8_model):
    crashing = one_operator(BUILTIN_OPERATORS.index("MEAN"))  # its axis input is missing
    assert "crashed" in meter.measure(crashing).source
    assert meter.measure(int8_model).kind is FigureKind.MEASURED


@needs_interpreter
def test_a_killed_child_is_replaced(meter, int8_model):
    meter.measure(int8_model)
    meter._child.kill()
    meter._child.wait()
    assert meter.measure(int8_model).kind is FigureKind.MEASURED


@needs_interpreter
def test_an_interrupted_measurement_leaves_no_answer_behind(
    meter, int8_model, float_model, monkeypatch
):
    expected = meter.measure(float_model)

    with meter._child.stdout, monkeypatch.context() as patch:
        patch.setattr(meter._child, "stdout", Interrupted())
        with pytest.raises(KeyboardInterrupt):
            meter.measure(int8_model)
    assert meter.measure(float_model) == expected


@needs_interpreter
def test_time_is_limited(int8_model):
    with ArenaMeter(timeout_s=0.001) as meter:
        figure = meter.measure(int8_model)
    assert figure.kind is FigureKind.UNKNOWN
    assert "took over" in figure.source


@needs_interpreter
def test_the_child_ends_with_the_meter(int8_model):
    with ArenaMeter() as meter:
        meter.measure(int8_model)
        pid = meter._child.pid
        assert alive(pid)
    assert not alive(pid)


@needs_interpreter
def test_ctrl_c_does_not_reach_the_child(int8_model):
    with ArenaMeter() as meter:
        meter.measure(int8_model)
        assert os.getpgid(meter._child.pid) != os.getpgid(0)


@needs_interpreter
@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="looks at processes as Linux does")
def test_the_child_ends_when_its_parent_is_killed(tmp_path, int8_model):
    model = tmp_path / "m.tflite"
    model.write_bytes(int8_model)
    code = (
        "import sys, pathlib, time\n"
        "from studio.runtimes.tflite_micro import ArenaMeter\n"
        "meter = ArenaMeter()\n"
        "meter.measure(pathlib.Path(sys.argv[1]).read_bytes())\n"
        "print(meter._child.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code, str(model)], stdout=subprocess.PIPE, text=True
    )
    with parent:
        pid = int(parent.stdout.readline())
        assert alive(pid)
        parent.kill()
        parent.wait()
    assert wait_until(lambda: not alive(pid), seconds=5)


def test_a_damaged_model_never_reaches_the_interpreter(int8_model):
    with ArenaMeter() as meter:
        with pytest.raises(ModelError):
            meter.measure(int8_model[:500])
        assert meter._child is None


def test_without_the_interpreter_the_arena_is_unknown(monkeypatch, int8_model):
    monkeypatch.setattr(tflite_micro.importlib.util, "find_spec", lambda name: None)
    figure = measure_arena(int8_model)
    assert figure.kind is FigureKind.UNKNOWN
    assert "not available" in figure.source


@needs_interpreter
def test_the_listed_operators_are_those_the_interpreter_has(meter, one_operator):
    def registered(name, code):
        custom = "NoSuchOperator" if name == "CUSTOM" else ""
        source = meter.measure(one_operator(code, custom)).source
        return "Failed to get registration" not in source and "Didn't find op" not in source

    found = {name for code, name in enumerate(BUILTIN_OPERATORS) if registered(name, code)}
    assert found == TFLITE_MICRO


def test_the_listed_operators_are_those_litert_has(one_operator):
    # In a process of its own: a model of one bare operator may end the interpreter.
    code = (
        "import sys, json\n"
        "from ai_edge_litert.interpreter import Interpreter, OpResolverType as T\n"
        "for line in sys.stdin:\n"
        "    try:\n"
        "        Interpreter(model_content=bytes.fromhex(line),\n"
        "            experimental_op_resolver_type=T.BUILTIN_WITHOUT_DEFAULT_DELEGATES)\n"
        "        print('', flush=True)\n"
        "    except ValueError as error:\n"
        "        print(json.dumps(str(error)), flush=True)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as child:

        def answer(number, version):
            child.stdin.write(one_operator(number, version=version).hex() + "\n")
            child.stdin.flush()
            return child.stdout.readline()

        missing = {
            name
            for number, name in enumerate(BUILTIN_OPERATORS)
            if all("Didn't find op" in answer(number, version) for version in (1, 2))
        }
        child.stdin.close()
    missing |= {"CUSTOM"}
    assert set(BUILTIN_OPERATORS) - missing == LITERT
