"""All devices, by id."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from studio.devices.file import load_device
from studio.domain.device import Device
from studio.domain.errors import DeviceError
from studio.resources import assets

__all__ = ["catalogue", "find_device"]


@cache
def catalogue() -> Mapping[str, Device]:
    """Return every device by id, in the order of the ids; read once.

    Raises:
        DeviceError: ``device.bad_file`` if a device file is wrong, ``device.no_catalogue`` if
            there are none.
    """
    files = sorted((assets() / "devices").glob("*.toml"), key=lambda path: path.stem)
    if not files:
        raise DeviceError(
            "The catalogue of devices is missing.",
            "Install the studio again.",
            code="device.no_catalogue",
        )
    return MappingProxyType({path.stem: load_device(path) for path in files})


_NONE: Mapping[str, Device] = MappingProxyType({})


def find_device(id: str, own: Mapping[str, Device] = _NONE) -> Device:
    """Return the device with this id, of the catalogue or of a person's own.

    Raises:
        DeviceError: ``device.unknown``, naming the nearest ids.
    """
    devices = {**catalogue(), **own}
    if id in devices:
        return devices[id]
    near = _nearest(id, devices)
    hint = (
        f"Did you mean {' or '.join(near)}?" if near else "Look up its id in the list of devices."
    )
    raise DeviceError(f"There is no device {id[:80]!r}.", hint, code="device.unknown")


def _nearest(asked: str, devices: Mapping[str, Device]) -> list[str]:
    """Return up to three ids that look or are named like what was asked for."""
    wanted = _plain(asked)
    names = {_plain(id): id for id in devices}
    names |= {_plain(device.name): id for id, device in devices.items()}
    found = [names[name] for name in difflib.get_close_matches(wanted, names, n=6, cutoff=0.6)]
    found += [id for name, id in names.items() if wanted and wanted in name]
    return list(dict.fromkeys(found))[:3]


def _plain(text: str) -> str:
    return "".join(c for c in text[:80].casefold() if c.isalnum())
