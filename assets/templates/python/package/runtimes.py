# SPDX-License-Identifier: Apache-2.0
"""What runs the model: LiteRT (int8) or, where its extra is installed, ONNX Runtime (float32)."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

import numpy.typing as npt

__all__ = ["RUNTIMES", "NotUsable", "Runtime", "runtime_of"]

RUNTIMES = ("litert", "onnx")
_INT8, _ONNX = "model_int8.tflite", "model_float32.onnx"


class NotUsable(Exception):
    """Something a person can put right; the text is a sentence for them."""


class Runtime(Protocol):
    """Runs one input."""

    takes_int8: bool

    def run(self, one: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Take an input with its batch dimension; return its outputs, flat."""


def runtime_of(name: str, folder: Path, fast: bool) -> Runtime:
    """Return a runtime with its model.

    Raises:
        NotUsable: if it is not installed, or cannot run the model.
    """
    if name not in RUNTIMES:
        raise NotUsable(f"There is no runtime {name!r}: choose {' or '.join(RUNTIMES)}.")
    try:
        return _LiteRt(folder / _INT8, fast) if name == "litert" else _Onnx(folder / _ONNX)
    except ImportError as error:
        package = "ai-edge-litert" if name == "litert" else "onnxruntime"
        raise NotUsable(f"{package} is not installed: pip install {package}") from error
    except (RuntimeError, ValueError) as error:
        raise NotUsable(f"The model cannot be run: {str(error).splitlines()[0]}") from error


class _LiteRt:
    takes_int8 = True

    def __init__(self, model: Path, fast: bool) -> None:
        from ai_edge_litert.interpreter import Interpreter, OpResolverType

        kernels = OpResolverType.AUTO if fast else OpResolverType.BUILTIN_REF
        self._interpreter = Interpreter(
            model_content=model.read_bytes(),
            experimental_op_resolver_type=kernels,
            num_threads=None if fast else 1,
        )
        self._interpreter.allocate_tensors()
        self._input = self._interpreter.get_input_details()[0]["index"]
        self._output = self._interpreter.get_output_details()[0]["index"]

    def run(self, one: npt.NDArray[Any]) -> npt.NDArray[Any]:
        self._interpreter.set_tensor(self._input, one)
        self._interpreter.invoke()
        made: npt.NDArray[Any] = self._interpreter.get_tensor(self._output)
        return made.reshape(-1).copy()


class _Onnx:
    takes_int8 = False

    def __init__(self, model: Path) -> None:
        import onnxruntime

        if not model.is_file():
            raise NotUsable("No float32 ONNX model was exported; use the runtime litert.")
        # One after the other and in one thread: the same numbers every time.
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
        self._input = self._session.get_inputs()[0].name

    def run(self, one: npt.NDArray[Any]) -> npt.NDArray[Any]:
        made: npt.NDArray[Any] = self._session.run(None, {self._input: one})[0]
        return made.reshape(-1)
