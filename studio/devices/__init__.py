"""The catalogue of devices: reads and checks ``assets/devices/*.toml``, and a person's own."""

from studio.devices.catalogue import catalogue, find_device
from studio.devices.file import load_device, own_device, read_fields
from studio.devices.filtering import DeviceFilter
from studio.devices.shape import core_like, core_names

__all__ = [
    "DeviceFilter",
    "catalogue",
    "core_like",
    "core_names",
    "find_device",
    "load_device",
    "own_device",
    "read_fields",
]
