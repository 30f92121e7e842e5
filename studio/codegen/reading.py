"""From a TensorFlow Lite file to the graph the generator works on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.codegen.graph import Graph, Node, Option, Tensor
from studio.codegen.operators import RULES
from studio.codegen.steps import OptionField
from studio.domain.errors import ModelError
from studio.runtimes import tflite_file

__all__ = ["read_graph"]

_TYPES = frozenset({"float32", "int8", "uint8", "int16", "int32", "int64", "bool"})


def read_graph(content: bytes) -> Graph:
    """Read a model file.

    Args:
        content: A TensorFlow Lite file, a stranger's too: it passes the bounds check first.

    Returns:
        Its main graph, operators' options decoded, constants in their shapes.

    Raises:
        ModelError: ``model.*`` for a damaged file, ``codegen.unsupported`` naming operator and
            tensor for what cannot become C.
    """
    model = tflite_file.read_model(content)
    if len(model.graphs) != 1:
        raise _unsupported(f"it has {len(model.graphs)} graphs that call each other")
    graph = model.graphs[0]
    return Graph(
        tensors=tuple(_tensor(tensor) for tensor in graph.tensors),
        inputs=graph.inputs,
        outputs=graph.outputs,
        nodes=tuple(_node(operator, graph) for operator in graph.operators),
    )


def _unsupported(reason: str) -> ModelError:
    return ModelError(
        f"This model cannot become C code: {reason}.",
        "Use TensorFlow Lite Micro for it, or one of the search's own models.",
        code="codegen.unsupported",
    )


def _tensor(tensor: tflite_file.Tensor) -> Tensor:
    if tensor.dtype not in _TYPES:
        raise _unsupported(f"the tensor {tensor.name!r} holds {tensor.dtype}")
    if tensor.sparse:
        raise _unsupported(f"the tensor {tensor.name!r} leaves out its zeros")
    if any(place > 0 for place in tensor.open_dimensions):
        raise _unsupported(f"the tensor {tensor.name!r} has no fixed shape {tensor.shape}")
    return Tensor(
        name=tensor.name,
        shape=tensor.shape,
        dtype=tensor.dtype,
        scales=tensor.scales,
        zero_points=tensor.zero_points or (0,) * len(tensor.scales),
        axis=tensor.axis,
        data=_data(tensor),
    )


def _data(tensor: tflite_file.Tensor) -> Any:
    if not tensor.data_bytes:
        return None
    return np.frombuffer(tensor.data, dtype=np.dtype(tensor.dtype)).reshape(tensor.shape)


def _node(operator: tflite_file.Operator, graph: tflite_file.Graph) -> Node:
    rule = None if operator.custom else RULES.get(operator.name)
    if rule is None:
        made = graph.tensors[operator.outputs[0]].name if operator.outputs else "nothing"
        raise _unsupported(f"there is no kernel for {operator.name}, which makes {made!r}")
    return Node(
        operator=operator.name,
        inputs=operator.inputs,
        outputs=operator.outputs,
        options=_options(operator, rule.options),
        intermediates=operator.intermediates,
    )


def _options(
    operator: tflite_file.Operator, fields: tuple[OptionField, ...]
) -> Mapping[str, Option]:
    table = operator.options
    if table is None:
        return {field.name: field.default for field in fields}
    return {
        field.name: table.real(field.number, field.default)
        if field.layout == "f"
        else table.scalar(field.number, field.layout, int(field.default))
        for field in fields
    }
