"""Model files made operator by operator, with any quantization: what no converter would give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import flatbuffers
import numpy as np
import numpy.typing as npt
from ai_edge_litert import schema_py_generated as schema

__all__ = ["Maker", "Quantized"]

_TYPES = {
    "float32": schema.TensorType.FLOAT32,
    "int8": schema.TensorType.INT8,
    "uint8": schema.TensorType.UINT8,
    "int16": schema.TensorType.INT16,
    "int32": schema.TensorType.INT32,
    "int64": schema.TensorType.INT64,
    "bool": schema.TensorType.BOOL,
}


@dataclass(frozen=True, slots=True)
class Quantized:
    """What the codes of a tensor mean: one scale, or one per channel along an axis."""

    scale: float | Sequence[float]
    zero_point: int = 0
    axis: int = 0

    def record(self) -> Any:
        scales = [self.scale] if isinstance(self.scale, float) else list(self.scale)
        made = schema.QuantizationParametersT()
        made.scale = np.array(scales, np.float32)
        made.zeroPoint = np.full(len(scales), self.zero_point, np.int64)
        made.quantizedDimension = self.axis
        return made


@dataclass(slots=True)
class Maker:
    """A model under construction; tensors are named by the index that `tensor` returns."""

    _tensors: list[Any] = field(default_factory=list)
    _buffers: list[Any] = field(default_factory=lambda: [schema.BufferT()])
    _nodes: list[Any] = field(default_factory=list)
    _codes: list[int] = field(default_factory=list)
    inputs: list[int] = field(default_factory=list)

    def tensor(
        self,
        shape: Sequence[int],
        dtype: str = "int8",
        meaning: Quantized | None = None,
        data: npt.NDArray[Any] | None = None,
    ) -> int:
        """Add a tensor, constant if it has data, and return its index."""
        made = schema.TensorT()
        made.name = f"tensor_{len(self._tensors)}".encode()
        made.shape, made.type = list(shape), _TYPES[dtype]
        made.quantization = meaning.record() if meaning else None
        if data is not None:
            buffer = schema.BufferT()
            content = np.ascontiguousarray(data, np.dtype(dtype)).tobytes()
            buffer.data = np.frombuffer(content, np.uint8)
            self._buffers.append(buffer)
            made.buffer = len(self._buffers) - 1
        self._tensors.append(made)
        return len(self._tensors) - 1

    def input(self, shape: Sequence[int], dtype: str, meaning: Quantized | None) -> int:
        """Add an input of the model."""
        self.inputs.append(self.tensor(shape, dtype, meaning))
        return self.inputs[-1]

    def node(
        self,
        operator: str,
        inputs: Sequence[int],
        outputs: Sequence[int],
        options: str = "",
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        """Add an operator.

        Args:
            operator: As the schema names it.
            inputs: Tensors, -1 for left out.
            outputs: Tensors.
            options: Name of its options table, for example ``"Conv2DOptions"``.
            settings: Members of that table, as the schema's object API names them.
        """
        code = getattr(schema.BuiltinOperator, operator)
        if code not in self._codes:
            self._codes.append(code)
        made = schema.OperatorT()
        made.opcodeIndex = self._codes.index(code)
        made.inputs, made.outputs = list(inputs), list(outputs)
        if options:
            made.builtinOptionsType = getattr(schema.BuiltinOptions, options)
            made.builtinOptions = getattr(schema, f"{options}T")()
            for name, value in (settings or {}).items():
                if not hasattr(made.builtinOptions, name):
                    raise AttributeError(f"{options} has no {name}")
                setattr(made.builtinOptions, name, value)
        self._nodes.append(made)

    def model(self, outputs: Sequence[int]) -> bytes:
        """Return the file."""
        graph = schema.SubGraphT()
        graph.tensors, graph.operators = self._tensors, self._nodes
        graph.inputs, graph.outputs = self.inputs, list(outputs)
        made = schema.ModelT()
        made.version, made.subgraphs, made.buffers = 3, [graph], self._buffers
        made.operatorCodes = [_code(code) for code in self._codes]
        made.description = b"made by a test"
        builder = flatbuffers.Builder(1024)
        builder.Finish(made.Pack(builder), b"TFL3")
        return bytes(builder.Output())


def _code(number: int) -> Any:
    made = schema.OperatorCodeT()
    made.builtinCode, made.deprecatedBuiltinCode, made.version = number, min(number, 127), 1
    return made
