"""What would help where nothing fits."""

from __future__ import annotations

from collections.abc import Iterable

from studio.compatibility import search_limits
from studio.compatibility.shopping import board_size
from studio.devices import catalogue
from studio.domain.device import Device, DeviceKind
from studio.domain.errors import DeviceError
from studio.domain.event import JobEvent

__all__ = ["devices_with_room", "would_fit"]

_NAMED = 3


def would_fit(events: Iterable[JobEvent], devices: Iterable[Device] | None = None) -> str:
    """Return which devices have room for the smallest model of a search that found none.

    Args:
        events: The journal of the search; its rejections name what each model takes.
        devices: Among which to look; the catalogue if None.

    Returns:
        A sentence, or ``""`` where the rejections do not tell.
    """
    sizes = [e.data for e in events if e.name == "rejected" and e.data.get("why") != "memory"]
    if not sizes:
        return ""
    smallest = min(sizes, key=lambda data: (data["ram_bytes"], data["flash_bytes"]))
    found = devices_with_room(smallest["flash_bytes"], smallest["ram_bytes"], devices)
    if not found:
        return "No microcontroller of the catalogue has room for the smallest of them."
    names = ", ".join(device.name for device in found[:_NAMED])
    return f"The smallest boards with room for the least of them: {names}."


def devices_with_room(
    flash_bytes: int, ram_bytes: int, devices: Iterable[Device] | None = None
) -> list[Device]:
    """Return the microcontrollers that leave this much to a model, in the order of shopping."""
    found = []
    for device in catalogue().values() if devices is None else devices:
        if device.kind is not DeviceKind.MICROCONTROLLER:
            continue
        try:
            limits = search_limits(device, 0)
        except DeviceError:
            continue  # unknown, or too small for anything
        if limits.flash_bytes >= flash_bytes and limits.ram_bytes >= ram_bytes:
            found.append(device)
    return sorted(found, key=board_size)
