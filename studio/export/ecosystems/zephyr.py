"""A Zephyr module with a sample."""

from __future__ import annotations

from collections.abc import Iterator

from studio.export.ecosystems._library import sources
from studio.export.ecosystems._shape import Ecosystem, Material
from studio.export.ecosystems._sketches import on_avr
from studio.export.part import Member

__all__ = ["ENTRY"]

_FILES = {
    "zephyr/module.yml": ("module.yml.txt", "tells Zephyr's build that this is a module"),
    "CMakeLists.txt": ("CMakeLists.txt.txt", "adds the library where it is wanted"),
    "Kconfig": ("Kconfig.txt", "the option that takes it in"),
    "samples/selftest/CMakeLists.txt": ("sample_CMakeLists.txt.txt", "the self-test, its build"),
    "samples/selftest/prj.conf": ("prj.conf.txt", "the self-test, its options"),
    "samples/selftest/sample.yaml": ("sample.yaml.txt", "the self-test, for twister"),
    "samples/selftest/src/main.c": ("main.c.txt", "the self-test on the board's console"),
}


def _make(material: Material) -> Iterator[Member]:
    lines = "\n".join(f"    {name}" for name in sources(material))
    for name, (file, about) in _FILES.items():
        text = material.filled(f"zephyr/{file}", sources=lines)
        yield Member(name=name, content=text.encode("ascii"), about=about)


ENTRY = Ecosystem(
    id="zephyr",
    title="Zephyr",
    make=_make,
    readme="zephyr",
    why_not=lambda device: on_avr(device.core, device.name),
)
