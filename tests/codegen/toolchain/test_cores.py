"""The tables of cores and machines, against the catalogue and against the compilers."""

from __future__ import annotations

import subprocess

import pytest

from studio.codegen.toolchain import (
    Compiler,
    Core,
    core_named,
    cores,
    cross_compilers,
    why_not_built,
    why_not_emulated,
)
from studio.codegen.toolchain.cores import machines
from studio.codegen.toolchain.linking import bare_metal
from studio.devices import catalogue
from studio.domain.errors import ToolchainError

_FLOAT_BITS = {"single": 0x4, "double": 0x8}  # __ARM_FP of the Arm C language extensions


def test_every_core_of_the_catalogue_has_a_row_or_a_reason() -> None:
    named = {device.core for device in catalogue().values() if device.core}
    assert len(named) > 15
    for name in named:
        core = core_named(name)
        assert bool(core.zig) is not bool(why_not_built(core))
    assert "Xtensa" in why_not_built(core_named("Xtensa LX7 (dual)"))


def test_an_unknown_core_is_told() -> None:
    with pytest.raises(ToolchainError, match="'Z80' is not known") as refused:
        core_named("Z80")
    assert refused.value.code == "toolchain.unknown_core"


def test_machines_and_cores_belong_together() -> None:
    for core in cores().values():
        assert not core.machine or core.machine in machines()
    for machine in machines().values():
        assert cores()[machine.core].machine == machine.name


def test_a_core_without_a_machine_says_that_it_is_not_emulated() -> None:
    assert "No emulator" in why_not_emulated(core_named("RISC-V RV32IMC"))
    assert "Xtensa" in why_not_emulated(core_named("Xtensa LX7"))


def _pairs() -> list[tuple[Core, Compiler]]:
    known = [core for core in cores().values() if core.zig]
    found = [(core, compiler) for core in known for compiler in cross_compilers()]
    return [(core, compiler) for core, compiler in found if compiler.id == "zig" or core.gcc]


@pytest.mark.parametrize(
    ("core", "compiler"), _pairs(), ids=lambda value: getattr(value, "name", "") or value.id
)
def test_the_compiler_sees_the_core_the_table_names(core: Core, compiler: Compiler) -> None:
    flags = [flag for flag in bare_metal(compiler, core) if flag.startswith(("-m", "-t", "thumb"))]
    flags = list(core.gcc) if compiler.id != "zig" else ["-target", core.zig[0], flags[-1]]
    done = subprocess.run(
        [*compiler.command, *flags, "-O2", "-dM", "-E", "-x", "c", "-"],
        input="",
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line.split(maxsplit=2) for line in done.stdout.splitlines()]
    macros = {line[1]: line[2] for line in lines if len(line) > 2}
    assert ("__ARM_FEATURE_DSP" in macros) is core.dsp
    precision = int(macros.get("__ARM_FP", "0"), 0)
    if core.firmware == "cortex-m":
        wanted = {_FLOAT_BITS[core.fpu]} if core.fpu != "none" else set()
        assert {bit for bit in _FLOAT_BITS.values() if precision & bit} >= wanted
        assert bool(precision) is (core.fpu != "none")
        assert (core.fpu == "double") is bool(precision & 0x8)
