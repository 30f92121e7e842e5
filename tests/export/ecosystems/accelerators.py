"""Bundles for accelerators; none of the Ethos-U where Vela is not installed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from studio.app.build_target import build_target
from studio.devices import find_device
from studio.export import BundleContents
from studio.export.ecosystems import assemble_for
from studio.runtimes.ethos_u import vela_version

from .contents import contents_of

__all__ = ["edgetpu_contents", "edgetpu_files", "ethos_u_files"]


def edgetpu_contents(kind: str) -> BundleContents:
    """Return contents for an Edge TPU on a computer."""
    device = find_device("coral_usb_accelerator")
    told = replace(contents_of(kind).report, device_id=device.id)
    return contents_of(kind, device=device, report=told, code=None)


@cache
def edgetpu_files(kind: str) -> dict[str, bytes]:
    """Return every file of the zip for it."""
    return assemble_for(edgetpu_contents(kind), "edgetpu")


@cache
def ethos_u_files(kind: str) -> dict[str, bytes]:
    """Return every file of the zip for Corstone-300; nothing without Vela."""
    if vela_version() is None:
        return {}
    device = find_device("corstone_300")
    told = replace(contents_of(kind).report, device_id=device.id)
    contents = contents_of(kind, device=device, report=told, build=build_target(device))
    return assemble_for(contents, "ethos-u")
