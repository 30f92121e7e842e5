"""C code at the terminal: written, compiled, compared."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from studio.codegen.toolchain import cross_compilers, host_compilers
from tests.codegen.test_hostile import small_model

needs_compiler = pytest.mark.skipif(not host_compilers(), reason="no C compiler is installed")
needs_cross = pytest.mark.skipif(not cross_compilers(), reason="no compiler for devices")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "leaf spots.tflite"
    path.write_bytes(small_model())
    return path


def test_code_is_written_and_named(studio, model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "c"
    found = studio("codegen", model, "--device", "nano33ble", "--out", folder, "--json").ok()
    assert found.document["prefix"] == "leaf_spots"
    assert sorted(p.name for p in folder.iterdir()) == ["leaf_spots.c", "leaf_spots.h"]
    arena = found.document["arena"]
    assert arena["kind"] == "measured"
    header = (folder / "leaf_spots.h").read_text()
    assert f"LEAF_SPOTS_ARENA_BYTES {arena['value']}" in header
    assert "Arduino Nano 33 BLE" in header
    gcc = shutil.which("gcc")
    if gcc:
        strict = ["-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-c"]
        subprocess.run([gcc, *strict, "leaf_spots.c"], cwd=folder, check=True)


@needs_compiler
@needs_cross
def test_a_proof_names_what_was_shown(studio, model: Path) -> None:
    asked = ("prove", model, "--device", "nano33ble", "--inputs", "20")
    document = studio(*asked, "--json").ok().document
    assert document["passed"] is True
    assert document["differing_bytes"] == 0
    items = {item["id"]: item for item in document["items"]}
    assert items["device"]["figures"]["flash"]["kind"] == "measured"
    assert {item["standing"] for item in items.values()} == {"proved"}
    assert studio(*asked).ok().out.rstrip().endswith("PASS")


@needs_compiler
def test_a_core_nobody_can_compile_for_is_said(studio, model: Path) -> None:
    found = studio("prove", model, "--device", "esp32dev", "--inputs", "3", "--json").ok()
    standings = {item["id"]: item["standing"] for item in found.document["items"]}
    assert standings["host"] == "proved"
    assert standings["device"] == "not done"
    text = studio("prove", model, "--device", "esp32dev", "--inputs", "3").ok().out
    assert "Xtensa" in text
    assert "what was not done" in text


def test_what_is_no_model_is_said(studio, tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("hello")
    for command in (("codegen", other, "--out", tmp_path / "c"), ("prove", other)):
        failed = studio(*command)
        assert failed.status == 1
        assert "model.not_tflite" in failed.err
    gone = studio("prove", tmp_path / "gone.tflite")
    assert gone.status == 1
    assert "model.not_found" in gone.err
    assert not (tmp_path / "c").exists()


@needs_compiler
@pytest.mark.worker
def test_the_best_of_a_project_is_proved(studio, trained_project: Path) -> None:
    document = studio(
        "prove", trained_project, "--device", "nano33ble", "--inputs", "20", "--json"
    ).ok().document  # fmt: skip
    assert document["passed"] is True
    assert document["differing_bytes"] == 0
