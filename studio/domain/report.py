"""The compatibility report: one model on one device."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from studio.domain.candidate import Precision
from studio.domain.figure import Figure
from studio.domain.phrase import Phrase
from studio.domain.placement import Placement

__all__ = [
    "Alternative",
    "BankUse",
    "CompatibilityReport",
    "MemoryLine",
    "MemoryRegion",
    "OperatorUse",
    "Verdict",
]


_NO_LATENCY = Figure.unknown("ms", "nobody asked")
_NO_ENERGY = Figure.unknown("uJ", "nobody asked")


class Verdict(StrEnum):
    """The answer in one word; a report itself never says ``FITS_WITH_CHANGE``, advice does."""

    FITS = "fits"
    FITS_WITH_CHANGE = "fits-with-change"
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
class Alternative:
    """What another runtime of the device would make of the model.

    Attributes:
        runtime: Which.
        verdict: Its answer in one word.
        flash: Total flash, as the worst end of what is known.
        ram: Total RAM, likewise.
        latency: Time of one run, in milliseconds.
        why: What stands against it; None where nothing does.
    """

    runtime: str
    verdict: Verdict
    flash: Figure
    ram: Figure
    latency: Figure = _NO_LATENCY
    why: Phrase | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BankUse:
    """One of several memories of a device, and what would lie there.

    Attributes:
        name: As the device's sources call it.
        size_bytes: How large it is.
        parts: Which parts of the RAM lie there.
        used_bytes: Their worst ends together.
    """

    name: str
    size_bytes: int
    parts: tuple[str, ...]
    used_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CompatibilityReport:
    """One model on one device under the best of its runtimes.

    Attributes:
        device_id: Which device.
        runtime: Runtime id the verdict is about; empty when none serves.
        precision: Number type of the model that was checked; None when mixed or unknown.
        verdict: The answer in one word.
        summary: The answer in one sentence for the person.
        for_engineer: The answer in one sentence with its numbers.
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
        alternatives: The device's other runtimes that read such a file.
        banks: What lies where, if the device's RAM is known to be several memories.
    """

    device_id: str
    runtime: str
    precision: Precision | None
    verdict: Verdict
    summary: Phrase
    for_engineer: Phrase
    findings: tuple[Phrase, ...]
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
    alternatives: tuple[Alternative, ...] = ()
    banks: tuple[BankUse, ...] = ()

    @property
    def flash_left_bytes(self) -> float | None:
        """Flash that is left at the worst end, perhaps below zero; None where not known."""
        return _left(self.flash, self.flash_limit_bytes)

    @property
    def ram_left_bytes(self) -> float | None:
        """RAM that is left at the worst end, perhaps below zero; None where not known."""
        return _left(self.ram, self.ram_limit_bytes)


def _left(needed: Figure, limit: int | None) -> float | None:
    most = needed.value if needed.high is None else needed.high
    return None if limit is None or most is None else limit - most
