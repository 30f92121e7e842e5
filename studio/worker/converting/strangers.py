"""What can be made of a TensorFlow Lite file alone, without the network it came from."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio.compatibility import facts_of
from studio.conversion import Recipe, agreement, runtimes_of
from studio.conversion.representatives import checkerboard
from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.conversion import Conversion
from studio.domain.errors import ModelError
from studio.domain.figure import Figure
from studio.runtimes.litert import dequantize, quantize, run_reference
from studio.runtimes.onnx_runtime import run_onnx_raw
from studio.runtimes.tflite_file import read_model
from studio.worker.converting.telling import size_of
from studio.worker.converting.tflite import quietly

__all__ = ["convert_given"]

_OPSET = 17
_INPUTS = 20
_SEED = 1


def convert_given(
    content: bytes, recipe: Recipe, add: Callable[[str, bytes], dict[str, object]]
) -> Conversion:
    """Convert a stranger's file, as far as that needs no training data.

    Args:
        content: A TensorFlow Lite file.
        recipe: What is wanted.
        add: Keeps a file, as `JobDirectory.add_artifact`.

    Raises:
        ModelError: ``model.is_so_already``, ``model.needs_its_network``, ``model.not_runnable``,
            or what the reader says of the content.
    """
    precision = facts_of(content, Figure.unknown("B", "not asked")).precision
    if precision is None:
        raise _needs_network("it computes in more than one number type", recipe)
    if (
        recipe.format is ArtifactFormat.TFLITE
        and not recipe.pruned
        and recipe.precision == precision
    ):
        raise ModelError(
            f"The file is {precision} already.", "Use it as it is.", code="model.is_so_already"
        )
    if recipe.format is not ArtifactFormat.ONNX or recipe.precision != precision:
        raise _needs_network(f"it is {precision}", recipe)
    made = _as_onnx(content)
    inputs = _noise(content)
    same = _agreement(content, made, inputs)
    return Conversion(
        recipe=recipe.id,
        precision=precision,
        format=recipe.format,
        file=add(f"model_{recipe.suffix}", made),
        size=size_of(made),
        arena=Figure.unknown("B", "TensorFlow Lite Micro does not read this format."),
        runtimes=runtimes_of(recipe),
        agreement=same,
        notes=(
            "How often it is right was not measured: a model file brings no samples.",
            *(
                ("It takes and gives int8 codes, as the file it came from does.",)
                * (precision is Precision.INT8)
            ),
        ),
    )


def _needs_network(why: str, recipe: Recipe) -> ModelError:
    data = ", and of training samples" if recipe.is_integer or recipe.pruned else ""
    return ModelError(
        f"{recipe.id} cannot be made of this file ({why}): it is made of the trained network"
        f"{data}.",
        "Convert the candidate in its project instead.",
        code="model.needs_its_network",
    )


def _as_onnx(content: bytes) -> bytes:
    import tf2onnx

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "given.tflite")
        path.write_bytes(content)
        try:
            made, _ = quietly(lambda: tf2onnx.convert.from_tflite(str(path), opset=_OPSET))
        except Exception as error:  # a stranger's file may trip it anywhere
            line = (str(error).splitlines() or [type(error).__name__])[0][:200]
            raise ModelError(
                f"The file cannot be turned into ONNX: {line}.",
                "Convert the candidate in its project instead.",
                code="model.not_convertible",
            ) from error
    return bytes(made.SerializeToString())


def _noise(content: bytes) -> NDArray[np.float32]:
    """Return inputs in 0 to 1 that are the same every time, both ends among them."""
    shape = read_model(content).inputs[0].shape[1:]
    noise = np.random.default_rng(_SEED).random((_INPUTS - 1, *shape), np.float32)
    return np.concatenate([noise, checkerboard(shape)[np.newaxis]])


def _agreement(content: bytes, made: bytes, inputs: NDArray[np.float32]) -> Figure:
    model = read_model(content)
    before = run_reference(content, inputs)
    codes = run_onnx_raw(made, quantize(inputs, model.inputs[0]))
    after = dequantize(codes, model.outputs[0])
    several = before.shape[1] > 1
    return agreement(before, after, classes=several, of="inputs of noise, for want of samples")
