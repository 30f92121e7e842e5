"""Running a converted file as its format's reference does."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from studio.domain.candidate import ArtifactFormat
from studio.runtimes.litert import run_reference
from studio.runtimes.onnx_runtime import run_onnx

__all__ = ["outputs_of"]

_RUNNERS: Mapping[ArtifactFormat, Callable[[bytes, NDArray[np.float32]], NDArray[np.float32]]] = {
    ArtifactFormat.TFLITE: run_reference,
    ArtifactFormat.ONNX: run_onnx,
}


def outputs_of(
    content: bytes, format: ArtifactFormat, pixels: NDArray[np.uint8]
) -> NDArray[np.float32]:
    """Return a converted file's outputs on prepared inputs.

    Args:
        content: The file.
        format: What it is.
        pixels: uint8 ``(samples, height, width, channels)`` as preprocessing leaves them.

    Returns:
        ``(samples, classes)``.

    Raises:
        ModelError: if the file cannot be run.
    """
    return _RUNNERS[format](content, pixels.astype(np.float32) / np.float32(255))
