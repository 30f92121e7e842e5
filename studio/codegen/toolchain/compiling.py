"""C text into a folder, a compiler called on it, and its refusals in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from studio.codegen.toolchain.children import run_child
from studio.codegen.toolchain.compilers import Compiler
from studio.codegen.toolchain.records import CSource
from studio.domain.errors import ToolchainError
from studio.resources import assets

__all__ = ["STRICT", "compile_files", "refusal", "write_source"]

STRICT = ("-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic")
"""How generated code and ours must compile."""

_CALLS = """\
#ifndef STUDIO_MODEL_H
#define STUDIO_MODEL_H
#include "{header}"
#define MODEL_ARENA_BYTES {macro}_ARENA_BYTES
#define MODEL_INPUT {name}_input
#define MODEL_OUTPUT {name}_output
#define MODEL_RUN {name}_run
#define MODEL_INPUT_BYTES {input_bytes}u
#define MODEL_OUTPUT_BYTES {output_bytes}u
#endif
"""
_TRACE = """\
void studio_trace(int tensor, const void *data, unsigned long bytes);
#define {macro}_TRACE(tensor, data, bytes) studio_trace((tensor), (data), (bytes))
"""


def write_source(source: CSource, folder: Path, *, ours: Sequence[str]) -> list[str]:
    """Write the generated files, ours beside them, and the headers that join the two.

    Args:
        source: The generated C.
        folder: An empty folder.
        ours: Names in ``assets/toolchain``.

    Returns:
        Names of the files to compile. Those of the model are called ``model-0.c`` and so on,
        which is how the linker script tells their sections from ours.
    """
    joined = {
        "header": source.header,
        "macro": source.macro_prefix,
        "name": source.name,
        "input_bytes": source.input_bytes,
        "output_bytes": source.output_bytes,
    }
    texts = {"studio_model.h": _CALLS.format(**joined), "studio_trace.h": _TRACE.format(**joined)}
    texts |= {name: (assets() / "toolchain" / name).read_text("utf-8") for name in ours}
    bodies = [name for name in source.files if name.endswith(".c")]
    texts |= {f"model-{number}.c": source.files[name] for number, name in enumerate(bodies)}
    texts |= {name: text for name, text in source.files.items() if name.endswith(".h")}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return [name for name in texts if name.endswith(".c")]


def compile_files(
    compiler: Compiler,
    arguments: Sequence[str],
    folder: Path,
    *,
    timeout_s: float,
) -> str:
    """Call a compiler or its linker.

    Returns:
        What it said when it failed; empty when all went well.

    Raises:
        ToolchainError: ``toolchain.too_slow``.
    """
    ended = run_child(
        [*compiler.command, *arguments],
        folder=folder,
        timeout_s=timeout_s,
        environment=compiler.environment(folder),
    )
    if ended.late:
        raise ToolchainError(
            f"{compiler.title} did not finish within {timeout_s:.0f} s.",
            "Try again when the computer is less busy, or choose a smaller model.",
            code="toolchain.too_slow",
        )
    if ended.status == 0:
        return ""
    return ended.said.strip() or f"exit status {ended.status}"


def refusal(compiler: Compiler, said: str) -> ToolchainError:
    """Return the error for code a compiler does not take: a mistake in the generator or here."""
    lines = [line for line in said.splitlines() if "error" in line] or said.splitlines()
    return ToolchainError(
        f"{compiler.title} does not take the generated code: {lines[0][:300]}",
        "Report this with the model: the code is the studio's own.",
        code="toolchain.refused",
    )
