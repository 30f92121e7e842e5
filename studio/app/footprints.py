"""What models take as generated C, kept: a core is compiled for once, a matrix never compiles.

What was measured lies in the cache folder, under a name that changes with the generated text,
the core and the compiler; so a new version of the generator never reads an old figure.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import platformdirs

from studio.codegen import estimate_footprint, measure_footprint, outline_of
from studio.codegen.toolchain import core_named
from studio.codegen.toolchain.firmware import compiler_for
from studio.domain.errors import ToolchainError
from studio.domain.figure import Figure
from studio.domain.footprint import Footprint

__all__ = ["footprints_of", "measured_stamp"]

_FIGURES = ("code", "weights", "variables", "arena", "stack", "instructions")


def footprints_of(content: bytes, *, measure: bool = False) -> Callable[[str], Footprint]:
    """Return what tells a model's footprint on a core.

    Args:
        content: A TensorFlow Lite file.
        measure: Whether to compile, link and, where an emulator is installed, count; that takes
            seconds for the first model on a core. Else what was measured before, or an
            estimate.
    """
    # A report asks several times for each core, and a matrix for each device of it.
    return cache(lambda core: _footprint(content, core, measure=measure))


def _footprint(content: bytes, core: str, *, measure: bool) -> Footprint:
    kept = _place(content, core)
    if kept is None:
        return estimate_footprint(content, core)
    found = _read(kept)
    if found is None and measure:
        with contextlib.suppress(ToolchainError, OSError):
            found = measure_footprint(content, core)
            _write(kept, found)
    return found or estimate_footprint(content, core)


def _place(content: bytes, core: str) -> Path | None:
    """Return where a measurement would lie; None where none can be made here."""
    try:
        compiler = compiler_for(core_named(core))
    except ToolchainError:
        return None
    outline = outline_of(content, core)
    if outline.refused:
        return None
    key = hashlib.sha256(f"{outline.digest} {core} {compiler.title}".encode()).hexdigest()
    return _folder() / f"{key}.json"


def _folder() -> Path:
    chosen = os.environ.get("AUTOML_STUDIO_CACHE")
    base = Path(chosen) if chosen else platformdirs.user_cache_path("automl-studio", False)
    return base / "footprints"


def measured_stamp() -> int:
    """Return what changes whenever something else was measured; for who keeps what came of it."""
    with contextlib.suppress(OSError):
        return _folder().stat().st_mtime_ns
    return 0


def _read(place: Path) -> Footprint | None:
    try:
        data = json.loads(place.read_text("utf-8"))
        figures: dict[str, Any] = {name: Figure.from_json(data[name]) for name in _FIGURES}
        return Footprint(core=str(data["core"]), kernels=str(data["kernels"]), **figures)
    except (OSError, ValueError, KeyError, TypeError):
        return None  # not there, or not ours any more


def _write(place: Path, found: Footprint) -> None:
    plain = {field.name: getattr(found, field.name) for field in fields(found)}
    for name in _FIGURES:
        plain[name] = plain[name].as_json()
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_suffix(f".{os.getpid()}.part")
    part.write_text(json.dumps(plain), encoding="utf-8")
    os.replace(part, place)
