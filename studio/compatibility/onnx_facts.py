"""What decides about an ONNX file; `studio.compatibility.facts` is its neighbour for the other."""

from __future__ import annotations

from studio.compatibility.facts import ModelFacts
from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.figure import Figure, FigureKind
from studio.runtimes.onnx_file import OnnxOutline

__all__ = ["onnx_facts"]

_INTEGER_OPERATORS = frozenset(
    {"QLinearConv", "QLinearMatMul", "ConvInteger", "MatMulInteger", "QuantizeLinear"}
)


def onnx_facts(outline: OnnxOutline) -> ModelFacts:
    """Return the facts of an ONNX file.

    Its precision is int8 where it quantizes its activations and holds int8 or uint8 weights
    (operators that say so, or QuantizeLinear around float ones), float32 where nothing of that
    is in it; else unknown.
    """
    return ModelFacts(
        operators=outline.operators,
        custom_operators=outline.custom_operators,
        precision=_precision(outline),
        element_types=outline.element_types,
        open_shapes=outline.open_shapes,
        size_bytes=outline.size_bytes,
        arena=Figure.unknown("B", "An ONNX file has no tensor arena."),
        input_bytes=outline.input_bytes or 0,
        activations=_activations(outline),
        format=ArtifactFormat.ONNX,
    )


def _precision(outline: OnnxOutline) -> Precision | None:
    names = {name for name, _ in outline.operators}
    whole = bool(outline.weight_types & {"int8", "uint8"})
    if names & _INTEGER_OPERATORS:
        return Precision.INT8 if whole else None
    real = outline.element_types & {"float16", "float32", "float64", "bfloat16"}
    return Precision.FLOAT32 if real == {"float32"} else None


def _activations(outline: OnnxOutline) -> Figure:
    if outline.tensors_bytes is None:
        return Figure.unknown("B", "Sizes of tensors are open until the model runs.")
    return Figure(
        value=outline.tensors_bytes,
        unit="B",
        kind=FigureKind.ESTIMATED,
        low=outline.together_bytes,
        high=outline.tensors_bytes,
        source="from the tensors in the file: one operator at a time, up to all of them at once",
    )
