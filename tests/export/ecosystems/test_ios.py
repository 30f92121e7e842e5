"""Bundles for iOS: their C runs here; the Swift is compared with its header."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from studio.export.bundle import draft_of
from studio.export.ecosystems import expected_of
from studio.export.selftest_log import read_log

from .phones import TOP, compiled_for, contents_for, files_for, put, rebuilt_here
from .places import needs

KINDS = ("pictures", "rows", "windows", "amounts")


@needs("gcc")
@pytest.mark.parametrize("kind", ["rows"])
def test_it_rebuilds_its_c_and_the_self_test_passes_with_litert(kind: str, tmp_path: Path) -> None:
    status, said = rebuilt_here(put("ios", kind, tmp_path))
    assert status == 0, said
    (run,) = read_log(said.encode())
    wanted = expected_of(draft_of(contents_for("ios", kind)), run.vectors)
    assert (run.passed, run.device) == (True, "ios_phone")
    assert (run.prepare.crc, run.run.crc) == (wanted.prepare, wanted.run)


@pytest.mark.parametrize("kind", ["pictures", "windows"])
def test_its_c_compiles_for_apples_aarch64(kind: str, tmp_path: Path) -> None:
    pytest.importorskip("ziglang")
    top = put("ios", kind, tmp_path / "zip")
    (tmp_path / "made").mkdir()
    compiled_for("aarch64-macos", top, tmp_path / "made")
    made = {path.read_bytes()[:8] for path in (tmp_path / "made").glob("*.o")}
    assert made == {bytes.fromhex("cffaedfe0c000001")}, "Mach-O of 64 bits, for ARM"


@pytest.mark.parametrize("kind", ["pictures", "amounts"])
def test_the_c_is_that_of_android(kind: str) -> None:
    """So what the tests of Android run through JNI is what an iPhone runs."""

    def sources(form: str) -> dict[str, bytes]:
        files = files_for(form, kind)
        found = {n: c for n, c in files.items() if f"{TOP}/src/" in n}
        return {n: c for n, c in found.items() if not n.endswith("selftest_data.h")}

    assert sources("ios") == sources("android")


@pytest.mark.parametrize("kind", KINDS)
def test_swift_calls_what_the_header_declares(kind: str) -> None:
    """Swift is not compiled here; names, numbers of arguments and brackets are compared."""
    files = files_for("ios", kind)
    header = files[f"{TOP}/src/phone/studio_phone.h"].decode()
    declared = dict(re.findall(r"\*?(studio_phone_\w+)\(((?:[^()]|\([^()]*\))*)\);", header))
    declared = {name: text for name, text in declared.items() if name != "studio_phone_runner"}
    swift = files[f"{TOP}/ios/StudioModel/StudioModel.swift"].decode()
    called = set(re.findall(r"(studio_phone_\w+)\(", swift))
    assert called <= set(declared)
    assert set(declared) == called, "nothing of the header is left unused"
    app = files[f"{TOP}/ios/App/SampleApp.swift"].decode()
    public = set(re.findall(r"public static (?:func|var) (\w+)", swift)) | {"Collector"}
    assert set(re.findall(r"StudioModel\.(\w+)", app)) <= public
    for name, content in files.items():
        if name.endswith(".swift"):
            text = content.decode()
            assert "SPDX-License-Identifier" in text
            for opens, closes in ("{}", "()", "[]"):
                assert text.count(opens) == text.count(closes), (name, opens)


@pytest.mark.parametrize("kind", ["pictures", "rows"])
def test_the_package_names_files_that_are_there(kind: str) -> None:
    files = files_for("ios", kind)
    package = files[f"{TOP}/Package.swift"].decode()
    assert package.startswith("// swift-tools-version:5.9\n")
    assert ".package(" not in package, "it needs no other package"
    for path in re.findall(r'path: "([^"]+)"', package):
        assert any(name.startswith(f"{TOP}/{path}/") for name in files)
    (listed,) = re.findall(r"\bsources: \[([^\]]+)\]", package)
    named = set(re.findall(r'"([^"]+)"', listed))
    assert {f"{TOP}/src/{name}" for name in named} == {
        name for name in files if name.startswith(f"{TOP}/src/") and name.endswith(".c")
    }
    assert re.search(r"publicHeadersPath: \"phone\"", package)
    headers = [n for n in files if n.startswith(f"{TOP}/src/phone/") and n.endswith(".h")]
    assert headers == [f"{TOP}/src/phone/studio_phone.h"]
    for folder in ("ios/StudioModel/Resources/", "ios/Tests/Golden/"):
        assert any(name.startswith(f"{TOP}/{folder}") for name in files)
    podfile = files[f"{TOP}/ios/App/Podfile"].decode()
    assert re.findall(r"pod '(\w+)', '([\d.]+)'", podfile) == [("TensorFlowLiteSwift", "2.17.0")]


def test_assets_are_the_models_and_what_describes_them() -> None:
    files, folder = files_for("ios", "pictures"), f"{TOP}/ios/StudioModel/Resources"
    told = json.loads(files[f"{folder}/model.json"])
    for name, facts in told["models"].items():
        assert hashlib.sha256(files[f"{folder}/{name}"]).hexdigest() == facts["sha256"]
    assert "model_int8.tflite" in told["models"]
    for name in ("inputs.bin", "outputs.bin"):
        assert files[f"{TOP}/ios/Tests/Golden/{name}"] == files[f"{TOP}/golden/{name}"]
