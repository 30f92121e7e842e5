"""The catalogue of devices: reads and checks ``assets/devices/*.toml``."""

from studio.devices.catalogue import catalogue, find_device
from studio.devices.file import load_device

__all__ = ["catalogue", "find_device", "load_device"]
