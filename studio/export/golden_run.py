"""Running an int8 model on golden inputs with the reference kernels."""

from __future__ import annotations

import numpy as np

from studio.domain.errors import ModelError
from studio.export.part import Int8Array
from studio.runtimes import reference
from studio.runtimes.tflite_file import read_model

__all__ = ["reference_outputs"]


def reference_outputs(model: bytes, inputs: Int8Array, *, timeout_s: float = 60.0) -> Int8Array:
    """Return what the TensorFlow Lite reference kernels answer.

    Args:
        model: An int8 TensorFlow Lite file.
        inputs: int8 ``(N, *shape)``.
        timeout_s: Seconds before the child is killed.

    Returns:
        int8 ``(N, outputs)``.

    Raises:
        ModelError: what the reader says of a damaged file, ``model.cannot_run`` where it takes
            or gives something else, and as `studio.runtimes.reference.reference_outputs`.
    """
    _check_ends(model, inputs)
    rows = np.ascontiguousarray(inputs).view(np.uint8).reshape(len(inputs), -1)
    [outputs] = reference.reference_outputs(model, rows, timeout_s=timeout_s)
    return outputs.view(np.int8)


def _check_ends(model: bytes, inputs: Int8Array) -> None:
    ends = read_model(model)
    shapes = [tensor.shape[1:] for tensor in ends.inputs]
    kinds = {tensor.dtype for tensor in (*ends.inputs, *ends.outputs)}
    if shapes != [inputs.shape[1:]] or len(ends.outputs) != 1 or kinds != {"int8"}:
        raise ModelError(
            "The model does not take these int8 samples, or does not give one int8 row for each.",
            "Use the preprocessing the model was made with.",
            code="model.cannot_run",
        )
