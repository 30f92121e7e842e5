"""The devices of a project: the catalogue's and those a person added."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from studio import labelling
from studio.devices import catalogue, core_like, find_device, own_device, read_fields
from studio.devices.filtering import DeviceFilter
from studio.domain.device import Device
from studio.domain.errors import DeviceError
from studio.domain.operation import Change
from studio.labelling.operations.devices import KeepDevice, RemoveDevice, not_own
from studio.store import own_devices as stored
from studio.store.failures import damaged
from studio.store.project_file import ProjectFile

__all__ = ["Devices", "devices_of", "own_of"]

_EVERY = DeviceFilter()


def own_of(project: ProjectFile) -> Mapping[str, Device]:
    """Return the devices a person added to a project, by id, in the order they were added.

    Raises:
        ProjectError: ``project.damaged`` where the file holds what could not have been added.
    """
    try:
        found = {
            id: own_device({**fields, "id": id}, f"The device {id[:64]!r}")
            for id, fields in stored.all_own(project).items()
        }
    except DeviceError as error:
        raise damaged(project.path) from error
    return MappingProxyType(found)


def devices_of(project: ProjectFile) -> Mapping[str, Device]:
    """Return every device of a project by id: the person's own first, then the catalogue's."""
    own = own_of(project)
    others = {id: device for id, device in catalogue().items() if id not in own}
    return MappingProxyType({**own, **others})


class Devices:
    """What `studio.app.Session.devices` gives.

    The fields of an own device are those of ``assets/devices.schema.json``: at least ``name``
    and ``core``; sizes as ``"96K"`` or bytes, a clock as ``"64MHz"`` or hertz.
    """

    def __init__(self, project: ProjectFile) -> None:
        self._project = project

    def all(self, wanted: DeviceFilter = _EVERY) -> Mapping[str, Device]:
        """Return the devices that are wanted by id, own ones first."""
        found = wanted.among(devices_of(self._project).values())
        return MappingProxyType({device.id: device for device in found})

    def get(self, id: str) -> Device:
        """Return one device; raises DeviceError ``device.unknown``, naming the nearest ids."""
        return find_device(id, own_of(self._project))

    def fields(self, id: str) -> Mapping[str, Any]:
        """Return the fields of an own device as they were given, for a form to change.

        Raises:
            DeviceError: ``device.not_own``.
        """
        return self._fields_of(id)

    def add(self, fields: Mapping[str, Any]) -> Device:
        """Add an own device, as one step of the history.

        Raises:
            DeviceError: ``device.bad_file``, ``device.unknown_core`` or
                ``device.duplicate_id``, naming the field.
        """
        return self._keep(fields, "This device")

    def add_file(self, path: Path) -> Device:
        """Add the own device that a TOML file describes; raises as `add`."""
        return self._keep(read_fields(path), f"The device file {path.name}")

    def change(self, id: str, fields: Mapping[str, Any]) -> Device:
        """Change fields of an own device, as one step of the history; None leaves one out.

        Raises:
            DeviceError: ``device.not_own``, or as `add`.
        """
        merged = {**self._fields_of(id), **fields, "id": id}
        given = {name: value for name, value in merged.items() if value is not None}
        checked = own_device(_spelt(given), "This device")
        self._perform(checked, given)
        return checked

    def remove(self, id: str) -> Change | None:
        """Remove an own device, as one step of the history; candidates and reports stay.

        Raises:
            DeviceError: ``device.not_own``.
        """
        name = str(self._fields_of(id).get("name", id))
        return labelling.perform(self._project, RemoveDevice(device=id, name=name))

    def _keep(self, fields: Mapping[str, Any], where: str) -> Device:
        given = _spelt(fields)
        device = own_device(given, where, devices_of(self._project))
        self._perform(device, given)
        return device

    def _perform(self, device: Device, fields: Mapping[str, Any]) -> None:
        content = json.dumps({**_spelt(fields), "id": device.id}, ensure_ascii=False)
        step = KeepDevice(device=device.id, name=device.name, content=content)
        labelling.perform(self._project, step)

    def _fields_of(self, id: str) -> Mapping[str, Any]:
        found = stored.all_own(self._project).get(id)
        if found is None:
            raise not_own(id)
        return found


def _spelt(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields with the core spelt as the table of cores has it."""
    core = fields.get("core")
    return {**fields, **({"core": core_like(core)} if isinstance(core, str) and core else {})}
