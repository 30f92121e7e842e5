"""Generated code beside the reference kernels, tensor by tensor."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from ai_edge_litert.interpreter import Interpreter, OpResolverType

from studio.codegen import Generated, Settings, generate
from studio.runtimes.tflite_file import read_model

__all__ = ["Comparison", "compare", "random_inputs"]

STRICT = ("-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-O1")
SANITIZED = (*STRICT, "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all")

_DRIVER = """
#include <stdio.h>
#include <stdint.h>
static void tell(int tensor, const void *from, int bytes)
{{
    const int32_t head[2] = {{tensor, bytes}};
    fwrite(head, sizeof head, 1, stdout);
    fwrite(from, 1, (size_t)bytes, stdout);
}}
#define {upper}_TRACE(tensor, from, bytes) tell(tensor, from, (int)(bytes))
#include "{name}.c"
static uint64_t arena[{upper}_ARENA_BYTES / 8 + 1];
int main(void)
{{
    for (;;) {{
{reads}
        {name}_run(arena);
{tells}
        tell(-1, arena, 0);
    }}
}}
"""
_READ = "        if (fread({at}(arena), 1, {bytes}, stdin) != {bytes}) return 0;"
_TELL = "        tell({index}, {at}(arena), {bytes});"


@dataclass(slots=True)
class Comparison:
    """What came out.

    Attributes:
        generated: The code.
        differing: Bytes that differ from the reference, by tensor; only tensors that do.
        compared: Tensors that were compared.
    """

    generated: Generated
    differing: dict[int, int] = field(default_factory=dict)
    compared: set[int] = field(default_factory=set)


def random_inputs(content: bytes, count: int, seed: int = 0) -> list[list[npt.NDArray[Any]]]:
    """Return inputs for every input of a model: random codes, and the extremes first."""
    interpreter = _interpreter(content)
    rng = np.random.default_rng(seed)
    return [[_random(rng, d, at) for d in interpreter.get_input_details()] for at in range(count)]


def _random(rng: np.random.Generator, detail: Any, at: int) -> npt.NDArray[Any]:
    kind, shape = np.dtype(detail["dtype"]), detail["shape"]
    if kind.kind == "f":
        return rng.normal(size=shape).astype(kind)
    limits = np.iinfo(kind)
    if at < 2:
        return np.full(shape, (limits.min, limits.max)[at], kind)
    return rng.integers(limits.min, limits.max, size=shape, dtype=kind, endpoint=True)


def compare(
    content: bytes,
    folder: Path,
    count: int = 8,
    kernels: str = "c99",
    flags: tuple[str, ...] = STRICT,
    inputs: list[list[npt.NDArray[Any]]] | None = None,
) -> Comparison:
    """Generate, compile for this computer, run, and compare every tensor both sides have."""
    generated = generate(content, Settings(name="net", kernels=kernels, trace=True))
    inputs = random_inputs(content, count) if inputs is None else inputs
    program = _compiled(generated, folder, flags)
    sent = b"".join(array.tobytes() for sample in inputs for array in sample)
    said = subprocess.run([program], input=sent, capture_output=True, timeout=120, check=False)
    assert said.returncode == 0, said.stderr.decode("utf-8", "replace")[-3000:]
    return _compared(generated, content, inputs, said.stdout)


def _compiled(generated: Generated, folder: Path, flags: tuple[str, ...]) -> Path:
    name = generated.prefix
    for file, text in generated.files.items():
        (folder / file).write_text(text, encoding="utf-8")
    (folder / "driver.c").write_text(_driver(generated), encoding="utf-8")
    program = folder / "program"
    command = ["gcc", *flags, "-o", str(program), "driver.c"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{name}: {done.stderr[:3000]}"
    return program


def _driver(generated: Generated) -> str:
    graph, name = generated.graph, generated.prefix

    def ends(kind: str, indices: tuple[int, ...], line: str) -> str:
        many = len(indices) > 1
        return "\n".join(
            line.format(
                at=f"{name}_{kind}" + (f"_{place}" if many else ""),
                bytes=graph.tensors[index].size_bytes,
                index=index,
            )
            for place, index in enumerate(indices)
        )

    return _DRIVER.format(
        name=name,
        upper=name.upper(),
        reads=ends("input", graph.inputs, _READ),
        tells=ends("output", graph.outputs, _TELL),
    )


def _compared(
    generated: Generated, content: bytes, inputs: list[list[npt.NDArray[Any]]], said: bytes
) -> Comparison:
    result, at = Comparison(generated), 0
    interpreter = _interpreter(content)
    details = interpreter.get_input_details()
    count = len(read_model(content).graphs[0].tensors)
    for sample in inputs:
        for detail, values in zip(details, sample, strict=True):
            interpreter.set_tensor(detail["index"], values)
        interpreter.reset_all_variables()  # the generated code keeps nothing between runs
        interpreter.invoke()
        begun: dict[int, bytes] = {}
        for index, piece in _told(said, at):
            at += 8 + len(piece)
            if index >= count:
                continue  # made by a pass; the interpreter has none like it
            ours, reference = begun.pop(index, b"") + piece, interpreter.get_tensor(index).tobytes()
            if len(ours) < len(reference):
                begun[index] = ours  # it is told row by row
            else:
                _note(result, index, ours, reference)
        for index, ours in begun.items():  # rows at the end that nobody reads are not made
            _note(result, index, ours, interpreter.get_tensor(index).tobytes()[: len(ours)])
        at += 8
    assert at == len(said), "the program said more than it should"
    return result


def _told(said: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield tensor and content of each record of one run; tensor -1 ends it."""
    while True:
        assert at + 8 <= len(said), "the program stopped early"
        index, length = (int(v) for v in np.frombuffer(said, np.int32, 2, at))
        if index < 0:
            return
        yield index, said[at + 8 : at + 8 + length]
        at += 8 + length


def _note(result: Comparison, index: int, ours: bytes, reference: bytes) -> None:
    assert len(ours) == len(reference), f"tensor {index}: {len(ours)} of {len(reference)} bytes"
    result.compared.add(index)
    wrong = np.frombuffer(ours, np.uint8) != np.frombuffer(reference, np.uint8)
    if wrong.any():
        result.differing[index] = result.differing.get(index, 0) + int(wrong.sum())


def _interpreter(content: bytes) -> Any:
    interpreter = Interpreter(
        model_content=content,
        experimental_op_resolver_type=OpResolverType.BUILTIN_REF,
        experimental_preserve_all_tensors=True,
        num_threads=1,
    )
    interpreter.allocate_tensors()
    return interpreter
