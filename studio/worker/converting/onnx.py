"""ONNX files of an inference clone, and of a TensorFlow Lite file."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from studio.conversion.representatives import checkerboard
from studio.domain.candidate import Precision
from studio.worker.converting.tflite import quietly

__all__ = ["to_onnx"]


def to_onnx(model: keras.Model, precision: Precision, samples: NDArray[np.float32]) -> bytes:
    """Return an ONNX file that takes and gives float32, one input at a time.

    Args:
        model: Of `inference_clone`.
        precision: float32 or int8.
        samples: ``(samples, ...)`` in 0 to 1: every one of them sets the ranges of int8, and a
            checkerboard of 0 and 1 does, too.
    """
    model(samples[:1])  # the exporter needs a model that was called
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "model.onnx")
        quietly(lambda: model.export(path, format="onnx", verbose=False))
        if precision is Precision.INT8:
            path = _quantized(path, samples)
        return path.read_bytes()


def _quantized(path: Path, samples: NDArray[np.float32]) -> Path:
    """Write the file with int8 weights and activations between Q and DQ operators."""
    from onnxruntime import quantization
    from onnxruntime.quantization.shape_inference import quant_pre_process

    ready, made = path.with_name("ready.onnx"), path.with_name("int8.onnx")
    # Every shape is fixed already, and the symbolic inference of shapes fails on such models.
    quietly(lambda: quant_pre_process(path, ready, skip_symbolic_shape=True))
    quantization.quantize_static(
        ready,
        made,
        _reader(samples),
        quant_format=quantization.QuantFormat.QDQ,
        activation_type=quantization.QuantType.QInt8,
        weight_type=quantization.QuantType.QInt8,
        per_channel=True,
    )
    return made


def _reader(samples: NDArray[np.float32]) -> Any:
    from onnxruntime import quantization

    class Reader(quantization.CalibrationDataReader):  # type: ignore[misc]
        """Hands out the samples one by one, under the name of the model's input."""

        def __init__(self) -> None:
            ends = checkerboard(samples.shape[1:])
            self._left = iter([*samples, ends])

        def get_next(self) -> Mapping[str, NDArray[np.float32]] | None:
            sample = next(self._left, None)
            return None if sample is None else {"input": sample[np.newaxis]}

    return Reader()
