"""For Google's Edge TPU: the command for its compiler, what that will take, and a program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from studio.domain.device import Device, DeviceKind
from studio.domain.errors import ExportError
from studio.domain.placement import Placement, Where
from studio.export.ecosystems._program import NEEDS, command_of, package_name, program_files
from studio.export.ecosystems._shape import Ecosystem, Material
from studio.export.manifest import as_json_bytes
from studio.export.part import Member
from studio.runtimes import RUNTIMES
from studio.runtimes.tflite_file import Graph, read_model

__all__ = ["ENTRY"]

_NAME = "edgetpu"
_RUNTIME = "edge-tpu"
_ABOUT = {
    "compile.sh": "calls Google's compiler, where it is installed",
    "on_edgetpu.py": "the command of the package with the model on the Edge TPU",
}


def _make(material: Material) -> Iterator[Member]:
    placed = _placement(material)
    yield from program_files(material, NEEDS)
    yield Member(
        name="edgetpu/placement.json",
        content=as_json_bytes(_facts(material, placed)),
        about="which operators the compiler will take, and why it leaves the others; by its rules",
    )
    for name, about in _ABOUT.items():
        text = material.filled(f"edgetpu/{name}.txt", package=package_name(material))
        yield Member(name=f"edgetpu/{name}", content=text.encode("ascii"), about=about)


def _placement(material: Material) -> Placement:
    """Return where each operator of the int8 model will run.

    Raises:
        ExportError: ``export.nothing_on_accelerator`` where none would run on the Edge TPU.
    """
    place = RUNTIMES[_RUNTIME].place
    assert place is not None
    placed = place(read_model(material.draft.model).graphs[0])
    if not placed.counted(Where.ACCELERATOR):
        why = next((p.reason for p in placed.operators if p.reason), "")
        raise ExportError(
            f"Nothing of the model would run on the Edge TPU. {why}",
            "Choose another candidate, or the form python, which needs no Edge TPU.",
            code="export.nothing_on_accelerator",
        )
    return placed


def _facts(material: Material, placed: Placement) -> dict[str, Any]:
    graph = read_model(material.draft.model).graphs[0]
    tensors = [t for t in graph.tensors if not t.data_bytes]
    return {
        "compiled_here": False,
        "how": placed.how,
        "types": sorted({t.dtype for t in tensors}),
        "open_sizes": sorted({t.name for t in tensors if t.open_dimensions}),
        "scaled_by_channel": sorted(_scaled_by_channel(graph)),
        "scaled_by_channel_unlike_its_rules": _beyond_its_rules(graph),
        "operators": [
            {"number": p.number, "name": p.name, "where": str(p.where), "reason": p.reason}
            for p in placed.operators
        ],
    }


def _scaled_by_channel(graph: Graph) -> set[str]:
    """Return the operators with constant weights of more than one scale."""
    return {
        operator.name
        for operator in graph.operators
        for index in operator.inputs
        if index >= 0 and graph.tensors[index].data_bytes and len(graph.tensors[index].scales) > 1
    }


def _beyond_its_rules(graph: Graph) -> list[str]:
    """Return the operators whose weights have more scales than the compiler is known to take."""
    wanted = RUNTIMES[_RUNTIME].quantization
    assert wanted is not None
    return sorted(_scaled_by_channel(graph) - wanted.per_channel)


def _scales(material: Material, ending: str) -> str:
    """Return what its README says of scales per channel, a paragraph."""
    names = _beyond_its_rules(read_model(material.draft.model).graphs[0])
    if not names:
        return material.filled(f"edgetpu/scales_known{ending}.txt").rstrip()
    told = ", ".join(f"`{name}`" for name in names)
    return material.filled(f"edgetpu/scales_beyond{ending}.txt", names=told).rstrip()


def _words(material: Material) -> dict[str, str]:
    placed = _placement(material)
    left: dict[str, list[str]] = {}
    for one in placed.operators:
        if one.reason:
            left.setdefault(one.reason, []).append(f"`{one.name}`")
    return {
        "package": package_name(material),
        "command": command_of(material),
        "taken": str(sum(placed.counted(Where.ACCELERATOR).values())),
        "all": str(len(placed.operators)),
        "scales": _scales(material, ""),
        "scales_ko": _scales(material, "_ko"),
        "left": "".join(f"\n- {', '.join(names)}: {reason}" for reason, names in left.items()),
    }


def _why_not(device: Device) -> str:
    if device.accelerator is None or device.accelerator.name != _NAME:
        return f"The {device.name} has no Edge TPU."
    if device.kind is DeviceKind.MICROCONTROLLER:
        return (
            f"The {device.name} runs no Python; its Edge TPU is for programs in C++ by its own "
            "SDK, which cannot be had here. The form cmake is for its processor."
        )
    return ""


ENTRY = Ecosystem(
    id="edgetpu",
    title="Edge TPU",
    make=_make,
    readme="edgetpu",
    why_not=_why_not,
    words=_words,
    is_program=True,
    paper="python/whole",
    needs=NEEDS,
)
