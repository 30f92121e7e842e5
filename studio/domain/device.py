"""Devices, of the catalogue and a person's own: what is known about each, and from where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

__all__ = [
    "FEATURES",
    "SAID_BY_PERSON",
    "Accelerator",
    "Device",
    "DeviceKind",
    "Fact",
    "Feature",
    "MemoryBank",
]

SAID_BY_PERSON = "said by you"
"""How the source of a figure begins that a person gave of a device of their own."""

FEATURES = ("camera", "microphone", "radio")
"""What a device may have on it that a model needs; fields of `Device`."""


class DeviceKind(StrEnum):
    """How large a thing it is: decides which runtimes and bundles make sense."""

    MICROCONTROLLER = "microcontroller"
    LINUX_BOARD = "linux-board"
    PHONE = "phone"
    COMPUTER = "computer"
    BROWSER = "browser"


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

    @property
    def own(self) -> bool:
        """Whether it is the figure of the person whose device it is."""
        return any(source.startswith(SAID_BY_PERSON) for source in self.sources)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """Something on the board itself, not on what can be plugged into it.

    Attributes:
        names: What it is, for example ``("Wi-Fi", "Bluetooth")``.
        sources: Where it stands.
    """

    names: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Accelerator:
    """What runs a part of a model beside the processor.

    Attributes:
        name: ``"edgetpu"``, or as Vela has it: ``"ethos-u55-128"``. ``"ethos-u55"`` where
            nobody states how many multiplications a cycle it does.
        sources: Where it stands.
    """

    name: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryBank:
    """One of several data memories, none of which a single array can span.

    Attributes:
        name: As its source calls it, for example ``"DTCM"``.
        bytes: Its size.
        sources: Where it stands.
    """

    name: str
    bytes: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A board, chip, phone or computer.

    Attributes:
        id: Stable identifier, as the command line takes it.
        name: As its vendor writes it.
        vendor: Who makes it; may be empty for a person's own.
        kind: How large a thing it is.
        core: Processor core, for example ``"Cortex-M4F"``; empty where nobody states one, as
            for phones as a class.
        clock_hz: Highest clock of that core.
        ram_bytes: Data memory a program can use.
        flash_bytes: Program memory a program can use.
        runtimes: Ids of the runtimes that run on it, the preferred one first.
        notes: Where sources disagree, or what a person should know.
        sdk: What a minimal program for it is built with, for example ``"arduino-mbed"``;
            decides how much its startup code takes. Empty on anything with an operating system.
        camera: The camera on it; None where no source names one, which may be that it has none.
        microphone: The microphone on it; None as for the camera.
        radio: The radios on it; None as for the camera.
        accelerator: What runs a part of a model beside the processor, or None.
        regions: The banks its data memory consists of; empty where unknown.
        own: Whether a person added it, so that its figures are theirs.
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
    camera: Feature | None = None
    microphone: Feature | None = None
    radio: Feature | None = None
    accelerator: Accelerator | None = None
    regions: tuple[MemoryBank, ...] = ()
    own: bool = False

    @property
    def features(self) -> Mapping[str, Feature]:
        """What of `FEATURES` a source says it has."""
        found = {name: getattr(self, name) for name in FEATURES}
        return {name: feature for name, feature in found.items() if feature is not None}
