"""From steps and a memory plan to C."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from studio.codegen.emit_stream import StreamText
from studio.codegen.graph import Graph, Tensor
from studio.codegen.memory import Plan
from studio.codegen.names import comment, constants, literal
from studio.codegen.steps import Step
from studio.resources import assets

__all__ = ["Program", "header", "source"]

_C_TYPES = {
    "int8": "int8_t", "uint8": "uint8_t", "int16": "int16_t", "uint16": "uint16_t",
    "int32": "int32_t", "int64": "int64_t", "float32": "float", "bool": "uint8_t",
}  # fmt: skip
_NEEDS = "/* needs:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """All that is written down.

    Attributes:
        prefix: Of every public name: a lower-case identifier.
        graph: Tensors.
        steps: In order.
        plan: Of the arena.
        kernels: Sets to take kernels from, the first that has one wins.
        classes: Names of the classes, in the order of the outputs; may be empty.
        trace: Whether each step tells its output to ``<PREFIX>_TRACE``, for tests.
        about: Lines for the head of the files.
    """

    prefix: str
    graph: Graph
    steps: Sequence[Step]
    plan: Plan
    kernels: Sequence[str]
    classes: Sequence[str] = ()
    trace: bool = False
    about: Sequence[str] = ()


def header(program: Program) -> str:
    """Return the text of ``<prefix>.h``."""
    upper = program.prefix.upper()
    parts = [
        _head(program),
        f"#ifndef {upper}_H\n#define {upper}_H\n\n#include <stdint.h>\n",
        f"/* Working memory: pass {upper}_ARENA_BYTES bytes, aligned to 4, to every call. Nothing\n"
        "   is kept between two runs, and a run overwrites its input. */\n"
        f"#define {upper}_ARENA_BYTES {program.plan.arena_bytes}\n",
        f"/* Defines a static arena: {upper}_ARENA(memory); {program.prefix}_run(memory); */\n"
        f"#define {upper}_ARENA(name) static uint32_t name[({upper}_ARENA_BYTES + 3) / 4]\n",
        *(_end(program, "input", i, t) for i, t in enumerate(program.graph.inputs)),
        *(_end(program, "output", i, t) for i, t in enumerate(program.graph.outputs)),
        _classes(program),
        f"void {program.prefix}_run(void *arena);\n\n#endif\n",
    ]
    return "\n".join(part for part in parts if part)


def source(program: Program) -> str:
    """Return the text of ``<prefix>.c``."""
    constant = _Constants()
    layers = [
        f"static const {step.kernel}_layer {name} = {constant.initialiser(step.layer)};\n"
        for name, step in _calls(program)
        if step.layer
    ]
    run = _run(program, constant)
    return "\n".join(
        [
            _head(program),
            f'#include "{program.prefix}.h"\n',
            *kernel_texts([step.kernel for _, step in _calls(program)], tuple(program.kernels)),
            *constant.texts,
            *layers,
            *(_access(program, "input", i, t) for i, t in enumerate(program.graph.inputs)),
            *(_access(program, "output", i, t) for i, t in enumerate(program.graph.outputs)),
            *_streams(program),
            run,
        ]
    )


def _calls(program: Program) -> Iterator[tuple[str, Step]]:
    """Yield all that is called, with the name of its layer; stages of a stream, too."""
    for at, step in enumerate(program.steps):
        yield f"layer_{at}", step
        for number, stage in enumerate(step.stream.stages if step.stream else ()):
            yield f"layer_{at}_{number}", stage


def _streams(program: Program) -> list[str]:
    def pointer(index: int, place: str, const: bool) -> str:
        kind = "const " * const + _type(program.graph.tensors[index])
        return f"({kind} *)({'const ' * const}void *)({place})"

    trace = f"{program.prefix.upper()}_TRACE" if program.trace else ""
    return [
        StreamText(
            at=at, step=step, graph=program.graph, plan=program.plan, pointer=pointer, trace=trace
        ).text()
        for at, step in enumerate(program.steps)
        if step.stream
    ]


def kernel_texts(names: Sequence[str], sets: tuple[str, ...]) -> list[str]:
    """Return the kernels' texts and those of all they need, each once, needed ones first."""
    found: dict[str, str] = {}

    def visit(name: str) -> None:
        if name and name not in found:
            needs, text = _kernel(name, sets)
            for need in needs:
                visit(need)
            found[name] = text

    for name in names:
        visit(name)
    return list(found.values())


@cache
def _kernel(name: str, sets: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    folder = assets() / "kernels"
    path = next(p for p in (folder / kind / f"{name}.c" for kind in sets) if p.is_file())
    first, _, text = path.read_text(encoding="utf-8").partition("\n")
    return tuple(first.removeprefix(_NEEDS).removesuffix("*/").split()), text


@dataclass(slots=True)
class _Constants:
    """Constant arrays, each written once however often it is used."""

    texts: list[str] = field(default_factory=list)
    _names: dict[tuple[str, bytes], str] = field(default_factory=dict)

    def initialiser(self, members: Mapping[str, Any]) -> str:
        inside = ", ".join(f".{name} = {self._value(value)}" for name, value in members.items())
        return "{" + inside + "}"

    def _value(self, value: Any) -> str:
        if isinstance(value, Mapping):
            return self.initialiser(value)
        if isinstance(value, np.ndarray):
            return self.array(value)
        return _number(value)

    def array(self, values: npt.NDArray[Any]) -> str:
        """Return the name of an array."""
        key = (values.dtype.name, values.tobytes())
        if key not in self._names:
            self._names[key] = name = f"data_{len(self._names)}"
            kind = _C_TYPES[values.dtype.name]
            lines = _lines(values)
            self.texts.append(f"static const {kind} {name}[{values.size}] = {{\n{lines}\n}};\n")
        return self._names[key]


def _number(value: int | float) -> str:
    if isinstance(value, float):
        return f"{float(np.float32(value)).hex()}f"  # C99 reads hexadecimal floats exactly
    if value == -(1 << 31):
        return "(-2147483647 - 1)"
    return str(int(value))


def _lines(values: npt.NDArray[Any]) -> str:
    texts = (
        [str(v) for v in values.tolist()]
        if values.dtype.kind in "iu" and values.dtype.itemsize < 4
        else [_number(v) for v in values.tolist()]
    )
    return "\n".join("    " + ", ".join(texts[i : i + 16]) + "," for i in range(0, len(texts), 16))


def _head(program: Program) -> str:
    lines = "\n".join(f"   {comment(line)}" for line in program.about)
    return f"/* Generated by Edge AutoML Studio; change the model, not this file.\n{lines} */\n"


def _type(tensor: Tensor) -> str:
    return _C_TYPES[tensor.dtype]


def _suffix(program: Program, kind: str, place: int) -> str:
    ends = program.graph.inputs if kind == "input" else program.graph.outputs
    return f"{program.prefix}_{kind}" + (f"_{place}" if len(ends) > 1 else "")


def _end(program: Program, kind: str, place: int, index: int) -> str:
    tensor, name = program.graph.tensors[index], _suffix(program, kind, place)
    const = "const " if kind == "output" else ""
    shape = " x ".join(str(size) for size in tensor.shape)
    return (
        f"/* {kind.capitalize()} {shape}: real value = scale * (code - zero point). */\n"
        f"#define {name.upper()}_COUNT {tensor.elements}\n"
        + "".join(f"#define {name.upper()}_{what} {value}\n" for what, value in _meaning(tensor))
        + f"{const}{_type(tensor)} *{name}({const}void *arena);\n"
    )


def _meaning(tensor: Tensor) -> list[tuple[str, str]]:
    if len(tensor.scales) != 1:
        return []
    return [("SCALE", repr(tensor.scale) + "f"), ("ZERO_POINT", f"({tensor.zero_point})")]


def _classes(program: Program) -> str:
    if not program.classes:
        return ""
    upper = program.prefix.upper()
    members = ",\n".join(
        f"    {upper}_CLASS_{name} = {place}"
        for place, name in enumerate(constants(program.classes))
    )
    texts = ", \\\n    ".join(literal(name) for name in program.classes)
    return (
        f"/* What each output stands for. */\nenum {program.prefix}_class {{\n{members}\n}};\n"
        f"#define {upper}_CLASS_NAMES {{ \\\n    {texts}}}\n"
    )


def _access(program: Program, kind: str, place: int, index: int) -> str:
    tensor, name = program.graph.tensors[index], _suffix(program, kind, place)
    const = "const " if kind == "output" else ""
    pointer = _pointer(tensor, program.plan.offsets[index], const)
    return f"{const}{_type(tensor)} *{name}({const}void *arena)\n{{\n    return {pointer};\n}}\n"


def _pointer(tensor: Tensor, offset: int, const: str = "") -> str:
    # By way of void: the arena is aligned, which the compiler cannot know.
    return f"({const}{_type(tensor)} *)({const}void *)(({const}uint8_t *)arena + {offset})"


def _run(program: Program, constant: _Constants) -> str:
    calls = "".join(_call(program, constant, at, step) for at, step in enumerate(program.steps))
    return f"void {program.prefix}_run(void *arena)\n{{\n{calls}}}\n"


def _call(program: Program, constant: _Constants, at: int, step: Step) -> str:
    if step.is_alias:
        return ""
    if step.stream:
        return f"    stream_{at}((uint8_t *)arena);\n"
    tensors, offsets = program.graph.tensors, program.plan.offsets
    arguments = [f"&layer_{at}"] if step.layer else []
    inputs = [_argument(program, constant, i) for i in step.inputs]
    outputs = [_pointer(tensors[i], offsets[i]) for i in step.outputs]
    if step.listed:
        inputs = [f"(const void *const[]){{{', '.join(inputs)}}}"]
        outputs = [f"(void *const[]){{{', '.join(outputs)}}}"]
    arguments += [*inputs, *outputs]
    if step.scratch_bytes:
        arguments.append(f"(void *)((uint8_t *)arena + {program.plan.scratch[at]})")
    call = f"    {step.kernel}({', '.join(arguments)});\n"
    return call + (_traces(program, step) if program.trace else "")


def _argument(program: Program, constant: _Constants, index: int) -> str:
    tensor = program.graph.tensors[index]
    if tensor.data is not None:
        return constant.array(np.ravel(tensor.data))
    return _pointer(tensor, program.plan.offsets[index], "const ")


def _traces(program: Program, step: Step) -> str:
    return "".join(
        f"    {program.prefix.upper()}_TRACE({index}, "
        f"(const uint8_t *)arena + {program.plan.offsets[index]}, "
        f"{program.graph.tensors[index].size_bytes});\n"
        for index in step.outputs
    )
