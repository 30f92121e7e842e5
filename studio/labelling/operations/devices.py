"""A person's own devices: adding, changing and removing one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from studio.domain.errors import DeviceError
from studio.labelling.operations._operation import quoted
from studio.store import own_devices
from studio.store.edits import Edits
from studio.store.project_file import now

__all__ = ["KeepDevice", "RemoveDevice", "not_own"]


def not_own(id: str) -> DeviceError:
    """Return the refusal to change what the person did not add."""
    return DeviceError(
        f"{id[:64]!r} is no device that was added to this project.",
        "Only those can be changed or removed.",
        code="device.not_own",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepDevice:
    """Add an own device, or change the one with this id.

    Attributes:
        device: Its id.
        name: Its name, for the menu.
        content: Its fields as JSON, checked before.
    """

    kind: ClassVar[str] = "keep-device"
    device: str
    name: str
    content: str

    @property
    def title(self) -> str:
        """For the menu."""
        return f"Keep the device {quoted(self.name)}"

    def apply(self, edits: Edits) -> None:
        """Raises nothing of its own."""
        row = own_devices.row_of(edits.project, self.device)
        if row is None:
            values = {"device": self.device, "content": self.content, "made_at": now()}
            edits.insert("own_devices", values)
        else:
            edits.update("own_devices", [row], {"content": self.content})


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveDevice:
    """Remove an own device; candidates and reports stay."""

    kind: ClassVar[str] = "remove-device"
    device: str
    name: str

    @property
    def title(self) -> str:
        """For the menu."""
        return f"Remove the device {quoted(self.name)}"

    def apply(self, edits: Edits) -> None:
        """Raises DeviceError ``device.not_own``."""
        row = own_devices.row_of(edits.project, self.device)
        if row is None:
            raise not_own(self.device)
        edits.delete("own_devices", [row])
