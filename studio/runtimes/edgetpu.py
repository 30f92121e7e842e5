"""Google's Edge TPU: which operators its compiler would take, told without the compiler.

The compiler makes one part of a model for the Edge TPU. It takes every operator that it
supports and that needs nothing from an operator it leaves; all others run on the processor
beside it, by LiteRT. A QUANTIZE from real numbers where the model begins stays on the processor
without keeping back what follows.

Sources:
    Coral's page on models for the Edge TPU: whole numbers of 8 bits throughout, sizes and
    parameters fixed, tensors of at most three sizes above 1, one part. The compiler's own logs
    in f0cal/google-coral issue 20 (a QUANTIZE that is left at the beginning). That operators
    beside an unsupported one are taken and those behind it are not, is what it did with
    google-coral's deeplabv3_mnv2_dm05; the tests compare with it and six other models.
"""

from __future__ import annotations

from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.figure import Figure
from studio.domain.placement import OperatorPlace, Placement, Where
from studio.runtimes._edgetpu_rules import OPERATORS
from studio.runtimes._runtime import Quantization, Runtime
from studio.runtimes.tflite_file import Graph, Operator, Tensor

__all__ = ["ENTRY"]

_TYPES = frozenset({"int8", "uint8"})
_MOST_SIZES = 3
_BEHIND = (
    "It needs what an operator on the processor makes, and the Edge TPU takes one part of a "
    "model only."
)
_HOW = (
    "the rules Coral publishes for its compiler, which cannot be run here; the same as the "
    "compiler's result for seven of Google's models"
)


def _place(graph: Graph) -> Placement:
    """Tell where each operator of a graph runs."""
    left_behind: set[int] = set()
    places = []
    for number, operator in enumerate(graph.operators):
        reason = _own_reason(graph, operator)
        if not reason and left_behind.intersection(operator.inputs):
            reason = _BEHIND
        if reason and not _opens_the_model(graph, operator):
            left_behind.update(operator.outputs)
        where = Where.PROCESSOR if reason else Where.ACCELERATOR
        places.append(OperatorPlace(number=number, name=operator.name, where=where, reason=reason))
    return Placement(runtime=ENTRY.id, operators=tuple(places), how=_HOW)


def _own_reason(graph: Graph, operator: Operator) -> str:
    """Return why the compiler leaves an operator whatever stands around it, as a sentence."""
    if operator.custom or operator.name not in OPERATORS:
        return f"The Edge TPU has no operator {operator.name}."
    conditions = (_types, _sizes, *OPERATORS[operator.name])
    try:
        found = next(filter(None, (condition(graph, operator) for condition in conditions)), "")
    except IndexError:  # a stranger's file
        found = "it lacks an input or an output"
    return f"{found[0].upper()}{found[1:]}." if found else ""


def _types(graph: Graph, operator: Operator) -> str:
    strange = {t.dtype for t in _activations(graph, operator)} - _TYPES
    read = (graph.tensors[index] for index in operator.inputs if index >= 0)
    strange |= {t.dtype for t in read if t.data_bytes and t.dtype.startswith("float")}
    return f"it computes with {', '.join(sorted(strange))}, not int8 or uint8" if strange else ""


def _sizes(graph: Graph, operator: Operator) -> str:
    for tensor in _activations(graph, operator):
        # The batch alone is often left open, and an interpreter takes it as 1.
        if set(tensor.open_dimensions) - {0}:
            return "it leaves a size open until the model runs"
        if any(size > 1 for size in tensor.shape[:-_MOST_SIZES]):
            return f"a tensor of {tensor.shape} has more than three sizes above 1"
    return ""


def _activations(graph: Graph, operator: Operator) -> list[Tensor]:
    """Return what an operator reads and writes, without constants and kept states."""
    tensors = [graph.tensors[i] for i in (*operator.inputs, *operator.outputs) if i >= 0]
    return [t for t in tensors if not t.data_bytes and not t.is_variable]


def _opens_the_model(graph: Graph, operator: Operator) -> bool:
    return operator.name == "QUANTIZE" and set(operator.inputs) <= set(graph.inputs)


ENTRY = Runtime(
    id="edge-tpu",
    title="Edge TPU",
    formats=frozenset({ArtifactFormat.TFLITE}),
    precisions=frozenset({Precision.INT8}),
    element_types=frozenset({"int8", "uint8", "int16", "int32"}),
    operators=frozenset(OPERATORS),
    static_shapes=True,
    hybrid=False,
    uses_arena=False,
    code=Figure.unknown("B", "Its compiler, which joins code and weights, cannot be run here."),
    quantization=Quantization(
        types=_TYPES,
        per_channel=frozenset({"CONV_2D", "DEPTHWISE_CONV_2D"}),
        only=True,
        source="Coral's page on models for the Edge TPU; scales per channel: Google's "
        "bodypix_mobilenet_v1_075, whose convolutions the compiler takes",
    ),
    host="litert",
    place=_place,
)
