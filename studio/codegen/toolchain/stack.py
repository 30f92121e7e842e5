"""The stack that generated C takes: frames by the compiler's own account, along the deepest calls.

Each function's frame is what the compiler states (GCC's ``-fstack-usage``, clang's
``-fstack-size-section``); who calls whom is read from the assembly it makes of the source with
the options it is compiled with, where inlining has already happened. The sum along the deepest
chain is never less than what a run takes: a chain is counted even where no input leads there,
and a tail call as a call. ``tests/codegen/toolchain/test_stack.py`` holds it against an
emulator's painted stack.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from studio.codegen.toolchain.compilers import Compiler
from studio.codegen.toolchain.compiling import STRICT, compile_files, refusal, write_source
from studio.codegen.toolchain.cores import Core
from studio.codegen.toolchain.firmware import compiler_for
from studio.codegen.toolchain.linking import bare_metal
from studio.codegen.toolchain.records import CSource
from studio.domain.errors import ToolchainError
from studio.resources import assets

__all__ = ["StackUse", "calls_of", "deepest", "frames_in", "frames_of", "stack_of"]

_SIZE = re.compile(r"^\s*\.(byte|ascii|asciz)\s+(.+)$")
_USAGE = re.compile(r"^.*:([A-Za-z_][\w.$]*)\t(\d+)\t(\S+)", re.MULTILINE)
_LABEL = re.compile(r"^([A-Za-z_][\w.$]*):")
_BRANCH = re.compile(
    r"^\s+(?:b[a-z.]*|call|tail|j|jal)\s+(?:\w+,\s*)?([A-Za-z_][\w.$]*)\s*(?:[@#].*)?$"
)
_INDIRECT = re.compile(r"^\s+(?:blx\s+(?:r\d+|ip|lr)|jalr\s|bx\s+(?:r\d+|ip)\b)")
_REGISTER = re.compile(r"(?:[rsatx]\d+|lr|sp|pc|ip|ra|fp|zero)")


@dataclass(frozen=True, slots=True, kw_only=True)
class StackUse:
    """The deepest stack of one run.

    Attributes:
        bytes: Sum of the frames along the deepest chain of calls.
        helpers: Functions of the compiler's own library among the called, whose frames it does
            not tell; they are counted as nothing. Emulated, they took 16 to 28 bytes.
        compiler: Which one, with its version.
    """

    bytes: int
    helpers: tuple[str, ...]
    compiler: str


def stack_of(
    source: CSource,
    core: Core,
    *,
    optimize: str = "-O2",
    compiler: Compiler | None = None,
    timeout_s: float = 120.0,
) -> StackUse:
    """Return the stack of one run of generated C on a core without an operating system.

    Raises:
        ToolchainError: as `studio.codegen.toolchain.build_for`; ``toolchain.no_stack`` where
            calls go through pointers, in circles, or a frame has no fixed size.
    """
    chosen = compiler or compiler_for(core)
    with tempfile.TemporaryDirectory(prefix="studio-stack-") as name:
        folder = Path(name)
        shutil.copytree(assets() / "toolchain" / "include", folder / "include")
        bodies = write_source(source, folder, ours=["support.c"])
        frames: dict[str, int] = {}
        calls: dict[str, frozenset[str]] = {}
        arguments = (*STRICT, *bare_metal(chosen, core), optimize, "-iquote.")
        for body in bodies:
            usage, listing = _compile(chosen, arguments, body, folder, timeout_s)
            frames |= frames_of(usage) if chosen.id != "zig" else frames_in(listing)
            calls |= calls_of(listing)
    used, helpers = deepest(f"{source.name}_run", frames, calls)
    return StackUse(bytes=used, helpers=tuple(sorted(helpers)), compiler=chosen.title)


def frames_of(usage: str) -> dict[str, int]:
    """Return the bytes of each function's frame from a stack usage file.

    Raises:
        ToolchainError: ``toolchain.no_stack`` where a frame has no fixed size.
    """
    frames: dict[str, int] = {}
    for name, size, kind in _USAGE.findall(usage):
        if kind != "static":
            raise _untold(f"the frame of {name} has no fixed size")
        frames[name] = max(frames.get(name, 0), int(size))
    return frames


def frames_in(listing: str) -> dict[str, int]:
    """Return the bytes of each function's frame from the ``.stack_sizes`` in clang's assembly.

    Source:
        LLVM's code generator manual, "Emitting function stack size information": the function's
        address and, as an unsigned LEB128, the size; functions with a frame of no fixed size
        are left out there.
    """
    frames: dict[str, int] = {}
    here, lines = "", iter(listing.splitlines())
    for line in lines:
        if label := _LABEL.match(line):
            here = label[1]
        elif ".stack_sizes" in line:
            next(lines, "")
            if size := _SIZE.match(next(lines, "")):
                frames[here] = _number(size[1], size[2])
    return frames


def _number(form: str, text: str) -> int:
    if form == "byte":
        return int(text.split()[0], 0)
    written = text[1 : text.rindex('"')].encode("latin-1").decode("unicode_escape")
    return sum((ord(byte) & 0x7F) << (7 * place) for place, byte in enumerate(written))


def calls_of(listing: str) -> dict[str, frozenset[str]]:
    """Return which functions each function calls, from assembly.

    Raises:
        ToolchainError: ``toolchain.no_stack`` where a call goes through a pointer.
    """
    found: dict[str, set[str]] = {}
    here: set[str] = set()
    for line in listing.splitlines():
        if label := _LABEL.match(line):
            here = found.setdefault(label[1], set())
        elif _INDIRECT.match(line):
            raise _untold("a call goes through a pointer")
        elif (branch := _BRANCH.match(line)) and not _REGISTER.fullmatch(branch[1]):
            here.add(branch[1])
    return {name: frozenset(called) for name, called in found.items()}


def deepest(
    start: str, frames: Mapping[str, int], calls: Mapping[str, frozenset[str]]
) -> tuple[int, set[str]]:
    """Return the bytes of the deepest chain from a function, and called functions without a frame.

    Raises:
        ToolchainError: ``toolchain.no_stack`` where functions call each other in a circle.
    """
    known: dict[str, int] = {}
    helpers: set[str] = set()

    def below(name: str, above: tuple[str, ...]) -> int:
        if name in above:
            raise _untold(f"{name} calls itself")
        name = _alias(name)
        if name not in calls:
            helpers.add(name)
            return 0
        if name not in known:
            inner = (below(called, (*above, name)) for called in calls[name])
            known[name] = _frame(name, frames) + max(inner, default=0)
        return known[name]

    return below(start, ()), helpers


def _alias(name: str) -> str:
    # Arm's names for functions of support.c.
    match = re.fullmatch(r"__aeabi_(mem(?:cpy|move|set))\d?", name)
    return match[1] if match and match[1] != "memset" else name


def _frame(name: str, frames: Mapping[str, int]) -> int:
    # GCC's copies of a function (f.constprop.0) stand without the number (f.constprop).
    while name not in frames and "." in name:
        name = name.rpartition(".")[0]
    if name not in frames:
        raise _untold(f"the compiler does not tell the frame of {name}")
    return frames[name]


def _compile(
    compiler: Compiler, arguments: tuple[str, ...], body: str, folder: Path, timeout_s: float
) -> tuple[str, str]:
    """Return what the compiler says of the frames in one file, and its assembly."""
    plain = Path(body).stem
    option = "-fstack-size-section" if compiler.id == "zig" else "-fstack-usage"
    quiet = "-Wno-unused-command-line-argument"  # zig passes a -c of its own
    call = (*arguments, option, quiet, "-S", body, "-o", f"{plain}.s")
    if said := compile_files(compiler, call, folder, timeout_s=timeout_s):
        raise refusal(compiler, said)
    told = folder / f"{plain}.su"
    usage = told.read_text("utf-8", "replace") if told.is_file() else ""
    return usage, (folder / f"{plain}.s").read_text("utf-8", "replace")


def _untold(why: str) -> ToolchainError:
    return ToolchainError(
        f"The stack of the generated C cannot be told from its code: {why}.",
        "Run it on the device and look how deep its stack goes.",
        code="toolchain.no_stack",
    )
