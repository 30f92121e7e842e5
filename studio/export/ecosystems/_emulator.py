"""What lies under ``extras/``: the self-test for a computer and for an emulated core."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import Template
from typing import Any

from studio.export.ecosystems._library import sources
from studio.export.ecosystems._shape import Material
from studio.export.manifest import as_json_bytes
from studio.export.part import Member
from studio.resources import assets

__all__ = ["bare_files", "extras", "linker_script"]

_EMULATOR = "extras/emulator"
_HOST = "extras/host_main.c"
_STACK_BYTES = 16 << 10
_TOOLCHAIN = ("semihosting.h", "startup_cortex_m.c", "support.c")


def extras(material: Material) -> Iterator[Member]:
    """Return the self-test as a program, and the script that builds it anew."""
    about = "the self-test as a program of a computer"
    host = material.filled("library/host_main.c.txt")
    yield Member(name=_HOST, content=host.encode("ascii"), about=about)
    target = material.target
    emulated = dict(_emulated(material)) if target.machine else {}
    for name, text in emulated.items():
        about = "the self-test on an emulated core, without a C library"
        yield Member(name=f"{_EMULATOR}/{name}", content=text.encode("ascii"), about=about)
    how = {
        "sources": sources(material),
        "host": _HOST,
        "emulator": [f"{_EMULATOR}/{name}" for name in emulated if name.endswith(".c")],
        "gcc": list(target.gcc),
        "zig": list(target.zig),
        "machine": _machine(material) if target.machine else None,
    }
    about = "which files and flags rebuild.py takes"
    yield Member(name="extras/rebuild.json", content=as_json_bytes(how), about=about)
    script = (assets() / "templates" / "library" / "rebuild.py").read_text(encoding="utf-8")
    about = "compares every file, builds the self-test anew and runs it; needs no studio"
    yield Member(name="rebuild.py", content=script.encode("utf-8"), about=about)


def _machine(material: Material) -> Mapping[str, Any]:
    return {"name": material.target.machine, "options": list(material.target.machine_options)}


def _emulated(material: Material) -> Iterator[tuple[str, str]]:
    target = material.target
    yield from bare_files(material)
    yield "memories.ld", linker_script(target.machine_flash, target.machine_ram, _STACK_BYTES)


def bare_files(material: Material) -> Iterator[tuple[str, str]]:
    """Return what a Cortex-M program needs where there is no C library, by file name."""
    for name in _TOOLCHAIN:
        yield name, (assets() / "toolchain" / name).read_text(encoding="utf-8")
    own = assets() / "templates" / "bare_metal"
    yield "strcmp.c", (own / "strcmp.c").read_text(encoding="utf-8")
    yield "include/string.h", (own / "string.h").read_text(encoding="utf-8")
    yield "main.c", material.filled("bare_metal/semihosting_main.c.txt")


def linker_script(flash: tuple[int, int], ram: tuple[int, int], stack_bytes: int) -> str:
    """Return the linker script for two memories: first address and bytes of each."""
    text = (assets() / "toolchain" / "memories.ld.txt").read_text(encoding="utf-8")
    return Template(text).substitute(
        flash_origin=hex(flash[0]),
        flash_bytes=flash[1],
        ram_origin=hex(ram[0]),
        ram_bytes=ram[1],
        stack_bytes=stack_bytes,
    )
