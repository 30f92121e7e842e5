"""From an export for a build system to what a device said of itself, as the engineer does it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(shutil.which("gcc") is None, reason="gcc is not installed")


@pytest.mark.worker
def test_what_a_device_says_is_compared_and_recorded(
    studio, trained_project: Path, tmp_path: Path
) -> None:
    out = tmp_path / "library.zip"
    export = ("export", trained_project, "--device", "nano33ble", "--out", out, "--json")
    assert studio(*export, "--as", "cmake").ok().document["as"] == "cmake"
    assert studio("verify", out, "--json").ok().document["passed"]
    said = _said(out, tmp_path)

    log = tmp_path / "serial.log"
    log.write_bytes(b"\xff\x00boot noise\r\n" + said.replace("\n", "\r\n").encode() + b"\x80 tail")
    run = studio("selftest", trained_project, "--log", log, "--json").ok().document
    assert run["passed"]
    assert run["device_id"] == "nano33ble"
    assert run["latency"]["kind"] == "unknown"
    assert run["outputs"][0] == run["outputs"][1] > 0
    timed = said.replace("us=unknown", "us=1500")
    log.write_text(timed)
    run = studio("selftest", trained_project, "--log", log, "--json").ok().document
    assert (run["latency"]["kind"], run["latency"]["value"]) == ("measured", 1.5)
    run = studio("selftest", trained_project, "--log", log, "--emulated", "--json").ok().document
    assert run["latency"]["kind"] == "emulated"
    kept = studio("selftest", trained_project, "--json").ok().document["runs"]
    assert [one["emulated"] for one in kept] == [False, True]

    for text, code in (
        (said.replace("end result=PASS", "end result=FAIL"), "selftest.inconsistent"),
        (said.replace("model=", "model=0000").replace("0000", "", 1), "selftest.none"),
        ("nothing", "selftest.none"),
    ):
        log.write_text(text if code != "selftest.none" else text[:40])
        refused = studio("selftest", trained_project, "--log", log, "--json")
        assert refused.document["error"]["code"] == code


def _said(out: Path, folder: Path) -> str:
    """Unpack, build and run the self-test as rebuild.py does; return its lines."""
    with zipfile.ZipFile(out) as archive:
        archive.extractall(folder / "unpacked")
    (library,) = (folder / "unpacked").iterdir()
    done = subprocess.run(
        [sys.executable, "rebuild.py", "--cc", "gcc"], cwd=library, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return "".join(line for line in done.stdout.splitlines(True) if "STUDIO-SELFTEST" in line)
