"""Unpacked zips really build and run: here, on an emulated core, and with their own build files."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from studio.export.ecosystems import ECOSYSTEMS

from .contents import ALL_KINDS
from .places import files_of, needs, needs_emulator, ran, rebuilt, unpacked

ONE_OF_EACH = ("pictures", "windows", "rows")
FOR_CORTEX_M = ("arduino", "bare-metal", "platformio", "zephyr")
PASSES = "STUDIO-SELFTEST 1 end result=PASS"
FAILS = "STUDIO-SELFTEST 1 end result=FAIL"

host = needs("gcc")


@host
@pytest.mark.parametrize("kind", [kind for kind in ALL_KINDS if kind not in ONE_OF_EACH])
def test_a_library_rebuilds_itself_on_this_computer(kind: str, tmp_path: Path) -> None:
    status, said = rebuilt(unpacked("cmake", kind, tmp_path), "--cc", "gcc")
    assert (status, said.count(PASSES)) == (0, 1), said


@host
@needs_emulator
@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_a_library_runs_on_an_emulated_core(kind: str, tmp_path: Path) -> None:
    status, said = rebuilt(unpacked("cmake", kind, tmp_path), "--cc", "gcc", "--emulator")
    assert (status, said.count(PASSES)) == (0, 2), said
    lines = [line for line in said.splitlines() if line.startswith("STUDIO-SELFTEST")]
    assert lines[: len(lines) // 2] == lines[len(lines) // 2 :], "the core makes the same bytes"


@host
@needs_emulator
@pytest.mark.slow
@pytest.mark.parametrize(
    ("ecosystem", "kind"), list(zip(FOR_CORTEX_M, (*ONE_OF_EACH, "windows"), strict=True))
)
def test_every_other_ecosystem_does_too(ecosystem: str, kind: str, tmp_path: Path) -> None:
    status, said = rebuilt(unpacked(ecosystem, kind, tmp_path), "--cc", "gcc", "--emulator")
    assert (status, said.count(PASSES)) == (0, 2), said


@pytest.mark.parametrize("ecosystem", FOR_CORTEX_M)
def test_every_other_ecosystem_has_the_same_sources(ecosystem: str) -> None:
    """What the fast tests build of one is what the others carry, byte for byte."""

    def sources(id: str) -> dict[str, bytes]:
        kept = ("src", "extras", "rebuild.py")
        files = files_of(id, "windows")
        named = {name.partition("/")[2]: content for name, content in files.items()}
        return {name: c for name, c in named.items() if name.partition("/")[0] in kept}

    assert sources(ecosystem) == sources("cmake")


CHANGES = {
    "pictures": ("src/picture.c", r"19595u", "19000u", "prepare"),
    "windows": ("src/preprocess.c", r"(lows\[\d+\] = \{\s+)(-?[\d.]+)f", r"\g<1>0.25f", "prepare"),
    "rows": ("src/preprocess.c", r"(knots_0\[\d+\] = \{\s+)(-?[\d.]+)f", r"\g<1>-7.5f", "prepare"),
}


@host
@pytest.mark.parametrize("kind", ONE_OF_EACH)
@pytest.mark.parametrize("what", ["constant", "weight"])
def test_a_change_makes_the_self_test_fail(what: str, kind: str, tmp_path: Path) -> None:
    library = unpacked("cmake", kind, tmp_path)
    name, old, new, step = CHANGES[kind]
    if what == "weight":
        (model,) = (library / "src" / "model").glob("*.c")
        name, step = str(model.relative_to(library)), "run"
        old, new = r"(static const int8_t data_\d+\[\d+\] = \{\s+)(-?\d+)", r"\g<1>-128"
    text = (library / name).read_text()
    changed, count = re.subn(old, new, text)
    assert count
    assert changed != text
    (library / name).write_text(changed)
    status, said = rebuilt(library, "--cc", "gcc")
    assert status == 1
    assert "files: 1 changed" in said
    assert FAILS in said, said
    failed = re.search(rf"step={step} passed=(\d+) of=(\d+)", said)
    assert failed is not None
    assert failed[1] != failed[2]


@host
@needs("cmake")
def test_cmake_builds_tests_installs_and_finds_it(tmp_path: Path) -> None:
    library = unpacked("cmake", "windows", tmp_path / "zip")
    build, place = tmp_path / "build", tmp_path / "installed"
    ran("cmake", "-S", library, "-B", build, "-DSTUDIO_WERROR=ON", folder=tmp_path)
    ran("cmake", "--build", build, folder=tmp_path)
    assert "100% tests passed" in ran("ctest", "--test-dir", build, folder=tmp_path)
    ran("cmake", "--install", build, "--prefix", place, folder=tmp_path)
    assert not list(place.rglob("selftest_data.h"))

    found = "find_package(bars_of_light_inference 1.0 REQUIRED)"
    for name, way in (("found", found), ("taken", f'add_subdirectory("{library}" inside)')):
        user = tmp_path / name
        user.mkdir()
        shutil.copy(library / "examples" / "static_input" / "main.c", user)
        (user / "CMakeLists.txt").write_text(
            "cmake_minimum_required(VERSION 3.16)\nproject(user C)\n"
            f"{way}\nadd_executable(user main.c)\n"
            "target_link_libraries(user bars_of_light_inference::bars_of_light_inference)\n"
        )
        ran("cmake", "-S", user, "-B", user / "b", f"-DCMAKE_PREFIX_PATH={place}", folder=user)
        ran("cmake", "--build", user / "b", folder=user)
        said = ran(user / "b" / "user", folder=user).strip()
        assert said in {"cold", "mild", "뜨거움", "not sure"}


@needs("make")
@needs("arm-none-eabi-gcc")
@needs("qemu-system-arm")
def test_the_bare_metal_project_links_for_the_device_and_runs_emulated(tmp_path: Path) -> None:
    project = unpacked("bare-metal", "rows", tmp_path)
    ran("make", folder=project)
    assert (project / "build" / "selftest.elf").read_bytes()[:4] == b"\x7fELF"
    assert PASSES in ran("make", "emulate", folder=project)
    script = (project / "platform" / "device.ld").read_text()
    assert "LENGTH = 983040" in script
    assert "LENGTH = 262144" in script


def test_every_ecosystem_is_tried() -> None:
    # Those with test modules of their own.
    elsewhere = {"android", "edgetpu", "ethos-u", "gateway", "ios", "python"}
    assert set(ECOSYSTEMS) - elsewhere == {"cmake", "esp-idf", *FOR_CORTEX_M}
