"""One device file: TOML, format 1, as packaging/make_devices.py writes it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from studio.domain.device import Device, DeviceKind, Fact
from studio.domain.errors import DeviceError

__all__ = ["load_device"]

_FORMAT = 1
_ID = re.compile(r"[a-z0-9][a-z0-9_.-]*")
_LARGEST_BYTES = 64 << 10
_TEXTS = {"id": True, "name": True, "vendor": True, "core": True, "notes": False, "sdk": False}
"""Fields that are text, and whether they must say something."""
_FIELDS = {*_TEXTS, "format", "kind", "runtimes", "clock_hz", "ram_bytes", "flash_bytes"}


def load_device(path: Path) -> Device:
    """Read and check one device file.

    Args:
        path: A ``.toml`` file named like the id in it.

    Raises:
        DeviceError: ``device.bad_file``, with the file and the field that is wrong.
    """
    data = _read(path)
    unknown = sorted(data.keys() - _FIELDS)
    if unknown:
        raise _bad(path, f"has a field {unknown[0]!r} that means nothing here")
    if data.get("format") != _FORMAT:
        raise _bad(path, f"is of format {data.get('format')!r}, not {_FORMAT}")
    texts = {name: _text(path, data, name, needed) for name, needed in _TEXTS.items()}
    if not _ID.fullmatch(texts["id"]) or texts["id"] != path.stem:
        raise _bad(path, "needs an id of small letters and digits that is also its file name")
    return Device(
        id=texts["id"],
        name=texts["name"],
        vendor=texts["vendor"],
        kind=_kind(path, data),
        core=texts["core"],
        clock_hz=_fact(path, data, "clock_hz"),
        ram_bytes=_fact(path, data, "ram_bytes"),
        flash_bytes=_fact(path, data, "flash_bytes"),
        runtimes=_texts(path, data.get("runtimes"), "runtimes"),
        notes=texts["notes"],
        sdk=texts["sdk"],
    )


def _bad(path: Path, what: str) -> DeviceError:
    return DeviceError(
        f"The device file {path.name} {what}.",
        "Correct that file, or take it out of the folder of devices.",
        code="device.bad_file",
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_BYTES + 1)
    except OSError as error:
        raise _bad(path, f"cannot be read ({error.strerror})") from error
    if len(content) > _LARGEST_BYTES:
        raise _bad(path, f"is larger than {_LARGEST_BYTES >> 10} KB")
    try:
        return tomllib.loads(content.decode())
    except (ValueError, RecursionError) as error:  # not UTF-8, or not TOML
        raise _bad(path, f"is not TOML ({error})") from error


def _text(path: Path, data: dict[str, Any], name: str, needed: bool) -> str:
    value = data.get(name, "")
    if not isinstance(value, str):
        raise _bad(path, f"needs text in the field {name!r}")
    if needed and not value.strip():
        raise _bad(path, f"leaves out the field {name!r}")
    return value


def _texts(path: Path, value: Any, name: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise _bad(path, f"needs a list of texts in the field {name!r}")
    if len(set(value)) != len(value):
        raise _bad(path, f"names something twice in the field {name!r}")
    return tuple(value)


def _kind(path: Path, data: dict[str, Any]) -> DeviceKind:
    try:
        return DeviceKind(str(data.get("kind")))
    except ValueError:
        known = ", ".join(DeviceKind)
        raise _bad(path, f"needs one of {known} in the field 'kind'") from None


def _fact(path: Path, data: dict[str, Any], name: str) -> Fact:
    """Return a figure; a field left out is unknown."""
    if name not in data:
        return Fact(value=None)
    table = data[name]
    if not isinstance(table, dict) or table.keys() != {"value", "sources"}:
        raise _bad(path, f"needs exactly 'value' and 'sources' in the field {name!r}")
    value = table["value"]
    if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
        raise _bad(path, f"needs a whole number above 0 in the field '{name}.value'")
    sources = _texts(path, table["sources"], f"{name}.sources")
    if not sources:
        raise _bad(path, f"names no source in the field '{name}.sources'")
    return Fact(value=value, sources=sources)
