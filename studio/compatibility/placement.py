"""Operator by operator: where a model runs on a device, and what its runtimes demand of it."""

from __future__ import annotations

from collections.abc import Iterator

from studio.compatibility.facts import ModelFacts
from studio.domain.device import Device
from studio.domain.phrase import Phrase
from studio.domain.placement import OperatorPlace, Placement, Where
from studio.runtimes import RUNTIMES, Runtime
from studio.runtimes.tflite_file import Graph

__all__ = ["accelerator_of", "placement_findings", "placement_of"]

_REAL = frozenset({"float16", "bfloat16", "float32", "float64"})
_CONVERTERS = frozenset({"QUANTIZE", "DEQUANTIZE"})
_WHOLE = frozenset({"int4", "int8", "uint8", "int16"})


def accelerator_of(device: Device) -> Runtime | None:
    """Return the runtime of a device's accelerator that works beside a host, or None."""
    known = (RUNTIMES[id] for id in device.runtimes if id in RUNTIMES)
    return next((runtime for runtime in known if runtime.host), None)


def placement_of(model: ModelFacts, runtime: Runtime) -> Placement | None:
    """Return where each operator of a model's main graph runs under a runtime.

    Returns:
        None where the model was not read from a file, where the runtime takes no TensorFlow
        Lite files, or where only a program outside can tell (`studio.runtimes.ethos_u`).
    """
    graph = model.graph
    if graph is None or not runtime.operators:
        return None
    if runtime.place is not None:
        return runtime.place(graph)
    if runtime.host:
        return None
    return Placement(
        runtime=runtime.id,
        operators=tuple(_by_name(graph, runtime)),
        how=f"the operators that {runtime.title} has",
    )


def placement_findings(model: ModelFacts, runtime: Runtime) -> list[Phrase]:
    """Return what a person should know of the operators' places, a sentence each."""
    placement = placement_of(model, runtime)
    demands = list(_demands(model, runtime))
    if placement is None and runtime.host and model.graph is not None:
        return [Phrase.of("not-asked", runtime=runtime.title), *demands]
    if placement is None or not runtime.host:
        return demands
    return [*placement.phrases(runtime.title), *demands]


def _by_name(graph: Graph, runtime: Runtime) -> Iterator[OperatorPlace]:
    for number, operator in enumerate(graph.operators):
        there = runtime.custom_operators if operator.custom else runtime.operators
        runs = operator.name in there
        yield OperatorPlace(
            number=number,
            name=operator.name,
            where=Where.PROCESSOR if runs else Where.NOWHERE,
            reason="" if runs else f"{runtime.title} has no operator {operator.name}.",
        )


def _demands(model: ModelFacts, runtime: Runtime) -> Iterator[Phrase]:
    """Return where the model's numbers are not what a runtime demands, a sentence each."""
    wanted, graph, name = runtime.quantization, model.graph, runtime.title
    if wanted is None or graph is None:
        return
    real = sorted(model.element_types & _REAL)
    if wanted.only and real and (model.hybrid or not model.element_types & _WHOLE):
        types = ", ".join(sorted(wanted.types))
        yield Phrase.of("whole-numbers-only", runtime=name, types=types, names=", ".join(real))
    by_channel = sorted(_scaled_by_channel(graph) - wanted.per_channel)
    if by_channel:
        yield Phrase.of("one-scale-weights", runtime=name, names=", ".join(by_channel))
    if any(len(t.scales) > 1 and not t.data_bytes for t in graph.tensors):
        yield Phrase.of("one-scale-activations", runtime=name)


def _scaled_by_channel(graph: Graph) -> set[str]:
    """Return the operators that read weights of more than one scale; a bias follows its weights."""
    return {
        operator.name
        for operator in graph.operators
        for index in operator.inputs
        if index >= 0
        and operator.name not in _CONVERTERS
        and graph.tensors[index].data_bytes
        and graph.tensors[index].dtype in _WHOLE
        and len(graph.tensors[index].scales) > 1
    }
