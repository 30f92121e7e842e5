"""From a trained Keras model to one file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from studio.domain.candidate import ArtifactFormat, Precision
from studio.worker.converting.dead import drop_dead_channels
from studio.worker.converting.network import ONLY_FOR_TRAINING, model_of, network_of
from studio.worker.converting.onnx import to_onnx
from studio.worker.converting.tflite import to_tflite

__all__ = ["convert", "inference_clone", "to_file"]

Floats = NDArray[np.float32]


def convert(
    model: keras.Model,
    precision: Precision,
    format: ArtifactFormat,
    calibration: Floats,
) -> bytes:
    """Convert a model, without its dead channels, see `drop_dead_channels`.

    Args:
        model: As built by `build_model`.
        precision: Number type of the file.
        format: Of the file.
        calibration: ``(samples, ...)`` inputs in [0, 1], all of which set the ranges of integers.

    Returns:
        The file. Its batch is 1 and every shape is fixed.
    """
    network = network_of(model)
    alive = drop_dead_channels(network)
    model = model if alive is network else model_of(alive)
    return to_file(model, precision, format, calibration)


def to_file(
    model: keras.Model, precision: Precision, format: ArtifactFormat, samples: Floats
) -> bytes:
    """Convert a model as it is; all of the samples set the ranges of integers."""
    return _WRITERS[format](inference_clone(model), precision, samples)


_WRITERS: Mapping[ArtifactFormat, Callable[[keras.Model, Precision, Floats], bytes]] = {
    ArtifactFormat.TFLITE: to_tflite,
    ArtifactFormat.ONNX: to_onnx,
}


def inference_clone(model: keras.Model) -> keras.Model:
    """Return a clone for single inputs that shares the weights and has nothing for training."""

    def call(layer: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(layer, ONLY_FOR_TRAINING):
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
