"""What decides about a model, read from its file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from studio.compatibility.latency_work import Work, count_work
from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.figure import Figure, FigureKind
from studio.domain.footprint import Footprint
from studio.runtimes.tflite_file import Graph, Tensor, TfliteModel, read_model, tensor_bytes

__all__ = ["ModelFacts", "facts_of"]

_CONVERTERS = frozenset({"QUANTIZE", "DEQUANTIZE", "CAST"})
"""Operators that stand between two element types, so they do not say what a model computes in."""

# Weights are constants, and constants are no element types: those of int16x8 are int8.
_PRECISIONS = {
    frozenset({"float32"}): Precision.FLOAT32,
    frozenset({"int8"}): Precision.INT8,
    frozenset({"int16"}): Precision.INT16X8,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFacts:
    """What a runtime and a device must offer for one model file.

    Attributes:
        operators: Name and count, most frequent first.
        custom_operators: Those of the names that are not TensorFlow Lite's own.
        precision: Number type it computes in; None when mixed or another.
        element_types: Types of everything it computes with, constants left out.
        hybrid: Whether float activations meet int8 weights (dynamic range).
        open_shapes: Whether a dimension other than the batch is open until run time.
        size_bytes: Length of the file.
        arena: Tensor arena under TensorFlow Lite Micro, in bytes.
        input_bytes: Length of one sample as the model takes it.
        activations: Bytes of its tensors in a runtime without an arena.
        work: What one run computes; None where nobody counted.
        graph: Its main graph, for where each operator runs; None where no file was read, or
            none of TensorFlow Lite.
        format: What kind of file it is.
        sensor: RAM that a sensor's own data takes, in bytes; None where nobody knows what gives
            the model its input.
        footprint: Tells what it takes as generated C on a core; None where nobody can tell.
    """

    operators: tuple[tuple[str, int], ...]
    custom_operators: frozenset[str] = frozenset()
    precision: Precision | None
    element_types: frozenset[str]
    hybrid: bool = False
    open_shapes: bool = False
    size_bytes: int
    arena: Figure
    input_bytes: int
    activations: Figure
    work: Work | None = None
    graph: Graph | None = field(default=None, repr=False, compare=False)
    format: ArtifactFormat = ArtifactFormat.TFLITE
    sensor: Figure | None = None
    footprint: Callable[[str], Footprint | None] | None = field(
        default=None, repr=False, compare=False
    )


def facts_of(content: bytes, arena: Figure) -> ModelFacts:
    """Read the facts of a TensorFlow Lite file.

    Args:
        content: The file, ours or a stranger's.
        arena: Its tensor arena, as `ArenaMeter.measure` gives it.

    Raises:
        ModelError: if the file is damaged or not TensorFlow Lite.
    """
    model = read_model(content)
    types = frozenset(t for graph in model.graphs for t in _element_types(graph))
    hybrid = any(_is_hybrid(graph) for graph in model.graphs)
    return ModelFacts(
        operators=model.operators,
        custom_operators=frozenset(
            operator.name
            for graph in model.graphs
            for operator in graph.operators
            if operator.custom
        ),
        precision=None if hybrid else _precision(types),
        element_types=types,
        hybrid=hybrid,
        open_shapes=any(set(t.open_dimensions) - {0} for t in (*model.inputs, *model.outputs)),
        size_bytes=model.size_bytes,
        arena=arena,
        input_bytes=sum(_bytes(tensor) for tensor in model.inputs),
        activations=_activations(model),
        work=count_work(model),
        graph=model.graphs[0],
    )


def _bytes(tensor: Tensor) -> int:
    return tensor_bytes(tensor.shape, tensor.dtype) or 0


def _element_types(graph: Graph) -> set[str]:
    """Return the types operators compute with.

    Constants and what stands on the far side of a converter are left out, but not a constant
    that is converted each time the model runs: so are the weights of a float16 model kept.
    """
    return {
        graph.tensors[index].dtype
        for operator in graph.operators
        for index in (*operator.inputs, *operator.outputs)
        if index >= 0 and bool(graph.tensors[index].data_bytes) is (operator.name in _CONVERTERS)
    }


def _is_hybrid(graph: Graph) -> bool:
    for operator in graph.operators:
        read = [graph.tensors[index] for index in operator.inputs if index >= 0]
        weights = {tensor.dtype for tensor in read if tensor.data_bytes}
        if (
            operator.name not in _CONVERTERS
            and any(t.dtype == "float32" and not t.data_bytes for t in read)
            and weights & {"int8", "int4", "uint8"}
        ):
            return True
    return False


def _precision(types: frozenset[str]) -> Precision | None:
    # Shapes and indices are int32 or int64 in a model of any precision.
    computed = types - {"int32", "int64", "bool"}
    return _PRECISIONS.get(computed)


def _activations(model: TfliteModel) -> Figure:
    """Return the RAM of all tensors that are not constants, as a range.

    At least what one operator reads and writes is alive at a time; at most everything is.
    """
    live = [
        sum(_bytes(graph.tensors[i]) for i in {*node.inputs, *node.outputs} if _alive(graph, i))
        for graph in model.graphs
        for node in graph.operators
    ]
    every = sum(
        _bytes(tensor)
        for graph in model.graphs
        for tensor in graph.tensors
        if not tensor.data_bytes
    )
    return Figure(
        value=every,
        unit="B",
        kind=FigureKind.ESTIMATED,
        low=max(live, default=0),
        high=every,
        source="from the tensors in the file: one operator at a time, up to all of them at once",
    )


def _alive(graph: Graph, index: int) -> bool:
    return index >= 0 and not graph.tensors[index].data_bytes
