"""An Arduino library: a zip the IDE takes, with sketches."""

from __future__ import annotations

from collections.abc import Iterator

from studio.export.ecosystems._shape import Ecosystem, Material
from studio.export.ecosystems._sketches import on_avr, sketches
from studio.export.part import Member

__all__ = ["ENTRY"]


def _make(material: Material) -> Iterator[Member]:
    yield Member(
        name="library.properties",
        content=material.filled("arduino/library.properties.txt").encode("ascii"),
        about="what the Arduino IDE reads of the library",
    )
    yield Member(
        name="keywords.txt",
        content=_keywords(material).encode("ascii"),
        about="names the Arduino IDE colours",
    )
    yield from sketches(material)


def _keywords(material: Material) -> str:
    prefix = material.prefix
    functions = ["input", "run", "output"]
    functions += ["classify", "name"] if material.draft.contents.target is None else ["estimate"]
    rows = [(f"{prefix}_{name}", "KEYWORD2") for name in functions]
    rows += [("studio_selftest", "KEYWORD2"), (f"{prefix.upper()}_ARENA_BYTES", "LITERAL1")]
    return "".join(f"{word}\t{kind}\n" for word, kind in rows)


ENTRY = Ecosystem(
    id="arduino",
    title="Arduino",
    make=_make,
    readme="arduino",
    why_not=lambda device: on_avr(device.core, device.name),
)
