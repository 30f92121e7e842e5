"""Device files: TOML, format 1, as packaging/make_devices.py writes them or a person does."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Container, Mapping
from pathlib import Path
from typing import Any

from studio.devices.checking import Checker
from studio.domain.device import Device
from studio.domain.errors import DeviceError

__all__ = ["load_device", "own_device", "read_fields"]

_LARGEST_BYTES = 64 << 10


def load_device(path: Path) -> Device:
    """Read and check one file of the catalogue.

    Args:
        path: A ``.toml`` file named like the id in it.

    Raises:
        DeviceError: ``device.bad_file`` or ``device.unknown_core``, with the file and the field
            that is wrong.
    """
    device = Checker(read_fields(path), f"The device file {path.name}", own=False).device()
    if device.id != path.stem:
        raise _bad(path, "needs an id that is also its file name")
    return device


def read_fields(path: Path) -> dict[str, Any]:
    """Read the fields of a device file, the catalogue's or a person's; nothing is checked yet.

    Raises:
        DeviceError: ``device.bad_file`` for what is too large, no text, or no TOML.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_BYTES + 1)
    except OSError as error:
        raise _bad(path, f"cannot be read ({error.strerror})") from error
    if len(content) > _LARGEST_BYTES:
        raise _bad(path, f"is larger than {_LARGEST_BYTES >> 10} KB")
    try:
        return tomllib.loads(content.decode())
    except UnicodeDecodeError as error:
        raise _bad(path, "is not TOML (it is not UTF-8 text)") from error
    except (ValueError, RecursionError) as error:
        why = str(error).splitlines()[0][:120] if str(error) else "nested too deeply"
        raise _bad(path, f"is not TOML ({why})") from error


def own_device(fields: Mapping[str, Any], where: str, taken: Container[str] = ()) -> Device:
    """Check what a person says of a device of their own.

    Args:
        fields: As `read_fields` gives them, or a form; see ``assets/devices.schema.json``.
        where: What they stand in, as the beginning of a sentence.
        taken: Ids it may not have.

    Raises:
        DeviceError: ``device.duplicate_id`` if it says an id that is taken, and what `Checker`
            says of its fields.
    """
    name = fields.get("name")
    device = Checker(fields, where, own=True).device(_free_id(name, taken))
    if device.id in taken:
        raise DeviceError(
            f"{where} has the id {device.id!r}, which another device has already.",
            "Give it another 'id', or leave the field out.",
            code="device.duplicate_id",
        )
    return device


def _free_id(name: object, taken: Container[str]) -> str:
    """Return an id made of a name: small letters, digits and hyphens."""
    text = unicodedata.normalize("NFKD", name[:200]).casefold() if isinstance(name, str) else ""
    plain = re.sub(r"[^a-z0-9]+", "-", text).strip("-")[:40].strip("-") or "my-device"
    found, number = plain, 2
    while found in taken:
        found, number = f"{plain}-{number}", number + 1
    return found


def _bad(path: Path, what: str) -> DeviceError:
    return DeviceError(
        f"The device file {path.name} {what}.",
        "Correct that file, or choose another.",
        code="device.bad_file",
    )
