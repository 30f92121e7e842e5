"""The verdict: one model on one device."""

from __future__ import annotations

from dataclasses import dataclass

from studio.compatibility.facts import ModelFacts
from studio.compatibility.latency import energy_of, latency_of
from studio.compatibility.limits import device_lines, model_lines, runtime_for, total
from studio.compatibility.placement import accelerator_of, placement_findings, placement_of
from studio.compatibility.sizes import size_text
from studio.domain.device import Device, DeviceKind, Fact
from studio.domain.figure import Figure
from studio.domain.report import (
    CompatibilityReport,
    MemoryRegion,
    OperatorUse,
    Verdict,
)
from studio.runtimes import Runtime

__all__ = ["check_model"]


@dataclass(frozen=True, slots=True)
class _Region:
    """One memory of the device against what is needed of it."""

    name: str
    needed: Figure
    limit: Fact

    @property
    def least(self) -> float:
        return self.needed.low or 0

    @property
    def verdict(self) -> Verdict:
        """Fits only if the worst end fits; does not fit only if the best end does not."""
        if self.limit.value is None:
            return Verdict.UNKNOWN
        if self.least > self.limit.value:
            return Verdict.DOES_NOT_FIT
        if self.needed.value is None or self.needed.value > self.limit.value:
            return Verdict.UNKNOWN
        return Verdict.FITS


def check_model(model: ModelFacts, device: Device) -> CompatibilityReport:
    """Return whether a model runs on a device and fits its memory.

    On a microcontroller both flash and RAM decide. Where there is an operating system, storage
    is a card or disk of the owner's choice and the RAM alone decides: all of it, less a range
    for the system. A limit that is not known never counts as kept.
    """
    runtime = runtime_for(device)
    if runtime is None:
        return _without_runtime(model, device)
    lines = (*device_lines(device, runtime), *model_lines(model, runtime))
    flash = _Region("flash", total(lines, MemoryRegion.FLASH), device.flash_bytes)
    ram = _Region("RAM", total(lines, MemoryRegion.RAM), device.ram_bytes)
    judged = (ram, flash) if device.kind is DeviceKind.MICROCONTROLLER else (ram,)
    obstacles = _obstacles(model, runtime)
    placing = accelerator_of(device) or runtime
    latency = latency_of(model, device, runtime)
    verdict = Verdict.DOES_NOT_FIT if obstacles else _together(judged)
    return CompatibilityReport(
        device_id=device.id,
        runtime=runtime.id,
        precision=model.precision,
        verdict=verdict,
        summary=f"Does not run: {obstacles[0]}" if obstacles else _summary(verdict, judged, device),
        findings=(
            *obstacles,
            *_findings(model, device, runtime, judged),
            *placement_findings(model, placing),
        ),
        memory=lines,
        flash=flash.needed,
        ram=ram.needed,
        flash_limit_bytes=device.flash_bytes.value,
        ram_limit_bytes=device.ram_bytes.value,
        limits_verified=all(region.limit.verified for region in judged),
        operators=_operators(model, runtime),
        latency=latency,
        energy=energy_of(model, device, runtime, latency),
        placement=placement_of(model, placing) or placement_of(model, runtime),
    )


def _without_runtime(model: ModelFacts, device: Device) -> CompatibilityReport:
    why = f"No runtime of the studio runs on the {device.name}."
    nothing = Figure.unknown("B", why)
    return CompatibilityReport(
        device_id=device.id,
        runtime="",
        precision=model.precision,
        verdict=Verdict.DOES_NOT_FIT,
        summary=f"Does not run: {why}",
        findings=(why,),
        memory=(),
        flash=nothing,
        ram=nothing,
        flash_limit_bytes=device.flash_bytes.value,
        ram_limit_bytes=device.ram_bytes.value,
        limits_verified=device.flash_bytes.verified and device.ram_bytes.verified,
        operators=tuple(
            OperatorUse(name=name, count=count, supported=False) for name, count in model.operators
        ),
        latency=Figure.unknown("ms", why),
        energy=Figure.unknown("uJ", why),
    )


def _operators(model: ModelFacts, runtime: Runtime) -> tuple[OperatorUse, ...]:
    def supported(name: str) -> bool:
        custom = name in model.custom_operators
        return name in (runtime.custom_operators if custom else runtime.operators)

    return tuple(
        OperatorUse(name=name, count=count, supported=supported(name))
        for name, count in model.operators
    )


def _obstacles(model: ModelFacts, runtime: Runtime) -> list[str]:
    """Return why the runtime cannot run the model, a sentence each."""
    found = []
    lacking = [use.name for use in _operators(model, runtime) if not use.supported]
    if lacking:
        found.append(f"{runtime.title} has no operator {', '.join(lacking)}.")
    if model.hybrid and not runtime.hybrid:
        found.append(
            f"{runtime.title} does not run models with float activations and int8 weights "
            "(dynamic range); convert it to int8 throughout."
        )
    strange = sorted(model.element_types - runtime.element_types)
    if strange:
        found.append(f"{runtime.title} does not compute with {', '.join(strange)}.")
    if model.precision is not None and model.precision not in runtime.precisions:
        found.append(f"{runtime.title} does not run {model.precision} models.")
    if model.open_shapes and runtime.static_shapes:
        found.append(f"{runtime.title} needs every size fixed, and this model leaves one open.")
    return found


def _together(regions: tuple[_Region, ...]) -> Verdict:
    verdicts = {region.verdict for region in regions}
    order = (Verdict.DOES_NOT_FIT, Verdict.UNKNOWN, Verdict.FITS)
    return next(verdict for verdict in order if verdict in verdicts)


def _summary(verdict: Verdict, regions: tuple[_Region, ...], device: Device) -> str:
    concerned = [region for region in regions if region.verdict is verdict]
    if verdict is Verdict.FITS:
        return f"Fits: needs at most {_needs(concerned, worst=True)}."
    if verdict is Verdict.DOES_NOT_FIT:
        return f"Does not fit: needs at least {_needs(concerned, worst=False)}."
    if any(r.limit.value is None for r in concerned):
        names = " and ".join(r.name for r in concerned if r.limit.value is None)
        return f"Not known: how much {names} the {device.name} has."
    if any(r.needed.value is None for r in concerned):
        names = " and ".join(r.name for r in concerned if r.needed.value is None)
        return f"Not known: how much {names} the model needs."
    return f"May not fit: could need {_needs(concerned, worst=True)}."


def _needs(regions: list[_Region], *, worst: bool) -> str:
    texts = []
    for region in regions:
        needed = region.needed.value if worst else region.least
        texts.append(f"{size_text(needed or 0, of=region.limit.value)} {region.name}")
    return " and ".join(texts)


def _findings(
    model: ModelFacts, device: Device, runtime: Runtime, regions: tuple[_Region, ...]
) -> list[str]:
    """Return what else a person should know, a sentence each."""
    found = [_finding(region, device) for region in regions]
    if runtime.uses_arena and model.arena.value is None:
        found.append(f"The tensor arena is not known. {model.arena.source}")
    found += [
        f"The {region.name} of the {device.name} is unverified: fewer than two sources agree."
        for region in regions
        if region.limit.value is not None and not region.limit.verified
    ]
    if device.kind is not DeviceKind.MICROCONTROLLER:
        found.append(f"It also needs {size_text(model.size_bytes)} of storage for the model.")
    return [text for text in found if text]


def _finding(region: _Region, device: Device) -> str:
    if region.limit.value is None:
        return f"The {region.name} of the {device.name} is not known."
    if region.verdict is Verdict.DOES_NOT_FIT:
        needed = size_text(region.least, of=region.limit.value)
        return f"It needs at least {needed} {region.name}."
    if region.verdict is Verdict.UNKNOWN and region.needed.value is not None:
        least, most = size_text(region.least), size_text(region.needed.value)
        return f"It needs between {least} and {most} of {region.name}, depending on the program."
    return ""
