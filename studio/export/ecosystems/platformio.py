"""A PlatformIO library."""

from __future__ import annotations

from collections.abc import Iterator

from studio.export.ecosystems._shape import Ecosystem, Material
from studio.export.ecosystems._sketches import on_avr, sketches
from studio.export.manifest import as_json_bytes
from studio.export.part import Member

__all__ = ["ENTRY"]


def _make(material: Material) -> Iterator[Member]:
    examples = list(sketches(material))
    content = {
        "name": material.folder,
        "version": material.words["version"],
        "description": "A trained model as C that needs no runtime, with its self-test",
        "keywords": ["machine learning", "inference"],
        "license": "Apache-2.0",
        "frameworks": "*",
        "platforms": "*",
        "headers": f"{material.prefix}_inference.h",
        "build": {"srcDir": "src", "includeDir": "src"},
        "examples": [_example(member.name) for member in examples],
    }
    yield Member(
        name="library.json",
        content=as_json_bytes(content),
        about="what PlatformIO reads of the library",
    )
    yield from examples


def _example(name: str) -> dict[str, object]:
    base, _, file = name.rpartition("/")
    return {"name": base.rpartition("/")[2], "base": base, "files": [file]}


ENTRY = Ecosystem(
    id="platformio",
    title="PlatformIO",
    make=_make,
    readme="platformio",
    why_not=lambda device: on_avr(device.core, device.name),
)
