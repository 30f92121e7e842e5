"""Which compilers are here, and how each is called.

zig comes as a Python package (the extra ``compile``) and makes code for this computer as well
as for every core of ``cores.toml``; GCC and clang are used where they are installed.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import platformdirs

from studio.domain.errors import ToolchainError

__all__ = ["Compiler", "cross_compilers", "host_compilers", "sanitizing_compilers"]

_GET_ONE = "Install the studio with its extra `compile`, which brings the compiler zig."


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiler:
    """A compiler of this computer.

    Attributes:
        id: ``"zig"``, ``"gcc"``, ``"clang"`` or ``"arm-none-eabi-gcc"``.
        command: The program and the arguments that make it a C compiler.
        version: As it says it.
    """

    id: str
    command: tuple[str, ...] = field(repr=False)
    version: str

    @property
    def title(self) -> str:
        """Name and version."""
        return f"{self.id} {self.version}"

    def environment(self, folder: Path) -> Mapping[str, str]:
        """Return what must be set for a build in this folder.

        zig keeps what it compiles: the runtime parts of a target, which every model shares,
        in the user's cache (its first use takes seconds); the model itself in the folder.
        """
        if self.id != "zig":
            return {}
        return {
            "ZIG_GLOBAL_CACHE_DIR": str(_kept()),
            "ZIG_LOCAL_CACHE_DIR": str(folder / "zig-cache"),
        }


def _kept() -> Path:
    """Return the folder zig keeps its runtime parts in: zig's own variable, ours, the system's."""
    if own := os.environ.get("ZIG_GLOBAL_CACHE_DIR"):
        return Path(own)
    chosen = os.environ.get("AUTOML_STUDIO_CACHE")
    base = Path(chosen) if chosen else platformdirs.user_cache_path("automl-studio", False)
    return base / "zig"


def host_compilers() -> tuple[Compiler, ...]:
    """Return the compilers for this computer, the preferred one first.

    Raises:
        ToolchainError: ``toolchain.no_compiler`` if there is none.
    """
    found = _present("zig", "gcc", "clang")
    if not found:
        raise ToolchainError(
            "There is no C compiler on this computer.", _GET_ONE, code="toolchain.no_compiler"
        )
    return found


def sanitizing_compilers() -> tuple[Compiler, ...]:
    """Return the compilers that bring address and undefined behaviour sanitizers; maybe none."""
    return tuple(compiler for compiler in _present("gcc", "clang") if _sanitizes(compiler))


@cache
def _sanitizes(compiler: Compiler) -> bool:
    """Tell whether the sanitizers' libraries, often a package of their own, are there."""
    with tempfile.TemporaryDirectory(prefix="studio-sanitizer-") as folder:
        (Path(folder) / "nothing.c").write_text("int main(void) { return 0; }\n")
        done = subprocess.run(
            [*compiler.command, "-fsanitize=address,undefined", "nothing.c", "-o", "nothing"],
            cwd=folder,
            stderr=subprocess.DEVNULL,
        )
    return done.returncode == 0


def cross_compilers() -> tuple[Compiler, ...]:
    """Return the compilers for microcontrollers, the preferred one first.

    Raises:
        ToolchainError: ``toolchain.no_compiler`` if there is none.
    """
    found = _present("zig", "arm-none-eabi-gcc")
    if not found:
        raise ToolchainError(
            "There is no compiler for microcontrollers on this computer.",
            _GET_ONE,
            code="toolchain.no_compiler",
        )
    return found


def _present(*ids: str) -> tuple[Compiler, ...]:
    return tuple(compiler for id in ids if (compiler := _find(id)) is not None)


def _find(id: str) -> Compiler | None:
    command = _zig() if id == "zig" else _on_path(id)
    version = _version(command, id) if command else None
    return Compiler(id=id, command=command, version=version) if version else None


def _on_path(name: str) -> tuple[str, ...]:
    found = shutil.which(name)
    return (found,) if found else ()


def _zig() -> tuple[str, ...]:
    spec = importlib.util.find_spec("ziglang")
    for folder in (spec and spec.submodule_search_locations) or ():
        program = Path(folder) / ("zig.exe" if os.name == "nt" else "zig")
        if program.is_file():
            return (str(program), "cc")
    return ()


@cache
def _version(command: tuple[str, ...], id: str) -> str | None:
    """Return the version; None where the program does not even say that."""
    asked = [command[0], "version"] if id == "zig" else [*command, "--version"]
    try:
        done = subprocess.run(asked, capture_output=True, text=True, errors="replace", timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    match = re.search(r"\d+\.\d+\.\d+", done.stdout.partition("\n")[0])
    return match[0] if match and done.returncode == 0 else None
