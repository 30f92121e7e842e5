"""What the rules ask of the tensors before they trust them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from studio.codegen.graph import Graph, Node, Tensor
from studio.codegen.steps import Step, refuse

__all__ = ["activation", "constant", "dimensions", "fitting", "numbers", "quantized"]


def activation(node: Node, graph: Graph, place: int = 0) -> Tensor:
    """Return an input that is computed, or refuse."""
    tensor = graph.input(node, place)
    if tensor is None or tensor.data is not None:
        raise refuse(node, graph, f"its input {place} is not an activation")
    return tensor


def constant(node: Node, graph: Graph, place: int) -> Tensor:
    """Return an input that is constant, or refuse."""
    tensor = graph.input(node, place)
    if tensor is None or tensor.data is None:
        raise refuse(node, graph, f"its input {place} is not constant")
    return tensor


def quantized(node: Node, graph: Graph, *tensors: Tensor, types: Sequence[str] = ("int8",)) -> None:
    """Refuse unless each tensor has one of the types and one scale."""
    for tensor in tensors:
        if tensor.dtype not in types:
            raise refuse(node, graph, f"{tensor.name!r} holds {tensor.dtype}")
        if len(tensor.scales) != 1 or tensor.scale <= 0:
            raise refuse(node, graph, f"{tensor.name!r} does not say what its codes mean")


def dimensions(node: Node, graph: Graph, count: int, *tensors: Tensor) -> None:
    """Refuse unless each tensor has so many dimensions and a batch of one."""
    for tensor in tensors:
        if len(tensor.shape) != count or tensor.shape[0] != 1:
            raise refuse(node, graph, f"{tensor.name!r} has the shape {tensor.shape}")


def numbers(node: Node, graph: Graph, place: int) -> list[int]:
    """Return the whole numbers of a constant input, or refuse."""
    return [int(number) for number in np.ravel(constant(node, graph, place).data)]  # type: ignore[arg-type]


def fitting(lower: Callable[[Node, Graph], Step]) -> Callable[[Node, Graph], Step]:
    """Return the same rule, refusing where shapes and settings of a file contradict each other."""

    def refusing(node: Node, graph: Graph) -> Step:
        try:
            return lower(node, graph)
        except (ArithmeticError, LookupError, MemoryError, TypeError, ValueError) as error:
            raise refuse(node, graph, "its shapes and settings do not fit together") from error

    return refusing
