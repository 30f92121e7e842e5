"""A Cortex-M program without any library: linker script, startup, semihosting, self-test."""

from __future__ import annotations

from collections.abc import Iterator

from studio.domain.device import Device, Fact
from studio.domain.wording import bytes_text
from studio.export.ecosystems._emulator import bare_files, linker_script
from studio.export.ecosystems._library import sources
from studio.export.ecosystems._shape import Ecosystem, Material
from studio.export.part import Member

__all__ = ["ENTRY"]

_STACK_BYTES = 4 << 10
_UNKNOWN = (
    "/* A size of 0 is one the device catalogue does not know: fill it in. The addresses are\n"
    "   those of a usual chip of this core: compare them with the data sheet. */\n"
)


def _make(material: Material) -> Iterator[Member]:
    files = dict(bare_files(material))
    files["device.ld"] = _UNKNOWN + _memories(material)
    about = {"device.ld": "the memories of the device, for the linker", "main.c": "the self-test"}
    for name, text in files.items():
        yield Member(
            name=f"platform/{name}",
            content=text.encode("ascii"),
            about=about.get(name, "startup and what stands in for a C library"),
        )
    yield Member(
        name="Makefile",
        content=_makefile(material, list(files)).encode("ascii"),
        about="builds the self-test for the device, and for an emulated core",
    )


def _memories(material: Material) -> str:
    device, target = material.device, material.target
    return linker_script(
        (target.flash, int(device.flash_bytes.value or 0)),
        (target.ram, int(device.ram_bytes.value or 0)),
        _STACK_BYTES,
    )


def _makefile(material: Material, files: list[str]) -> str:
    target = material.target
    platform = [f"platform/{name}" for name in files if name.endswith(".c")]
    with_gcc = bool(target.gcc)
    zig = (f"-target {target.zig[0]}", f"-mcpu={target.zig[1]}") if target.zig else ()
    library = "-lgcc" if with_gcc else ""
    options = " ".join(target.machine_options)
    emulate = (
        material.filled(
            "bare_metal/emulate.txt", machine=target.machine, options=options, library=library
        )
        if target.machine
        else material.filled("bare_metal/no_emulate.txt")
    )
    return material.filled(
        "bare_metal/Makefile.txt",
        compiler=_compiler(material),
        core=" ".join(target.gcc or zig),
        # zig calls an option that only the linker takes unused, which -Werror makes an error.
        start="-nostdlib" if with_gcc else "-nostartfiles -Wno-unused-command-line-argument",
        library=library,
        sources=" ".join([*sources(material), *platform]),
        emulate=emulate,
    )


def _compiler(material: Material) -> str:
    """Return the compiler that knows the core: GCC before zig, which newer cores need."""
    return "arm-none-eabi-gcc" if material.target.gcc else "zig cc"


def _why_not(device: Device) -> str:
    if device.core.startswith("Cortex-M"):
        return ""
    return f"The bare-metal form is for Cortex-M; the {device.name} has a {device.core}."


def _words(material: Material) -> dict[str, str]:
    device = material.device
    sizes = {"flash": _size(device.flash_bytes), "ram": _size(device.ram_bytes)}
    return {**sizes, "compiler": _compiler(material)}


def _size(fact: Fact) -> str:
    return "unknown" if fact.value is None else bytes_text(int(fact.value))


ENTRY = Ecosystem(
    id="bare-metal",
    title="bare metal",
    make=_make,
    readme="bare_metal",
    why_not=_why_not,
    words=_words,
)
