"""Reading TensorFlow Lite files, ours or a stranger's, without running them.

The native interpreters crash on some damaged files, so every file passes here first. Besides
the layout this checks what they rely on: every index points at something, the data of a
constant is as long as its shape says, and nothing is read before it is written.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from studio.domain.errors import ModelError
from studio.runtimes._flatbuffer import Buffer, Table, damaged
from studio.runtimes._schema import (
    BUILTIN_OPERATORS,
    CUSTOM,
    ELEMENT_BITS,
    PLACEHOLDER,
    TENSOR_TYPES,
)

__all__ = ["Graph", "Operator", "Tensor", "TfliteModel", "read_model", "tensor_bytes"]

_LARGEST_BYTES = 512 << 20
_LARGEST_TENSOR_BYTES = 2 << 30
_MOST_DIMENSIONS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Tensor:
    """One tensor of a graph.

    Attributes:
        name: As the file has it, made printable.
        shape: Dimensions, batch first, as an interpreter uses them when not told otherwise.
        open_dimensions: Places in the shape that may be resized before running; often the
            batch alone.
        dtype: Element type, for example ``"int8"``.
        scales: Quantization steps: none, one, or one per channel.
        zero_points: Codes that mean 0.0; as many as scales, or none.
        axis: Dimension that the scales run along, where there are several.
        data_bytes: Length of its constant data; 0 for an activation.
        data: The constant data itself, little-endian; empty for an activation.
        is_variable: Whether it keeps its value between two runs.
        sparse: Whether the data leaves out zeros, in a form the studio does not read.
    """

    name: str
    shape: tuple[int, ...]
    dtype: str
    scales: tuple[float, ...] = ()
    zero_points: tuple[int, ...] = ()
    axis: int = 0
    open_dimensions: tuple[int, ...] = ()
    data_bytes: int = 0
    data: memoryview = field(default=memoryview(b""), repr=False, compare=False)
    is_variable: bool = False
    sparse: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """One node of a graph; inputs and outputs are indices of tensors, -1 for left out.

    `intermediates` are tensors that only say what numbers on the way mean. `options` are its
    settings as the file has them, by field number of its options table in ``schema.fbs``; None
    where the file gives none.
    """

    name: str
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    custom: bool = False
    intermediates: tuple[int, ...] = ()
    options: Table | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """One subgraph."""

    tensors: tuple[Tensor, ...]
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    operators: tuple[Operator, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TfliteModel:
    """What a TensorFlow Lite file says about itself.

    Attributes:
        description: Free text of the tool that wrote it.
        size_bytes: Length of the file.
        graphs: Its subgraphs; the first is the one that is run.
    """

    description: str
    size_bytes: int
    graphs: tuple[Graph, ...]

    @property
    def tensors(self) -> tuple[Tensor, ...]:
        """Tensors of the main graph."""
        return self.graphs[0].tensors

    @property
    def inputs(self) -> tuple[Tensor, ...]:
        """Input tensors of the main graph."""
        return tuple(self.tensors[i] for i in self.graphs[0].inputs)

    @property
    def outputs(self) -> tuple[Tensor, ...]:
        """Output tensors of the main graph."""
        return tuple(self.tensors[i] for i in self.graphs[0].outputs)

    @property
    def operators(self) -> tuple[tuple[str, int], ...]:
        """Name and count of every operator of all graphs, most frequent first."""
        counts = Counter(operator.name for graph in self.graphs for operator in graph.operators)
        return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def tensor_bytes(shape: Sequence[int], dtype: str) -> int | None:
    """Return how many bytes a tensor of this shape and type takes.

    Args:
        shape: Dimensions, batch first, for example ``(1, 96, 96, 3)``.
        dtype: Element type, for example ``"int8"``.

    Returns:
        Bytes, or None if a dimension is open or an element has no fixed size.
    """
    if any(size < 0 for size in shape) or dtype not in ELEMENT_BITS:
        return None
    return -(-math.prod(shape) * ELEMENT_BITS[dtype] // 8)


def read_model(content: bytes) -> TfliteModel:
    """Read a TensorFlow Lite file.

    Args:
        content: The whole file.

    Raises:
        ModelError: ``model.too_large`` above 512 MB, ``model.not_tflite`` if it is another
            kind of file, ``model.damaged`` if anything in it points nowhere.

    Source:
        Field numbers are those of ``schema.fbs`` (file identifier ``TFL3``).
    """
    if len(content) > _LARGEST_BYTES:
        raise ModelError(
            "This model is larger than 512 MB.",
            "The studio checks models for small devices only.",
            code="model.too_large",
        )
    if content[4:8] != b"TFL3":
        raise ModelError(
            "This is not a TensorFlow Lite file.",
            "Choose a file that ends in .tflite and was made by a TensorFlow Lite converter.",
            code="model.not_tflite",
        )
    return _model(Buffer(content))


def _model(buffer: Buffer) -> TfliteModel:
    root = buffer.root()
    codes = tuple(_operator_name(code) for code in root.tables(1))
    contents = tuple(_data(buffer, table) for table in root.tables(4))
    graphs = tuple(_graph(graph, codes, contents) for graph in root.tables(2))
    if not graphs:
        raise damaged("it has no graph")
    return TfliteModel(description=root.text(3), size_bytes=len(buffer.content), graphs=graphs)


def _operator_name(code: Table) -> tuple[str, bool]:
    old, new = code.scalar(0, "b"), code.scalar(3, "i")
    number = max(old, new) if old != PLACEHOLDER else new
    if not 0 <= number < len(BUILTIN_OPERATORS):
        raise damaged(f"it uses an operator with the unknown number {number}")
    if number == CUSTOM:
        return code.text(1, limit=80) or "CUSTOM", True
    return BUILTIN_OPERATORS[number], False


def _data(buffer: Buffer, table: Table) -> memoryview:
    # Files above 2 GB keep their data behind the flatbuffer; offsets 0 and 1 mean "not here".
    offset, size = table.scalar(1, "Q"), table.scalar(2, "Q")
    if offset > 1:
        buffer.check(offset, size)
        return memoryview(buffer.content)[offset : offset + size]
    return table.bytes(0)


def _graph(
    table: Table, codes: Sequence[tuple[str, bool]], contents: Sequence[memoryview]
) -> Graph:
    tensors = tuple(_tensor(tensor, contents) for tensor in table.tables(0))
    graph = Graph(
        tensors=tensors,
        inputs=_indices(table, 1, len(tensors), lowest=0),
        outputs=_indices(table, 2, len(tensors), lowest=0),
        operators=tuple(_operator(node, codes, len(tensors)) for node in table.tables(3)),
    )
    _check_order(graph)
    return graph


def _check_order(graph: Graph) -> None:
    """Refuse a graph that reads what nothing has written; interpreters crash on those."""
    written = set(graph.inputs) | {
        index
        for index, tensor in enumerate(graph.tensors)
        if tensor.data_bytes or tensor.is_variable or not tensor_bytes(tensor.shape, tensor.dtype)
    }
    for operator in graph.operators:
        if not written.issuperset(index for index in operator.inputs if index >= 0):
            raise damaged("an operator reads what nothing has written")
        written.update(operator.outputs)


def _indices(table: Table, field: int, count: int, lowest: int) -> tuple[int, ...]:
    found = table.numbers(field, "i")
    if any(not lowest <= index < count for index in found):
        raise damaged("it names a tensor that it does not have")
    return found


def _operator(table: Table, codes: Sequence[tuple[str, bool]], tensors: int) -> Operator:
    code = table.scalar(0, "I")
    if code >= len(codes):
        raise damaged("it names an operator that it does not have")
    name, custom = codes[code]
    return Operator(
        name=name,
        custom=custom,
        options=table.table(4),
        inputs=_indices(table, 1, tensors, lowest=-1),
        outputs=_indices(table, 2, tensors, lowest=0),
        intermediates=_indices(table, 8, tensors, lowest=-1),
    )


def _tensor(table: Table, contents: Sequence[memoryview]) -> Tensor:
    code, buffer = table.scalar(1, "b"), table.scalar(2, "I")
    if not 0 <= code < len(TENSOR_TYPES):
        raise damaged(f"a tensor has the unknown element type {code}")
    # Index 0 is the empty buffer by convention, also in files that leave all buffers out.
    if buffer and buffer >= len(contents):
        raise damaged("a tensor names data that it does not have")
    scales, zero_points, axis = _quantization(table.table(4))
    shape, open_dimensions = _shape(table)
    data = contents[buffer] if buffer else memoryview(b"")
    tensor = Tensor(
        name=table.text(3),
        shape=shape,
        open_dimensions=open_dimensions,
        dtype=TENSOR_TYPES[code],
        scales=scales,
        zero_points=zero_points,
        axis=axis,
        data_bytes=len(data),
        data=data,
        is_variable=bool(table.scalar(5, "B")),
        sparse=table.has(6),
    )
    _check_data(tensor)
    return tensor


def _shape(table: Table) -> tuple[tuple[int, ...], tuple[int, ...]]:
    shape, signature = table.numbers(0, "i"), table.numbers(7, "i")
    if max(len(shape), len(signature)) > _MOST_DIMENSIONS:
        raise damaged("a tensor has more than 16 dimensions")
    if any(size < 0 for size in shape) or any(size < -1 for size in signature):
        raise damaged("a tensor has a negative dimension")
    return shape, tuple(place for place, size in enumerate(signature) if size == -1)


def _quantization(table: Table | None) -> tuple[tuple[float, ...], tuple[int, ...], int]:
    if table is None:
        return (), (), 0
    scales, zero_points = table.numbers(2, "f"), table.numbers(3, "q")
    if any(not math.isfinite(scale) or scale < 0 for scale in scales):
        raise damaged("a quantization step is not a positive number")
    if zero_points and len(zero_points) != len(scales):
        raise damaged("a tensor has not as many zero points as quantization steps")
    return scales, zero_points, table.scalar(6, "i")


def _check_data(tensor: Tensor) -> None:
    expected = tensor_bytes(tensor.shape, tensor.dtype)
    if expected is not None and expected > _LARGEST_TENSOR_BYTES:
        raise damaged(f"the tensor {tensor.name!r} is larger than 2 GB")
    if tensor.data_bytes and not tensor.sparse and expected not in (None, tensor.data_bytes):
        raise damaged(f"the constant {tensor.name!r} is not as long as its shape says")
