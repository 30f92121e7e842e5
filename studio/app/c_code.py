"""C code of a model, and the proof of it: for a project's candidate or anybody's file."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from studio.app.exporting import choose, one_of
from studio.app.models import read_model_file
from studio.codegen import Generated, Proof, Settings, generate, prove
from studio.codegen.toolchain import core_named
from studio.devices import find_device
from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.device import Device
from studio.domain.errors import ExportError, ModelError, ToolchainError
from studio.export import MODEL, read_files
from studio.store import blobs, candidates
from studio.store.project_file import ProjectFile

__all__ = ["Source", "c_code", "find_source", "prove_c_code", "write_c_code"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An int8 model to be made into C.

    Attributes:
        name: What the code is called after.
        content: The TensorFlow Lite file.
        classes: Names of the classes in the order of the outputs; empty where unknown.
    """

    name: str
    content: bytes
    classes: tuple[str, ...] = ()


def find_source(path: Path, candidate_id: int | None, device_id: str | None) -> Source:
    """Return the int8 model of a project, of a bundle, or of anybody's ``.tflite`` file.

    A project's is the candidate asked for, or the best (that fits the device, if one is named).

    Raises:
        ModelError: ``model.not_found``, ``model.cannot_read``, ``model.too_large``,
            ``model.not_tflite``.
        BundleError: if the bundle is damaged or not safe.
        ExportError: as `studio.app.exporting.choose`.
    """
    if path.is_dir():
        return _of_bundle(path)
    head = _head(path)
    for magic, offset, find in _KINDS:
        if head[offset:].startswith(magic):
            return find(path, candidate_id, device_id)
    raise ModelError(
        f"{path.name} is neither a project, a bundle nor a TensorFlow Lite model.",
        "Give the path of one of these.",
        code="model.not_tflite",
    )


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(16)
    except OSError:
        return read_model_file(path)[:16]  # says in words what is wrong


def _of_file(path: Path, *_: object) -> Source:
    return Source(name=path.stem, content=read_model_file(path))


def _of_bundle(path: Path, *_: object) -> Source:
    files = read_files(path)
    if MODEL not in files:
        raise ModelError(
            "This bundle has no int8 model.", "Export it again.", code="model.not_found"
        )
    return Source(name=path.stem, content=files[MODEL])


def _of_project(path: Path, candidate_id: int | None, device_id: str | None) -> Source:
    with contextlib.closing(ProjectFile.open(path)) as project:
        if device_id is not None and candidate_id is None:
            candidate = choose(project, device_id, None).candidate
        else:
            candidate = one_of(candidates.best_first(project), candidate_id)
        int8 = candidate.artifact(Precision.INT8, ArtifactFormat.TFLITE)
        if int8 is None:
            raise ExportError(
                f"Candidate {candidate.id} has no int8 model.",
                "Choose another candidate.",
                code="export.no_model",
            )
        content = blobs.get(project, int8.digest)
    return Source(name=path.stem, content=content, classes=tuple(candidate.classes))


_KINDS: tuple[tuple[bytes, int, Callable[[Path, int | None, str | None], Source]], ...] = (
    (b"SQLite format 3\0", 0, _of_project),
    (b"TFL3", 4, _of_file),
    (b"PK", 0, _of_bundle),
)
"""What a file is, told by its first bytes and never by its name."""


def c_code(source: Source, device_id: str | None, kernels: str | None) -> Generated:
    """Return the C code of a model.

    Args:
        source: The model.
        device_id: A device of the catalogue, or None.
        kernels: One of `studio.codegen.KERNEL_SETS`; None for what the device's core has.

    Raises:
        DeviceError: ``device.unknown``.
        ModelError: see `studio.codegen.generate`.
    """
    device = find_device(device_id) if device_id else None
    return generate(source.content, _settings(source, device, kernels))


def prove_c_code(
    source: Source,
    device_id: str | None,
    kernels: str | None = None,
    *,
    count: int = 200,
    emulate: bool = False,
) -> Proof:
    """Compile and run the C code of a model and compare; see `studio.codegen.prove`."""
    device = find_device(device_id) if device_id else None
    return prove(
        source.content,
        _settings(source, device, kernels),
        device=device,
        count=count,
        emulate=emulate,
    )


def write_c_code(files: Mapping[str, str], folder: Path) -> tuple[Path, ...]:
    """Write generated files into a folder, each whole or not at all.

    Raises:
        ExportError: ``export.cannot_write``.
    """
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            part = folder / f".{name}.part"
            part.write_text(text, encoding="utf-8")
            os.replace(part, folder / name)
            written.append(folder / name)
    except OSError as problem:
        raise ExportError(
            f"The code cannot be written to {folder} ({problem.strerror}).",
            "Choose another folder.",
            code="export.cannot_write",
        ) from problem
    return tuple(written)


def _settings(source: Source, device: Device | None, kernels: str | None) -> Settings:
    chosen = kernels or ("dsp" if device and _has_dsp(device) else "c99")
    about = [f"Model: {source.name}", f"Kernels: {chosen}"]
    about += [f"Device: {device.name}"] if device else []
    return Settings(name=source.name, classes=source.classes, kernels=chosen, about=about)


def _has_dsp(device: Device) -> bool:
    try:
        return core_named(device.core).dsp
    except ToolchainError:
        return False
