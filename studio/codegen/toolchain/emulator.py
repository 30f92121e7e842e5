"""The generated C on an emulated Cortex-M: QEMU, an optional program, as a child process.

QEMU counts instructions, not cycles: with ``-icount`` its clock advances by one nanosecond an
instruction, so the core's SysTick tells how many there were, and tells the same every time.
Semihosting lets the emulated program open files as we could; it runs the studio's own code only.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio.codegen.toolchain.answers import CALIBRATION, COST, OUTPUT, as_rows, read_answers
from studio.codegen.toolchain.children import Ended, run_child
from studio.codegen.toolchain.compilers import Compiler
from studio.codegen.toolchain.cores import Core, Machine, core_named, cores, machines
from studio.codegen.toolchain.firmware import compiled, compiler_for, link
from studio.codegen.toolchain.host import crashed, outside_arena
from studio.codegen.toolchain.linking import linker_script
from studio.codegen.toolchain.records import CSource, Emulation, Int8Rows
from studio.domain.errors import ToolchainError

__all__ = ["emulate", "emulator_version", "why_not_emulated"]

_PROGRAM = "qemu-system-arm"
_STACK_BYTES = 64 << 10
_CALIBRATION_BYTES = 8 + 16
_ANSWER_BYTES = 4 << 30
_MEMORY_BYTES = 4 << 30
_QUIET = ("-nographic", "-monitor", "none", "-serial", "none", "-net", "none")
_COUNTED = ("-semihosting-config", "enable=on,target=native", "-icount", "shift=0")
_HOW = (
    "instructions and stack on the machine {machine} ({core}) of QEMU {version}, counted by its"
    " SysTick with -icount in steps of {resolution:.1f} instructions; code by {compiler},"
    " {optimize}; not cycles"
)


def why_not_emulated(core: Core) -> str:
    """Return in a sentence why a core cannot be emulated here; empty where it can."""
    if core.why_not:
        return core.why_not
    if not core.machine:
        return f"No emulator of the studio knows {core.name}."
    if emulator_version() is None:
        return f"The emulator {_PROGRAM} is not on this computer, so nothing was emulated."
    return ""


def emulator_version() -> str | None:
    """Return the version of QEMU; None where it is not installed."""
    program = shutil.which(_PROGRAM)
    return _version(program) if program else None


@cache
def _version(program: str) -> str | None:
    try:
        done = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    match = re.search(r"version (\S+)", done.stdout)
    return match[1] if match else None


def emulate(
    source: CSource,
    core: str,
    inputs: NDArray[np.generic],
    *,
    trace: bool = False,
    optimize: str = "-O2",
    options: Sequence[str] = (),
    compiler: Compiler | None = None,
    timeout_s: float = 300.0,
) -> Emulation:
    """Run a model on an emulated core.

    Args:
        source: The generated C.
        core: As a device file spells it, for example ``"Cortex-M4F"``.
        inputs: ``(inputs, *shape)``, each of the source's ``input_bytes``.
        trace: Tell intermediate tensors as well; then instructions are not counted.
        optimize: The compiler's option for speed or size.
        options: Further options of the compiler.
        compiler: One of `cross_compilers`; the preferred one where left out.
        timeout_s: Seconds for each, a call of the compiler and the emulation.

    Raises:
        ToolchainError: ``toolchain.no_emulator`` with the reason, ``toolchain.no_compiler``,
            ``toolchain.refused``, ``toolchain.too_large`` for the emulated machine,
            ``toolchain.outside_arena``, ``toolchain.crashed`` or ``toolchain.too_slow``.
    """
    wanted = core_named(core)
    if reason := why_not_emulated(wanted):
        raise ToolchainError(reason, f"Install {_PROGRAM}.", code="toolchain.no_emulator")
    machine = machines()[wanted.machine]
    rows = as_rows(inputs, source.input_bytes)
    chosen = compiler or compiler_for(wanted)
    with tempfile.TemporaryDirectory(prefix="studio-emulator-") as name:
        folder = Path(name)
        # Code for what QEMU emulates: an M85's program would not run on its M55.
        emulated = cores()[machine.core]
        flags = [optimize, *options, *(("-include", "studio-trace.h") if trace else ())]
        _build(source, emulated, machine, folder, chosen, flags, timeout_s)
        rows.tofile(folder / "input.bin")
        answers = _run(machine, folder, len(rows), timeout_s)
    return _told(answers, machine, chosen, trace, optimize)


def _build(
    source: CSource,
    core: Core,
    machine: Machine,
    folder: Path,
    compiler: Compiler,
    options: Sequence[str],
    timeout_s: float,
) -> None:
    objects = compiled(
        source,
        core,
        folder,
        ours=["emulated_driver.c", "semihosting.h"],
        compiler=compiler,
        options=options,
        timeout_s=timeout_s,
    )
    script = linker_script(flash=machine.flash, ram=machine.ram, stack_bytes=_STACK_BYTES)
    if refused := link(objects, script, timeout_s=timeout_s):
        worst = refused[0]
        raise ToolchainError(
            f"The model is {worst.bytes:,} bytes too large for the {worst.region} of the"
            f" emulated machine {machine.name}.",
            "It can only be checked on this computer and on the device itself.",
            code="toolchain.too_large",
        )


def _run(machine: Machine, folder: Path, count: int, timeout_s: float) -> Mapping[int, Int8Rows]:
    """Return what the emulated program wrote, by index; the calibration as a row of its own."""
    program = ["-M", machine.name, *machine.options, "-kernel", "program.elf"]
    ended = run_child(
        [_PROGRAM, *program, *_QUIET, *_COUNTED],
        folder=folder,
        timeout_s=timeout_s,
        memory_bytes=_MEMORY_BYTES,
        output_bytes=_ANSWER_BYTES,
    )
    _check(ended, timeout_s)
    content = np.fromfile(folder / "output.bin", np.int8)
    calibration = read_answers(content[:_CALIBRATION_BYTES], 1)
    return {**read_answers(content[_CALIBRATION_BYTES:], count), **calibration}


def _check(ended: Ended, timeout_s: float) -> None:
    if ended.late:
        raise ToolchainError(
            f"The emulated model did not answer within {timeout_s:.0f} s.",
            "Give it fewer inputs or more time.",
            code="toolchain.too_slow",
        )
    if ended.status == 3:
        raise outside_arena()
    reasons = {4: "it could not read or write its files", 5: "a fault of the emulated core"}
    reasons[6] = f"it needs more than {_STACK_BYTES:,} bytes of stack"
    if ended.status:
        said = ended.said.strip().partition("\n")[0][:200]
        raise crashed(reasons.get(ended.status, f"status {ended.status} of the emulator: {said}"))


def _told(
    answers: Mapping[int, Int8Rows],
    machine: Machine,
    compiler: Compiler,
    trace: bool,
    optimize: str,
) -> Emulation:
    known, ticks, *_ = answers[CALIBRATION].view(np.uint32)[0]
    resolution = float(known) / float(ticks)
    costs = np.ascontiguousarray(answers[COST]).view(np.uint32)
    used = costs[:, 0].astype(np.int64) + (costs[:, 1].astype(np.int64) << 32)
    counts = () if trace else tuple(round(float(count) * resolution) for count in used)
    return Emulation(
        outputs=answers[OUTPUT],
        tensors={index: rows for index, rows in answers.items() if index >= 0},
        instructions=counts,
        stack_bytes=int(costs[:, 2].max()),
        resolution=resolution,
        core=machine.core,
        compiler=compiler.title,
        how=_HOW.format(
            machine=machine.name,
            core=machine.core,
            version=emulator_version(),
            resolution=resolution,
            compiler=compiler.title,
            optimize=optimize,
        ),
    )
