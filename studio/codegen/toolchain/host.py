"""The generated C compiled for this computer and run on many inputs, in a child process."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio.codegen.toolchain.answers import OUTPUT, as_rows, read_answers
from studio.codegen.toolchain.children import Ended, run_child
from studio.codegen.toolchain.compilers import Compiler, host_compilers, sanitizing_compilers
from studio.codegen.toolchain.compiling import STRICT, compile_files, refusal, write_source
from studio.codegen.toolchain.records import CSource, HostRun
from studio.domain.errors import ToolchainError

__all__ = ["HostProgram", "crashed", "host_program", "outside_arena", "run_on_host"]

_SANITIZERS = (
    "-g",
    "-O1",
    "-fsanitize=address,undefined",
    "-fno-sanitize-recover=all",
    "-fno-omit-frame-pointer",
)
_FOUND = re.compile(r"(?:runtime error|ERROR: AddressSanitizer): (.*)")
_OUTSIDE_ARENA = 3
_TOO_MUCH_WRITTEN = -25
"""SIGXFSZ: a file would have become larger than this process may make one."""
_MEMORY_BYTES = 2 << 30
_ANSWER_BYTES = 4 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class HostProgram:
    """A compiled model; use `host_program`."""

    source: CSource
    compiler: Compiler
    folder: Path
    file: Path
    watched: bool

    def run(self, inputs: NDArray[np.generic], *, timeout_s: float = 60.0) -> HostRun:
        """Return the answers to these inputs, all found in one process.

        Args:
            inputs: ``(inputs, *shape)``, each of the source's ``input_bytes``.
            timeout_s: Seconds before the process is ended.

        Raises:
            ToolchainError: ``toolchain.outside_arena``, ``toolchain.sanitizer``,
                ``toolchain.crashed`` or ``toolchain.too_slow``.
        """
        rows = as_rows(inputs, self.source.input_bytes)
        questions, answers = self.folder / "input.bin", self.folder / "output.bin"
        rows.tofile(questions)
        ended = run_child(
            [str(self.file)],
            folder=self.folder,
            timeout_s=timeout_s,
            environment={"ASAN_OPTIONS": "detect_leaks=0"},
            stdin=questions,
            stdout=answers,
            # The address sanitizer reserves terabytes of addresses.
            memory_bytes=None if self.watched else _MEMORY_BYTES,
            output_bytes=_ANSWER_BYTES,
        )
        _check(ended, timeout_s)
        try:
            found = dict(read_answers(np.fromfile(answers, np.int8), len(rows)))
        except ValueError as error:
            raise _no_room() from error
        outputs = found.pop(OUTPUT)
        return HostRun(outputs=outputs, tensors=found, compiler=self.compiler.title)


@contextlib.contextmanager
def host_program(
    source: CSource,
    *,
    compiler: Compiler | None = None,
    trace: bool = False,
    sanitize: bool = False,
    options: tuple[str, ...] = (),
    timeout_s: float = 120.0,
) -> Iterator[HostProgram]:
    """Compile a model for this computer; the program is gone with the block.

    Args:
        source: The generated C.
        compiler: One of `host_compilers` or, to sanitize, of `sanitizing_compilers`; the first
            of them where left out.
        trace: Define ``NAME_TRACE``, so that intermediate tensors are told as well.
        sanitize: Watch addresses and undefined behaviour.
        options: Further options of the compiler, for example ``("-DNAME_STATIC_ARENA",)``.
        timeout_s: Seconds the compiler may take.

    Raises:
        ToolchainError: ``toolchain.no_compiler``, ``toolchain.no_sanitizer``,
            ``toolchain.refused`` or ``toolchain.too_slow``.
    """
    chosen = compiler or (_sanitizing() if sanitize else host_compilers()[0])
    with tempfile.TemporaryDirectory(prefix="studio-host-") as name:
        folder = Path(name)
        bodies = write_source(source, folder, ours=["host_driver.c"])
        program = folder / ("model.exe" if os.name == "nt" else "model")
        how = [*STRICT, *(_SANITIZERS if sanitize else ("-O2",)), *options]
        how += ["-include", "studio-trace.h"] if trace else []
        arguments = [*how, "-iquote.", *bodies, "-o", program.name]
        if said := compile_files(chosen, arguments, folder, timeout_s=timeout_s):
            raise refusal(chosen, said)
        yield HostProgram(
            source=source, compiler=chosen, folder=folder, file=program, watched=sanitize
        )


def run_on_host(
    source: CSource,
    inputs: NDArray[np.generic],
    *,
    trace: bool = False,
    sanitize: bool = False,
    timeout_s: float = 60.0,
) -> HostRun:
    """Compile a model for this computer and return its answers; see `HostProgram.run`."""
    with host_program(source, trace=trace, sanitize=sanitize) as program:
        return program.run(inputs, timeout_s=timeout_s)


def _sanitizing() -> Compiler:
    found = sanitizing_compilers()
    if not found:
        raise ToolchainError(
            "There is no compiler with sanitizers on this computer.",
            "Install GCC or clang.",
            code="toolchain.no_sanitizer",
        )
    return found[0]


def _check(ended: Ended, timeout_s: float) -> None:
    """Raise what an ending means."""
    if ended.late:
        raise ToolchainError(
            f"The compiled model did not answer within {timeout_s:.0f} s.",
            "Give it fewer inputs or more time.",
            code="toolchain.too_slow",
        )
    if found := _FOUND.search(ended.said):
        raise ToolchainError(
            f"A sanitizer found a mistake in the generated code: {found[1][:300]}",
            "Report this with the model: the code is the studio's own.",
            code="toolchain.sanitizer",
        )
    if ended.status == _OUTSIDE_ARENA:
        raise outside_arena()
    if ended.status == _TOO_MUCH_WRITTEN:
        raise _no_room()
    if ended.status:
        raise crashed(f"it ended with status {ended.status}")


def _no_room() -> ToolchainError:
    return ToolchainError(
        "The answers of the compiled model could not be written whole.",
        "Make room in the folder for temporary files.",
        code="toolchain.no_room",
    )


def outside_arena() -> ToolchainError:
    """Return the error for a model that writes where it should not."""
    return ToolchainError(
        "The compiled model writes outside its arena.",
        "Report this with the model: the code is the studio's own.",
        code="toolchain.outside_arena",
    )


def crashed(how: str) -> ToolchainError:
    """Return the error for a program that did not end as it should."""
    return ToolchainError(
        f"The compiled model crashed ({how}).",
        "Report this with the model: the code is the studio's own.",
        code="toolchain.crashed",
    )
