"""How much a model has to compute, by kind of operator; read from its file, never run.

A multiplication is one multiply and add of an input with a weight. The counts are those of the
operators' definitions in TensorFlow Lite:

* convolution: output elements times the size of one filter (height, width, input channels);
* depthwise convolution: output elements times the area of one filter;
* dense layer: output elements times inputs of one of them;
* everything else has no multiplications of its own; what counts is its elements, of its largest
  input or its output, whichever is more.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from studio.runtimes.tflite_file import Graph, Operator, TfliteModel

__all__ = ["Kind", "Layer", "Work", "count_work", "fingerprint", "work_of_layers"]


class Kind(StrEnum):
    """What an operator mostly does; a multiplication costs differently in each."""

    CONV = "conv"
    POINTWISE = "pointwise"
    DEPTHWISE = "depthwise"
    DENSE = "dense"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One operator: its kind, its multiplications, its elements."""

    kind: Kind
    macs: int
    elements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What one run of a model computes.

    Attributes:
        macs: Multiplications of each kind; of every kind that has some.
        elements: Elements over all operators.
        fingerprint: Same for models of the same architecture, whatever they learned.
        obstacle: Why it could not be counted, a sentence; empty where it was.
    """

    macs: Mapping[Kind, int]
    elements: int = 0
    fingerprint: str = ""
    obstacle: str = ""

    @property
    def total_macs(self) -> int:
        """All multiplications of one run."""
        return sum(self.macs.values())


_FREE = frozenset({"RESHAPE", "EXPAND_DIMS", "SQUEEZE", "SHAPE"})
"""They give the same numbers another shape."""

_ELEMENTWISE = frozenset(
    {
        "ABS",
        "ADD",
        "AVERAGE_POOL_2D",
        "CONCATENATION",
        "DEQUANTIZE",
        "DIV",
        "ELU",
        "EXP",
        "HARD_SWISH",
        "LEAKY_RELU",
        "LOGISTIC",
        "MAXIMUM",
        "MAX_POOL_2D",
        "MEAN",
        "MINIMUM",
        "MUL",
        "NEG",
        "PACK",
        "PAD",
        "PADV2",
        "PRELU",
        "QUANTIZE",
        "REDUCE_MAX",
        "REDUCE_MIN",
        "RELU",
        "RELU6",
        "RELU_N1_TO_1",
        "RESIZE_NEAREST_NEIGHBOR",
        "RSQRT",
        "SLICE",
        "SOFTMAX",
        "SPLIT",
        "SPLIT_V",
        "SQRT",
        "SQUARE",
        "SQUARED_DIFFERENCE",
        "STRIDED_SLICE",
        "SUB",
        "SUM",
        "TANH",
        "TRANSPOSE",
        "UNPACK",
    }
)


def count_work(model: TfliteModel) -> Work:
    """Return what one run of a model computes; with an obstacle if that cannot be told.

    Only the main graph is counted; an operator that runs another graph is an obstacle.
    """
    graph = model.graphs[0]
    layers = []
    for operator in graph.operators:
        layer = _layer(graph, operator)
        if isinstance(layer, str):
            return Work(macs={}, obstacle=layer)
        if layer is not None:
            layers.append(layer)
    return work_of_layers(layers)


def work_of_layers(layers: Sequence[Layer]) -> Work:
    """Return the work of a model that is given by its layers."""
    macs: dict[Kind, int] = {}
    for layer in layers:
        if layer.macs:
            macs[layer.kind] = macs.get(layer.kind, 0) + layer.macs
    return Work(
        macs=macs,
        elements=sum(layer.elements for layer in layers),
        fingerprint=fingerprint(layers),
    )


def fingerprint(layers: Sequence[Layer]) -> str:
    """Return what tells one architecture from another: sizes of all layers that multiply.

    Kinds are left out, because converters write the same layer in more than one way: a
    convolution of one channel as a depthwise one, a dense layer as a convolution of one place.
    """
    sizes = [f"{layer.macs}/{layer.elements}" for layer in layers if layer.macs]
    return hashlib.sha256(" ".join(sizes).encode()).hexdigest()[:16] if sizes else ""


def _layer(graph: Graph, operator: Operator) -> Layer | str | None:
    if operator.name in _FREE:
        return None
    if operator.custom or operator.name not in _ELEMENTWISE | _COUNTED.keys():
        return f"what the operator {operator.name} costs was never published"
    if any(size < 1 for index in operator.outputs for size in graph.tensors[index].shape):
        return f"the output of {operator.name} has no fixed size"
    written = sum(math.prod(graph.tensors[index].shape) for index in operator.outputs)
    if operator.name in _ELEMENTWISE:
        read = [math.prod(graph.tensors[i].shape) for i in operator.inputs if _flows(graph, i)]
        return Layer(kind=Kind.OTHER, macs=0, elements=max(written, *read, 0))
    weights = operator.inputs[1] if len(operator.inputs) > 1 else -1
    shape = graph.tensors[weights].shape if weights >= 0 else ()
    rank, count = _COUNTED[operator.name]
    if len(shape) != rank:
        return f"the weights of {operator.name} are not of the usual shape"
    kind, each = count(shape)
    return Layer(kind=kind, macs=written * each, elements=written)


def _flows(graph: Graph, index: int) -> bool:
    return index >= 0 and not graph.tensors[index].data_bytes


def _conv(shape: tuple[int, ...]) -> tuple[Kind, int]:
    _, height, width, channels = shape
    kind = Kind.POINTWISE if height == width == 1 else Kind.CONV
    return kind, height * width * channels


def _depthwise(shape: tuple[int, ...]) -> tuple[Kind, int]:
    return Kind.DEPTHWISE, shape[1] * shape[2]


def _dense(shape: tuple[int, ...]) -> tuple[Kind, int]:
    return Kind.DENSE, shape[1]


_COUNTED: Mapping[str, tuple[int, Callable[[tuple[int, ...]], tuple[Kind, int]]]] = {
    # operator: (dimensions of its weights, what one output element takes)
    "CONV_2D": (4, _conv),
    "DEPTHWISE_CONV_2D": (4, _depthwise),
    "FULLY_CONNECTED": (2, _dense),
}
