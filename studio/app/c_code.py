"""C code of a model, and the proof of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from studio.codegen import Generated, Item, Proof, Settings, generate, prove
from studio.codegen.toolchain import core_named
from studio.devices import find_device
from studio.domain.device import Device
from studio.domain.errors import ExportError, ToolchainError

__all__ = ["Source", "c_code", "prove_c_code", "write_c_code"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An int8 model to be made into C.

    Attributes:
        name: What the code is called after.
        content: The TensorFlow Lite file.
        classes: Names of the classes in the order of the outputs; empty where unknown.
        own_devices: Devices by id that its project knows beside the catalogue.
    """

    name: str
    content: bytes
    classes: tuple[str, ...] = ()
    own_devices: Mapping[str, Device] = field(default_factory=dict)


def c_code(source: Source, device_id: str | None, kernels: str | None) -> Generated:
    """Return the C code of a model.

    Args:
        source: The model.
        device_id: A device of the catalogue or of the source's project, or None.
        kernels: One of `studio.codegen.KERNEL_SETS`; None for what the device's core has.

    Raises:
        DeviceError: ``device.unknown``.
        ModelError: see `studio.codegen.generate`.
    """
    device = find_device(device_id, source.own_devices) if device_id else None
    return generate(source.content, _settings(source, device, kernels))


def prove_c_code(
    source: Source,
    device_id: str | None,
    kernels: str | None = None,
    *,
    count: int = 200,
    inputs: npt.NDArray[np.uint8] | None = None,
    emulate: bool = False,
    on_item: Callable[[Item], None] = lambda item: None,
) -> Proof:
    """Compile and run the C code of a model and compare; see `studio.codegen.prove`."""
    device = find_device(device_id, source.own_devices) if device_id else None
    return prove(
        source.content,
        _settings(source, device, kernels),
        device=device,
        count=count,
        inputs=inputs,
        emulate=emulate,
        on_item=on_item,
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
    chosen = kernels or (_kernels_for(device) if device else "c99")
    about = [f"Model: {source.name}", f"Kernels: {chosen}"]
    about += [f"Device: {device.name}"] if device else []
    return Settings(name=source.name, classes=source.classes, kernels=chosen, about=about)


def _kernels_for(device: Device) -> str:
    try:
        return core_named(device.core).kernels
    except ToolchainError:
        return "c99"
