"""Compilers, linkers and emulators: generated C in; sizes, answers and counts out.

    CSource ─► run_on_host, host_program    answers and intermediate tensors on this computer
            ─► build_for                    linked for a device: sizes by section, what overflows
            ─► emulate                      answers, instructions and stack on an emulated core

Every program runs as a child with limits. What is not installed is told in a sentence
(`why_not_built`, `why_not_emulated`) or by a `ToolchainError`.
"""

from studio.codegen.toolchain.compilers import (
    Compiler,
    cross_compilers,
    host_compilers,
    sanitizing_compilers,
)
from studio.codegen.toolchain.cores import Core, core_named, cores
from studio.codegen.toolchain.emulator import emulate, emulator_version, why_not_emulated
from studio.codegen.toolchain.firmware import build_for, why_not_built
from studio.codegen.toolchain.host import HostProgram, host_program, run_on_host
from studio.codegen.toolchain.records import Build, CSource, Emulation, HostRun, Overflow, Sizes

__all__ = [
    "Build",
    "CSource",
    "Compiler",
    "Core",
    "Emulation",
    "HostProgram",
    "HostRun",
    "Overflow",
    "Sizes",
    "build_for",
    "core_named",
    "cores",
    "cross_compilers",
    "emulate",
    "emulator_version",
    "host_compilers",
    "host_program",
    "run_on_host",
    "sanitizing_compilers",
    "why_not_built",
    "why_not_emulated",
]
