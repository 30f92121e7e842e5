"""The smallest program around a model, linked for one device: sizes, and whether it fits."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from studio.codegen.toolchain.compilers import Compiler, cross_compilers
from studio.codegen.toolchain.compiling import STRICT, compile_files, refusal, write_source
from studio.codegen.toolchain.cores import Core, core_named
from studio.codegen.toolchain.linking import (
    ENDLESS_BYTES,
    bare_metal,
    link_options,
    linker_script,
    overflows,
    sizes_of,
    sizes_of_objects,
)
from studio.codegen.toolchain.records import Build, CSource, Overflow
from studio.domain.device import Device
from studio.domain.errors import ToolchainError
from studio.resources import assets

__all__ = ["Objects", "build_for", "compiled", "compiler_for", "link", "why_not_built"]

_STARTUP = {
    "cortex-m": ("startup_cortex_m.c", "support.c"),
    "riscv": ("startup_riscv.c", "support.c"),
    "none": (),
}
_LINKED = (
    "linked by {compiler} for {core}, {optimize}: the generated C with a main that calls it once;"
    " without the interrupt vectors, drivers and libraries of the chip"
)
_UNLINKED = (
    "object files by {compiler} for {core}, {optimize}: the generated C alone, before linking; "
    "the operating system's program and libraries come on top"
)
_UNDEFINED = "undefined "


@dataclass(frozen=True, slots=True, kw_only=True)
class Objects:
    """Compiled files in a folder, to be linked."""

    folder: Path
    compiler: Compiler
    core: Core
    names: tuple[str, ...]


def why_not_built(core: Core) -> str:
    """Return in a sentence why no code can be made for a core; empty where it can."""
    return core.why_not


def compiler_for(core: Core) -> Compiler:
    """Return the preferred compiler that makes code for a core.

    Raises:
        ToolchainError: ``toolchain.not_for_core`` with the reason, or ``toolchain.no_compiler``.
    """
    _must_be_buildable(core)
    for compiler in cross_compilers():
        if compiler.id == "zig" or core.gcc:
            return compiler
    raise ToolchainError(
        f"The compilers on this computer know nothing of {core.name}.",
        "Install the studio with its extra `compile`, which brings the compiler zig.",
        code="toolchain.no_compiler",
    )


def _must_be_buildable(core: Core) -> None:
    if reason := why_not_built(core):
        remedy = "Compile the generated C with the device's own tools."
        raise ToolchainError(reason, remedy, code="toolchain.not_for_core")


def compiled(
    source: CSource,
    core: Core,
    folder: Path,
    *,
    ours: Sequence[str],
    compiler: Compiler,
    options: Sequence[str],
    timeout_s: float,
) -> Objects:
    """Compile a model and files of ours for a core.

    Raises:
        ToolchainError: ``toolchain.not_for_core``, ``toolchain.refused`` or
            ``toolchain.too_slow``.
    """
    _must_be_buildable(core)
    shutil.copytree(assets() / "toolchain" / "include", folder / "include")
    bodies = write_source(source, folder, ours=[*ours, *_STARTUP[core.firmware]])
    arguments = [*STRICT, *bare_metal(compiler, core), *options, "-iquote.", "-c"]
    for body in bodies:  # zig takes no more than one file with -c, and says nothing of others
        if said := compile_files(compiler, [*arguments, body], folder, timeout_s=timeout_s):
            raise refusal(compiler, said)
    names = tuple(str(Path(name).with_suffix(".o")) for name in bodies)
    return Objects(folder=folder, compiler=compiler, core=core, names=names)


def link(objects: Objects, script: str, *, timeout_s: float) -> tuple[Overflow, ...]:
    """Link objects to ``program.elf`` in their folder.

    Returns:
        The memories that are too small; then there is no program.

    Raises:
        ToolchainError: ``toolchain.refused`` or ``toolchain.too_slow``.
    """
    (objects.folder / "memories.ld").write_text(script, encoding="utf-8")
    said = ""
    for helpers in (False, True):
        arguments = (
            *bare_metal(objects.compiler, objects.core),
            *link_options(objects.compiler, objects.names, helpers=helpers),
        )
        said = compile_files(objects.compiler, arguments, objects.folder, timeout_s=timeout_s)
        if _UNDEFINED not in said:
            break
    found = overflows(said)
    if said and not found:
        raise refusal(objects.compiler, said)
    return found


def build_for(
    source: CSource,
    device: Device,
    *,
    stack_bytes: int = 2048,
    optimize: str = "-O2",
    options: Sequence[str] = (),
    compiler: Compiler | None = None,
    timeout_s: float = 120.0,
) -> Build:
    """Link a model for the memories of a device; compile it where an operating system gives those.

    Args:
        source: The generated C.
        device: Its flash and RAM are what the linker may use.
        stack_bytes: What to keep for the stack.
        optimize: The compiler's option for speed or size.
        options: Further options of the compiler.
        compiler: One of `cross_compilers`; the preferred one where left out.
        timeout_s: Seconds each call of the compiler may take.

    Raises:
        ToolchainError: ``toolchain.not_for_core``, ``toolchain.no_compiler``,
            ``toolchain.refused`` or ``toolchain.too_slow``.
    """
    core = core_named(device.core)
    chosen = compiler_for(core) if compiler is None else compiler
    with tempfile.TemporaryDirectory(prefix="studio-build-") as name:
        objects = compiled(
            source,
            core,
            Path(name),
            ours=["firmware_main.c"],
            compiler=chosen,
            options=(optimize, *options),
            timeout_s=timeout_s,
        )
        how = {"compiler": chosen.title, "core": core.name, "optimize": optimize}
        if core.firmware == "none":
            return _unlinked(objects, _UNLINKED.format(**how))
        return _linked(objects, device, stack_bytes, _LINKED.format(**how), timeout_s)


def _unlinked(objects: Objects, how: str) -> Build:
    """Return the sizes of object files; an operating system's own tools link them."""
    model = [name for name in objects.names if name.startswith("model-")]
    return Build(
        core=objects.core.name,
        compiler=objects.compiler.title,
        sizes=sizes_of_objects(
            [(objects.folder / name).read_bytes() for name in model],
            (objects.folder / "firmware_main.o").read_bytes(),
        ),
        overflows=(),
        unknown=("FLASH", "RAM"),
        how=how,
        elf=b"",
    )


def _linked(
    objects: Objects, device: Device, stack_bytes: int, how: str, timeout_s: float
) -> Build:
    sizes = {"FLASH": device.flash_bytes.value, "RAM": device.ram_bytes.value}
    refused = _link(objects, sizes, stack_bytes, timeout_s)
    if refused:  # again without bounds, to know what takes how much
        _link(objects, dict.fromkeys(sizes), stack_bytes, timeout_s)
    elf = (objects.folder / "program.elf").read_bytes()
    return Build(
        core=objects.core.name,
        compiler=objects.compiler.title,
        sizes=sizes_of(elf),
        overflows=refused,
        unknown=tuple(region for region, size in sizes.items() if size is None),
        how=how,
        elf=elf,
    )


def _link(
    objects: Objects, sizes: dict[str, int | None], stack_bytes: int, timeout_s: float
) -> tuple[Overflow, ...]:
    script = linker_script(
        flash=(objects.core.flash, sizes["FLASH"] or ENDLESS_BYTES),
        ram=(objects.core.ram, sizes["RAM"] or ENDLESS_BYTES),
        stack_bytes=stack_bytes,
    )
    return link(objects, script, timeout_s=timeout_s)
