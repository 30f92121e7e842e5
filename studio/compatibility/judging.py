"""One runtime's answer: its parts against the memories of a device, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from studio.compatibility.banks import bank_uses
from studio.compatibility.facts import ModelFacts
from studio.compatibility.latency import latency_of
from studio.compatibility.limits import device_lines, footprint_of, model_lines, total
from studio.domain.device import Device, DeviceKind, Fact
from studio.domain.figure import Figure
from studio.domain.phrase import Phrase
from studio.domain.report import (
    Alternative,
    BankUse,
    MemoryLine,
    MemoryRegion,
    OperatorUse,
    Verdict,
)
from studio.runtimes import Runtime

__all__ = ["Judged", "Region", "best_of", "operators_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """One memory of the device against what is needed of it.

    Attributes:
        key: ``"ram"`` or ``"flash"``, as phrases end.
        needed: All parts together.
        limit: What the device has.
    """

    key: str
    needed: Figure
    limit: Fact

    @property
    def least(self) -> float:
        """The best end of what is needed."""
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


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A model under one runtime of a device."""

    model: ModelFacts
    device: Device
    runtime: Runtime

    @cached_property
    def lines(self) -> tuple[MemoryLine, ...]:
        """Every part of flash and RAM."""
        common = device_lines(self.device, self.runtime)
        return (*common, *model_lines(self.model, self.runtime, self.device))

    @cached_property
    def flash(self) -> Region:
        """Everything in flash."""
        needed = total(self.lines, MemoryRegion.FLASH)
        return Region(key="flash", needed=needed, limit=self.device.flash_bytes)

    @cached_property
    def ram(self) -> Region:
        """Everything in RAM."""
        needed = total(self.lines, MemoryRegion.RAM)
        return Region(key="ram", needed=needed, limit=self.device.ram_bytes)

    @property
    def regions(self) -> tuple[Region, ...]:
        """The memories that decide: with an operating system its storage does not."""
        micro = self.device.kind is DeviceKind.MICROCONTROLLER
        return (self.ram, self.flash) if micro else (self.ram,)

    @cached_property
    def obstacles(self) -> tuple[Phrase, ...]:
        """Why the runtime cannot run the model at all."""
        return tuple(_obstacles(self.model, self.runtime, self.device))

    @cached_property
    def banks(self) -> tuple[BankUse, ...]:
        """What lies where, worst ends; empty where the memories are not known one by one."""
        return bank_uses(self.device, self.lines, worst=True)[0]

    @cached_property
    def homeless(self) -> tuple[str, str]:
        """Which part finds no place in any bank at the worst end, and which even at the best."""
        return (
            bank_uses(self.device, self.lines, worst=True)[1],
            bank_uses(self.device, self.lines, worst=False)[1],
        )

    @cached_property
    def verdict(self) -> Verdict:
        """The answer in one word."""
        if self.obstacles:
            return Verdict.DOES_NOT_FIT
        verdicts = {region.verdict for region in self.regions}
        order = (Verdict.DOES_NOT_FIT, Verdict.UNKNOWN, Verdict.FITS)
        together = next(verdict for verdict in order if verdict in verdicts)
        if together is Verdict.DOES_NOT_FIT or self.homeless[1]:
            return Verdict.DOES_NOT_FIT
        return Verdict.UNKNOWN if self.homeless[0] else together

    def as_alternative(self) -> Alternative:
        """Return the short form."""
        return Alternative(
            runtime=self.runtime.id,
            verdict=self.verdict,
            flash=self.flash.needed,
            ram=self.ram.needed,
            latency=latency_of(self.model, self.device, self.runtime),
            why=next(iter(self.obstacles), None),
        )


_RANKS = {Verdict.FITS: 0, Verdict.UNKNOWN: 1, Verdict.DOES_NOT_FIT: 2}


def best_of(judged: tuple[Judged, ...]) -> tuple[Judged, ...]:
    """Return the answers, the best first.

    What fits comes before what may fit, that before what does not, and what cannot run at all
    last. Among equals generated C comes first on a microcontroller, else what the device names
    first. Generated C of which nothing is known is not weighed against others.
    """
    told = [one for one in judged if not _untold(one)]
    return tuple(sorted(told or judged, key=_rank))


def _untold(one: Judged) -> bool:
    return one.runtime.linked and one.model.footprint is None


def _rank(one: Judged) -> tuple[int, bool, bool]:
    micro = one.device.kind is DeviceKind.MICROCONTROLLER
    return _RANKS[one.verdict], bool(one.obstacles), one.runtime.linked is not micro


def operators_of(model: ModelFacts, runtime: Runtime | None) -> tuple[OperatorUse, ...]:
    """Return every operator and whether a runtime has it; ONNX Runtime has all of the standard."""

    def supported(name: str) -> bool:
        if runtime is None:
            return False
        if name in model.custom_operators:
            return name in runtime.custom_operators
        return name in runtime.operators or not runtime.operators

    return tuple(
        OperatorUse(name=name, count=count, supported=supported(name))
        for name, count in model.operators
    )


def _obstacles(model: ModelFacts, runtime: Runtime, device: Device) -> Iterator[Phrase]:
    """Yield why the runtime cannot run the model, a sentence each."""
    name = runtime.title
    lacking = [use.name for use in operators_of(model, runtime) if not use.supported]
    if lacking:
        yield Phrase.of("no-operator", runtime=name, names=", ".join(lacking))
    if model.hybrid and not runtime.hybrid:
        yield Phrase.of("no-hybrid", runtime=name)
    strange = sorted(model.element_types - runtime.element_types)
    if strange:
        yield Phrase.of("no-types", runtime=name, names=", ".join(strange))
    if model.precision is not None and model.precision not in runtime.precisions:
        yield Phrase.of("no-precision", runtime=name, precision=str(model.precision))
    if model.open_shapes and runtime.static_shapes:
        yield Phrase.of("no-open-shapes", runtime=name)
    takes = footprint_of(model, device) if runtime.linked else None
    if takes is not None and takes.refused:
        yield Phrase.of("no-code", runtime=name, why=takes.refused)
