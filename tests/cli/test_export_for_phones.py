"""``export`` for devices whose memory nobody states: phones, and an Edge TPU on a computer."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.mark.worker
@pytest.mark.slow
@pytest.mark.parametrize(
    ("device", "form"),
    [("android_phone", "android"), ("coral_usb_accelerator", "edgetpu")],
)
def test_a_bundle_is_written_although_nobody_knows_whether_it_fits(
    studio, trained_project: Path, tmp_path: Path, device: str, form: str
) -> None:
    out = tmp_path / "bundle.zip"
    asked = ("--device", device, "--as", form, "--out", out)
    wrote = studio("export", trained_project, *asked, "--json").ok()
    assert wrote.document["report"]["verdict"] == "unknown"
    studio("verify", out).ok()
    with zipfile.ZipFile(out) as archive:
        archive.extractall(tmp_path / "there")
    (top,) = (tmp_path / "there").iterdir()
    assert json.loads((top / "manifest.json").read_text())["ecosystem"] == form
    command = {
        "android": [sys.executable, "-I", "rebuild.py"],
        "edgetpu": [sys.executable, "-I", "edgetpu/on_edgetpu.py", "--cpu", "selftest"],
    }[form]
    done = subprocess.run(command, cwd=top, capture_output=True, text=True)
    assert "end result=PASS" in done.stdout, done.stdout + done.stderr
    (tmp_path / "log.txt").write_text(done.stdout)
    told = studio("selftest", trained_project, "--log", tmp_path / "log.txt").ok()
    assert device in told.out


@pytest.mark.worker
def test_c_for_a_phone_is_refused_before_anything_is_made(
    studio, trained_project: Path, tmp_path: Path
) -> None:
    out = tmp_path / "bundle.zip"
    ran = studio("export", trained_project, "--device", "ios_phone", "--as", "cmake", "--out", out)
    assert "export.not_for_device" in ran.out + ran.err
    assert not out.exists()
