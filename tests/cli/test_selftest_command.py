"""From an export for a build system to what a device said of itself, as the engineer does it."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import sys
import zipfile
import zlib
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
        ("nothing", "selftest.none"),
        (re.sub(r"model=\w+", f"model={'0' * 16}", said), "selftest.unknown_model"),
        (said.replace("device=nano33ble", "device=none"), "selftest.unknown_device"),
        (_forged(said, "PASS"), "selftest.differs"),
        (_forged(said, "FAIL"), "selftest.fails"),
    ):
        log.write_text(text)
        refused = studio("selftest", trained_project, "--log", log, "--json")
        assert code in refused.err
        assert refused.status == 1
    kept = studio("selftest", trained_project, "--json").ok().document["runs"]
    assert [one["passed"] for one in kept] == [True, True, False], "what failed is kept, too"


def _forged(said: str, result: str) -> str:
    """Return the log of a device that made other outputs, its last checksum made to fit."""
    crcs = [int(crc, 16) for crc in re.findall(r"crc32=(\w+)", said)]
    wrong = [crcs[0], crcs[1] ^ 1, crcs[2]]
    whole = zlib.crc32(struct.pack("<3I", *wrong))
    text = said.replace(f"{crcs[1]:08x}", f"{wrong[1]:08x}").replace(
        f"{crcs[3]:08x}", f"{whole:08x}"
    )
    if result == "FAIL":
        text = re.sub(r"step=run passed=\d+", "step=run passed=1", text)
    return text.replace("result=PASS", f"result={result}")


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
