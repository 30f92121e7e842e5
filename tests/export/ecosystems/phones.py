"""Bundles for phones, and the C of them on this computer."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

from studio.devices import find_device
from studio.export import BundleContents
from studio.export.ecosystems import assemble_for

from .contents import contents_of
from .places import ran

__all__ = ["TOP", "compiled_for", "contents_for", "files_for", "put"]

TOP = "Bars_of_light"
_STRICT = ("-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-O1")


def contents_for(form: str, kind: str) -> BundleContents:
    """Return contents for the phone of a form: no C of the model."""
    device = find_device(f"{form}_phone")
    plain = contents_of(kind)
    limits = {"flash_limit_bytes": None, "ram_limit_bytes": None}
    told = replace(plain.report, device_id=device.id, **limits)  # type: ignore[arg-type]
    return contents_of(kind, device=device, report=told, code=None)


@cache
def files_for(form: str, kind: str) -> dict[str, bytes]:
    """Return every file of the zip."""
    return assemble_for(contents_for(form, kind), form)


def put(form: str, kind: str, folder: Path) -> Path:
    """Write the files as an engineer unpacks them; return their one folder."""
    for name, content in files_for(form, kind).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder / TOP


def compiled_for(target: str, top: Path, folder: Path) -> None:
    """Compile all C of an app for a target by zig, every warning being an error."""
    zig = (sys.executable, "-m", "ziglang", "cc", "-target", target)
    for path in (top / "src").rglob("*.c"):
        ran(*zig, *_STRICT, "-c", path, "-o", f"{path.stem}.o", folder=folder)


def rebuilt_here(top: Path) -> tuple[int, str]:
    """Run ``rebuild.py`` as a program that knows nothing of the studio."""
    command = [sys.executable, "-I", "rebuild.py", "--cc", "gcc"]
    done = subprocess.run(command, cwd=top, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr
