"""A Python package for Linux boards and computers: a command, and a library with types."""

from __future__ import annotations

from collections.abc import Iterator

from studio.export.ecosystems._program import NEEDS, command_of, package_name, program_files
from studio.export.ecosystems._shape import Ecosystem, Material
from studio.export.part import Member

__all__ = ["ENTRY"]


def _make(material: Material) -> Iterator[Member]:
    yield from program_files(material, NEEDS)


def _words(material: Material) -> dict[str, str]:
    return {"package": package_name(material), "command": command_of(material)}


ENTRY = Ecosystem(
    id="python",
    title="Python",
    make=_make,
    readme="python",
    words=_words,
    is_program=True,
    paper="python/whole",
    needs=NEEDS,
)
