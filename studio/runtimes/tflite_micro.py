"""TensorFlow Lite Micro: the tensor arena of a model, measured by its own interpreter."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.figure import Figure, FigureKind
from studio.runtimes._operators import TFLITE_MICRO
from studio.runtimes._runtime import Quantization, Runtime
from studio.runtimes.tflite_file import read_model

__all__ = ["ENTRY", "ArenaMeter", "child_environment", "measure_arena"]

ENTRY = Runtime(
    id="tflite-micro",
    title="TensorFlow Lite Micro",
    formats=frozenset({ArtifactFormat.TFLITE}),
    precisions=frozenset({Precision.FLOAT32, Precision.INT8, Precision.INT16X8}),
    element_types=frozenset({"float32", "int8", "int16", "int32", "int64", "bool"}),
    operators=TFLITE_MICRO,
    # Of those registered in Python; TFLite_Detection_PostProcess is, too, and crashes there.
    custom_operators=frozenset({"CIRCULAR_BUFFER"}),
    static_shapes=True,
    hybrid=False,
    uses_arena=True,
    code=Figure(
        value=87 << 10,
        unit="B",
        kind=FigureKind.ESTIMATED,
        low=23_000,
        high=87 << 10,
        source="experiment on four MLPerf Tiny models, Cortex-M4, -O2, only the operators of the "
        "model linked: 23k-49k with reference kernels, 35k-87k with CMSIS-NN; other cores were "
        "not measured",
    ),
    quantization=Quantization(
        types=frozenset({"int8", "int16"}),
        per_channel=frozenset(
            {"CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED", "TRANSPOSE_CONV"}
        ),
        only=False,
        source="models of one such layer, run by its interpreter with equal and with "
        "different scales",
    ),
)

_HOW = (
    "TensorFlow Lite Micro {version}, its own interpreter on a 64-bit computer; a 32-bit device "
    "needs less: against a 32-bit build this reads 2-7 % more on three MLPerf Tiny models and "
    "76 % (1.7 KB) more on the smallest"
)


def measure_arena(content: bytes, timeout_s: float = 20.0) -> Figure:
    """Return the tensor arena of one model in bytes; see `ArenaMeter.measure`."""
    with ArenaMeter(timeout_s=timeout_s) as meter:
        return meter.measure(content)


class ArenaMeter:
    """Measures many models with one child process, which a bad model may end.

    Args:
        timeout_s: Longest time for one model, the start of the child included.

    Use it as a context manager; the child ends with it, or with this process. One thread at a
    time may measure.
    """

    def __init__(self, *, timeout_s: float = 20.0) -> None:
        self._timeout_s = timeout_s
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def measure(self, content: bytes) -> Figure:
        """Return the tensor arena of a model.

        Args:
            content: A TensorFlow Lite file.

        Returns:
            Bytes, measured; unknown with the reason where the interpreter is not installed,
            refuses the model, ends or takes too long.

        Raises:
            ModelError: if the file is damaged or not TensorFlow Lite.
        """
        read_model(content)
        version = _version()
        if version is None:
            return Figure.unknown(
                "B", "TensorFlow Lite Micro's interpreter is not available on this computer."
            )
        reply = self._ask(content)
        if "arena_bytes" in reply:
            return Figure.measured(reply["arena_bytes"], "B", _HOW.format(version=version))
        return Figure.unknown("B", f"TensorFlow Lite Micro did not take the model: {reply['why']}")

    def close(self) -> None:
        """End the child process, if there is one."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                _close_quietly(stream)

    def _ask(self, content: bytes) -> dict[str, Any]:
        child = self._running()
        assert child.stdin is not None
        assert child.stdout is not None
        late = threading.Event()

        def end() -> None:
            late.set()
            child.kill()

        timer = threading.Timer(self._timeout_s, end)
        timer.start()
        try:
            child.stdin.write(len(content).to_bytes(8, "little") + content)
            child.stdin.flush()
            line = child.stdout.readline()
        except BrokenPipeError:
            line = b""
        except BaseException:
            self.close()  # its answer would be taken for that to the next model
            raise
        finally:
            timer.cancel()
        if not line.endswith(b"\n"):
            self.close()
            why = f"it took over {self._timeout_s:g} s" if late.is_set() else "it crashed on it"
            return {"why": why}
        reply: dict[str, Any] = json.loads(line)
        return reply

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self.close()
            self._child = subprocess.Popen(
                [sys.executable, "-m", "studio.runtimes._arena_child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=child_environment(),
                start_new_session=True,  # Ctrl+C is for the program in front, not for its child
            )
        return self._child


def _close_quietly(stream: Any) -> None:
    # Closing flushes, and what is unsent to a dead child cannot be sent.
    try:
        stream.close()
    except BrokenPipeError:
        return


def child_environment() -> dict[str, str]:
    """Return the environment in which a child process finds this package and stays small."""
    # The child must find this package also when it was put on the path by hand.
    root = str(Path(__file__).resolve().parents[2])
    known = os.environ.get("PYTHONPATH")
    path = os.pathsep.join([root, known]) if known else root
    # One thread is enough, and NumPy's pool would reserve address space per core.
    return {**os.environ, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"}


def _version() -> str | None:
    if importlib.util.find_spec("tflite_micro") is None:
        return None
    return importlib.metadata.version("tflite_micro")
