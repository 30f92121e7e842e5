"""A linker script from the device's memories, and what the linker says when they are too small."""

from __future__ import annotations

import re
from collections.abc import Sequence
from string import Template

from studio.codegen.toolchain.compilers import Compiler
from studio.codegen.toolchain.cores import Core
from studio.codegen.toolchain.elf import sections
from studio.codegen.toolchain.records import Overflow, Sizes
from studio.resources import assets

__all__ = [
    "ENDLESS_BYTES",
    "bare_metal",
    "link_options",
    "linker_script",
    "overflows",
    "sizes_of",
    "sizes_of_objects",
]

ENDLESS_BYTES = 0x10000000
"""Taken for a memory whose size nobody knows: more than any microcontroller has."""

# GNU ld: region `FLASH' overflowed by 12 bytes; lld: will not fit in region 'FLASH': overflowed
# by 12 bytes, once for each section behind the end.
_OVERFLOW = re.compile(r"region [`'](\w+)'(?:: | )overflowed by (\d+) byte")

_BARE = (
    "-ffreestanding",
    "-fomit-frame-pointer",  # the DSP kernels need every register
    "-ffunction-sections",
    "-fdata-sections",
    "-fno-unwind-tables",
    "-fno-asynchronous-unwind-tables",
    "-fno-common",
    "-isystem",
    "include",
)
# The parts of Sizes by output section of memories.ld.txt.
_PARTS = {
    ".vectors": "firmware",
    ".firmware": "firmware",
    ".model_code": "code",
    ".model_weights": "weights",
    ".helpers": "helpers",
    ".data": "data",
    ".bss": "bss",
    ".arena": "arena",
    ".stack": "stack",
}


def bare_metal(compiler: Compiler, core: Core) -> tuple[str, ...]:
    """Return the options that make a compiler work for a core without an operating system."""
    if compiler.id == "zig":
        target, processor = core.zig
        return ("-target", target, f"-mcpu={processor}", *_BARE)
    return (*core.gcc, *_BARE)


def linker_script(*, flash: tuple[int, int], ram: tuple[int, int], stack_bytes: int) -> str:
    """Return the linker script for two memories.

    Args:
        flash: First address and bytes of the memory for code and constants.
        ram: First address and bytes of the memory for everything else.
        stack_bytes: What to keep for the stack.
    """
    template = Template((assets() / "toolchain" / "memories.ld.txt").read_text("utf-8"))
    return template.substitute(
        flash_origin=hex(flash[0]),
        flash_bytes=flash[1],
        ram_origin=hex(ram[0]),
        ram_bytes=ram[1],
        stack_bytes=stack_bytes,
    )


def overflows(said: str) -> tuple[Overflow, ...]:
    """Return the memories a linker found too small; empty if it complained of something else."""
    most: dict[str, int] = {}
    for region, count in _OVERFLOW.findall(said):
        most[region] = max(most.get(region, 0), int(count))
    return tuple(Overflow(region=region, bytes=count) for region, count in sorted(most.items()))


def sizes_of(elf: bytes) -> Sizes:
    """Return the sizes by part of a program linked with `linker_script`.

    Raises:
        ValueError: if it holds a section nobody planned for.
    """
    parts = dict.fromkeys(_PARTS.values(), 0)
    for section in sections(elf):
        if section.name not in _PARTS and section.bytes:
            raise ValueError(f"an unplanned section {section.name!r}")
        if section.bytes:
            parts[_PARTS[section.name]] += section.bytes
    return Sizes(**parts)


def sizes_of_objects(model: Sequence[bytes], main: bytes) -> Sizes:
    """Return the sizes before linking, for a device whose own tools link.

    Args:
        model: The compiled files of the generated C.
        main: That of ``firmware_main.c``, for its arena.
    """
    there = [section for elf in model for section in sections(elf)]
    constants = [section for section in there if not section.writable]
    return Sizes(
        code=sum(section.bytes for section in constants if section.executable),
        weights=sum(section.bytes for section in constants if not section.executable),
        helpers=0,
        firmware=0,
        data=sum(section.bytes for section in there if section.writable and section.stored),
        bss=sum(section.bytes for section in there if section.writable and not section.stored),
        arena=sum(section.bytes for section in sections(main) if section.name == ".arena"),
        stack=0,
    )


def link_options(compiler: Compiler, objects: Sequence[str], *, helpers: bool) -> tuple[str, ...]:
    """Return the arguments that link objects with ``memories.ld`` to ``program.elf``.

    Args:
        compiler: Which one.
        objects: The object files.
        helpers: Link the compiler's own functions as well. zig builds them for a core on first
            use, which takes ten seconds, and most programs need none.
    """
    options = ("-nostdlib", "-Wl,--gc-sections", "-Wl,--entry=reset", "-T", "memories.ld")
    own = ("-nostartfiles", *options[1:]) if helpers and compiler.id == "zig" else options
    library = ("-lgcc",) if compiler.id != "zig" else ()
    return (*own, *objects, *library, "-o", "program.elf")
