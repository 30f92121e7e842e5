"""The one memory arithmetic: what is planned for, part by part.

The verdict adds the parts up; the search asks what is left for a model. Both use the worst end
of every range, so a candidate within the limits of the search always fits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from studio.compatibility.costs import OPERATING_SYSTEM, SKETCH_STACK, STACK, sdk_cost
from studio.compatibility.facts import ModelFacts
from studio.compatibility.sizes import size_text
from studio.domain.candidate import ArtifactFormat
from studio.domain.device import Device, DeviceKind
from studio.domain.errors import DeviceError
from studio.domain.figure import Figure, FigureKind
from studio.domain.footprint import Footprint
from studio.domain.report import MemoryLine, MemoryRegion
from studio.runtimes import RUNTIMES, Runtime

__all__ = [
    "SENSOR_BUFFER",
    "SearchLimits",
    "device_lines",
    "footprint_of",
    "model_lines",
    "runtime_for",
    "runtimes_for",
    "search_limits",
    "total",
    "worst",
]

_FLASH, _RAM = MemoryRegion.FLASH, MemoryRegion.RAM
SENSOR_BUFFER = "sensor buffer"
"""The one part that is left out of a total where it is not known: the model does not say it."""
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
    runtime = _searched_for(device)
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


def runtimes_for(device: Device, format: ArtifactFormat) -> tuple[Runtime, ...]:
    """Return the runtimes a file of this format could run on there, the preferred one first.

    An accelerator's is only among them where the device states no other: what it leaves behind,
    and the memory, are those of the runtime beside it.
    """
    known = [RUNTIMES[id] for id in device.runtimes if id in RUNTIMES]
    taking = [runtime for runtime in known if format in runtime.formats]
    return tuple(runtime for runtime in taking if not runtime.host) or tuple(taking[:1])


def runtime_for(device: Device) -> Runtime | None:
    """Return the runtime a TensorFlow Lite file would run on there, or None."""
    return next(iter(runtimes_for(device, ArtifactFormat.TFLITE)), None)


def _searched_for(device: Device) -> Runtime | None:
    """Return the runtime whose arena a search plans for.

    That is TensorFlow Lite Micro's where the device has it: it takes more than generated C, so
    what fits there fits.
    """
    found = runtimes_for(device, ArtifactFormat.TFLITE)
    return next((r for r in found if r.uses_arena), next(iter(found), None))


def footprint_of(model: ModelFacts, device: Device) -> Footprint | None:
    """Return what the model takes there as generated C; None where nobody can tell."""
    return None if model.footprint is None else model.footprint(device.core)


def device_lines(device: Device, runtime: Runtime) -> tuple[MemoryLine, ...]:
    """Return the parts that are the same for every model."""
    code = [] if runtime.linked else [_line("runtime code", _FLASH, runtime.code)]
    if device.kind is not DeviceKind.MICROCONTROLLER:
        system = _line("operating system", _RAM, OPERATING_SYSTEM)
        own = runtime.working is not None and not runtime.linked
        working = [_line("runtime", _RAM, runtime.working)] if own and runtime.working else []
        return (*code, system, *working)
    cost = sdk_cost(device.sdk)
    stack = ("stack of the sketch", SKETCH_STACK) if runtime.linked else ("stack", STACK)
    return (
        *code,
        _line("sketch and startup code", _FLASH, cost.flash),
        _line("sketch and startup data", _RAM, cost.ram),
        _line(stack[0], _RAM, stack[1]),
    )


def model_lines(model: ModelFacts, runtime: Runtime, device: Device) -> tuple[MemoryLine, ...]:
    """Return the parts a model brings along."""
    if runtime.linked:
        return (*_linked_lines(model, runtime, device), *_sensor_lines(model, device))
    size = Figure.measured(model.size_bytes, "B", "length of the model file")
    sample = Figure.measured(model.input_bytes, "B", "one sample as the model takes it")
    parts = [_line("model", _FLASH, size), _line("input buffer", _RAM, sample)]
    parts += _sensor_lines(model, device)
    if runtime.uses_arena:
        return (*parts, _line("tensor arena", _RAM, model.arena))
    # Where there is an operating system the file is loaded into RAM to be run.
    loaded = [_line("model", _RAM, size), _line("tensors", _RAM, model.activations)]
    return (*parts, *loaded)


def _linked_lines(model: ModelFacts, runtime: Runtime, device: Device) -> list[MemoryLine]:
    """Return the parts of generated C; with an operating system its program lies in RAM, too."""
    takes = footprint_of(model, device)
    if takes is None:
        working = runtime.working or runtime.code
        return [_line("code", _FLASH, runtime.code), _line("tensor arena", _RAM, working)]
    program = [("weights", takes.weights), ("code", takes.code)]
    inside = Figure.measured(0, "B", "input and output lie inside the tensor arena")
    working_parts = [
        ("tensor arena", takes.arena),
        ("input buffer", inside),
        ("stack", takes.stack),
        *([("variables", takes.variables)] if takes.variables.value else []),
    ]
    loaded = [] if device.kind is DeviceKind.MICROCONTROLLER else program
    return [
        *(_line(part, _FLASH, figure) for part, figure in program),
        *(_line(part, _RAM, figure) for part, figure in (*working_parts, *loaded)),
    ]


def _sensor_lines(model: ModelFacts, device: Device) -> list[MemoryLine]:
    """Return the buffer of a sensor; only a microcontroller's RAM is so small that it counts."""
    if device.kind is not DeviceKind.MICROCONTROLLER:
        return []
    unknown = Figure.unknown("B", "a model file does not say what gives it its input")
    return [_line(SENSOR_BUFFER, _RAM, unknown if model.sensor is None else model.sensor)]


def worst(figure: Figure) -> float | None:
    """Return the worst end of a figure, or None if it is unknown."""
    return figure.value if figure.high is None else figure.high


def total(lines: Iterable[MemoryLine], region: MemoryRegion) -> Figure:
    """Return the sum over one memory; its value is the worst end.

    A sensor's buffer that is not known is left out, and the source says so.
    """
    counted = [line for line in lines if line.region is region]
    lines = [
        line for line in counted if line.part != SENSOR_BUFFER or line.figure.value is not None
    ]
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
    if len(lines) < len(counted):
        source += f"; without the {SENSOR_BUFFER}, which is not known"
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
