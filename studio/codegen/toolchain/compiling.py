"""C text into a folder, a compiler called on it, and its refusals in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from string import Template

from studio.codegen.toolchain.children import run_child
from studio.codegen.toolchain.compilers import Compiler
from studio.codegen.toolchain.records import CSource
from studio.domain.errors import ToolchainError
from studio.resources import assets

__all__ = ["STRICT", "compile_files", "refusal", "write_source"]

STRICT = ("-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic")
"""How generated code and ours must compile."""

# Names and files as no generated code has them: those are of small letters, or of capitals.
_CALLS = """\
#ifndef Model_h
#define Model_h
#include <stdint.h>
#include <string.h>
#include "$header"
#define Model_arena_bytes ${macro}_ARENA_BYTES
#define Model_input_bytes $input_bytes
#define Model_output_bytes $output_bytes
#define Model_run ${name}_run
#define Model_first_input $first_input
#define Model_first_output $first_output
#define Model_put(arena, from) do { $put } while (0)
#define Model_get(arena, to) do { $get } while (0)
#endif
"""
_TRACE = """\
void studio_trace(int tensor, const void *data, unsigned long bytes);
#define ${macro}_TRACE(tensor, data, bytes) studio_trace((tensor), (data), (bytes))
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
    names = _names(source)
    texts = {
        "studio-model.h": Template(_CALLS).substitute(names),
        "studio-trace.h": Template(_TRACE).substitute(names),
    }
    texts |= {name: (assets() / "toolchain" / name).read_text("utf-8") for name in ours}
    bodies = [name for name in source.files if name.endswith(".c")]
    texts |= {f"model-{number}.c": source.files[name] for number, name in enumerate(bodies)}
    texts |= {name: text for name, text in source.files.items() if name.endswith(".h")}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return [name for name in texts if name.endswith(".c")]


def _names(source: CSource) -> dict[str, str | int]:
    """Return what the joining headers need to know."""
    inputs = _calls(f"{source.name}_input", source.inputs)
    outputs = _calls(f"{source.name}_output", source.outputs)
    return {
        "header": source.header,
        "macro": source.macro_prefix,
        "name": source.name,
        "input_bytes": source.input_bytes,
        "output_bytes": source.output_bytes,
        "first_input": inputs[0][0],
        "first_output": outputs[0][0],
        "put": " ".join(f"memcpy({n}(arena), (from) + {at}, {size});" for n, at, size in inputs),
        "get": " ".join(f"memcpy((to) + {at}, {n}(arena), {size});" for n, at, size in outputs),
    }


def _calls(name: str, sizes: Sequence[int]) -> list[tuple[str, int, int]]:
    """Return function, offset and bytes of each of a model's inputs or outputs."""
    names = [f"{name}_{place}" for place in range(len(sizes))] if len(sizes) > 1 else [name]
    return list(zip(names, accumulate(sizes, initial=0), sizes, strict=False))


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
