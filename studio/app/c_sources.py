"""Where an int8 model to be made into C is: in a project, in a bundle, in a file of its own."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from studio.app.c_code import Source
from studio.app.devices import own_of
from studio.app.exporting import choose, one_of
from studio.app.models import read_model_file
from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.errors import ExportError, ModelError
from studio.export import MODEL, read_files
from studio.store import blobs, candidates
from studio.store.project_file import ProjectFile

__all__ = ["find_source"]


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
        content, own = blobs.get(project, int8.digest), own_of(project)
    classes = tuple(candidate.classes)
    return Source(name=path.stem, content=content, classes=classes, own_devices=own)


_KINDS: tuple[tuple[bytes, int, Callable[[Path, int | None, str | None], Source]], ...] = (
    (b"SQLite format 3\0", 0, _of_project),
    (b"TFL3", 4, _of_file),
    (b"PK", 0, _of_bundle),
)
"""What a file is, told by its first bytes and never by its name."""
