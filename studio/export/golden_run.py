"""Running an int8 model on golden inputs, in a child process with limits.

A model from a stranger may crash the native interpreter or never end, so it never runs in
the process that asked.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from studio.domain.errors import ModelError
from studio.export.part import Int8Array

__all__ = ["reference_outputs"]

_ROOT = Path(__file__).resolve().parents[2]
_LARGEST_ANSWER_BYTES = 64 << 20

#: Exit status of the child when the model was refused in words rather than by a crash.
_REFUSED = 3


def reference_outputs(model: bytes, inputs: Int8Array, *, timeout_s: float = 60.0) -> Int8Array:
    """Return what the TensorFlow Lite reference kernels answer.

    Args:
        model: An int8 TensorFlow Lite file.
        inputs: int8 ``(N, *shape)``.
        timeout_s: Seconds before the child is killed.

    Returns:
        int8 ``(N, outputs)``.

    Raises:
        ModelError: ``model.crashed``, ``model.too_slow`` or ``model.cannot_run``.
    """
    question = io.BytesIO()
    np.save(question, inputs, allow_pickle=False)
    question.write(model)
    try:
        answer = subprocess.run(
            [sys.executable, "-m", "studio.export.golden_child"],
            input=question.getvalue(),
            capture_output=True,
            timeout=timeout_s,
            env=_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ModelError(
            f"The model did not finish its golden inputs within {timeout_s:.0f} s.",
            "Treat the file as damaged.",
            code="model.too_slow",
        ) from error
    return _read(answer, len(inputs))


def _environment() -> dict[str, str]:
    """Return our environment, with the package found and threads kept to one."""
    path = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH", "")]))
    return {**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"}


def _read(answer: subprocess.CompletedProcess[bytes], count: int) -> Int8Array:
    if answer.returncode == _REFUSED:
        said = answer.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise ModelError(said, code="model.cannot_run")
    if answer.returncode or len(answer.stdout) > _LARGEST_ANSWER_BYTES:
        raise ModelError(
            "The interpreter crashed on this model.",
            "Treat the file as damaged.",
            code="model.crashed",
        )
    outputs: npt.NDArray[Any] = np.load(io.BytesIO(answer.stdout), allow_pickle=False)
    if outputs.dtype != np.int8 or outputs.ndim != 2 or len(outputs) != count:
        raise ModelError("The model does not give one int8 row an input.", code="model.cannot_run")
    return outputs.astype(np.int8, copy=False)
