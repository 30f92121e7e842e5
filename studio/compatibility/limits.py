"""The one memory arithmetic: what is planned for, part by part.

The verdict adds the parts up; the search asks what is left for a model. Both use the worst end
of every range, so a candidate within the limits of the search always fits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from studio.compatibility.costs import OPERATING_SYSTEM, STACK, sdk_cost
from studio.compatibility.facts import ModelFacts
from studio.compatibility.sizes import size_text
from studio.domain.candidate import ArtifactFormat
from studio.domain.device import Device, DeviceKind
from studio.domain.errors import DeviceError
from studio.domain.figure import Figure, FigureKind
from studio.domain.report import MemoryLine, MemoryRegion
from studio.runtimes import RUNTIMES, Runtime

__all__ = [
    "SearchLimits",
    "device_lines",
    "model_lines",
    "runtime_for",
    "search_limits",
    "total",
    "worst",
]

_FLASH, _RAM = MemoryRegion.FLASH, MemoryRegion.RAM
_USUAL_INPUT_BYTES = 96 * 96 * 3
"""The largest picture a search takes when nobody says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchLimits:
    """What a model may take on a device.

    Attributes:
        flash_bytes: Largest model file.
        ram_bytes: Largest tensor arena.
        input_bytes: Largest input these limits hold for.
    """

    flash_bytes: int
    ram_bytes: int
    input_bytes: int


def search_limits(device: Device, input_bytes: int = _USUAL_INPUT_BYTES) -> SearchLimits:
    """Return what a device leaves for a model and its arena.

    Args:
        device: The device to search for.
        input_bytes: Length of one sample as the model takes it; one copy is kept beside the
            arena.

    Raises:
        DeviceError: ``device.no_limits`` if its RAM or flash is unknown or nothing runs on it;
            ``device.too_small`` if nothing is left.
    """
    runtime = runtime_for(device)
    flash, ram = device.flash_bytes.value, device.ram_bytes.value
    if runtime is None or flash is None or ram is None or not runtime.uses_arena:
        raise DeviceError(
            f"The studio cannot search for the {device.name}: {_missing(device, runtime)}.",
            "Choose another device to search for; its models can still be checked against this.",
            code="device.no_limits",
        )
    lines = device_lines(device, runtime)
    limits = SearchLimits(
        flash_bytes=flash - _sum_worst(lines, _FLASH),
        ram_bytes=ram - _sum_worst(lines, _RAM) - input_bytes,
        input_bytes=input_bytes,
    )
    if min(limits.flash_bytes, limits.ram_bytes) <= 0:
        raise DeviceError(
            f"The {device.name} may have no room for any model: {_shortage(flash, ram, lines)}.",
            "Choose a larger device.",
            code="device.too_small",
        )
    return limits


def runtime_for(device: Device) -> Runtime | None:
    """Return the runtime a TensorFlow Lite file would run on there, or None.

    An accelerator's is only chosen where the device states no other: what it leaves behind, and
    the memory, are those of the runtime beside it.
    """
    known = [RUNTIMES[id] for id in device.runtimes if id in RUNTIMES]
    taking = [runtime for runtime in known if ArtifactFormat.TFLITE in runtime.formats]
    # What only a linker can tell tells nothing before it has run, so it comes after the others.
    return min(taking, key=lambda r: (bool(r.host), r.linked), default=None)


def device_lines(device: Device, runtime: Runtime) -> tuple[MemoryLine, ...]:
    """Return the parts that are the same for every model."""
    code = _line("runtime code", _FLASH, runtime.code)
    if device.kind is not DeviceKind.MICROCONTROLLER:
        system = _line("operating system", _RAM, OPERATING_SYSTEM)
        own = [_line("runtime", _RAM, runtime.working)] if runtime.working else []
        return (code, system, *own)
    cost = sdk_cost(device.sdk)
    return (
        code,
        _line("sketch and startup code", _FLASH, cost.flash),
        _line("sketch and startup data", _RAM, cost.ram),
        _line("stack", _RAM, STACK),
    )


def model_lines(model: ModelFacts, runtime: Runtime) -> tuple[MemoryLine, ...]:
    """Return the parts a model brings along."""
    if runtime.linked and runtime.working:
        return (_line("working memory", _RAM, runtime.working),)
    size = Figure.measured(model.size_bytes, "B", "length of the model file")
    sample = Figure.measured(
        model.input_bytes,
        "B",
        "one sample as the model takes it; what a camera or microphone needs comes on top",
    )
    parts = [_line("model", _FLASH, size), _line("input buffer", _RAM, sample)]
    if runtime.uses_arena:
        return (*parts, _line("tensor arena", _RAM, model.arena))
    # Where there is an operating system the file is loaded into RAM to be run.
    loaded = [_line("model", _RAM, size), _line("tensors", _RAM, model.activations)]
    return (*parts, *loaded)


def worst(figure: Figure) -> float | None:
    """Return the worst end of a figure, or None if it is unknown."""
    return figure.value if figure.high is None else figure.high


def total(lines: Iterable[MemoryLine], region: MemoryRegion) -> Figure:
    """Return the sum over one memory; its value is the worst end."""
    lines = [line for line in lines if line.region is region]
    known = [line.figure for line in lines if line.figure.value is not None]
    low = sum(_best(figure) for figure in known)
    high = sum(worst(figure) or 0 for figure in known)
    missing = [line.part for line in lines if line.figure.value is None]
    if missing:
        why = f"At least {size_text(low)}; not known: {', '.join(missing)}."
        return Figure(value=None, unit="B", kind=FigureKind.UNKNOWN, low=low, source=why)
    estimated = any(figure.kind is FigureKind.ESTIMATED for figure in known)
    kind = FigureKind.ESTIMATED if estimated else FigureKind.MEASURED
    source = "sum of the parts"
    return Figure(value=high, unit="B", kind=kind, low=low, high=high, source=source)


def _line(part: str, region: MemoryRegion, figure: Figure) -> MemoryLine:
    return MemoryLine(part=part, region=region, figure=figure)


def _best(figure: Figure) -> float:
    return (figure.value if figure.low is None else figure.low) or 0


def _sum_worst(lines: Iterable[MemoryLine], region: MemoryRegion) -> int:
    return int(sum(worst(line.figure) or 0 for line in lines if line.region is region))


def _missing(device: Device, runtime: Runtime | None) -> str:
    if runtime is None:
        return "no runtime of the studio runs on it"
    if not runtime.uses_arena:
        return "its limits are not those of a microcontroller"
    unknown = [
        name
        for name, fact in (("RAM", device.ram_bytes), ("flash", device.flash_bytes))
        if fact.value is None
    ]
    return f"its {' and '.join(unknown)} is not known"


def _shortage(flash: int, ram: int, lines: tuple[MemoryLine, ...]) -> str:
    needs = [
        f"{size_text(_sum_worst(lines, region), of=there)} {name}"
        for region, there, name in ((_FLASH, flash, "flash"), (_RAM, ram, "RAM"))
    ]
    return f"the rest of a program needs up to {' and '.join(needs)}"
