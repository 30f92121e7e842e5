"""What each build system wants to see; where it is not here, stand-ins take its place."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from studio.app.build_target import build_target
from studio.devices import find_device
from studio.domain.errors import ExportError
from studio.export.ecosystems import assemble_for

from ..conftest import report
from .contents import contents_of
from .places import files_of, needs, ran, unpacked

_STRICT = ("-Wall", "-Wextra", "-Werror")
_ARDUINO = """
#include <math.h>
#include <stdint.h>
#include <stdio.h>
struct Port {
  void begin(long) {}
  operator bool() { return true; }
  void print(const char *text) { printf("%s", text); }
  void println(const char *text) { printf("%s\\n", text); }
  void println(float value) { printf("%g\\n", static_cast<double>(value)); }
};
static Port Serial;
inline unsigned long millis() { return 0; }
inline unsigned long micros() { static unsigned long now; return now += 250; }
inline void delay(int) {}
void setup();
void loop();
int main() { setup(); loop(); }
"""


@pytest.mark.parametrize("kind", ["pictures", "windows", "rows", "amounts"])
@needs("g++")
@needs("gcc")
def test_sketches_compile_against_a_stand_in_and_the_self_test_passes(
    kind: str, tmp_path: Path
) -> None:
    library = unpacked("arduino", kind, tmp_path / "zip")
    (tmp_path / "Arduino.h").write_text(_ARDUINO)
    sources = [str(path) for path in (library / "src").rglob("*.c")]
    ran("gcc", "-std=c99", "-pedantic", *_STRICT, "-I", library / "src", "-c", *sources,
        folder=tmp_path)  # fmt: skip
    said = {}
    for sketch in sorted((library / "examples").iterdir()):
        (file,) = sketch.iterdir()
        assert file.name == f"{sketch.name}.ino", "the IDE wants them to have one name"
        ran("g++", "-std=c++11", *_STRICT, "-I", library / "src", "-I.", "-include", "Arduino.h",
            "-x", "c++", file, "-x", "none", *tmp_path.glob("*.o"), "-o", sketch.name,
            folder=tmp_path)  # fmt: skip
        said[sketch.name] = ran(tmp_path / sketch.name, folder=tmp_path)
    assert set(said) == {"selftest", "sensor", "static_input"}
    assert "end result=PASS" in said["selftest"]
    assert "us=250" in said["selftest"]
    assert said["static_input"].strip()
    assert said["sensor"] == "", "nothing is read before somebody says how"
    assert "YOUR CODE" in (library / "examples" / "sensor" / "sensor.ino").read_text()


def test_the_arduino_library_is_as_its_specification_has_it() -> None:
    files = files_of("arduino", "windows")
    (top,) = {name.partition("/")[0] for name in files}
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,62}", top)
    lines = files[f"{top}/library.properties"].decode("ascii").splitlines()
    facts = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
    wanted = {"name", "version", "author", "maintainer", "sentence", "paragraph", "category", "url"}
    assert set(facts) == wanted | {"architectures", "includes"}
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 _.-]*", facts["name"])
    assert re.fullmatch(r"\d+\.\d+\.\d+", facts["version"])
    assert facts["category"] == "Data Processing"
    assert f"{top}/src/{facts['includes']}" in files
    keywords = files[f"{top}/keywords.txt"].decode("ascii").splitlines()
    assert all(re.fullmatch(r"\w+\t(KEYWORD[123]|LITERAL1)", line) for line in keywords)


def test_the_platformio_manifest_names_what_is_there() -> None:
    files = files_of("platformio", "rows")
    (top,) = {name.partition("/")[0] for name in files}
    facts = json.loads(files[f"{top}/library.json"])
    assert {"name", "version", "description", "headers", "frameworks", "platforms"} <= set(facts)
    assert len(facts["name"]) <= 50
    assert re.fullmatch(r"\d+\.\d+\.\d+", facts["version"])
    assert f"{top}/src/{facts['headers']}" in files
    arduino = files_of("arduino", "rows")
    sketches = {n: c for n, c in files.items() if "/examples/" in n}
    assert sketches == {n: c for n, c in arduino.items() if "/examples/" in n}
    for example in facts["examples"]:
        assert all(f"{top}/{example['base']}/{file}" in files for file in example["files"])


# --- Zephyr and ESP-IDF ----------------------------------------------------------------------

_ZEPHYR = """
cmake_minimum_required(VERSION 3.16)
project(stand_in C)
set(CONFIG_BARS_OF_LIGHT_INFERENCE y)
function(zephyr_include_directories)
  include_directories(${ARGN})
endfunction()
function(zephyr_library_named name)
  add_library(${name} STATIC)
  set(CURRENT ${name} PARENT_SCOPE)
endfunction()
function(zephyr_library_sources)
  target_sources(${CURRENT} PRIVATE ${ARGN})
endfunction()
add_compile_options(-Wall -Wextra -Werror)
add_subdirectory("@TOP@" module)
add_executable(app "@TOP@/samples/selftest/src/main.c")
target_include_directories(app PRIVATE "@TOP@/src" "@STUBS@")
target_link_libraries(app bars_of_light_inference)
"""
_ZEPHYR_HEADERS = {
    "zephyr/kernel.h": """
        #include <stdint.h>
        static inline uint32_t k_cycle_get_32(void) { static uint32_t now; return now += 64000; }
        static inline uint32_t k_cyc_to_us_floor32(uint32_t cycles) { return cycles / 64; }
    """,
    "zephyr/sys/printk.h": "#include <stdio.h>\n#define printk printf\n",
}
_IDF = """
cmake_minimum_required(VERSION 3.16)
project(stand_in C)
function(idf_component_register)
  cmake_parse_arguments(P "" "" "SRCS;INCLUDE_DIRS;REQUIRES" ${ARGN})
  get_filename_component(name "${CMAKE_CURRENT_SOURCE_DIR}" NAME)
  add_library(${name} STATIC ${P_SRCS})
  target_include_directories(${name} PUBLIC ${P_INCLUDE_DIRS} "@STUBS@")
  foreach(other ${P_REQUIRES})
    if(TARGET ${other})
      target_link_libraries(${name} ${other})
    endif()
  endforeach()
endfunction()
add_compile_options(-Wall -Wextra -Werror)
add_subdirectory("@TOP@" component)
add_subdirectory("@TOP@/examples/selftest/main" main)
add_executable(app start.c)
target_link_libraries(app main)
"""
_IDF_HEADERS = {
    "esp_timer.h": """
        #include <stdint.h>
        static inline int64_t esp_timer_get_time(void) { static int64_t now; return now += 1000; }
    """,
    "start.c": "void app_main(void); int main(void) { app_main(); return 0; }\n",
}


def _stood_in(project: str, headers: dict[str, str], library: Path, folder: Path) -> str:
    """Build a module with functions that stand in for those of its build system, and run it."""
    text = project.replace("@TOP@", library.as_posix()).replace("@STUBS@", folder.as_posix())
    for name, content in {"CMakeLists.txt": text, **headers}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    ran("cmake", "-S", ".", "-B", "b", folder=folder)
    ran("cmake", "--build", "b", folder=folder)
    return ran(folder / "b" / "app", folder=folder)


@needs("cmake")
@needs("gcc")
def test_the_zephyr_module_builds_with_stand_ins(tmp_path: Path) -> None:
    library = unpacked("zephyr", "windows", tmp_path / "zip")
    (tmp_path / "project").mkdir()
    said = _stood_in(_ZEPHYR, _ZEPHYR_HEADERS, library, tmp_path / "project")
    assert "end result=PASS" in said
    assert "us=1000" in said


def test_the_zephyr_module_is_as_its_schema_has_it() -> None:
    files = files_of("zephyr", "windows")
    (top,) = {name.partition("/")[0] for name in files}
    lines = files[f"{top}/zephyr/module.yml"].decode("ascii").splitlines()
    # The keys of METADATA_SCHEMA in Zephyr's scripts/zephyr_module.py that are used here.
    assert lines[0] == "name: bars_of_light_inference"
    assert lines[1:4] == ["build:", "  cmake: .", "  kconfig: Kconfig"]
    assert lines[4:] == ["samples:", "  - samples"]
    assert {f"{top}/CMakeLists.txt", f"{top}/Kconfig"} <= set(files)
    assert b"config BARS_OF_LIGHT_INFERENCE\n\tbool " in files[f"{top}/Kconfig"]
    assert b"CONFIG_BARS_OF_LIGHT_INFERENCE=y" in files[f"{top}/samples/selftest/prj.conf"]


@cache
def _for_esp32() -> dict[str, bytes]:
    device = find_device("esp32dev")
    contents = contents_of(
        "windows", kernels="c99", device=device, build=build_target(device),
        report=replace(contents_of("windows").report, device_id=device.id),
    )  # fmt: skip
    return assemble_for(contents, "esp-idf")


def _written(files: dict[str, bytes], folder: Path) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


@needs("cmake")
@needs("gcc")
def test_the_esp_idf_component_builds_with_stand_ins(tmp_path: Path) -> None:
    _written(_for_esp32(), tmp_path)
    (tmp_path / "project").mkdir()
    library = tmp_path / "Bars_of_light"
    said = _stood_in(_IDF, _IDF_HEADERS, library, tmp_path / "project")
    assert "end result=PASS" in said
    assert "us=1000" in said
    assert "device=esp32dev" in said


def test_the_esp_idf_component_says_what_it_needs() -> None:
    text = _for_esp32()["Bars_of_light/idf_component.yml"].decode("ascii")
    keys = re.findall(r"^(\w+):", text, re.M)
    assert keys == ["version", "description", "license", "dependencies"]
    assert re.search(r'^version: "\d+\.\d+\.\d+"$', text, re.M)
    readme = _for_esp32()["Bars_of_light/README.md"].decode()
    assert "not built with ESP-IDF" in readme.replace("\n", " ")
    how = json.loads(_for_esp32()["Bars_of_light/extras/rebuild.json"])
    assert how["machine"] is None


@pytest.mark.parametrize(
    ("ecosystem", "device"),
    [("esp-idf", "nano33ble"), ("bare-metal", "esp32dev"), ("arduino", "uno"), ("cmake", "rpi4b")],
)
def test_a_device_of_another_world_is_refused(ecosystem: str, device: str) -> None:
    found = find_device(device)
    contents = contents_of(
        "windows", device=found, report=report(device_id=device), build=build_target(found)
    )
    with pytest.raises(ExportError) as refusal:
        assemble_for(contents, ecosystem)
    assert refusal.value.code == "export.not_for_device"


@needs("gcc")
@pytest.mark.parametrize("title", ["answer", "selftest", '한글 "x" */ $(rm) ${Y}'])
def test_titles_that_mean_something_elsewhere_do_no_harm(title: str, tmp_path: Path) -> None:
    """A project may be called like one of our own files."""
    files = assemble_for(contents_of("windows", project_title=title), "cmake")
    _written(files, tmp_path / "zip")
    (library,) = (tmp_path / "zip").iterdir()
    sources = [str(path) for path in (library / "src").rglob("*.c")]
    sources.append(str(library / "extras" / "host_main.c"))
    ran("gcc", "-std=c99", *_STRICT, "-I", library / "src", *sources, "-o", "s", folder=tmp_path)
    assert "result=PASS" in ran(tmp_path / "s", folder=tmp_path)
