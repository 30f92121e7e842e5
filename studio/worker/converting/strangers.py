"""What can be made of a TensorFlow Lite file alone, without the network it came from."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio.compatibility import facts_of
from studio.conversion import Recipe, agreement, runtimes_of
from studio.domain.candidate import ArtifactFormat
from studio.domain.conversion import Conversion
from studio.domain.errors import ModelError
from studio.domain.figure import Figure
from studio.runtimes.litert import dequantize, quantize, run_reference
from studio.runtimes.onnx_runtime import run_onnx_raw
from studio.runtimes.tflite_file import Tensor, read_model
from studio.worker.converting.telling import size_of
from studio.worker.converting.tflite import quietly

__all__ = ["convert_given"]

_NOTES = (
    "How often it is right was not measured: a model file brings no samples.",
    "It takes and gives int8 codes, as the file it came from does.",
)
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
    if recipe.suffix == f"{precision}.{ArtifactFormat.TFLITE}":
        raise ModelError(
            f"The file is {precision} already.", "Use it as it is.", code="model.is_so_already"
        )
    if recipe.format is not ArtifactFormat.ONNX or recipe.precision != precision:
        raise _needs_network(f"it is {precision}", recipe)
    made = _as_onnx(content)
    return Conversion(
        recipe=recipe.id,
        precision=precision,
        format=recipe.format,
        file=add(f"model_{recipe.suffix}", made),
        size=size_of(made),
        arena=Figure.unknown("B", "TensorFlow Lite Micro does not read this format."),
        runtimes=runtimes_of(recipe),
        agreement=_agreement(content, made),
        notes=_NOTES[: 2 if recipe.is_integer else 1],
    )


def _needs_network(why: str, recipe: Recipe) -> ModelError:
    data = " and training samples" if recipe.is_integer or recipe.pruned else ""
    return ModelError(
        f"It is made from the trained network{data}, and this is a file ({why}).",
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


def _noise(source: Tensor) -> NDArray[np.float32]:
    """Return inputs that are the same every time and fill the range of the input.

    Of a float input nobody says the range: 0 to 1, as our own models have it.
    """
    dice, shape = np.random.default_rng(_SEED), (_INPUTS, *source.shape[1:])
    if source.dtype.startswith("float"):
        return dice.random(shape, np.float32)
    ends = np.iinfo(source.dtype)
    return dequantize(dice.integers(ends.min, ends.max + 1, shape).astype(source.dtype), source)


def _agreement(content: bytes, made: bytes) -> Figure:
    model = read_model(content)
    inputs = _noise(model.inputs[0])
    before = run_reference(content, inputs)
    codes = run_onnx_raw(made, quantize(inputs, model.inputs[0]))
    after = dequantize(codes, model.outputs[0])
    several = before.shape[1] > 1
    return agreement(before, after, classes=several, of="inputs of noise")
