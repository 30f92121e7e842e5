"""TensorFlow Lite files of an inference clone."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from studio.conversion.representatives import checkerboard
from studio.domain.candidate import Precision

__all__ = ["quietly", "to_tflite"]

_Made = TypeVar("_Made")
_Setting = Callable[[Any, NDArray[np.float32]], None]


def to_tflite(model: keras.Model, precision: Precision, samples: NDArray[np.float32]) -> bytes:
    """Return a file whose batch is 1 and whose every shape is fixed.

    Args:
        model: Of `inference_clone`.
        precision: Number type of the file.
        samples: ``(samples, ...)`` in 0 to 1: every one of them sets the ranges of integers.
            A checkerboard of 0 and 1 is added, so that the scale of the input is exactly 1/255
            and a byte becomes its int8 code by subtracting 128.
    """
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    _SETTINGS[precision](converter, samples)
    return bytes(quietly(converter.convert))


def _float32(converter: Any, samples: NDArray[np.float32]) -> None:
    pass  # as the converter comes


def _float16(converter: Any, samples: NDArray[np.float32]) -> None:
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.target_spec.supported_types = [tf.float16]


def _dynamic(converter: Any, samples: NDArray[np.float32]) -> None:
    converter.optimizations = [tf.lite.Optimize.DEFAULT]


def _integers(operators: tf.lite.OpsSet, ends: tf.DType) -> _Setting:
    def set_up(converter: Any, samples: NDArray[np.float32]) -> None:
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        converter.representative_dataset = lambda: _one_by_one(samples)
        converter.target_spec.supported_ops = [operators]
        converter.inference_input_type = ends
        converter.inference_output_type = ends

    return set_up


def _one_by_one(samples: NDArray[np.float32]) -> Iterator[list[NDArray[np.float32]]]:
    for sample in samples:
        yield [sample[np.newaxis]]
    yield [checkerboard(samples.shape[1:])[np.newaxis]]


_SETTINGS: Mapping[Precision, _Setting] = {
    Precision.FLOAT32: _float32,
    Precision.FLOAT16: _float16,
    Precision.DYNAMIC: _dynamic,
    Precision.INT8: _integers(tf.lite.OpsSet.TFLITE_BUILTINS_INT8, tf.int8),
    Precision.INT16X8: _integers(
        tf.lite.OpsSet.EXPERIMENTAL_TFLITE_BUILTINS_ACTIVATIONS_INT16_WEIGHTS_INT8, tf.int16
    ),
}


def quietly(work: Callable[[], _Made]) -> _Made:
    """Run a converter with its chatter on standard output thrown away."""
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        return work()
