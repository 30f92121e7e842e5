"""The compatibility report: one model on one device."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from studio.domain.candidate import Precision
from studio.domain.figure import Figure
from studio.domain.placement import Placement

__all__ = ["CompatibilityReport", "MemoryLine", "MemoryRegion", "OperatorUse", "Verdict"]


_NO_LATENCY = Figure.unknown("ms", "nobody asked")
_NO_ENERGY = Figure.unknown("uJ", "nobody asked")


class Verdict(StrEnum):
    """The answer in one word."""

    FITS = "fits"
    DOES_NOT_FIT = "does-not-fit"
    UNKNOWN = "unknown"


class MemoryRegion(StrEnum):
    """Which memory a part takes."""

    FLASH = "flash"
    RAM = "ram"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryLine:
    """One part of what must be planned for, in bytes.

    Attributes:
        part: For example ``"model"``, ``"runtime code"``, ``"tensor arena"``, ``"stack"``.
        region: Which memory it takes.
        figure: How much, and how that is known.
    """

    part: str
    region: MemoryRegion
    figure: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorUse:
    """One operator of the model and whether the runtime has it."""

    name: str
    count: int
    supported: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CompatibilityReport:
    """One model on one device under one runtime.

    Attributes:
        device_id: Which device.
        runtime: Runtime id the verdict is about; empty when none serves.
        precision: Number type of the model that was checked; None when mixed or unknown.
        verdict: The answer in one word.
        summary: The answer in one sentence for the person.
        findings: What stands against it or is not known, a sentence each.
        memory: Every part, each with its kind.
        flash: Total flash, as the worst end of what is known.
        ram: Total RAM, as the worst end of what is known.
        flash_limit_bytes: What the device has; None when unknown.
        ram_limit_bytes: What the device has; None when unknown.
        limits_verified: Whether two sources agree on both limits.
        operators: What the model is made of.
        latency: Time of one run, in milliseconds.
        energy: Energy of one run, in microjoules.
        placement: Where each operator runs: on the accelerator or beside it where the device
            has one that could be asked, else on the processor; None where that is not known.
    """

    device_id: str
    runtime: str
    precision: Precision | None
    verdict: Verdict
    summary: str
    findings: tuple[str, ...]
    memory: tuple[MemoryLine, ...]
    flash: Figure
    ram: Figure
    flash_limit_bytes: int | None
    ram_limit_bytes: int | None
    limits_verified: bool
    operators: tuple[OperatorUse, ...]
    latency: Figure = _NO_LATENCY
    energy: Figure = _NO_ENERGY
    placement: Placement | None = None
