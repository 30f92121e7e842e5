"""Devices of the catalogue: what is known about each, and from where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Device", "DeviceKind", "Fact"]


class DeviceKind(StrEnum):
    """How large a thing it is: decides which runtimes and bundles make sense."""

    MICROCONTROLLER = "microcontroller"
    LINUX_BOARD = "linux-board"
    PHONE = "phone"
    COMPUTER = "computer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One published property of a device, in the unit its field names.

    Attributes:
        value: The number, or None when nobody we can cite states it.
        sources: Where it stands; empty exactly when the value is None.
    """

    value: int | None
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.value is None) is bool(self.sources):
            raise ValueError("a fact has sources exactly when it has a value")
        if self.value is not None and self.value < 0:
            raise ValueError("a fact is not negative")

    @property
    def verified(self) -> bool:
        """Whether at least two sources agree."""
        return len(self.sources) >= 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A board, chip, phone or computer of the catalogue.

    Attributes:
        id: Stable identifier, as the command line takes it.
        name: As its vendor writes it.
        vendor: Who makes it.
        kind: How large a thing it is.
        core: Processor core, for example ``"Cortex-M4"``.
        clock_hz: Highest clock of that core.
        ram_bytes: Data memory a program can use.
        flash_bytes: Program memory a program can use.
        runtimes: Ids of the runtimes that run on it, the preferred one first.
        notes: Where sources disagree, or what a person should know.
        sdk: What a minimal program for it is built with, for example ``"arduino-mbed"``;
            decides how much its startup code takes. Empty on anything with an operating system.
    """

    id: str
    name: str
    vendor: str
    kind: DeviceKind
    core: str
    clock_hz: Fact
    ram_bytes: Fact
    flash_bytes: Fact
    runtimes: tuple[str, ...]
    notes: str = ""
    sdk: str = ""
