"""For iOS: a Swift package around the studio's C, assets, and a small app with LiteRT."""

from __future__ import annotations

from collections.abc import Iterator

from studio.domain.device import Device
from studio.export.ecosystems._examples import kind_of
from studio.export.ecosystems._phone import answers_of, assets_of, bridge, compiled, stand_in
from studio.export.ecosystems._shape import Ecosystem, Material, Need
from studio.export.part import Member

__all__ = ["ENTRY"]

_POD = Need(name="TensorFlowLiteSwift", versions="2.17.0", licence="Apache-2.0")
"""LiteRT for iOS as Google's documentation has it installed, by CocoaPods."""

_PACKAGE = "ios/StudioModel"
_GOLDEN = "ios/Tests/Golden"
_FILES = {
    "Package.swift": ("Package.swift", "the Swift package; needs no other"),
    f"{_PACKAGE}/StudioModel.swift": ("StudioModel.swift", "what Swift calls"),
    "ios/Tests/StudioModelTests.swift": ("StudioModelTests.swift", "the self-test for swift test"),
    "ios/App/Podfile": ("Podfile", "the app's one library, pinned"),
    "ios/App/LiteRTRunner.swift": ("LiteRTRunner.swift", "runs the int8 model by LiteRT"),
    "ios/App/SampleApp.swift": ("SampleApp.swift", "the app: the self-test, and an answer"),
}


def _make(material: Material) -> Iterator[Member]:
    yield from bridge(material)
    yield from assets_of(material, f"{_PACKAGE}/Resources")
    for member in material.shared:
        if member.name in ("golden/inputs.bin", "golden/outputs.bin"):
            name = member.name.replace("golden", _GOLDEN)
            about = f"the same as {member.name}, for swift test"
            yield Member(name=name, content=member.content, about=about)
    for name, (file, about) in _FILES.items():
        text = material.filled(f"ios/{file}.txt", **_blanks(material, file))
        yield Member(name=name, content=text.encode("ascii"), about=about)


def _blanks(material: Material, file: str) -> dict[str, str]:
    """Return what depends on what a sample and an answer are, and on versions."""
    kind, answers = kind_of(material), answers_of(material)

    def of(name: str) -> str:
        return material.filled(f"ios/{name}.txt")

    if file == "StudioModel.swift":
        return {"take": of(f"take_{kind}.swift"), "tell": of(f"tell_{answers}.swift")}
    if file == "SampleApp.swift":
        return {part: of(f"app_{kind}.{part}") for part in ("imports", "state", "views", "own")}
    below = [name.removeprefix("src/") for name in compiled(material)]
    return {**_pins(), "sources": ", ".join(f'"{name}"' for name in below)}


def _pins() -> dict[str, str]:
    return {"pod": _POD.versions}


def _why_not(device: Device) -> str:
    return f"{device.name} runs no iOS: choose the form android." if _is_android(device) else ""


def _is_android(device: Device) -> bool:
    return "android" in device.id or "snapdragon" in device.id


ENTRY = Ecosystem(
    id="ios",
    title="iOS",
    make=_make,
    readme="ios",
    why_not=_why_not,
    words=lambda material: _pins(),
    paper="phone",
    needs=(_POD,),
    stands_in=stand_in,
)
