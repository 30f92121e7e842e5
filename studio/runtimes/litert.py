"""LiteRT (TensorFlow Lite) on this computer, with the reference kernels only.

The desktop's default kernels differ from the reference by up to 43 of 256 codes on real
models, so nothing here ever uses them. ai-edge-litert and TensorFlow 2.21 work in one
process, whichever is imported first (a test holds it); this module needs no TensorFlow.

Every file is checked before LiteRT sees it, which leaves about one damaged file in 5,000 that
still ends the process: run a stranger's file in a child process.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.errors import ModelError
from studio.domain.figure import Figure, FigureKind
from studio.runtimes._operators import LITERT
from studio.runtimes._runtime import Quantization, Runtime
from studio.runtimes._schema import TENSOR_TYPES
from studio.runtimes.tflite_file import Tensor, TfliteModel, read_model

__all__ = ["ENTRY", "dequantize", "quantize", "run_reference", "run_reference_raw"]

ENTRY = Runtime(
    id="litert",
    title="LiteRT (TensorFlow Lite)",
    formats=frozenset({ArtifactFormat.TFLITE}),
    precisions=frozenset(Precision),
    element_types=frozenset(TENSOR_TYPES),
    operators=LITERT,
    static_shapes=False,
    hybrid=True,
    uses_arena=False,
    code=Figure.unknown("B", "It depends on how LiteRT is installed."),
    working=Figure(
        value=46e6,
        unit="B",
        kind=FigureKind.ESTIMATED,
        low=9e6,
        high=46e6,
        source="resident memory on a 64-bit PC: LiteRT's own part, up to a whole Python process "
        "with it; not measured on this device",
    ),
    quantization=Quantization(
        types=frozenset({"int8", "uint8", "int16", "int4"}),
        per_channel=frozenset(
            {"CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED", "TRANSPOSE_CONV"}
        ),
        only=False,
        source="models of one such layer, run by its reference kernels with equal and with "
        "different scales",
    ),
)


def quantize(values: npt.NDArray[np.float32], tensor: Tensor) -> npt.NDArray[Any]:
    """Return real values as codes of a tensor, in its element type.

    ``code = clip(round(value / scale) + zero_point)``: the division in float32, halves
    rounded away from zero. With scale 1/255 and zero point -128 a byte divided by 255 gives
    exactly that byte minus 128. A float tensor takes the values as they are.

    Source:
        ``AffineQuantize`` of TensorFlow Lite's reference kernels (``TfLiteRound``).
    """
    kind = np.dtype(tensor.dtype)
    if kind.kind == "f":
        return np.asarray(values, dtype=kind)
    scale, zero_point = _affine(tensor)
    # The division keeps float32; adding a half needs float64, or 0.49999997 rounds up.
    steps = (values.astype(np.float32) / np.float32(scale)).astype(np.float64)
    rounded = np.copysign(np.floor(np.abs(steps) + 0.5), steps) + zero_point
    limits = np.iinfo(kind)
    codes: npt.NDArray[Any] = np.clip(rounded, limits.min, limits.max).astype(kind)
    return codes


def dequantize(codes: npt.NDArray[Any], tensor: Tensor) -> npt.NDArray[np.float32]:
    """Return codes of a tensor as real values: ``(code - zero_point) * scale`` in float32."""
    if codes.dtype.kind == "f":
        return codes.astype(np.float32)
    scale, zero_point = _affine(tensor)
    steps = (codes.astype(np.int64) - zero_point).astype(np.float32)
    return steps * np.float32(scale)


def run_reference(content: bytes, inputs: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Run a model on samples and return real values.

    Args:
        content: A TensorFlow Lite file with one input and one output.
        inputs: ``(N, ...)`` in the model's real-valued domain; see `quantize` for how a
            quantized model takes them.

    Returns:
        ``(N, outputs)``; a quantized output is dequantized.

    Raises:
        ModelError: if the file is damaged, has another number of inputs or outputs, wants
            another shape, or LiteRT cannot run it.
    """
    model = read_model(content)
    source, target = _ends(model)
    codes = quantize(np.asarray(inputs, dtype=np.float32), source)
    return dequantize(_run(content, model, codes), target)


def run_reference_raw(content: bytes, inputs: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Run a model on codes and return codes: what golden vectors are made of.

    Args:
        content: A TensorFlow Lite file with one input and one output.
        inputs: ``(N, ...)`` in the element type of the input, int8 for an int8 model.

    Returns:
        ``(N, outputs)`` in the element type of the output.

    Raises:
        ModelError: as `run_reference`, and if the element type is another.
    """
    return _run(content, read_model(content), np.asarray(inputs))


def _affine(tensor: Tensor) -> tuple[float, int]:
    if len(tensor.scales) != 1 or tensor.scales[0] <= 0:
        raise ModelError(
            f"The tensor {tensor.name!r} holds {tensor.dtype} without saying what they mean.",
            "Convert the model again with quantized inputs and outputs.",
            code="model.no_quantization",
        )
    return tensor.scales[0], tensor.zero_points[0] if tensor.zero_points else 0


def _ends(model: TfliteModel) -> tuple[Tensor, Tensor]:
    if len(model.inputs) != 1 or len(model.outputs) != 1:
        raise ModelError(
            f"This model has {len(model.inputs)} inputs and {len(model.outputs)} outputs.",
            "The studio runs models with one of each.",
            code="model.many_ends",
        )
    return model.inputs[0], model.outputs[0]


def _run(content: bytes, model: TfliteModel, codes: npt.NDArray[Any]) -> npt.NDArray[Any]:
    source, target = _ends(model)
    wanted = (1, *source.shape[1:])
    if source.shape[:1] != (1,) or codes.shape[1:] != wanted[1:] or codes.dtype != source.dtype:
        raise ModelError(
            f"The model takes {source.dtype} samples of shape {source.shape}, "
            f"not {codes.dtype} samples of shape {codes.shape}.",
            "Use the preprocessing the model was made with.",
            code="model.input_shape",
        )
    try:
        interpreter = _interpreter(content)
        rows = [_run_one(interpreter, sample[np.newaxis]) for sample in codes]
    except (RuntimeError, ValueError) as error:
        raise ModelError(
            f"LiteRT cannot run this model: {str(error).splitlines()[0]}.",
            "Convert it again, or choose another model.",
            code="model.not_runnable",
        ) from error
    if not rows:
        return np.empty((0, int(np.prod(target.shape[1:]))), dtype=target.dtype)
    return np.stack(rows)


def _interpreter(content: bytes) -> Any:
    # Imported here: it costs 0.2 s that plain commands should not pay.
    from ai_edge_litert.interpreter import (  # type: ignore[import-untyped,unused-ignore]
        Interpreter,
        OpResolverType,
    )

    interpreter = Interpreter(
        model_content=content,
        experimental_op_resolver_type=OpResolverType.BUILTIN_REF,
        num_threads=1,
    )
    interpreter.allocate_tensors()
    return interpreter


def _run_one(interpreter: Any, sample: npt.NDArray[Any]) -> npt.NDArray[Any]:
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], sample)
    interpreter.invoke()
    index = interpreter.get_output_details()[0]["index"]
    output: npt.NDArray[Any] = interpreter.get_tensor(index)
    return output.reshape(-1).copy()
