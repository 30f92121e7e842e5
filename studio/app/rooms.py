"""How much room a search has: a device's, or what a person says."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from studio.compatibility import search_limits, sensor_buffer
from studio.devices import find_device
from studio.domain.device import Device, DeviceKind
from studio.domain.errors import DeviceError
from studio.domain.preprocessing import Preprocessing
from studio.domain.search import SearchRequest

__all__ = ["Room", "room_for"]

_SMALL, _LARGE = "small", "large"
_SMALL_UP_TO_BYTES = 2 << 20
"""A person's own limits up to this are those of a microcontroller."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What a model may take.

    Attributes:
        size: Which of a task's search spaces it calls for: ``small`` or ``large``.
        flash_bytes: Largest model file, or None.
        ram_bytes: Largest tensor arena and one input beside it, or None.
        input_is_beside: Whether the input is kept beside the arena.
    """

    size: str
    flash_bytes: int | None
    ram_bytes: int | None
    input_is_beside: bool

    def fitting(self, variants: Mapping[str, Preprocessing]) -> dict[str, Preprocessing]:
        """Return the variants that leave at least as much RAM as the input for the arena.

        Raises:
            DeviceError: ``device.too_small`` if there is none.
        """
        if self.ram_bytes is None:
            return dict(variants)
        takes = {name: self._least(how) for name, how in variants.items()}
        found = {name: how for name, how in variants.items() if takes[name] <= self.ram_bytes}
        if found:
            return found
        raise DeviceError(
            f"Even the smallest input, with what its sensor gives, takes {min(takes.values())}"
            f" bytes, and {self.ram_bytes} are left for a model.",
            "Choose a larger device.",
            code="device.too_small",
        )

    def _least(self, how: Preprocessing) -> int:
        """Return what is taken before there is any model: an arena holds at least its input."""
        return math.prod(how.shape) + (_beside(how) if self.input_is_beside else 0)

    def ram_beside(self, variants: Mapping[str, Preprocessing]) -> int | None:
        """Return the largest arena beside the largest of these inputs and its sensor's buffer."""
        if self.ram_bytes is None or not self.input_is_beside:
            return self.ram_bytes
        return self.ram_bytes - max(map(_beside, variants.values()))


def _beside(how: Preprocessing) -> int:
    """Return what an input and what its sensor gives take, at the worst end; in bytes."""
    return math.prod(how.shape) + int(sensor_buffer(how).high or 0)


def room_for(request: SearchRequest, find: Callable[[str], Device] = find_device) -> Room:
    """Return how much room a request gives its models.

    Args:
        request: What is asked for.
        find: Returns a device by id; that of a project knows its own devices as well.

    Raises:
        DeviceError: for a device that is unknown, or so small that no model can fit.
    """
    own = (request.flash_bytes, request.ram_bytes)
    if not request.device_id or None not in own:
        small = any(limit is not None and limit <= _SMALL_UP_TO_BYTES for limit in own)
        size = _SMALL if small else _LARGE
        return Room(size=size, flash_bytes=own[0], ram_bytes=own[1], input_is_beside=False)
    device = find(request.device_id)
    if device.kind is not DeviceKind.MICROCONTROLLER:
        return Room(size=_LARGE, flash_bytes=own[0], ram_bytes=own[1], input_is_beside=False)
    limits = search_limits(device, 0)
    return Room(
        size=_SMALL,
        flash_bytes=own[0] or limits.flash_bytes,
        ram_bytes=own[1] or limits.ram_bytes,
        input_is_beside=own[1] is None,
    )
