"""Bundles for the Ethos-U: Vela's file and figures, and glue that is built against stand-ins."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from studio.devices import find_device
from studio.domain.errors import ExportError
from studio.export import verify_bundle
from studio.export.archive import zip_bytes
from studio.export.ecosystems import assemble_for, check_suits
from studio.runtimes import ethos_u as runtime
from studio.runtimes.ethos_u import ask_vela, vela_version

from ..conftest import report
from .accelerators import ethos_u_files
from .contents import contents_of
from .places import needs, ran, rebuilt

needs_vela = pytest.mark.skipif(vela_version() is None, reason="Vela is not installed")
TOP = "Bars_of_light"


def _unpacked(folder: Path, kind: str = "rows") -> Path:
    for name, content in ethos_u_files(kind).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder / TOP


@needs_vela
def test_figures_are_vela_s_own_and_named(tmp_path: Path) -> None:
    files = ethos_u_files("rows")
    told = json.loads(files[f"{TOP}/ethos_u/vela.json"])
    text = files[f"{TOP}/ethos_u/vela_summary.csv"].decode()
    (row,) = csv.DictReader(text.splitlines())
    latency = told["figures"]["latency"]
    assert latency["kind"] == "estimated"
    assert latency["value"] == pytest.approx(1000 * float(row["inference_time"]))
    assert "Vela" in latency["source"]
    assert told["figures"]["macs"]["value"] == int(row["nn_macs"])
    assert told["accelerator"] == "ethos-u55-128"
    places = {place["where"] for place in told["placement"]["operators"]}
    assert places <= {"accelerator", "processor"}
    for name in ("README.md", "README.ko.md"):
        readme = files[f"{TOP}/{name}"].decode()
        assert f"{latency['value']:.4g} ms" in readme
        assert "ethos-u55-128" in readme
        assert "$" not in readme
    assert "nothing ran on an Ethos-U" in files[f"{TOP}/README.md"].decode()


@needs_vela
def test_what_is_compiled_is_the_model_and_the_same_every_time() -> None:
    files = ethos_u_files("rows")
    again = ask_vela(files[f"{TOP}/model/model_int8.tflite"], "ethos-u55-128").compiled
    compiled = files[f"{TOP}/ethos_u/model_vela.tflite"]
    assert compiled == again
    assert b"ethos-u" in compiled
    listed = files[f"{TOP}/ethos_u/model_vela.c"].decode().partition("] = {")[2]
    assert bytes(int(word, 16) for word in listed.strip(" \n};").split(",")) == compiled
    ethos_u_files.cache_clear()
    assert zip_bytes(ethos_u_files("rows")) == zip_bytes(files)


@needs_vela
def test_it_verifies_and_a_changed_file_is_found(tmp_path: Path) -> None:
    path = tmp_path / "library.zip"
    path.write_bytes(zip_bytes(ethos_u_files("rows")))
    assert verify_bundle(path).passed
    changed = {**ethos_u_files("rows"), f"{TOP}/ethos_u/model_vela.tflite": b"another"}
    path.write_bytes(zip_bytes(changed))
    assert next(c.name for c in verify_bundle(path).checks if not c.passed) == "digests"


@needs_vela
@needs("gcc")
def test_the_plain_c_beside_it_proves_itself(tmp_path: Path) -> None:
    status, said = rebuilt(_unpacked(tmp_path), "--cc", "gcc")
    assert status == 0, said
    assert "device=corstone_300" in said


_HEADERS = {
    "ethosu_driver.h": """
#include <stddef.h>
#include <stdint.h>
struct ethosu_driver { int begun; };
extern "C" int ethosu_init(ethosu_driver *, void *base, const void *fast, size_t bytes, uint32_t,
                           uint32_t);
extern "C" void ethosu_irq_handler(ethosu_driver *);
""",
    "tensorflow/lite/schema/schema_generated.h": """
namespace tflite {
struct Model { const void *bytes; };
inline const Model *GetModel(const void *bytes) {
  static Model one;
  one.bytes = bytes;
  return &one;
}
}
""",
    "tensorflow/lite/micro/micro_mutable_op_resolver.h": """
enum TfLiteStatus { kTfLiteOk, kTfLiteError };
namespace tflite {
template <unsigned int n> struct MicroMutableOpResolver {
  unsigned int used = 0;
  TfLiteStatus AddEthosU() { return ++used <= n ? kTfLiteOk : kTfLiteError; }
  TfLiteStatus AddReshape() { return AddEthosU(); }
  TfLiteStatus AddSoftmax() { return AddEthosU(); }
};
}
""",
    "tensorflow/lite/micro/micro_interpreter.h": """
#include <stddef.h>
#include <stdint.h>
#include "micro_mutable_op_resolver.h"
#include "tensorflow/lite/schema/schema_generated.h"
extern "C" {
#include "model/bars_of_light.h"
}
namespace tflite {
struct Tensor { union { int8_t *int8; } data; };
class MicroInterpreter {
 public:
  template <typename R>
  MicroInterpreter(const Model *model, R &, uint8_t *, size_t) : model_(model) {}
  TfLiteStatus AllocateTensors() {
    const char *bytes = static_cast<const char *>(model_->bytes);
    in_.data.int8 = bars_of_light_input(arena_);
    return bytes[4] == 'T' && bytes[5] == 'F' ? kTfLiteOk : kTfLiteError;
  }
  Tensor *input(int) { return &in_; }
  Tensor *output(int) {
    out_.data.int8 = const_cast<int8_t *>(bars_of_light_output(arena_));
    return &out_;
  }
  TfLiteStatus Invoke() { bars_of_light_run(arena_); return kTfLiteOk; }
 private:
  const Model *model_;
  Tensor in_, out_;
  uint32_t arena_[(BARS_OF_LIGHT_ARENA_BYTES + 3) / 4];
};
}
""",
}
_MAIN = """
#include <stdio.h>
#include "ethos_u.h"
#include "ethosu_driver.h"
#include "selftest.h"
static int begun;
static void (*interrupt_now)(void);
int ethosu_init(ethosu_driver *, void *base, const void *, size_t, uint32_t, uint32_t) {
  begun = base == &begun;
  return begun ? 0 : -1;
}
void ethosu_irq_handler(ethosu_driver *) {}
void *studio_ethos_u_base(void) { return &begun; }
void *studio_ethos_u_fast_memory(size_t *) { return nullptr; }
void studio_ethos_u_connect(void (*interrupt)(void)) { interrupt_now = interrupt; }
static void print(const char *text) { fputs(text, stdout); }
int main() {
  const studio_selftest_port port = {print, nullptr};
  const int status = bars_of_light_npu_begin();
  if (status || !interrupt_now) return 10 + status;
  return studio_selftest(nullptr, &port) + bars_of_light_npu_failed();
}
"""


@needs_vela
@needs("g++")
@needs("gcc")
def test_the_glue_builds_with_stand_ins_and_its_self_test_passes(tmp_path: Path) -> None:
    """The stand-in of the interpreter runs the plain C, so that every byte can be right."""
    library = _unpacked(tmp_path / "zip", "windows")
    stubs = tmp_path / "stubs"
    for name, text in _HEADERS.items():
        (stubs / name).parent.mkdir(parents=True, exist_ok=True)
        (stubs / name).write_text(f"#pragma once\n{text}")
    (stubs / "main.cc").write_text(_MAIN)
    strict = ("-Wall", "-Wextra", "-Werror", "-pedantic")
    places = ("-I", library / "ethos_u", "-I", library / "src", "-I", stubs)
    kept = [path for path in (library / "src").rglob("*.c") if path.name != "selftest.c"]
    ran("gcc", "-std=c99", *strict, *places, "-c", *kept, *(library / "ethos_u").glob("*.c"),
        folder=tmp_path)  # fmt: skip
    ran("g++", "-std=c++17", *strict, *places, library / "ethos_u" / "ethos_u.cc",
        stubs / "main.cc", *tmp_path.glob("*.o"), "-o", "program", folder=tmp_path)  # fmt: skip
    assert "end result=PASS" in ran(tmp_path / "program", folder=tmp_path)


@pytest.mark.parametrize(
    ("device", "words"),
    [
        ("nano33ble", "has no Ethos-U"),
        ("corstone_320", "nobody says how many multiplications"),
        ("coral_dev_board", "has no Ethos-U"),
        pytest.param("imx93_evk", "nobody says", marks=needs_vela),
    ],
)
def test_a_device_that_cannot_be_compiled_for_is_refused(device: str, words: str) -> None:
    with pytest.raises(ExportError, match=words) as refusal:
        check_suits("ethos-u", find_device(device))
    assert refusal.value.code == "export.not_for_device"


def test_without_vela_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    module = sys.modules["studio.export.ecosystems.ethos_u"]
    monkeypatch.setattr(module, "vela_version", lambda: None)
    with pytest.raises(ExportError, match="extra `vela`"):
        check_suits("ethos-u", find_device("corstone_300"))


@needs_vela
def test_what_vela_refuses_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    module = sys.modules["studio.export.ecosystems.ethos_u"]
    nothing = runtime._nothing("ethos-u55-128", "Vela did not take this model: it is too wide.")
    monkeypatch.setattr(module, "_ask", lambda model, accelerator: nothing)
    device = find_device("corstone_300")
    contents = contents_of("rows", device=device, report=report(device_id=device.id))
    with pytest.raises(ExportError, match="too wide") as refusal:
        assemble_for(contents, "ethos-u")
    assert refusal.value.code == "export.not_compiled"
