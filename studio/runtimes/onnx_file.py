"""What an ONNX file holds, read by a child process that a bad file may end."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from studio.domain.errors import ModelError
from studio.runtimes.tflite_micro import child_environment

__all__ = ["OnnxOutline", "outline_of_onnx"]

_TIMEOUT_S = 60.0
_LARGEST_BYTES = 512 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class OnnxOutline:
    """One ONNX file.

    Attributes:
        operators: Name and count, most frequent first; others' operators with their domain.
        custom_operators: Those of the names that are nobody's standard.
        element_types: Of inputs, outputs and everything between that has a known type.
        weight_types: Of the constants.
        open_shapes: Whether a dimension other than the batch is open until run time.
        size_bytes: Length of the file.
        input_bytes: Length of one sample; None where a size is open.
        together_bytes: The most that one operator reads and writes, as far as it is known.
        tensors_bytes: All tensors together; None where the size of one is not known.
    """

    operators: tuple[tuple[str, int], ...]
    custom_operators: frozenset[str]
    element_types: frozenset[str]
    weight_types: frozenset[str]
    open_shapes: bool
    size_bytes: int
    input_bytes: int | None
    together_bytes: int
    tensors_bytes: int | None


def outline_of_onnx(content: bytes, timeout_s: float = _TIMEOUT_S) -> OnnxOutline:
    """Read an ONNX file, ours or a stranger's.

    Raises:
        ModelError: ``model.too_large``, ``model.damaged``, ``model.external_data``.
    """
    if len(content) > _LARGEST_BYTES:
        raise ModelError(
            "This model is larger than 512 MB.",
            "The studio checks models for small devices only.",
            code="model.too_large",
        )
    told = _ask(content, timeout_s)
    if told.get("why") == "external":
        raise ModelError(
            "This ONNX file keeps its weights in other files.",
            "Save it again as one file.",
            code="model.external_data",
        )
    if "operators" not in told:
        raise ModelError(
            "This file is damaged, or neither TensorFlow Lite nor ONNX.",
            "Get the file again from where it was made.",
            code="model.damaged",
        )
    return _outline(told, len(content))


def _outline(told: dict[str, Any], size_bytes: int) -> OnnxOutline:
    inputs = [tensor["bytes"] for tensor in told["inputs"]]
    return OnnxOutline(
        operators=tuple((name, count) for name, count in told["operators"]),
        custom_operators=frozenset(told["custom"]),
        element_types=frozenset(told["types"]),
        weight_types=frozenset(told["weights"]),
        open_shapes=bool(told["open"]),
        size_bytes=size_bytes,
        input_bytes=None if None in inputs else sum(inputs),
        together_bytes=int(told["together"]),
        tensors_bytes=None if None in told["tensors"] else sum(told["tensors"]),
    )


def _ask(content: bytes, timeout_s: float) -> dict[str, Any]:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "studio.runtimes._onnx_child"],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=child_environment(),
            timeout=timeout_s,
            start_new_session=True,
        )
        told: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return {}
    return told
