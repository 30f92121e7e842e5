"""Zips of programs in folders, and their commands run as a person runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

from studio.domain.device import DeviceKind
from studio.export import BundleContents
from studio.export.archive import zip_bytes
from studio.export.ecosystems import assemble_for

from ..conftest import device, make_contents, report
from ..kinds import make_kind

__all__ = ["board_contents", "called", "program_files", "unpacked_program"]

PACKAGE = "bars_of_light_model"


def board_contents(kind: str, **changes: Any) -> BundleContents:
    """Return contents of one kind for a Linux board."""
    board = device(id="raspberry_pi_5", name="Raspberry Pi 5", kind=DeviceKind.LINUX_BOARD)
    fits = report(device_id="raspberry_pi_5", runtime="litert")
    given = {"device": board, "report": fits, "code": None, **changes}
    return make_contents(**given) if kind == "pictures" else make_kind(kind, **given)


@cache
def program_files(form: str, kind: str) -> dict[str, bytes]:
    """Return every file of the zip of one form and kind."""
    return assemble_for(board_contents(kind), form)


def unpacked_program(form: str, kind: str, folder: Path) -> Path:
    """Unpack a zip; return its one folder."""
    import zipfile
    from io import BytesIO

    with zipfile.ZipFile(BytesIO(zip_bytes(program_files(form, kind)))) as archive:
        archive.extractall(folder)
    (top,) = folder.iterdir()
    return top


def called(
    top: Path, *words: object, given: bytes = b"", status: int = 0, python: str = sys.executable
) -> list[Any]:
    """Run the command of an unpacked zip, not installed; return its lines, JSON where they are."""
    paths = {"PYTHONPATH": str(top / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [python, "-m", PACKAGE, *map(str, words)],
        cwd=top,
        input=given,
        capture_output=True,
        env={**os.environ, **paths},
    )
    assert done.returncode == status, (done.stdout + done.stderr).decode()
    lines = (done.stdout + done.stderr).decode().splitlines()
    return [json.loads(line) if line.startswith("{") else line for line in lines]
