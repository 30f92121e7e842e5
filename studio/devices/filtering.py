"""Choosing among devices: conditions that all hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from studio.domain.device import FEATURES, Device, DeviceKind

__all__ = ["DeviceFilter"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceFilter:
    """Which devices are wanted; what is left out does not matter.

    Attributes:
        text: Words that must all stand in the id, name, vendor, core or accelerator, or in what
            is on it; in any order and case.
        vendor: Its vendor, or the beginning of it.
        core: Its core, or the beginning of it: ``m4`` and ``cortex-m4`` find ``Cortex-M4F``.
        kind: Its kind.
        features: What must be on it by a source: of ``camera``, ``microphone``, ``radio``.
        accelerated: True for only those with an accelerator, False for only those without.
        own: True for only the person's own, False for only the catalogue's.
    """

    text: str = ""
    vendor: str = ""
    core: str = ""
    kind: DeviceKind | None = None
    features: frozenset[str] = frozenset()
    accelerated: bool | None = None
    own: bool | None = None

    def __post_init__(self) -> None:
        unknown = self.features - set(FEATURES)
        if unknown:
            raise ValueError(f"no device has a {sorted(unknown)[0]}")

    def __call__(self, device: Device) -> bool:
        """Return whether a device is wanted."""
        return (
            (self.kind is None or device.kind is self.kind)
            and (self.own is None or device.own is self.own)
            and (self.accelerated is None or (device.accelerator is not None) is self.accelerated)
            and self.features <= device.features.keys()
            and _begins(device.vendor, self.vendor)
            and _is_core(device.core, self.core)
            and _has_words(device, self.text)
        )

    def among(self, devices: Iterable[Device]) -> tuple[Device, ...]:
        """Return the devices that are wanted, in their order."""
        return tuple(filter(self, devices))


def _plain(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum() or c == "+")


def _begins(text: str, wanted: str) -> bool:
    return _plain(text).startswith(_plain(wanted))


def _is_core(core: str, wanted: str) -> bool:
    asked = _plain(wanted)
    plain = _plain(re.sub(r"^\d+x ", "", core))
    return plain.startswith(asked) or plain.removeprefix("cortex").startswith(asked)


def _has_words(device: Device, text: str) -> bool:
    said = [device.id, device.name, device.vendor, device.core, *device.features]
    said += [name for feature in device.features.values() for name in feature.names]
    said += [device.accelerator.name] if device.accelerator else []
    everything = " ".join(said).casefold()
    plain = " ".join(map(_plain, said))
    return all(word in everything or _plain(word) in plain for word in text.casefold().split())
