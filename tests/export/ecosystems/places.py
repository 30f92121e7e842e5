"""Exported zips in folders, and the programs that build them."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest

from studio.codegen.toolchain.compilers import cross_compilers
from studio.domain.errors import ToolchainError
from studio.export.archive import zip_bytes
from studio.export.ecosystems import assemble_for

from .contents import contents_of

__all__ = ["needs", "needs_emulator", "packed", "ran", "rebuilt", "unpacked"]


@cache
def files_of(ecosystem: str, kind: str) -> dict[str, bytes]:
    """Return every file of the zip of one ecosystem and kind."""
    return assemble_for(contents_of(kind), ecosystem)


def packed(ecosystem: str, kind: str) -> bytes:
    """Return the zip."""
    return zip_bytes(files_of(ecosystem, kind))


def unpacked(ecosystem: str, kind: str, folder: Path) -> Path:
    """Unpack a zip as an engineer would; return its one folder."""
    with zipfile.ZipFile(BytesIO(packed(ecosystem, kind))) as archive:
        archive.extractall(folder)
    (top,) = folder.iterdir()
    return top


def needs(program: str) -> pytest.MarkDecorator:
    """Skip where a program is not installed."""
    missing = shutil.which(program) is None
    return pytest.mark.skipif(missing, reason=f"{program} is not installed")


def _no_emulator() -> bool:
    try:
        return shutil.which("qemu-system-arm") is None or not cross_compilers()
    except ToolchainError:
        return True


needs_emulator = pytest.mark.skipif(
    _no_emulator(), reason="there is no qemu-system-arm, or neither arm-none-eabi-gcc nor zig"
)


def ran(*command: object, folder: Path) -> str:
    """Run a program that must succeed; return what it said."""
    done = subprocess.run(
        [str(part) for part in command], cwd=folder, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def rebuilt(library: Path, *options: str) -> tuple[int, str]:
    """Run ``rebuild.py`` of an unpacked zip, as a program that knows nothing of the studio."""
    command = [sys.executable, "-I", "rebuild.py", *options]
    done = subprocess.run(command, cwd=library, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr
