"""An ESP-IDF component with an example."""

from __future__ import annotations

from collections.abc import Iterator

from studio.domain.device import Device
from studio.export.ecosystems._library import sources
from studio.export.ecosystems._shape import Ecosystem, Material
from studio.export.part import Member

__all__ = ["ENTRY"]

_FILES = {
    "CMakeLists.txt": ("CMakeLists.txt.txt", "registers the component"),
    "idf_component.yml": ("idf_component.yml.txt", "what the component manager reads"),
    "examples/selftest/CMakeLists.txt": ("example_CMakeLists.txt.txt", "the self-test, its build"),
    "examples/selftest/main/CMakeLists.txt": ("main_CMakeLists.txt.txt", "the self-test, its main"),
    "examples/selftest/main/main.c": ("main.c.txt", "the self-test on the console"),
}


def _make(material: Material) -> Iterator[Member]:
    lines = "\n".join(f'    "{name}"' for name in sources(material))
    for name, (file, about) in _FILES.items():
        text = material.filled(f"esp_idf/{file}", sources=lines)
        yield Member(name=name, content=text.encode("ascii"), about=about)


def _why_not(device: Device) -> str:
    if "esp32" in device.sdk:
        return ""
    return f"ESP-IDF is for chips of Espressif; the {device.name} has a {device.core}."


ENTRY = Ecosystem(
    id="esp-idf",
    title="ESP-IDF",
    make=_make,
    readme="esp_idf",
    why_not=_why_not,
)
