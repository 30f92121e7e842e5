"""A model as the generator works on it: tensors, and nodes in the order they run."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Graph", "Node", "Tensor"]

Option = int | float | tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tensor:
    """One tensor.

    Attributes:
        name: As the file has it, printable.
        shape: Dimensions, all fixed.
        dtype: Element type, for example ``"int8"``.
        scales: Quantization steps: none, one, or one per channel along `axis`.
        zero_points: Codes that mean 0.0; as many as scales.
        axis: Dimension the scales run along.
        data: Its values if it is constant, in its shape.
    """

    name: str
    shape: tuple[int, ...]
    dtype: str
    scales: tuple[float, ...] = ()
    zero_points: tuple[int, ...] = ()
    axis: int = 0
    data: npt.NDArray[Any] | None = None

    @property
    def elements(self) -> int:
        """Number of elements."""
        return math.prod(self.shape)

    @property
    def size_bytes(self) -> int:
        """Bytes of all elements."""
        return self.elements * np.dtype(self.dtype).itemsize

    @property
    def scale(self) -> float:
        """The one quantization step."""
        return self.scales[0]

    @property
    def zero_point(self) -> int:
        """The one code that means 0.0."""
        return self.zero_points[0] if self.zero_points else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One operator; inputs and outputs are indices of tensors, -1 for left out.

    `intermediates` are tensors without memory that say what numbers on the way mean.
    """

    operator: str
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    options: Mapping[str, Option]
    intermediates: tuple[int, ...] = ()

    def option(self, name: str) -> int:
        """Return an option that is a whole number."""
        return int(self.options[name])  # type: ignore[arg-type]

    def real(self, name: str) -> float:
        """Return an option that is a real number."""
        return float(self.options[name])  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """A model with one input and one output or more.

    Indices are those of the file, so that a tensor can be compared with the interpreter's;
    passes only ever add tensors at the end.
    """

    tensors: tuple[Tensor, ...]
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    nodes: tuple[Node, ...]

    def input(self, node: Node, place: int) -> Tensor | None:
        """Return an input tensor of a node, or None where it is left out."""
        if place >= len(node.inputs) or node.inputs[place] < 0:
            return None
        return self.tensors[node.inputs[place]]
