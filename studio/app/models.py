"""Devices and models, with or without a project."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from studio.app.footprints import footprints_of
from studio.compatibility import ModelFacts, check_model, facts_of, onnx_facts, sensor_buffer
from studio.devices import catalogue, find_device
from studio.domain.device import Device
from studio.domain.errors import ModelError
from studio.domain.figure import Figure
from studio.domain.preprocessing import Preprocessing
from studio.domain.report import CompatibilityReport
from studio.runtimes.ethos_u import VelaAnswer, ask_vela
from studio.runtimes.onnx_file import outline_of_onnx
from studio.runtimes.tflite_micro import measure_arena

__all__ = [
    "check_content",
    "check_model_file",
    "chosen_devices",
    "device_catalogue",
    "ethos_u_answer",
    "file_facts",
    "model_facts",
    "read_model_file",
]

_LARGEST_MODEL_BYTES = 512 << 20
_TFLITE_MAGIC = b"TFL3"


def device_catalogue() -> Mapping[str, Device]:
    """Return every device by id."""
    return catalogue()


def chosen_devices(ids: Sequence[str], own: Mapping[str, Device] | None = None) -> Iterable[Device]:
    """Return devices by id, all of them if none is named.

    Args:
        ids: Which.
        own: Those a project knows beside the catalogue.

    Raises:
        DeviceError: ``device.unknown``.
    """
    beside = own or {}
    if not ids:
        return {**beside, **catalogue(), **beside}.values()
    return [find_device(id, beside) for id in ids]


def check_content(
    content: bytes,
    arena: Figure,
    device_ids: Sequence[str],
    own: Mapping[str, Device] | None = None,
    *,
    preprocessing: Preprocessing | None = None,
    measure: bool = False,
) -> tuple[CompatibilityReport, ...]:
    """Return the report of a TensorFlow Lite file on each device.

    Args:
        content: The file.
        arena: Its tensor arena, as `studio.runtimes.tflite_micro.measure_arena` gives it.
        device_ids: See `chosen_devices`.
        own: Likewise.
        preprocessing: What makes its input, where that is known.
        measure: Whether to compile its C; see `studio.app.footprints.footprints_of`.
    """
    facts = model_facts(content, arena, preprocessing, measure=measure)
    return tuple(check_model(facts, device) for device in chosen_devices(device_ids, own))


def model_facts(
    content: bytes,
    arena: Figure,
    preprocessing: Preprocessing | None = None,
    *,
    measure: bool = False,
) -> ModelFacts:
    """Return all that decides about a TensorFlow Lite file; arguments as of `check_content`."""
    return replace(
        facts_of(content, arena),
        sensor=None if preprocessing is None else sensor_buffer(preprocessing),
        footprint=footprints_of(content, measure=measure),
    )


def check_model_file(
    path: Path,
    device_ids: Sequence[str] = (),
    *,
    own: Mapping[str, Device] | None = None,
    measure: bool = False,
) -> tuple[CompatibilityReport, ...]:
    """Check anybody's ``.tflite`` or ONNX file, told apart by its content.

    The arena of a TensorFlow Lite file is measured in a child process; an ONNX file is read in
    one.

    Args:
        path: The file.
        device_ids: See `chosen_devices`.
        own: Likewise.
        measure: As of `check_content`.

    Raises:
        ModelError: as `read_model_file`, or what the readers say of the content.
    """
    facts = file_facts(path, measure=measure)
    return tuple(check_model(facts, device) for device in chosen_devices(device_ids, own))


def file_facts(path: Path, *, measure: bool = False) -> ModelFacts:
    """Return all that decides about anybody's ``.tflite`` or ONNX file; as `check_model_file`."""
    content = read_model_file(path)
    if content[4:8] != _TFLITE_MAGIC:
        return onnx_facts(outline_of_onnx(content))
    facts_of(content, Figure.unknown("B", "not measured yet"))  # refuse before running it
    return model_facts(content, measure_arena(content), measure=measure)


def read_model_file(path: Path) -> bytes:
    """Return the content of a file that may be a model.

    Raises:
        ModelError: ``model.not_found``, ``model.cannot_read``, ``model.too_large``.
    """
    try:
        if path.stat().st_size > _LARGEST_MODEL_BYTES:
            raise ModelError(
                f"{path.name} is over {_LARGEST_MODEL_BYTES >> 20} MB.",
                "No device of the catalogue runs such a model.",
                code="model.too_large",
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise ModelError(
            f"There is no file {path.name} here.", "Check the name.", code="model.not_found"
        ) from None
    except OSError as error:
        raise ModelError(
            f"{path.name} cannot be read: {os.strerror(error.errno or 0).lower()}.",
            "Check that it is a file and that you may read it.",
            code="model.cannot_read",
        ) from error


def ethos_u_answer(path: Path, accelerator: str) -> VelaAnswer:
    """Return what Vela says of anybody's ``.tflite`` file; it runs in a child process.

    Raises:
        DeviceError: ``device.no_accelerator``.
        ModelError: as `read_model_file`, or what the reader says of the content.
    """
    return ask_vela(read_model_file(path), accelerator)
