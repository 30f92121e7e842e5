"""From a trained Keras model to the files of `studio.conversion.RECIPES`."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from studio.domain.candidate import ArtifactFormat, Precision

__all__ = ["convert", "inference_clone"]

_Made = TypeVar("_Made")

_ONLY_FOR_TRAINING = (keras.layers.Dropout,)

CALIBRATION_SAMPLES = 200
"""Samples that set the int8 ranges; 100 to 200 gave the accuracy of float in our trials."""


def convert(
    model: keras.Model,
    precision: Precision,
    format: ArtifactFormat,
    calibration: NDArray[np.float32],
) -> bytes:
    """Convert a model.

    Args:
        model: As built by `build_model`.
        precision: Number type of the file.
        format: Of the file.
        calibration: ``(samples, ...)`` inputs in [0, 1] that set the int8 ranges. The
            extremes 0 and 1 are added, so that the input's scale is exactly 1/255 and a byte
            of a picture becomes its code by subtracting 128.

    Returns:
        The file. Its batch is 1 and every shape is fixed.
    """
    return _CONVERTERS[precision, format](inference_clone(model), calibration)


def inference_clone(model: keras.Model) -> keras.Model:
    """Return a clone for single inputs that shares the weights and has nothing for training."""

    def call(layer: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(layer, _ONLY_FOR_TRAINING):
            return args[0]
        kwargs.pop("training", None)
        return layer(*args, **kwargs)

    shape = model.inputs[0].shape[1:]
    inputs = keras.Input(batch_shape=(1, *shape), dtype="float32", name="input")
    clone = keras.models.clone_model(
        model, input_tensors=inputs, call_function=call, clone_function=lambda layer: layer
    )
    # A name of its own, or Keras would number it, and the file would differ every time.
    return keras.Model(clone.inputs[0], clone.outputs[0], name="classifier")


def _float32_tflite(model: keras.Model, calibration: NDArray[np.float32]) -> bytes:
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    return bytes(_quietly(converter.convert))


def _int8_tflite(model: keras.Model, calibration: NDArray[np.float32]) -> bytes:
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: _representatives(calibration)
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = tf.int8
    converter.inference_output_type = tf.int8
    return bytes(_quietly(converter.convert))


def _representatives(calibration: NDArray[np.float32]) -> Iterator[list[NDArray[np.float32]]]:
    step = max(1, len(calibration) // CALIBRATION_SAMPLES)
    for sample in calibration[::step][:CALIBRATION_SAMPLES]:
        yield [sample[np.newaxis]]
    # A checkerboard holds both ends of the range without saturating the layers behind it.
    ends = (np.indices(calibration.shape[1:]).sum(axis=0) % 2).astype(np.float32)
    yield [ends[np.newaxis]]


def _float32_onnx(model: keras.Model, calibration: NDArray[np.float32]) -> bytes:
    model(calibration[:1])  # the exporter needs a model that was called
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "model.onnx")
        _quietly(lambda: model.export(path, format="onnx", verbose=False))
        return path.read_bytes()


_CONVERTERS: Mapping[
    tuple[Precision, ArtifactFormat], Callable[[keras.Model, NDArray[np.float32]], bytes]
] = {
    (Precision.INT8, ArtifactFormat.TFLITE): _int8_tflite,
    (Precision.FLOAT32, ArtifactFormat.TFLITE): _float32_tflite,
    (Precision.FLOAT32, ArtifactFormat.ONNX): _float32_onnx,
}


def _quietly(work: Callable[[], _Made]) -> _Made:
    """Run a converter with its chatter on standard output thrown away."""
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        return work()
