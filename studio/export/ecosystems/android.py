"""For Android: assets, and a small app in Kotlin around the studio's C and LiteRT."""

from __future__ import annotations

from collections.abc import Iterator

from studio.domain.device import Device
from studio.export.ecosystems._examples import kind_of
from studio.export.ecosystems._phone import answers_of, assets_of, bridge, compiled, stand_in
from studio.export.ecosystems._shape import Ecosystem, Material, Need
from studio.export.part import Member

__all__ = ["ENTRY"]

_LITERT = Need(name="com.google.ai.edge.litert:litert", versions="1.4.2", licence="Apache-2.0")
"""The last line of LiteRT whose Interpreter chooses its kernels; from Google's Maven repository.
Listed as current beside 2.x in "LiteRT for Android" of Google's documentation, 2026."""
_AGP, _KOTLIN = "8.7.3", "2.0.21"

_APP = "app"
_MAIN = f"{_APP}/src/main"
_CODE = f"{_MAIN}/kotlin"
_FILES = {
    "settings.gradle.kts": ("settings.gradle.kts", "the project, for Gradle"),
    "build.gradle.kts": ("build.gradle.kts", "the plugins, pinned"),
    "gradle.properties": ("gradle.properties", "what Gradle is told"),
    f"{_APP}/build.gradle.kts": ("app_build.gradle.kts", "the app, its one library pinned"),
    f"{_MAIN}/AndroidManifest.xml": ("AndroidManifest.xml", "what the app is; no permission"),
    f"{_MAIN}/cpp/CMakeLists.txt": ("CMakeLists.txt", "builds the C of the app"),
    f"{_MAIN}/cpp/jni.c": ("jni.c", "from Kotlin to the studio's C"),
    f"{_CODE}/Native.kt": ("Native.kt", "declares the C for Kotlin"),
    f"{_CODE}/Model.kt": ("Model.kt", "runs the int8 model by LiteRT"),
    f"{_CODE}/MainActivity.kt": ("MainActivity.kt", "the app: the self-test, and an answer"),
}


def _make(material: Material) -> Iterator[Member]:
    yield from bridge(material)
    yield from assets_of(material, f"{_MAIN}/assets")
    for name, (file, about) in _FILES.items():
        text = material.filled(f"android/{file}.txt", **_blanks(material, file))
        yield Member(name=name, content=text.encode("ascii"), about=about)


def _blanks(material: Material, file: str) -> dict[str, str]:
    """Return what depends on what a sample and an answer are, and on versions."""
    kind, answers = kind_of(material), answers_of(material)

    def of(name: str) -> str:
        return material.filled(f"android/{name}.txt")

    if file == "jni.c":
        return {"take": of(f"jni_{kind}.c"), "tell": of(f"jni_{answers}.c")}
    if file == "Native.kt":
        return {"take": of(f"native_{kind}.kt"), "tell": of(f"native_{answers}.kt")}
    if file == "Model.kt":
        return {"tell": of(f"told_{answers}.kt")}
    if file == "MainActivity.kt":
        return {part: of(f"main_{kind}.{part}") for part in ("imports", "views", "own")}
    return {**_pins(), "sources": "\n".join(f'  "${{TOP}}/{n}"' for n in compiled(material))}


def _pins() -> dict[str, str]:
    return {"litert": f"{_LITERT.name}:{_LITERT.versions}", "agp": _AGP, "kotlin": _KOTLIN}


def _why_not(device: Device) -> str:
    if "ios" not in device.id and device.vendor != "Apple":
        return ""
    return f"{device.name} runs no Android: choose the form ios."


ENTRY = Ecosystem(
    id="android",
    title="Android",
    make=_make,
    readme="android",
    why_not=_why_not,
    words=lambda material: _pins(),
    paper="phone",
    needs=(_LITERT,),
    stands_in=stand_in,
)
