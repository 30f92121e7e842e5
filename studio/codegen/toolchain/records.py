"""What the toolchain takes and gives: C text in, figures and answers out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields

import numpy as np
from numpy.typing import NDArray

from studio.domain.figure import Figure, FigureKind

__all__ = ["Build", "CSource", "Emulation", "HostRun", "Int8Rows", "Overflow", "Sizes"]

Int8Rows = NDArray[np.int8]
"""One row of bytes an input."""

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_FILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*\.[ch]")


@dataclass(frozen=True, slots=True, kw_only=True)
class CSource:
    """Generated C with the calls of one model.

    Attributes:
        name: Prefix of the functions: ``NAME_input``, ``NAME_output``, ``NAME_run``.
        files: Text of every file by its name, at least a header and a ``.c`` file.
        inputs: Bytes of each input tensor. Several are asked for by ``NAME_input_0`` and so
            on, and lie one behind the other in what the programs here are given.
        outputs: Bytes of each output tensor, likewise.
        header: Which of the files declares the functions and ``NAME_ARENA_BYTES``.
        macro: Prefix of the macros; the name in capitals where it is left empty.
    """

    name: str
    files: Mapping[str, str]
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    header: str = "model.h"
    macro: str = ""

    def __post_init__(self) -> None:
        for prefix in (self.name, self.macro or self.name):
            if not _IDENTIFIER.fullmatch(prefix):
                raise ValueError(f"{prefix!r} is not a name in C")
        if bad := [name for name in self.files if not _FILE.fullmatch(name)]:
            raise ValueError(f"{bad[0]!r} is not the name of a C file here")
        sizes = (*self.inputs, *self.outputs)
        if not (self.header in self.files and self.inputs and self.outputs and min(sizes) > 0):
            raise ValueError("a header, an input and an output are needed")

    @property
    def input_bytes(self) -> int:
        """Bytes of all inputs together."""
        return sum(self.inputs)

    @property
    def output_bytes(self) -> int:
        """Bytes of all outputs together."""
        return sum(self.outputs)

    @property
    def macro_prefix(self) -> str:
        """What the macros' names begin with."""
        return self.macro or self.name.upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Overflow:
    """A memory of the device into which the program does not fit, as the linker says it.

    Attributes:
        region: ``"FLASH"`` or ``"RAM"``.
        bytes: How many bytes too many.
    """

    region: str
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """Bytes of the linked program by what they are for, without the gaps of alignment.

    Attributes:
        code: Instructions and literals of the generated C.
        weights: Its constants: weights, biases, multipliers, tables.
        helpers: The compiler's own functions it needs, for example a 64-bit multiplication.
        firmware: Vector table of the architecture, startup, ``main``, ``memcpy`` and the like.
        data: Variables with a first value; they take flash as well as RAM.
        bss: Other variables, the arena and the stack apart.
        arena: The model's working memory with its input and output.
        stack: What the linker was asked to keep for the stack.
    """

    code: int
    weights: int
    helpers: int
    firmware: int
    data: int
    bss: int
    arena: int
    stack: int

    @property
    def flash(self) -> int:
        """All that lies in flash."""
        return self.code + self.weights + self.helpers + self.firmware + self.data

    @property
    def ram(self) -> int:
        """All that lies in RAM."""
        return self.data + self.bss + self.arena + self.stack

    def figures(self, how: str) -> dict[str, Figure]:
        """Return the sizes as measured figures, with ``flash`` and ``ram``.

        The stack is not among them: it was asked for, not measured.
        """
        kept = f"{how}; {self.stack:,} bytes of RAM kept for the stack"
        names = [part.name for part in fields(self) if part.name != "stack"] + ["flash"]
        sizes = {name: Figure.measured(getattr(self, name), "B", how) for name in names}
        return {**sizes, "ram": Figure.measured(self.ram, "B", kept)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """A program linked for one device.

    Attributes:
        core: Name of the row of ``assets/toolchain/cores.toml``.
        compiler: Which compiler made it, with its version.
        sizes: Measured in the linked file.
        overflows: What the linker refused; empty where everything fits.
        unknown: Regions that were not checked: the catalogue knows no size, or an operating
            system gives the program its memory.
        how: How the sizes were made and what is not in them, in a sentence.
        elf: The linked file; linked into endless memories where the device's were too small.
            Empty for a device with an operating system: there its own tools link.
    """

    core: str
    compiler: str
    sizes: Sizes
    overflows: tuple[Overflow, ...]
    unknown: tuple[str, ...]
    how: str
    elf: bytes = field(repr=False)

    @property
    def fits(self) -> bool | None:
        """Whether the linker took it; None where a size of the device is unknown."""
        if self.overflows:
            return False
        return None if self.unknown else True

    def figures(self) -> dict[str, Figure]:
        """Return every size as a measured figure."""
        return self.sizes.figures(self.how)


@dataclass(frozen=True, slots=True, kw_only=True)
class HostRun:
    """What the generated C answered on this computer.

    Attributes:
        outputs: int8 ``(inputs, output bytes)``.
        tensors: Every traced tensor by its index, int8 ``(inputs, bytes of the tensor)``;
            empty without a trace.
        compiler: Which compiler made the program, with its version.
    """

    outputs: Int8Rows
    tensors: Mapping[int, Int8Rows]
    compiler: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Emulation:
    """What the generated C answered and took on an emulated core.

    Attributes:
        outputs: int8 ``(inputs, output bytes)``.
        tensors: As in `HostRun`.
        instructions: Of each inference; with a trace empty, because tracing costs some.
        stack_bytes: Deepest use of the stack by an inference.
        resolution: Instructions a tick of the counter stands for: a count is that exact.
        core: The core that was emulated, which may stand in for the one asked for.
        compiler: Which compiler made the program, with its version.
        how: How the counts were made, in a sentence.
    """

    outputs: Int8Rows
    tensors: Mapping[int, Int8Rows]
    instructions: tuple[int, ...]
    stack_bytes: int
    resolution: float
    core: str
    compiler: str
    how: str

    def figures(self) -> dict[str, Figure]:
        """Return ``instructions`` (the most of any inference) and ``stack``, emulated."""
        most = max(self.instructions, default=None)
        return {
            "instructions": Figure.unknown("instructions", "The run was traced.")
            if most is None
            else _emulated(most, "instructions", self.how),
            "stack": _emulated(self.stack_bytes, "B", self.how),
        }


def _emulated(value: int, unit: str, how: str) -> Figure:
    return Figure(value=value, unit=unit, kind=FigureKind.EMULATED, source=how)
