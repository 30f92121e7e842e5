"""How long one run of a model takes on a device, and what energy; ranges, never points.

Published where this architecture and this board were measured by somebody; else estimated from
the model's work and the constants of its core, which are fitted to what was published
(`packaging/fit_latency.py` says how well); else unknown, with the reason. No core lends its
constants to another.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

from studio.compatibility.facts import ModelFacts
from studio.compatibility.latency_data import (
    Core,
    Published,
    cores,
    counted,
    cycles,
    fitted_macs,
    generated_instructions,
    generated_macs,
    models,
    published,
)
from studio.compatibility.limits import footprint_of
from studio.domain.candidate import Precision
from studio.domain.device import Device
from studio.domain.figure import Figure, FigureKind
from studio.runtimes import Runtime

__all__ = ["energy_of", "generated_latency", "latency_of"]

_MS, _UJ = "ms", "uJ"
_RUNTIME = "tflite-micro"
_SAME_KERNELS = "microTVM with CMSIS-NN"
"""Publishes what the kernels of TensorFlow Lite Micro take, without its interpreter."""


def latency_of(model: ModelFacts, device: Device, runtime: Runtime | None) -> Figure:
    """Return the time of one run in milliseconds, on the device's core at its highest clock.

    Args:
        model: Whose work was counted.
        device: Where it would run.
        runtime: What would run it; None where nothing does.
    """
    if runtime is not None and runtime.linked:
        return _of_generated_c(model, device)
    here = _here(model, device)
    ours = [row for row in here if _is_ours(row)] if _is_micro(runtime) else []
    if ours:
        return _published_latency(ours, [row for row in here if row not in ours])
    estimated = _estimate(model, device, runtime)
    if estimated.value is None and here and _is_micro(runtime):
        return _published_latency(here, [])
    return estimated


def energy_of(
    model: ModelFacts, device: Device, runtime: Runtime | None, latency: Figure
) -> Figure:
    """Return the energy of one run in microjoules.

    Args:
        model: Whose work was counted.
        device: Where it would run; its board must have had its energy measured by somebody.
        runtime: What would run it; None where nothing does.
        latency: Of the same three, from `latency_of`.
    """
    here = [row for row in _here(model, device) if row.energy_uj is not None]
    ours = [row for row in here if _is_ours(row)] if _is_micro(runtime) else []
    if ours:
        return _published(ours, [row.energy_uj or 0.0 for row in ours], _UJ, "")
    powers = [
        row.power_mw
        for row in published()
        if row.device == device.id
        and row.power_mw is not None
        and "accelerator" not in row.left_out
    ]
    if not powers:
        return Figure.unknown(_UJ, f"nobody published the energy of models on the {device.name}")
    if latency.value is None or latency.low is None or latency.high is None:
        return Figure.unknown(_UJ, f"its latency is not known: {latency.source}")
    low, high = min(powers), max(powers)
    return Figure(
        value=latency.value * statistics.median(powers),
        unit=_UJ,
        kind=FigureKind.ESTIMATED,
        low=latency.low * low,
        high=latency.high * high,
        source=f"latency times power, {low:.0f} to {high:.0f} mW in {len(powers)} published "
        "measurements of this board with other models or runtimes",
    )


def _of_generated_c(model: ModelFacts, device: Device) -> Figure:
    """Return the time of generated C: from counted instructions, else from what others took."""
    takes = footprint_of(model, device)
    if takes is None:
        return Figure.unknown(_MS, "nobody generated the C of this model")
    if takes.refused:
        return Figure.unknown(_MS, takes.refused)
    counted_here = takes.instructions
    if counted_here.kind is FigureKind.EMULATED and counted_here.value is not None:
        return generated_latency(round(counted_here.value), device)
    ends = _likely_instructions(model, device)
    if ends is None:
        return generated_latency(None, device)
    least, most = ends
    fast, slow = generated_latency(least, device), generated_latency(most, device)
    if fast.value is None or slow.value is None:
        return fast
    return Figure(
        value=math.sqrt(fast.value * slow.value),
        unit=_MS,
        kind=FigureKind.ESTIMATED,
        low=fast.low,
        high=slow.high,
        source=f"{least:,} to {most:,} instructions, from {_macs(model):,} multiplications and "
        "emulated runs of other models' generated C; at the cycles of one calibrated with "
        "CMSIS-NN on one board of this core",
    )


def _macs(model: ModelFacts) -> int:
    return model.work.total_macs if model.work else 0


def _likely_instructions(model: ModelFacts, device: Device) -> tuple[int, int] | None:
    """Return the least and most instructions of generated C; None outside of what was counted."""
    each, work = generated_instructions(device.core), model.work
    smallest, largest = generated_macs()
    if each is None or work is None or work.obstacle or model.precision is not Precision.INT8:
        return None
    if not smallest <= work.total_macs <= largest:
        return None
    return round(cycles(work) * each[0]), round(cycles(work) * each[1])


def generated_latency(instructions: int | None, device: Device) -> Figure:
    """Return the time of one run of generated C in milliseconds.

    Args:
        instructions: Of one run, counted by an emulator; None where none were counted.
        device: Where it would run.

    Source:
        Cycles of one instruction are those of CMSIS-NN on one board of each core; no generated
        code was timed on a board, so the range is wider than that code's own errors.
    """
    each = counted().get(_core_name(device))
    clock = device.clock_hz.value
    why = (
        "nobody published latencies of code the studio generates, and its instructions were not "
        "counted"
        if instructions is None
        else f"the cycles of one instruction were not calibrated on a {device.core}"
        if each is None
        else _no_clock(device)
    )
    if instructions is None or each is None or clock is None:
        return Figure.unknown(_MS, why)
    value = instructions * each.cycles / clock * 1e3
    return Figure(
        value=value,
        unit=_MS,
        kind=FigureKind.ESTIMATED,
        low=value / each.spread,
        high=value * each.spread,
        source=f"{instructions:,} emulated instructions at {each.cycles:.2f} cycles each, "
        "calibrated with CMSIS-NN on one board of this core, not with generated code",
    )


def _is_micro(runtime: Runtime | None) -> bool:
    return runtime is not None and runtime.id == _RUNTIME


def _is_ours(row: Published) -> bool:
    name = row.runtime
    return name == _SAME_KERNELS or (
        name.startswith("TensorFlow Lite Micro") and "without" not in name
    )


def _here(model: ModelFacts, device: Device) -> list[Published]:
    """Return what was published of this architecture on this board or chip."""
    if model.precision is not Precision.INT8 or model.work is None:
        return []
    key, _ = models().get(model.work.fingerprint, ("", ""))
    return [
        row
        for row in published()
        if row.model == key
        and (row.device == device.id if row.device else _is_chip(row.core, row.sdk, device))
        and row.left_out != "computes in float"
    ]


def _is_chip(core: str, sdk: str, device: Device) -> bool:
    return core == _core_name(device) and sdk in ("", device.sdk)


def _core_name(device: Device) -> str:
    """Return a core without the letter for its floating point unit, which int8 does not use."""
    return device.core.removesuffix("F") if device.core.startswith("Cortex-M") else device.core


def _published_latency(rows: Sequence[Published], others: Sequence[Published]) -> Figure:
    told = [row.latency_ms for row in others]
    more = f"; other runtimes there: {_span(told)} ms" if told else ""
    return _published(rows, [row.latency_ms for row in rows], _MS, more)


def _published(rows: Sequence[Published], values: Sequence[float], unit: str, more: str) -> Figure:
    """Return the newest of some published values, rather of the runtime itself than its kernels."""
    chosen = max(range(len(rows)), key=lambda at: (rows[at].runtime != _SAME_KERNELS, at))
    return Figure(
        value=values[chosen],
        unit=unit,
        kind=FigureKind.PUBLISHED,
        low=min(values),
        high=max(values),
        source=rows[chosen].source + more,
    )


def _span(values: Sequence[float]) -> str:
    low, high = f"{min(values):.3g}", f"{max(values):.3g}"
    return low if low == high else f"{low} to {high}"


def _estimate(model: ModelFacts, device: Device, runtime: Runtime | None) -> Figure:
    core = next((c for c in cores() if _is_chip(c.name, c.sdk, device)), None)
    work, clock = model.work, device.clock_hz.value
    why = _unsupported(model, device, runtime, core)
    if why or work is None or core is None or core.factor is None or clock is None:
        return Figure.unknown(_MS, why)
    _, title = models().get(work.fingerprint, ("", ""))
    low, high = core.known if title else core.other
    value = cycles(work) * core.factor / clock * 1e3
    source = (
        f"from {work.total_macs:,} multiplications at {clock / 1e6:,.0f} MHz; {core.basis}"
        + ("" if title else "; a model nobody published figures of")
        + _beyond(work.total_macs)
    )
    return Figure(
        value=value,
        unit=_MS,
        kind=FigureKind.ESTIMATED,
        low=value * low,
        high=value * high,
        source=source,
    )


def _beyond(macs: int) -> str:
    smallest, largest = fitted_macs()
    if smallest <= macs <= largest:
        return ""
    size = "smaller" if macs < smallest else "larger"
    return f"; {size} than every model the constants are fitted to, so the range is not proved"


def _unsupported(
    model: ModelFacts, device: Device, runtime: Runtime | None, core: Core | None
) -> str:
    """Return why there is nothing to estimate from; empty if there is."""
    if runtime is None:
        return "no runtime of the studio runs there"
    if not _is_micro(runtime):
        return f"no latencies of {runtime.title} are among the published ones the studio has"
    if model.precision is not Precision.INT8:
        return "all published latencies are of int8 models"
    if model.work is None or model.work.obstacle:
        return model.work.obstacle if model.work else "its work was not counted"
    if not model.work.total_macs:
        return "it multiplies nothing, unlike all models that latencies were published of"
    if core is None:
        return f"no latency on a {device.core} is among the published ones the studio has"
    if core.factor is None:
        return core.basis
    return _no_clock(device) if device.clock_hz.value is None else ""


def _no_clock(device: Device) -> str:
    return f"the clock of the {device.name} is not known"
