"""Is the generated C the model? Compiled, run and compared, tensor by tensor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

import numpy as np

from studio.codegen import toolchain
from studio.codegen.generating import Generated, Settings, generate
from studio.codegen.graph import Graph
from studio.codegen.toolchain import CSource
from studio.codegen.toolchain.records import Int8Rows
from studio.domain.device import Device
from studio.domain.errors import ToolchainError
from studio.domain.figure import Figure
from studio.runtimes.reference import Bytes, reference_tensors
from studio.runtimes.tflite_file import read_model

__all__ = ["Item", "Proof", "Standing", "c_source", "prove", "random_inputs"]

_TENSOR_BUDGET_BYTES = 256 << 20
"""Intermediate tensors are compared for as many inputs as this holds; outputs for all."""

_EMULATED_INPUTS = 5
"""Inputs of an emulated run: exactness was shown on many already, this shows the Arm code."""


_WRONG_REFERENCES = {
    ("SUM", "int8"): "LiteRT 2.3.0's reference kernel of SUM reads int8 codes as if they were uint8"
}
"""Operators, with the element type they sum, whose reference cannot tell right from wrong."""


class Standing(StrEnum):
    """How an item of a proof stands."""

    PROVED = "proved"
    FAILED = "failed"
    NOT_DONE = "not done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that was to be shown.

    Attributes:
        id: ``"host"``, ``"memory"``, ``"device"`` or ``"emulation"``.
        standing: Whether it was.
        sentence: What was done, or why it was not.
        figures: Numbers that came of it, by name.
        inputs: How many inputs it was shown on.
    """

    id: str
    standing: Standing
    sentence: str
    figures: Mapping[str, Figure] = field(default_factory=dict)
    inputs: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return the plain form used in files and on the command line."""
        return {
            "id": self.id,
            "standing": str(self.standing),
            "sentence": self.sentence,
            "figures": {name: figure.as_json() for name, figure in self.figures.items()},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was shown of a model's C code.

    Attributes:
        generated: The code.
        items: In the order they were done.
        differing_bytes: Bytes that differ from the reference on this computer; None if nothing
            was run.
    """

    generated: Generated
    items: tuple[Item, ...]
    differing_bytes: int | None = None

    @property
    def passed(self) -> bool:
        """Whether the code ran here and nothing that was done failed."""
        standings = [item.standing for item in self.items]
        return Standing.FAILED not in standings and standings[0] is Standing.PROVED


def c_source(generated: Generated) -> CSource:
    """Return generated code as the toolchain takes it."""
    tensors = generated.graph.tensors
    return CSource(
        name=generated.prefix,
        files=generated.files,
        header=f"{generated.prefix}.h",
        inputs=tuple(tensors[i].size_bytes for i in generated.graph.inputs),
        outputs=tuple(tensors[i].size_bytes for i in generated.graph.outputs),
    )


def random_inputs(generated: Generated, count: int, seed: int = 0) -> Bytes:
    """Return inputs of all codes, the two extremes first.

    Returns:
        uint8 ``(count, bytes)``: all inputs of the model, one behind the other.
    """
    rng = np.random.default_rng(seed)
    parts = [generated.graph.tensors[i] for i in generated.graph.inputs]
    columns = []
    for tensor in parts:
        if np.dtype(tensor.dtype).kind == "f":
            values = rng.normal(size=(count, tensor.elements)).astype(tensor.dtype)
        else:
            limits = np.iinfo(tensor.dtype)
            size = (count, tensor.elements)
            values = rng.integers(limits.min, limits.max, size, tensor.dtype, endpoint=True)
            values[:1], values[1:2] = limits.min, limits.max
        columns.append(np.ascontiguousarray(values).view(np.uint8).reshape(count, -1))
    return np.concatenate(columns, axis=1)


def prove(
    model: bytes,
    settings: Settings,
    *,
    inputs: Bytes | None = None,
    count: int = 200,
    device: Device | None = None,
    emulate: bool = False,
    on_item: Callable[[Item], None] = lambda item: None,
) -> Proof:
    """Show that generated code is the model, and what it takes on a device.

    Args:
        model: The TensorFlow Lite file.
        settings: Of its code.
        inputs: uint8 ``(N, bytes)`` to compare on; random codes where left out.
        count: How many random inputs.
        device: To link for; sizes are measured with its memories.
        emulate: Whether to run on an emulated core as well.
        on_item: Hears of every item when it is done; what it raises ends the proof.

    Raises:
        ModelError: if the model is damaged, cannot be generated, or the reference cannot run it.
    """
    traced = generate(model, replace(settings, trace=True))
    plain = generate(model, replace(settings, trace=False))
    questions = random_inputs(traced, count) if inputs is None else inputs
    host, differing = _on_host(model, traced, questions)
    items: list[Item] = []

    def done(item: Item) -> None:
        items.append(item)
        on_item(item)

    done(host)
    done(_memory(plain))
    if device is not None:
        done(_on_device(plain, device))
    if emulate:
        done(_emulated(model, plain, questions[:_EMULATED_INPUTS], device))
    return Proof(generated=plain, items=tuple(items), differing_bytes=differing)


def _on_host(model: bytes, generated: Generated, inputs: Bytes) -> tuple[Item, int | None]:
    if why := _why_incomparable(generated.graph):
        text = f"The C code was not compared with the model: {why}."
        return Item(id="host", standing=Standing.NOT_DONE, sentence=text), None
    source = c_source(generated)
    try:
        with toolchain.host_program(source, trace=True) as program:
            some = inputs[: _traced_inputs(generated)]
            first = program.run(some.view(np.int8))
            outputs = _outputs(model, generated, inputs)
            plain = program.run(inputs.view(np.int8)).outputs if len(inputs) > len(some) else None
    except (ToolchainError, OSError) as error:
        return _undone("host", error), None
    # Tensors that a pass of the generator added are not in the file.
    tensors = sorted(i for i in first.tensors if i < len(read_model(model).tensors))
    wanted = reference_tensors(model, some, tensors)
    differing = {i: _differing_so_far(first.tensors[i], wanted[i]) for i in tensors}
    differing[-1] = _differing(first.outputs if plain is None else plain, outputs)
    return _host_item(generated, differing, len(inputs), len(some), first.compiler)


def _why_incomparable(graph: Graph) -> str:
    found = ((node.operator, graph.tensors[node.outputs[0]].dtype) for node in graph.nodes)
    return next((_WRONG_REFERENCES[kind] for kind in found if kind in _WRONG_REFERENCES), "")


def _outputs(model: bytes, generated: Generated, inputs: Bytes) -> Bytes:
    found = reference_tensors(model, inputs, generated.graph.outputs)
    return np.concatenate([found[i] for i in generated.graph.outputs], axis=1)


def _traced_inputs(generated: Generated) -> int:
    size = sum(t.size_bytes for t in generated.graph.tensors if t.data is None)
    return max(1, _TENSOR_BUDGET_BYTES // max(1, size))


def _differing(ours: Int8Rows, reference: Bytes) -> int:
    return int(np.count_nonzero(ours.view(np.uint8) != reference))


def _differing_so_far(ours: Int8Rows, reference: Bytes) -> int:
    # Of a tensor made row by row, the last rows are left out if nobody reads them.
    return _differing(ours, reference[:, : ours.shape[1]])


def _host_item(
    generated: Generated, differing: Mapping[int, int], inputs: int, traced: int, compiler: str
) -> tuple[Item, int]:
    total = sum(differing.values())
    seen = "each" if traced >= inputs else f"the first {traced}"
    what = f"{inputs} inputs, {len(differing) - 1} tensors of {seen}"
    if not total:
        text = f"The C code, compiled by {compiler}, gives the reference's bytes: {what}."
        return Item(id="host", standing=Standing.PROVED, sentence=text, inputs=inputs), 0
    first = next(i for i, count in differing.items() if count)
    name = generated.graph.tensors[first].name if first >= 0 else "the output"
    text = f"{total:,} bytes differ from the reference ({what}), the first in {name!r}."
    return Item(id="host", standing=Standing.FAILED, sentence=text), total


def _memory(generated: Generated) -> Item:
    arena, bound = generated.arena_bytes, generated.lower_bound_bytes
    text = f"The working memory takes {arena:,} bytes; no placing could take less than {bound:,}."
    how = "the generated code's own plan of its memory"
    figures = {"arena": Figure.measured(arena, "B", how), "bound": Figure.measured(bound, "B", how)}
    return Item(id="memory", standing=Standing.PROVED, sentence=text, figures=figures)


def _on_device(generated: Generated, device: Device) -> Item:
    try:
        build = toolchain.build_for(c_source(generated), device)
    except (ToolchainError, OSError) as error:
        return _undone("device", error)
    sizes, figures = build.sizes, build.figures()
    if build.overflows:
        over = " and ".join(f"{o.region} by {o.bytes:,} bytes" for o in build.overflows)
        text = f"The linker refuses it for the {device.name}: it overflows {over}."
        return Item(id="device", standing=Standing.FAILED, sentence=text, figures=figures)
    text = (
        f"Compiled for the {device.name} by {build.compiler}: {sizes.flash:,} bytes of flash "
        f"({sizes.code:,} code, {sizes.weights:,} weights), {sizes.ram:,} bytes of RAM."
    )
    if build.unknown:
        text += f" Not checked against its {' and '.join(build.unknown)}."
    return Item(id="device", standing=Standing.PROVED, sentence=text, figures=figures)


def _emulated(model: bytes, generated: Generated, inputs: Bytes, device: Device | None) -> Item:
    core = "Cortex-M4F" if device is None else device.core
    try:
        run = toolchain.emulate(c_source(generated), core, inputs.view(np.int8))
    except (ToolchainError, OSError) as error:
        return _undone("emulation", error)
    wrong = _differing(run.outputs, _outputs(model, generated, inputs))
    figures = run.figures()
    count = f"{max(run.instructions):,} instructions and {run.stack_bytes:,} bytes of stack"
    if wrong:
        text = f"On an emulated {run.core} {wrong:,} bytes differ from the reference."
        return Item(id="emulation", standing=Standing.FAILED, sentence=text, figures=figures)
    text = f"On an emulated {run.core} {len(inputs)} inputs give the reference's bytes: {count}."
    return Item(
        id="emulation",
        standing=Standing.PROVED,
        sentence=text,
        figures=figures,
        inputs=len(inputs),
    )


def _undone(id: str, error: ToolchainError | OSError) -> Item:
    if isinstance(error, OSError):  # a full disk, most likely
        text = f"Not done: the folder for temporary files says {error.strerror or error}."
        return Item(id=id, standing=Standing.NOT_DONE, sentence=text)
    failed = error.code in ("toolchain.sanitizer", "toolchain.outside_arena", "toolchain.crashed")
    standing = Standing.FAILED if failed else Standing.NOT_DONE
    return Item(id=id, standing=standing, sentence=str(error))
