"""From the fields of a device file, or of a form, to a `Device`; every field is checked."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from studio.devices import shape
from studio.domain.device import (
    FEATURES,
    SAID_BY_PERSON,
    Accelerator,
    Device,
    DeviceKind,
    Fact,
    Feature,
    MemoryBank,
)
from studio.domain.errors import DeviceError

__all__ = ["Checker"]

_LENGTHS = {"name": 80, "vendor": 80, "sdk": 40, "notes": 4000}
_FACTS = ("clock_hz", "ram_bytes", "flash_bytes")
_FIELDS = frozenset(
    {"format", "id", "kind", "core", "runtimes", "accelerator", "regions"}
    | {*_LENGTHS, *_FACTS, *FEATURES}
)
_SOURCE_LENGTH = 300
_UNITS = {"K": 10, "M": 20, "G": 30}


class Checker:
    """Checks the fields of one device.

    Args:
        data: The fields, as TOML or JSON gives them; a stranger's.
        where: What they stand in, as the beginning of a sentence.
        own: Whether they are a person's. Then only a name and a core are needed, figures may
            stand without sources (`SAID_BY_PERSON`), and never count as verified.
    """

    def __init__(self, data: Mapping[str, Any], where: str, *, own: bool) -> None:
        self._data = data
        self._where = where
        self._own = own

    def device(self, default_id: str = "") -> Device:
        """Return the device.

        Args:
            default_id: Its id where a person gave none.

        Raises:
            DeviceError: ``device.unknown_core`` for a core nobody here knows,
                ``device.bad_file`` for all else; each names the field.
        """
        self._known_fields()
        kind = self._kind()
        core = self._core(kind)
        accelerator = self._accelerator()
        return Device(
            id=self._id(default_id),
            name=self._text("name", needed=True),
            vendor=self._text("vendor", needed=not self._own),
            kind=kind,
            core=core,
            clock_hz=self._fact("clock_hz"),
            ram_bytes=self._fact("ram_bytes"),
            flash_bytes=self._fact("flash_bytes"),
            runtimes=self._runtimes(kind, core, accelerator),
            notes=self._text("notes"),
            sdk=self._text("sdk"),
            camera=self._feature("camera"),
            microphone=self._feature("microphone"),
            radio=self._feature("radio"),
            accelerator=accelerator,
            regions=self._regions(),
            own=self._own,
        )

    def _bad(self, what: str, code: str = "device.bad_file", remedy: str = "") -> DeviceError:
        usual = "Correct it and try again." if self._own else "Correct that file, or take it out."
        return DeviceError(f"{self._where} {what}.", remedy or usual, code=code)

    def _known_fields(self) -> None:
        unknown = sorted(set(self._data) - _FIELDS)
        if unknown:
            near = difflib.get_close_matches(unknown[0], sorted(_FIELDS), n=1)
            raise self._bad(
                f"has a field {unknown[0][:60]!r} that means nothing here",
                remedy=f"Did you mean {near[0]!r}?" if near else "",
            )
        found = self._data.get("format", shape.FORMAT if self._own else None)
        if found != shape.FORMAT or isinstance(found, bool | float):
            raise self._bad(f"is of format {found!r:.20}, not {shape.FORMAT}")

    def _id(self, default: str) -> str:
        found = self._data.get("id", default)
        if not isinstance(found, str) or not shape.ID.fullmatch(found):
            raise self._bad("needs small letters and digits in the field 'id'")
        return found

    def _text(self, name: str, *, needed: bool = False) -> str:
        value = self._data.get(name, "")
        if not isinstance(value, str):
            raise self._bad(f"needs text in the field {name!r}")
        if needed and not value.strip():
            raise self._bad(f"leaves out the field {name!r}")
        pattern = shape.TEXT if needed else shape.OPTIONAL_TEXT
        return self._plain(value, name, pattern, _LENGTHS[name])

    def _plain(self, value: Any, name: str, pattern: re.Pattern[str], length: int) -> str:
        if not isinstance(value, str):
            raise self._bad(f"needs text in the field {name!r}")
        if len(value) > length:
            raise self._bad(f"has over {length:,} letters in the field {name!r}")
        if not pattern.fullmatch(value):
            raise self._bad(
                f"needs text in the field {name!r} that begins with no space and has one line"
            )
        return value

    def _kind(self) -> DeviceKind:
        default = DeviceKind.MICROCONTROLLER if self._own else None
        try:
            return DeviceKind(self._data.get("kind", default))
        except ValueError:
            known = ", ".join(DeviceKind)
            raise self._bad(f"needs one of {known} in the field 'kind'") from None

    def _core(self, kind: DeviceKind) -> str:
        core = self._data.get("core", "")
        if not isinstance(core, str):
            raise self._bad("needs text in the field 'core'")
        if not core and kind is not DeviceKind.MICROCONTROLLER:
            return ""
        if not core.strip():
            raise self._bad("leaves out the field 'core'")
        if not shape.core_pattern().fullmatch(core):
            names = shape.core_names()
            near = difflib.get_close_matches(shape.core_like(core), names, n=3, cutoff=0.5)
            raise self._bad(
                f"names a core {core[:60]!r} that is not known, in the field 'core'",
                code="device.unknown_core",
                remedy=f"Known are {', '.join(near or names)}.",
            )
        return core

    def _texts(self, value: Any, name: str, *, most: int = shape.MOST_TEXTS) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._bad(f"needs a list of texts in the field {name!r}")
        if len(value) > most:
            raise self._bad(f"has over {most} entries in the field {name!r}")
        found = [self._plain(item, name, shape.TEXT, _SOURCE_LENGTH) for item in value]
        if len(set(found)) != len(found):
            raise self._bad(f"names something twice in the field {name!r}")
        return tuple(found)

    def _runtimes(
        self, kind: DeviceKind, core: str, accelerator: Accelerator | None
    ) -> tuple[str, ...]:
        if self._own and "runtimes" not in self._data:
            return shape.default_runtimes(kind, core, accelerator.name if accelerator else "")
        found = self._texts(self._data.get("runtimes"), "runtimes")
        strange = [id for id in found if id not in shape.RUNTIMES]
        if strange:
            known = ", ".join(shape.RUNTIMES)
            raise self._bad(
                f"names a runtime {strange[0][:40]!r} that is not known, in the field 'runtimes'",
                remedy=f"Known are {known}.",
            )
        return found

    def _sources(self, table: Mapping[str, Any], name: str) -> tuple[str, ...]:
        """Return the sources of a field; a person's come to one, so that none is verified."""
        if self._own and "sources" not in table:
            return (SAID_BY_PERSON,)
        found = self._texts(table.get("sources"), f"{name}.sources")
        if not found:
            raise self._bad(f"names no source in the field '{name}.sources'")
        return (f"{SAID_BY_PERSON}, from {'; '.join(found)}",) if self._own else found

    def _table(self, value: Any, name: str, keys: Sequence[str]) -> Mapping[str, Any]:
        wanted = {*keys, "sources"}
        least = set(keys) if self._own else wanted
        if not isinstance(value, Mapping) or not least <= set(value) <= wanted:
            listed = " and ".join(repr(key) for key in (*keys, "sources"))
            raise self._bad(f"needs exactly {listed} in the field {name!r}")
        return value

    def _number(self, value: Any, name: str, most: int) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
            raise self._bad(f"needs a whole number above 0 in the field {name!r}")
        if value > most:
            raise self._bad(f"says {value:.3e} in the field {name!r}, where {most:,} is the most")
        return value

    def _in_words(self, value: Any, name: str) -> int | None:
        """Return what ``96K`` or ``64MHz`` means; None where it is no such text."""
        if not self._own or not isinstance(value, str):
            return None
        if name == "clock_hz":
            return int(value[:-3]) * 10**6 if shape.SPEED.fullmatch(value) else None
        return int(value[:-1]) << _UNITS[value[-1]] if shape.SIZE.fullmatch(value) else None

    def _fact(self, name: str) -> Fact:
        """Return a figure; a field left out is unknown."""
        if name not in self._data:
            return Fact(value=None)
        value = self._data[name]
        most = shape.HIGHEST_HZ if name == "clock_hz" else shape.LARGEST_BYTES
        in_words = self._in_words(value, name)
        if in_words is not None:
            return Fact(value=in_words, sources=(SAID_BY_PERSON,))
        if self._own and not isinstance(value, Mapping):
            return Fact(value=self._number(value, name, most), sources=(SAID_BY_PERSON,))
        table = self._table(value, name, ["value"])
        number = self._number(table["value"], f"{name}.value", most)
        return Fact(value=number, sources=self._sources(table, name))

    def _feature(self, name: str) -> Feature | None:
        if name not in self._data:
            return None
        value = self._data[name]
        short = self._own and isinstance(value, list)
        table = {"names": value} if short else self._table(value, name, ["names"])
        field = name if short else f"{name}.names"
        names = self._texts(table["names"], field)
        if not names:
            raise self._bad(f"names nothing in the field {field!r}")
        return Feature(names=names, sources=self._sources(table, name))

    def _accelerator(self) -> Accelerator | None:
        if "accelerator" not in self._data:
            return None
        value = self._data["accelerator"]
        short = self._own and isinstance(value, str)
        table = {"name": value} if short else self._table(value, "accelerator", ["name"])
        found = table["name"]
        if not isinstance(found, str) or not shape.ACCELERATOR.fullmatch(found):
            raise self._bad(
                "names an accelerator that is not known, in the field 'accelerator'",
                remedy="Known are edgetpu and Vela's names such as ethos-u55-128.",
            )
        return Accelerator(name=found, sources=self._sources(table, "accelerator"))

    def _regions(self) -> tuple[MemoryBank, ...]:
        value = self._data.get("regions", [])
        if not isinstance(value, list) or len(value) > shape.MOST_BANKS:
            raise self._bad(f"needs a list of up to {shape.MOST_BANKS} in the field 'regions'")
        found = tuple(map(self._bank, value))
        if len({bank.name for bank in found}) != len(found):
            raise self._bad("names a bank twice in the field 'regions'")
        return found

    def _bank(self, value: Any) -> MemoryBank:
        table = self._table(value, "regions", ["name", "bytes"])
        in_words = self._in_words(table["bytes"], "regions.bytes")
        size = in_words or self._number(table["bytes"], "regions.bytes", shape.LARGEST_BYTES)
        name = self._plain(table["name"], "regions.name", shape.TEXT, _LENGTHS["name"])
        return MemoryBank(name=name, bytes=size, sources=self._sources(table, "regions"))
