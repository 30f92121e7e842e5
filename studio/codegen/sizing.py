"""What generated C takes on a core: measured where it is compiled, else a range from real builds.

Estimated are code, weights and stack only: the arena is the generator's own plan and known
without a compiler. `packaging/fit_footprints.py` makes the table of ranges and says how often
they hold for a model that is left out.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from studio.codegen import toolchain
from studio.codegen.generating import Generated, Settings, generate
from studio.codegen.proving import c_source, random_inputs
from studio.codegen.toolchain import Core, core_named
from studio.codegen.toolchain.stack import stack_of
from studio.domain.device import Device, DeviceKind, Fact
from studio.domain.errors import ModelError, ToolchainError
from studio.domain.figure import Figure, FigureKind
from studio.domain.footprint import Footprint
from studio.resources import assets

__all__ = [
    "Outline",
    "Traits",
    "estimate_footprint",
    "kernels_for",
    "measure_footprint",
    "outline_of",
    "traits_of",
]

_HELPER_STACK_BYTES = 64
"""Kept for the compiler's own functions, whose frames it does not tell; emulated: 16 to 28."""
_BYTES = {"int8_t": 1, "uint8_t": 1, "int16_t": 2, "int32_t": 4, "uint32_t": 4, "int64_t": 8}
_BYTES["float"] = 4
_ARRAY = re.compile(r"^static const (\w+) data_\d+\[(\d+)\]", re.MULTILINE)
_LAYER = re.compile(r"^static const \w+_layer .*$", re.MULTILINE)
_CONSTANT = re.compile(r"^static const \w+ \w+(?:\[\d+\])? = \{.*?\};$", re.MULTILINE | re.DOTALL)
_MEMBER = re.compile(r"\.\w+ = (?!\{)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What the text of generated C tells of its size.

    Attributes:
        arrays_bytes: Of all constant arrays.
        members: Numbers and pointers in the constants of the layers.
        letters: Of the text without constants, comments and spaces at the ends of lines.
    """

    arrays_bytes: int
    members: int
    letters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What is known of a model's C without compiling it.

    Attributes:
        refused: Why there is none, as a sentence; empty where there is.
        traits: What its text tells.
        arena_bytes: Its working memory.
        digest: SHA-256 of its text, which also changes with the generator.
    """

    refused: str = ""
    traits: Traits = Traits(arrays_bytes=0, members=0, letters=0)
    arena_bytes: int = 0
    digest: str = ""


def outline_of(content: bytes, core: str) -> Outline:
    """Return what is known of a model's C for a core; quick where it was asked before."""
    try:
        if core_named(core).impossible:
            return Outline(refused=core_named(core).why_not)
    except ToolchainError:
        pass  # a core nobody here knows: its vendor's compiler will
    return _outline(content, kernels_for(core))


@lru_cache(maxsize=256)
def _outline(content: bytes, kernels: str) -> Outline:
    try:
        generated = generate(content, Settings(kernels=kernels))
    except ModelError as error:
        return Outline(refused=error.happened)
    text = "".join(generated.files.values())
    return Outline(
        traits=traits_of(generated),
        arena_bytes=generated.arena_bytes,
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )


def traits_of(generated: Generated) -> Traits:
    """Return what the text tells; a pure function of the generated ``.c`` file."""
    text = generated.files[f"{generated.prefix}.c"]
    rest = _COMMENT.sub("", _CONSTANT.sub("", text))
    return Traits(
        arrays_bytes=sum(_BYTES.get(kind, 8) * int(count) for kind, count in _ARRAY.findall(text)),
        members=sum(len(_MEMBER.findall(layer)) for layer in _LAYER.findall(text)),
        letters=sum(len(line.strip()) for line in rest.splitlines()),
    )


def kernels_for(core: str) -> str:
    """Return the kernels that take the fewest instructions on a core; plain C on others."""
    try:
        return core_named(core).kernels
    except ToolchainError:
        return "c99"


def estimate_footprint(content: bytes, core: str) -> Footprint:
    """Return what a model takes on a core as generated C, without compiling it.

    Args:
        content: The TensorFlow Lite file; damaged ones are refused elsewhere.
        core: As a device file spells it.
    """
    kernels = kernels_for(core)
    outline = outline_of(content, core)
    if outline.refused:
        return Footprint.none(core, kernels, outline.refused)
    traits, table, how = outline.traits, _row(core), _how(core)
    low, high = table["code_per_letter"]
    shortest = max(0, traits.arrays_bytes - _UNUSED_BYTES)
    longest = traits.arrays_bytes + 4 * traits.members
    return Footprint(
        core=core,
        kernels=kernels,
        code=_range(low * traits.letters, high * traits.letters, how),
        weights=_range(shortest, longest, "the constants in the generated text, up to all of them"),
        variables=Figure.measured(0, "B", "generated code keeps nothing outside its arena"),
        arena=_arena(outline.arena_bytes),
        stack=_range(0, table["stack"], how),
        instructions=Figure.unknown("instructions", "Its instructions were not counted."),
    )


_UNUSED_BYTES = 128
"""Constants that a linker may leave out, at most, in the builds of the table."""


def measure_footprint(content: bytes, core: str, *, count: bool = True) -> Footprint:
    """Return what a model takes on a core, compiled and linked; instructions where emulated.

    Args:
        content: The TensorFlow Lite file.
        core: As a device file spells it.
        count: Whether to run it on an emulated core, where one is installed.

    Raises:
        ToolchainError: as `studio.codegen.toolchain.build_for`, where nothing can be compiled
            for the core.
    """
    row = core_named(core)
    if refused := outline_of(content, core).refused:
        return Footprint.none(core, row.kernels, refused)
    generated = generate(content, Settings(kernels=row.kernels))
    build = toolchain.build_for(c_source(generated), _nobodys_device(core))
    sizes, how = build.sizes, build.how
    return Footprint(
        core=core,
        kernels=row.kernels,
        code=Figure.measured(sizes.code + sizes.helpers + sizes.data, "B", how),
        weights=Figure.measured(sizes.weights, "B", how),
        variables=Figure.measured(sizes.data + sizes.bss, "B", how),
        arena=Figure.measured(sizes.arena, "B", how),
        stack=_stack(generated, row),
        instructions=_instructions(generated, core) if count else _uncounted("nobody asked"),
    )


def _nobodys_device(core: str) -> Device:
    """Return a device of which only the core is known, so that the linker refuses nothing."""
    nothing = Fact(value=None)
    return Device(
        id=core,
        name=core,
        vendor="",
        kind=DeviceKind.MICROCONTROLLER,
        core=core,
        clock_hz=nothing,
        ram_bytes=nothing,
        flash_bytes=nothing,
        runtimes=(),
    )


def _stack(generated: Generated, core: Core) -> Figure:
    if core.firmware == "none":
        why = "the operating system gives a program its stack, usually megabytes"
        return Figure.unknown("B", why)
    try:
        used = stack_of(c_source(generated), core)
    except ToolchainError as error:
        return Figure.unknown("B", error.happened)
    how = f"frames as {used.compiler} tells them, along the deepest chain of calls"
    if not used.helpers:
        return Figure.measured(used.bytes, "B", how)
    more = f"; {_HELPER_STACK_BYTES} bytes kept for the compiler's {', '.join(used.helpers)}"
    return _range(used.bytes, used.bytes + _HELPER_STACK_BYTES, how + more)


def _instructions(generated: Generated, core: str) -> Figure:
    try:
        run = toolchain.emulate(c_source(generated), core, random_inputs(generated, 1).view("int8"))
    except (ToolchainError, OSError) as error:
        return _uncounted(getattr(error, "happened", str(error)))
    return run.figures()["instructions"]


def _uncounted(why: str) -> Figure:
    return Figure.unknown("instructions", why)


def _arena(count: int) -> Figure:
    how = "the generator's own plan of its memory, input and output included"
    return Figure.measured(count, "B", how)


def _range(low: float, high: float, how: str) -> Figure:
    return Figure(
        value=round(high),
        unit="B",
        kind=FigureKind.ESTIMATED,
        low=round(low),
        high=round(high),
        source=how,
    )


@cache
def _table() -> dict[str, Any]:
    content: dict[str, Any] = json.loads((assets() / "codegen" / "footprints.json").read_bytes())
    return content


def _row(core: str) -> Mapping[str, Any]:
    """Return the ranges of a core; those of all cores together where none was compiled for."""
    rows: Mapping[str, Mapping[str, Any]] = _table()["cores"]
    try:
        name = core_named(core).name
    except ToolchainError:
        name = ""
    return rows[name] if name in rows else _table()["any"]


def _how(core: str) -> str:
    table = _table()
    try:
        name = core_named(core).name
    except ToolchainError:
        name = ""
    known = f"{table['models']} models compiled by {table['compiler']} at -O2"
    if name in table["cores"]:
        return f"from the length of the generated text; range of {known} for {name}"
    return f"from the length of the generated text; no {core} was among {known}: range of all cores"
