"""Whether a path is a project or a model file: told by its first bytes and never by its name."""

from __future__ import annotations

from pathlib import Path

from studio.domain.errors import ModelError

__all__ = ["is_project"]

# https://www.sqlite.org/fileformat.html section 1.3; the file identifier in TensorFlow Lite's
# schema.fbs, at the place FlatBuffers keeps one.
# ONNX has none: its files begin with field 1, ir_version, of ModelProto in onnx.proto.
_ONNX, _NEWEST_ONNX = b"\x08", 0x7F
_PROJECT, _MODEL, _MODEL_OFFSET = b"SQLite format 3\0", b"TFL3", 4


def is_project(path: Path) -> bool:
    """Return whether a file is a project; else it is a TensorFlow Lite or ONNX model.

    Raises:
        ModelError: ``model.unreadable``, or ``model.not_tflite`` if it is neither.
    """
    try:
        with path.open("rb") as file:
            head = file.read(len(_PROJECT))
    except OSError as problem:
        raise ModelError(
            f"{path} cannot be read ({(problem.strerror or 'unknown reason').lower()}).",
            "Give the path of a project or of a .tflite file.",
            code="model.unreadable",
        ) from problem
    if head == _PROJECT:
        return True
    if head[_MODEL_OFFSET:].startswith(_MODEL):
        return False
    if head[:1] == _ONNX and 0 < head[1] <= _NEWEST_ONNX:
        return False
    raise ModelError(
        f"{path} is neither a project nor a TensorFlow Lite or ONNX model.",
        "Give the path of a project, of a .tflite or of an .onnx file.",
        code="model.not_tflite",
    )
