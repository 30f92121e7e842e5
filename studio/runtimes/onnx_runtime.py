"""ONNX Runtime on this computer's processor."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.errors import ModelError
from studio.domain.figure import Figure, FigureKind
from studio.runtimes._runtime import Runtime

__all__ = ["ENTRY", "run_onnx", "run_onnx_raw"]

_LARGEST_BYTES = 512 << 20

ENTRY = Runtime(
    id="onnx-runtime",
    title="ONNX Runtime",
    formats=frozenset({ArtifactFormat.ONNX}),
    precisions=frozenset({Precision.FLOAT32, Precision.INT8}),
    element_types=frozenset(
        {
            *("float16", "float32", "float64", "bool", "string"),
            *("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
        }
    ),
    operators=frozenset(),
    static_shapes=False,
    hybrid=False,
    uses_arena=False,
    code=Figure.unknown("B", "It depends on how ONNX Runtime is installed."),
    working=Figure(
        value=46e6,
        unit="B",
        kind=FigureKind.ESTIMATED,
        low=20e6,
        high=46e6,
        source="resident memory on a 64-bit PC: ONNX Runtime's own part, up to a whole Python "
        "process with it; not measured on this device",
    ),
)


def run_onnx(content: bytes, inputs: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Run an ONNX model with one input and one output on float32 samples.

    Args:
        content: The file; weights must lie inside it.
        inputs: ``(N, ...)``; given to the model one by one.

    Returns:
        ``(N, outputs)``.

    Raises:
        ModelError: ``model.too_large``, ``model.damaged``, ``model.external_data`` if it names
            other files, ``model.many_ends`` or ``model.not_runnable``.
    """
    return run_onnx_raw(content, np.asarray(inputs, dtype=np.float32)).astype(np.float32)


def run_onnx_raw(content: bytes, inputs: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Run an ONNX model on samples in the element type of its input; return what it puts out.

    Args:
        content: As of `run_onnx`.
        inputs: ``(N, ...)``, int8 for a model that takes codes.

    Returns:
        ``(N, outputs)``.

    Raises:
        ModelError: as `run_onnx`.
    """
    _check(content)
    session = _session(content)
    ends = session.get_inputs(), session.get_outputs()
    if [len(end) for end in ends] != [1, 1]:
        raise ModelError(
            f"This model has {len(ends[0])} inputs and {len(ends[1])} outputs.",
            "The studio runs models with one of each.",
            code="model.many_ends",
        )
    try:
        rows = [session.run(None, {ends[0][0].name: s[np.newaxis]})[0].ravel() for s in inputs]
    except Exception as error:  # its exceptions share no public base
        raise _not_runnable(error) from error
    return np.asarray(rows).reshape(len(inputs), -1 if rows else 0)


def _not_runnable(error: Exception) -> ModelError:
    line = (str(error).splitlines() or [type(error).__name__])[0][:200]
    return ModelError(
        f"ONNX Runtime cannot run this model: {line}.",
        "Convert it again, or choose another model.",
        code="model.not_runnable",
    )


def _check(content: bytes) -> None:
    import onnx

    if len(content) > _LARGEST_BYTES:
        raise ModelError(
            "This model is larger than 512 MB.",
            "The studio checks models for small devices only.",
            code="model.too_large",
        )
    try:
        model = onnx.load_model_from_string(content)
    except Exception as error:  # protobuf's error type moved between versions
        raise ModelError(
            "This ONNX file is damaged or not an ONNX file.",
            "Get the file again from where it was made.",
            code="model.damaged",
        ) from error
    if _names_other_files(model):
        raise ModelError(
            "This ONNX file keeps its weights in other files.",
            "Save it again as one file.",
            code="model.external_data",
        )


def _names_other_files(message: Any) -> bool:
    """Whether any tensor anywhere in a protobuf message lies outside it."""
    if message.DESCRIPTOR.name == "TensorProto":
        return bool(message.external_data) or message.data_location == message.EXTERNAL
    for field, value in message.ListFields():
        if field.message_type is None:
            continue
        repeated = hasattr(value, "__len__")
        if any(_names_other_files(item) for item in (value if repeated else (value,))):
            return True
    return False


def _session(content: bytes) -> Any:
    import onnxruntime  # type: ignore[import-untyped,unused-ignore]

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(
            content, sess_options=options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # its exceptions share no public base
        raise _not_runnable(error) from error
