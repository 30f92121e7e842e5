"""A C library that CMake builds, tests, installs and finds."""

from __future__ import annotations

from collections.abc import Iterator

from studio.export.ecosystems._examples import static_input_program
from studio.export.ecosystems._library import sources
from studio.export.ecosystems._shape import Ecosystem, Material
from studio.export.ecosystems._sketches import on_avr
from studio.export.part import Member

__all__ = ["ENTRY"]


def _make(material: Material) -> Iterator[Member]:
    lines = "\n".join(f"  {name}" for name in sources(material))
    texts = {
        "CMakeLists.txt": material.filled("cmake/CMakeLists.txt.txt", sources=lines),
        "cmake/config.cmake.in": material.filled("cmake/config.cmake.in.txt"),
    }
    about = {
        "CMakeLists.txt": "builds the library, its self-test and an example; installs it",
        "cmake/config.cmake.in": "what find_package of another project reads",
    }
    for name, text in texts.items():
        yield Member(name=name, content=text.encode("ascii"), about=about[name])
    yield static_input_program(material)


ENTRY = Ecosystem(
    id="cmake",
    title="C and CMake",
    make=_make,
    readme="cmake",
    why_not=lambda device: on_avr(device.core, device.name),
)
