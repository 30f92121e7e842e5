"""What the reference kernels make of inputs, in a child process with limits.

A model from a stranger may crash the native interpreter or never end, so it never runs in
the process that asked.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from studio.domain.errors import ModelError
from studio.runtimes._reference_child import REFUSED, Bytes

__all__ = ["Bytes", "reference_outputs", "reference_tensors"]

_ROOT = Path(__file__).resolve().parents[2]
_LARGEST_ANSWER_BYTES = 4 << 30


def reference_tensors(
    model: bytes, inputs: Bytes, wanted: Sequence[int], *, timeout_s: float = 300.0
) -> Mapping[int, Bytes]:
    """Return tensors as LiteRT's reference kernels compute them.

    Args:
        model: A TensorFlow Lite file that has passed the bounds check.
        inputs: uint8 ``(N, bytes)``: all inputs of the model, one behind the other.
        wanted: Indices of tensors, in the file's numbering.
        timeout_s: Seconds before the child is killed.

    Returns:
        uint8 ``(N, bytes of the tensor)`` for each of them.

    Raises:
        ModelError: ``model.crashed``, ``model.too_slow`` or ``model.cannot_run``.
    """
    return dict(zip(wanted, _ask(model, inputs, wanted, timeout_s), strict=True))


def reference_outputs(model: bytes, inputs: Bytes, *, timeout_s: float = 60.0) -> tuple[Bytes, ...]:
    """Return the outputs of a model, as `reference_tensors` returns tensors."""
    return tuple(_ask(model, inputs, (), timeout_s))


def _ask(model: bytes, inputs: Bytes, wanted: Sequence[int], timeout_s: float) -> list[Bytes]:
    question = io.BytesIO()
    file = np.frombuffer(model, np.uint8)
    np.savez(question, model=file, inputs=inputs, wanted=np.array(wanted, np.int64))
    try:
        answer = subprocess.run(
            [sys.executable, "-m", "studio.runtimes._reference_child"],
            input=question.getvalue(),
            capture_output=True,
            timeout=timeout_s,
            env=_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ModelError(
            f"The model did not finish {len(inputs)} inputs within {timeout_s:g} s.",
            "Ask for fewer inputs, or treat the file as damaged.",
            code="model.too_slow",
        ) from error
    return _read(answer)


def _read(answer: subprocess.CompletedProcess[bytes]) -> list[Bytes]:
    if answer.returncode == REFUSED:
        said = answer.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2].rstrip(".")
        raise ModelError(
            f"The reference kernels cannot run this model: {said}.",
            "Convert it again.",
            code="model.cannot_run",
        )
    if answer.returncode or len(answer.stdout) > _LARGEST_ANSWER_BYTES:
        raise ModelError(
            "The interpreter crashed on this model.",
            "Treat the file as damaged.",
            code="model.crashed",
        )
    found = np.load(io.BytesIO(answer.stdout), allow_pickle=False)
    return [_as_bytes(found[str(place)]) for place in range(len(found.files))]


def _as_bytes(values: npt.NDArray[np.generic]) -> Bytes:
    return values.astype(np.uint8, copy=False)


def _environment() -> dict[str, str]:
    path = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH", "")]))
    return {**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"}
