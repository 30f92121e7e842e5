"""Bundles for the Edge TPU: what its compiler will take, and the program, run without one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from studio.devices import find_device
from studio.domain.errors import ExportError
from studio.domain.placement import OperatorPlace, Placement, Where
from studio.export import verify_bundle
from studio.export.archive import zip_bytes
from studio.export.bundle import draft_of
from studio.export.ecosystems import assemble_for, check_suits, expected_of
from studio.export.selftest_log import read_log
from studio.runtimes import RUNTIMES
from studio.runtimes.tflite_file import read_model

from .accelerators import edgetpu_contents, edgetpu_files
from .places import needs, ran

TOP = "Bars_of_light"


def _unpacked(kind: str, folder: Path) -> Path:
    for name, content in edgetpu_files(kind).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder / TOP


def _said(top: Path, *words: object) -> tuple[int, str, str]:
    command = [sys.executable, "-I", top / "edgetpu" / "on_edgetpu.py", *words]
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("kind", ["pictures", "amounts"])
def test_the_script_says_what_the_studio_expects(kind: str, tmp_path: Path) -> None:
    status, said, wrong = _said(_unpacked(kind, tmp_path), "--cpu", "selftest")
    assert status == 0, said + wrong
    (run,) = read_log(said.encode())
    wanted = expected_of(draft_of(edgetpu_contents(kind)), run.vectors)
    assert (run.passed, run.device, run.model) == (True, wanted.device, wanted.model)
    assert (run.prepare.crc, run.run.crc) == (wanted.prepare, wanted.run)


_DELEGATE = """
#include <stdlib.h>
#include <string.h>
/* A delegate that takes no operator; its fields are those of TfLiteDelegate in LiteRT's C API. */
typedef struct { void *data; int (*prepare)(void *, void *); void *more[32]; } delegate;
static int prepare(void *context, void *self) { (void)context; (void)self; return 0; }
void *tflite_plugin_create_delegate(char **keys, char **values, size_t count,
                                    void (*report)(const char *)) {
  delegate *made = calloc(1, sizeof *made);
  (void)keys; (void)values; (void)count; (void)report;
  made->prepare = prepare;
  return made;
}
void tflite_plugin_destroy_delegate(void *made) { free(made); }
"""


@needs("gcc")
def test_the_script_loads_a_delegate_and_the_compiled_model(tmp_path: Path) -> None:
    top = _unpacked("rows", tmp_path)
    (tmp_path / "stand_in.c").write_text(_DELEGATE)
    ran("gcc", "-shared", "-fPIC", "stand_in.c", "-o", "stand_in.so", folder=tmp_path)
    library = ("--library", tmp_path / "stand_in.so")
    status, _, wrong = _said(top, *library, "selftest")
    assert status == 1
    assert "compile the model first" in wrong
    whole = (top / "model" / "model_int8.tflite").read_bytes()
    (top / "edgetpu" / "model_int8_edgetpu.tflite").write_bytes(whole)
    status, said, wrong = _said(top, *library, "selftest")
    assert status == 0, said + wrong
    assert "end result=PASS" in said
    status, said, wrong = _said(top, "--library", "libedgetpu_that_is_not_here.so", "selftest")
    assert status == 1
    assert wrong.startswith("The Edge TPU cannot be used with libedgetpu_that_is_not_here.so")
    assert "Traceback" not in wrong
    assert "end result" not in said


@needs("sh")
def test_without_the_compiler_its_script_says_so(tmp_path: Path) -> None:
    top = _unpacked("rows", tmp_path)
    done = subprocess.run(
        ["/bin/sh", "edgetpu/compile.sh"], cwd=top, env={"PATH": "/usr/bin:/bin"},
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1
    assert "edgetpu_compiler is not installed" in done.stderr


@needs("sh")
def test_the_command_is_the_compilers(tmp_path: Path) -> None:
    top = _unpacked("rows", tmp_path)
    fake = tmp_path / "bin" / "edgetpu_compiler"
    fake.parent.mkdir()
    fake.write_text('#!/bin/sh\necho "$@"; test -f "$4"\n')
    fake.chmod(0o755)
    path = {"PATH": f"{fake.parent}:/usr/bin:/bin"}
    said = subprocess.run(
        ["/bin/sh", str(top / "edgetpu" / "compile.sh")], cwd=tmp_path, env=path,
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert said == "-s -o . ../model/model_int8.tflite\n"


@pytest.mark.parametrize("kind", ["pictures", "rows"])
def test_placement_is_told_and_the_model_is_as_the_compiler_wants_it(kind: str) -> None:
    files = edgetpu_files(kind)
    model = read_model(files[f"{TOP}/model/model_int8.tflite"]).graphs[0]
    told = json.loads(files[f"{TOP}/edgetpu/placement.json"])
    place = RUNTIMES["edge-tpu"].place
    assert place is not None
    assert [(o["name"], o["where"], o["reason"]) for o in told["operators"]] == [
        (o.name, str(o.where), o.reason) for o in place(model).operators
    ]
    assert told["types"] == ["int8"]
    assert told["open_sizes"] == []
    assert told["compiled_here"] is False
    assert told["scaled_by_channel_unlike_its_rules"] == ["FULLY_CONNECTED"]
    assert "weights of `FULLY_CONNECTED` have a scale" in files[f"{TOP}/README.md"].decode()
    taken = sum(o["where"] == "accelerator" for o in told["operators"])
    for name in ("README.md", "README.ko.md"):
        readme = files[f"{TOP}/{name}"].decode()
        assert str(taken) in readme
        assert "edgetpu_compiler -s -o edgetpu model/model_int8.tflite" in readme
    assert "**Nothing was compiled for an Edge TPU" in files[f"{TOP}/README.md"].decode()
    assert "실행한 것은 없습니다" in files[f"{TOP}/README.ko.md"].decode()


def test_it_verifies_and_is_the_same_every_time(tmp_path: Path) -> None:
    content = zip_bytes(edgetpu_files("rows"))
    assert zip_bytes(assemble_for(edgetpu_contents("rows"), "edgetpu")) == content
    path = tmp_path / "bundle.zip"
    path.write_bytes(content)
    result = verify_bundle(path)
    assert result.passed, result.checks


@pytest.mark.parametrize(
    ("device", "words"),
    [
        ("rpi4b", "has no Edge TPU"),
        ("coral_dev_board_micro", "runs no Python"),
        ("nano33ble", "has no Edge TPU"),
    ],
)
def test_a_device_without_it_is_refused(device: str, words: str) -> None:
    with pytest.raises(ExportError, match=words) as refusal:
        check_suits("edgetpu", find_device(device))
    assert refusal.value.code == "export.not_for_device"


def test_a_model_of_which_nothing_would_run_there_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module = sys.modules["studio.export.ecosystems.edgetpu"]

    class Nowhere:
        @staticmethod
        def place(graph: object) -> Placement:
            left = OperatorPlace(
                number=0, name="WHERE", where=Where.PROCESSOR, reason="It has no WHERE."
            )
            return Placement(runtime="edge-tpu", operators=(left,), how="a test")

    monkeypatch.setattr(module, "RUNTIMES", {"edge-tpu": Nowhere})
    with pytest.raises(ExportError, match="It has no WHERE") as refusal:
        assemble_for(edgetpu_contents("rows"), "edgetpu")
    assert refusal.value.code == "export.nothing_on_accelerator"
