"""Some operators of an int8 file in int16x8, between QUANTIZE operators.

The converter makes either kind of file, not one of both. Converted from the same network the
two have the same operators in the same order, so operators and their tensors can be taken from
one into the other. On a device the int16 tensors need twice the RAM and their kernels are
slower, so as few as possible are taken.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tensorflow.lite.python import schema_py_generated as schema
from tensorflow.lite.tools import flatbuffer_utils

from studio.domain.errors import ModelError
from studio.runtimes.litert import run_reference

__all__ = ["damage_of_int8", "mix", "operator_count"]

_QUANTIZE_VERSION = 2
"""From it on QUANTIZE turns int8 into int16 and back (versions.md of TensorFlow Lite)."""

_NO_SUMS = frozenset({"RESHAPE", "QUANTIZE", "SOFTMAX", "SQUEEZE", "EXPAND_DIMS"})
"""Operators that lose nothing in int8, or stand after everything that decides."""


def operator_count(content: bytes) -> int:
    """Return how many operators a file has."""
    return len(_opened(content).subgraphs[0].operators)


def mix(narrow: bytes, wide: bytes, widened: Collection[int]) -> bytes:
    """Return the int8 file with some operators as they are in the int16x8 file.

    Args:
        narrow: int8, input and output included; they stay so.
        wide: int16x8, of the same network.
        widened: Numbers of operators, in their order in the file.

    Raises:
        ModelError: ``model.operators_differ`` if the files do not match.
    """
    return _mixed(_opened(narrow), _opened(wide), frozenset(widened), narrow_end=True)


def damage_of_int8(
    narrow: bytes,
    wide: bytes,
    inputs: NDArray[np.float32],
    check: Callable[[], None] = lambda: None,
) -> NDArray[np.float64]:
    """Return how much int8 in each operator alone changes the answer before the softmax.

    Args:
        narrow: As of `mix`.
        wide: As of `mix`.
        inputs: ``(inputs, ...)`` in 0 to 1.
        check: Called between operators; may raise to end it.

    Returns:
        ``(operators,)``: mean squared difference against all of it in int16x8; 0 for those
        that add nothing up.
    """
    small, large = (_without_softmax(_opened(content)) for content in (narrow, wide))
    names = _names(small)
    every = frozenset(range(len(names)))
    truth = run_reference(_mixed(small, large, every, narrow_end=False), inputs)
    found = np.zeros(operator_count(narrow))
    for number in sorted(every):
        check()
        if names[number] not in _NO_SUMS:
            mixed = _mixed(small, large, every - {number}, narrow_end=False)
            found[number] = np.mean((run_reference(mixed, inputs) - truth) ** 2)
    return found


def _opened(content: bytes) -> Any:
    return flatbuffer_utils.convert_bytearray_to_object(bytearray(content))


def _name(model: Any, operator: Any) -> str:
    code = model.operatorCodes[operator.opcodeIndex].builtinCode
    return next(str(n) for n, v in vars(schema.BuiltinOperator).items() if v == code)


def _names(model: Any) -> list[str]:
    return [_name(model, operator) for operator in model.subgraphs[0].operators]


def _without_softmax(model: Any) -> Any:
    """Return a copy that ends before a last softmax, whose 256 steps would hide differences."""
    graph = model.subgraphs[0]
    if _names(model)[-1] == "SOFTMAX":
        graph.outputs = np.array([graph.operators[-1].inputs[0]], np.int32)
        graph.operators = graph.operators[:-1]
    model.signatureDefs = None
    return model


def _mixed(narrow: Any, wide: Any, widened: frozenset[int], *, narrow_end: bool) -> bytes:
    if _names(narrow) != _names(wide):
        raise ModelError(
            "Its int8 and int16x8 files are made of different operators.",
            "Convert all of it to int16x8.",
            code="model.operators_differ",
        )
    made = copy.deepcopy(narrow)
    work = _Mixing(made, wide)
    pairs = zip(made.subgraphs[0].operators, wide.subgraphs[0].operators, strict=True)
    for number, (small, large) in enumerate(pairs):
        if number in widened:
            work.add_wide(small, large)
        else:
            work.add_narrow(small)
    return work.finished(narrow_end=narrow_end)


class _Mixing:
    """The file being made: the narrow one, with tensors and operators of the wide one."""

    def __init__(self, model: Any, wide: Any) -> None:
        self._model = model
        self._graph = model.subgraphs[0]
        self._wide = wide
        self._made: set[int] = {int(i) for i in self._graph.inputs}
        self._wide_of: dict[int, int] = {}
        self._operators: list[Any] = []

    def add_narrow(self, small: Any) -> None:
        """Add an operator as it is in the narrow file."""
        for index in small.inputs:
            self._narrowed(int(index))
        self._made |= {int(i) for i in small.outputs}
        self._operators.append(small)

    def add_wide(self, small: Any, large: Any) -> None:
        """Add an operator as it is in the wide file."""
        pairs = list(zip(map(int, small.inputs), map(int, large.inputs), strict=True))
        read = [self._widened(mine, theirs) for mine, theirs in pairs]
        made = []
        for mine, theirs in zip(map(int, small.outputs), map(int, large.outputs), strict=True):
            self._wide_of[mine] = self._taken(theirs)
            made.append(self._wide_of[mine])
        operator = copy.deepcopy(large)
        operator.opcodeIndex = self._code(self._wide.operatorCodes[large.opcodeIndex])
        operator.inputs, operator.outputs = np.array(read, np.int32), np.array(made, np.int32)
        self._operators.append(operator)

    def finished(self, *, narrow_end: bool) -> bytes:
        """Return the file."""
        ends = [int(index) for index in self._graph.outputs]
        if narrow_end:
            for index in ends:
                self._narrowed(index)
        else:
            ends = [self._wide_of.get(index, index) for index in ends]
            self._graph.outputs = np.array(ends, np.int32)
        self._graph.operators = self._operators
        _drop_unused(self._model)
        return bytes(flatbuffer_utils.convert_object_to_bytearray(self._model))

    def _widened(self, mine: int, theirs: int) -> int:
        """Return the wide form of what an operator reads."""
        if theirs < 0:
            return theirs
        if _is_constant(self._wide, self._wide.subgraphs[0].tensors[theirs]):
            return self._taken(theirs)
        if mine not in self._wide_of:
            self._wide_of[mine] = self._taken(theirs)
            self._add_quantize(mine, self._wide_of[mine])
        return self._wide_of[mine]

    def _narrowed(self, mine: int) -> None:
        """See that the narrow form of a tensor is there."""
        if mine in self._wide_of and mine not in self._made:
            self._add_quantize(self._wide_of[mine], mine)
            self._made.add(mine)

    def _taken(self, theirs: int) -> int:
        """Copy a tensor of the wide file and return its new number."""
        tensor = copy.deepcopy(self._wide.subgraphs[0].tensors[theirs])
        tensor.name = _text(tensor.name) + b"/int16x8"
        self._model.buffers.append(copy.deepcopy(self._wide.buffers[tensor.buffer]))
        tensor.buffer = len(self._model.buffers) - 1
        self._graph.tensors.append(tensor)
        return len(self._graph.tensors) - 1

    def _add_quantize(self, source: int, target: int) -> None:
        code = schema.OperatorCodeT()
        code.builtinCode = code.deprecatedBuiltinCode = schema.BuiltinOperator.QUANTIZE
        code.version = _QUANTIZE_VERSION
        operator = schema.OperatorT()
        operator.opcodeIndex = self._code(code)
        operator.inputs = np.array([source], np.int32)
        operator.outputs = np.array([target], np.int32)
        operator.builtinOptionsType = schema.BuiltinOptions.QuantizeOptions
        operator.builtinOptions = schema.QuantizeOptionsT()
        self._operators.append(operator)

    def _code(self, wanted: Any) -> int:
        for index, known in enumerate(self._model.operatorCodes):
            if (known.builtinCode, known.version) == (wanted.builtinCode, wanted.version):
                return index
        self._model.operatorCodes.append(copy.deepcopy(wanted))
        return len(self._model.operatorCodes) - 1


def _text(name: Any) -> bytes:
    return name if isinstance(name, bytes) else str(name).encode()


def _is_constant(model: Any, tensor: Any) -> bool:
    data = model.buffers[tensor.buffer].data
    return data is not None and len(data) > 0


def _drop_unused(model: Any) -> None:
    """Take out tensors and buffers nobody refers to, and number the rest anew."""
    graph = model.subgraphs[0]
    lists = [graph.inputs, graph.outputs]
    lists += [indices for one in graph.operators for indices in (one.inputs, one.outputs)]
    used = sorted({int(index) for indices in lists for index in indices if index >= 0})
    place = {old: new for new, old in enumerate(used)} | {-1: -1}

    def renumbered(indices: Any) -> Any:
        return np.array([place[int(index)] for index in indices], np.int32)

    graph.tensors = [graph.tensors[index] for index in used]
    graph.inputs, graph.outputs = renumbered(graph.inputs), renumbered(graph.outputs)
    for one in graph.operators:
        one.inputs, one.outputs = renumbered(one.inputs), renumbered(one.outputs)
    for signature in model.signatureDefs or ():
        for end in (*(signature.inputs or ()), *(signature.outputs or ())):
            end.tensorIndex = place[end.tensorIndex]
    holders = [*graph.tensors, *(model.metadata or ())]
    buffers = sorted({0, *(holder.buffer for holder in holders)})
    where = {old: new for new, old in enumerate(buffers)}
    model.buffers = [model.buffers[index] for index in buffers]
    for holder in holders:
        holder.buffer = where[holder.buffer]
