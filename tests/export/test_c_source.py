"""The C files: real compilers take them, whatever a class is called."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.device import DeviceKind
from studio.domain.figure import Figure
from studio.domain.report import OperatorUse
from studio.export import BundleContents, verify_bundle, write_bundle
from studio.export.bundle import assemble
from studio.export.escaping import c_comment, c_string

from .conftest import DATA, candidate, device, report

GCC, GPP = shutil.which("gcc"), shutil.which("g++")
HOSTILE = (
    "*/",
    "/* open",
    "int",
    '"quoted"',
    "back\\slash",
    "new\nline",
    "'",
    "%s%n",
    "??/",
    "??=define X",
    "//",
    "\\",
    "한글",
    "각",
    "😀🏽",
    "\u202eevil",
    "<b>x</b>",
    "'); drop",
    "#include <x>",
    "0123",
    "\x00nul",
    "\x7f",
    "é1",
    "a" * 500,
    "",
    "\udcb0\udca1",
    "a\n",
    "a ",
)
_STRICT = ["-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-Wtrigraphs"]
_MAIN = """
#include <stdio.h>
#include "labels.h"
#include "golden.h"
#include "model_data.h"
int main(void) {
  unsigned i;
  for (i = 0; i < STUDIO_MODEL_SIZE; ++i) printf("%02x", studio_model[i]);
  printf("\\n%d\\n", (int)((size_t)(const void *)studio_model % 16));
  for (i = 0; i < STUDIO_LABEL_COUNT; ++i) printf("%s%c", studio_labels[i], 1);
  printf("\\n");
  for (i = 0; i < STUDIO_GOLDEN_COUNT * STUDIO_GOLDEN_INPUT_BYTES; ++i)
    printf("%d ", studio_golden_inputs[i]);
  printf("\\n");
  for (i = 0; i < STUDIO_GOLDEN_COUNT * STUDIO_GOLDEN_OUTPUT_BYTES; ++i)
    printf("%d ", studio_golden_outputs[i]);
  printf("\\n%d\\n", studio_golden_classes[0]);
  return 0;
}
"""


def _unpacked(files: dict[str, bytes], folder: Path, prefix: str = "c/") -> Path:
    for name, content in files.items():
        if name.startswith(prefix):
            (folder / name.removeprefix(prefix)).write_bytes(content)
    return folder


def _hostile(build: Callable[..., BundleContents], names: tuple[str, ...]) -> BundleContents:
    return build(
        names,
        project_title='??/ */ "x" \\ \u202e 한글 $(rm)',
        golden_names=("*/ x.png", "??/", "a\\b\\c.png", "/root/x.png", "한글.png", "\n#error"),
    )


@pytest.mark.skipif(GCC is None, reason="gcc is not installed")
@pytest.mark.parametrize("start", range(0, len(HOSTILE) - 2, 3))
def test_hostile_names_compile_and_come_out_as_they_went_in(
    start: int, build: Callable[..., BundleContents], tmp_path: Path
) -> None:
    names = HOSTILE[start : start + 3]
    files = assemble(_hostile(build, names))
    folder = _unpacked(files, tmp_path)
    (folder / "main.c").write_text(_MAIN)
    for standard in ("-std=c11", "-std=gnu17", "-std=c99"):
        command = [str(GCC), *_STRICT, standard, "-o", "main", "main.c", "model_data.c"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    out = subprocess.run([folder / "main"], check=True, capture_output=True).stdout.split(b"\n")

    assert bytes.fromhex(out[0].decode()) == files["model/model_int8.tflite"]
    assert out[1] == b"0"
    printed = [text.decode() for text in out[2].split(b"\x01")[:-1]]
    assert printed == files["labels.txt"].decode().split("\n")[:-1]
    inputs = np.frombuffer(files["golden/inputs.bin"], np.int8)
    assert np.array_equal(np.array(out[3].split(), int), inputs)
    outputs = np.frombuffer(files["golden/outputs.bin"], np.int8)
    assert np.array_equal(np.array(out[4].split(), int), outputs)
    assert out[5] == b"0"


@given(st.text())
def test_a_c_string_reads_back_and_is_plain_ascii(text: str) -> None:
    literal = c_string(text)
    assert re.fullmatch(r'"(?:[A-Za-z0-9 _.,-]|\\[0-7]{3})*"', literal)
    back = re.sub(rb"\\([0-7]{3})", lambda m: bytes([int(m[1], 8)]), literal[1:-1].encode())
    assert back == text.encode("utf-8", "replace")


@given(st.text())
def test_a_comment_cannot_end_early_or_go_on(text: str) -> None:
    shown = c_comment(text)
    assert shown.isascii()
    assert not set("*/\\?\n\r") & set(shown)


@pytest.mark.parametrize("start", range(0, len(HOSTILE) - 2, 3))
def test_a_bundle_with_hostile_names_verifies(
    start: int, build: Callable[..., BundleContents], tmp_path: Path
) -> None:
    contents = _hostile(build, HOSTILE[start : start + 3])
    write_bundle(contents, tmp_path / "bundle.zip")
    result = verify_bundle(tmp_path / "bundle.zip")
    assert result.passed, result.checks


@pytest.mark.skipif(GCC is None, reason="gcc is not installed")
def test_the_c_files_run_clean_under_sanitizers(
    build: Callable[..., BundleContents], tmp_path: Path
) -> None:
    folder = _unpacked(assemble(_hostile(build, HOSTILE[:3])), tmp_path)
    (folder / "main.c").write_text(_MAIN)
    clean = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
    command = [str(GCC), *_STRICT, *clean, "-o", "main", "main.c", "model_data.c"]
    if subprocess.run(command, cwd=folder, capture_output=True).returncode:
        pytest.skip("gcc has no sanitizers here")
    subprocess.run([folder / "main"], check=True, capture_output=True)


_STUBS = {
    "TensorFlowLite.h": "",
    "tensorflow/lite/schema/schema_generated.h": """
        #pragma once
        #define TFLITE_SCHEMA_VERSION 3
        namespace tflite { struct Model { int version() const { return 3; } };
        inline const Model* GetModel(const void*) { static Model m; return &m; } }
    """,
    "tensorflow/lite/micro/micro_mutable_op_resolver.h": """
        #pragma once
        enum TfLiteStatus { kTfLiteOk, kTfLiteError };
        namespace tflite { template <unsigned int N> struct MicroMutableOpResolver {
          unsigned int used = 0;
          TfLiteStatus Add() { return ++used > N ? kTfLiteError : kTfLiteOk; }
          TfLiteStatus AddConv2D() { return Add(); }
          TfLiteStatus AddMaxPool2D() { return Add(); }
          TfLiteStatus AddReshape() { return Add(); }
          TfLiteStatus AddFullyConnected() { return Add(); }
          TfLiteStatus AddSoftmax() { return Add(); } }; }
    """,
    "tensorflow/lite/micro/micro_interpreter.h": """
        #pragma once
        #include <stddef.h>
        #include <stdint.h>
        #include <string.h>
        #include "golden.h"
        #include "tensorflow/lite/micro/micro_mutable_op_resolver.h"
        #include "tensorflow/lite/schema/schema_generated.h"
        enum TfLiteType { kTfLiteInt8 };
        struct TfLiteTensor { TfLiteType type; size_t bytes; struct { int8_t* int8; } data; };
        #ifndef ANSWER
        #define ANSWER 0
        #endif
        namespace tflite { struct MicroInterpreter {
          int8_t in[STUDIO_GOLDEN_INPUT_BYTES], out[STUDIO_GOLDEN_OUTPUT_BYTES];
          TfLiteTensor i{kTfLiteInt8, sizeof in, {in}}, o{kTfLiteInt8, sizeof out, {out}};
          int run = 0;
          template <class R> MicroInterpreter(const Model*, R&, uint8_t*, size_t) {}
          TfLiteStatus AllocateTensors() { return kTfLiteOk; }
          TfLiteTensor* input(int) { return &i; }
          TfLiteTensor* output(int) { return &o; }
          size_t arena_used_bytes() { return 7; }
          TfLiteStatus Invoke() {
            memcpy(out, studio_golden_outputs + run++ * sizeof out, sizeof out);
            out[0] += ANSWER; return kTfLiteOk; } }; }
    """,
    "Arduino.h": """
        #include <cstdio>
        struct Port { void begin(long) {} operator bool() { return true; }
          void print(const char* t) { printf("%s", t); } void print(int n) { printf("%d", n); }
          void println(const char* t) { printf("%s\\n", t); } void println() { printf("\\n"); } };
        static Port Serial; inline unsigned long millis() { return 0; } inline void delay(int) {}
        void setup(); void loop(); int main() { setup(); loop(); loop(); }
    """,
}


@pytest.mark.skipif(GPP is None or GCC is None, reason="g++ is not installed")
@pytest.mark.parametrize("vendor", ["Arduino", "ST"])
@pytest.mark.parametrize(("answer", "said"), [(0, "PASS"), (1, "FAIL")])
def test_the_program_compiles_against_the_interface_and_judges(
    vendor: str, answer: int, said: str, build: Callable[..., BundleContents], tmp_path: Path
) -> None:
    """No board and no runtime here: stand-ins with the runtime's names and types."""
    files = assemble(build(device=device(vendor=vendor)))
    main = next(n for n in files if n.endswith((".ino", "main.cc")))
    folder = _unpacked(files, tmp_path, main.rpartition("/")[0] + "/")
    for name, text in _STUBS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    base = main.rpartition("/")[2]
    strict = ["-std=c++14", "-Wall", "-Wextra", "-Werror", f"-DANSWER={answer}", "-I."]
    include = ["-include", "Arduino.h"] if base.endswith(".ino") else []
    for command in (
        [str(GCC), *_STRICT, "-c", "model_data.c"],
        [str(GPP), *strict, *include, "-x", "c++", base, "-x", "none", "model_data.o", "-o", "m"],
    ):
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    lines = subprocess.run([folder / "m"], capture_output=True, text=True).stdout.splitlines()
    assert lines.count(said) == 1
    assert sum(line.startswith("golden ") for line in lines) == 6
    assert "arena used, bytes: 7" in lines


def test_the_sketch_names_exactly_the_operators_and_the_stated_arena(
    files: dict[str, bytes],
) -> None:
    sketch = files["arduino/Bars_of_light/Bars_of_light.ino"].decode()
    calls = re.findall(r"resolver\.(\w+)\(\)", sketch)
    wanted = {"AddConv2D", "AddMaxPool2D", "AddReshape", "AddFullyConnected", "AddSoftmax"}
    assert sorted(calls) == sorted(wanted)
    assert "MicroMutableOpResolver<5>" in sketch
    arena = int(re.search(r"kArenaBytes = (\d+);", sketch)[1])
    assert arena == -(-(int(1_956 * 1.1) + 1_024) // 16) * 16
    assert "NOT compiled" in sketch
    assert "not compiled for this board" in files["README.md"].decode()


def test_only_microcontrollers_get_a_program(build: Callable[..., BundleContents]) -> None:
    files = assemble(build(device=device(kind=DeviceKind.LINUX_BOARD)))
    assert not [name for name in files if name.startswith(("arduino/", "firmware/"))]
    assert "There is none" in files["README.md"].decode()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda: {"report": report(operators=())}, "operators of the model are not known"),
        (
            lambda: {
                "report": report(operators=(OperatorUse(name="FLY", count=1, supported=False),))
            },
            "no operator FLY",
        ),
        (lambda: {"candidate": _without_arena()}, "arena is not known"),
    ],
)
def test_a_program_that_cannot_be_right_is_not_written(
    change: Callable[[], dict], why: str, build: Callable[..., BundleContents]
) -> None:
    files = assemble(build(**change()))
    assert not [name for name in files if name.endswith((".ino", "main.cc"))]
    told = next(n for n in files if n.startswith("arduino/"))
    assert why in files[told].decode()
    assert why in files["README.md"].decode()


def _without_arena() -> object:
    from dataclasses import replace

    usual = candidate()
    unknown = Figure.unknown("B", "no wheel on this system")
    return candidate(artifacts=tuple(replace(a, arena=unknown) for a in usual.artifacts))


@pytest.mark.parametrize("title", ["CON", "한글", "../../etc", "a b/c", "", "x" * 300, "nul.txt"])
def test_any_title_gives_a_safe_folder(title: str, build: Callable[..., BundleContents]) -> None:
    files = assemble(build(project_title=title))
    sketch = next(name for name in files if name.endswith(".ino"))
    folder, name = sketch.split("/")[1:]
    assert re.fullmatch(r"[A-Za-z0-9_]{1,60}", folder)
    assert name == f"{folder}.ino"
    assert folder.upper() not in {"CON", "NUL"}


def test_c_carries_no_more_golden_vectors_than_the_flash_bears(
    build: Callable[..., BundleContents],
) -> None:
    tight = report(flash_limit_bytes=109_976 + 256)
    files = assemble(build(report=tight))
    assert b"#define STUDIO_GOLDEN_COUNT 2\n" in files["c/golden.h"]
    full = report(flash_limit_bytes=1_000)
    files = assemble(build(report=full))
    assert b"#define STUDIO_GOLDEN_COUNT 1\n" in files["c/golden.h"]
    assert json.loads(files["golden/golden.json"])["inputs"]["shape"] == [6, 8, 8, 1]


def test_the_models_beside_the_tests_are_small() -> None:
    assert all(path.stat().st_size < 20_000 for path in DATA.glob("bars*"))
