"""The main job on the command line, and what machines read of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from studio.cli.commands.demo import _fresh

ROOT = Path(__file__).resolve().parents[2]
KINDS = {"measured", "emulated", "estimated", "published", "unknown"}


def _parts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from _parts(part)
    if isinstance(value, list):
        for part in value:
            yield from _parts(part)


def _figures(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Return every figure, having seen that each has a kind and a value where one is known."""
    figures = [part for part in _parts(document) if "unit" in part]
    for figure in figures:
        assert figure["kind"] in KINDS, figure
        assert (figure["value"] is None) is (figure["kind"] == "unknown"), figure
    return figures


def test_the_catalogue(studio) -> None:
    document = studio("devices", "--json").ok().document
    assert len(document["devices"]) >= 12
    assert len(_figures(document)) == 3 * len(document["devices"])
    nano = next(device for device in document["devices"] if device["id"] == "nano33ble")
    assert nano["ram"]["value"] == 256 * 1024
    assert nano["ram"]["verified"] is (len(nano["ram"]["sources"]) >= 2)
    assert "nano33ble" in studio("devices").ok().out


@pytest.mark.worker
def test_what_a_search_found(studio, trained_project: Path) -> None:
    found = studio("candidates", trained_project, "--json").ok().document["candidates"]
    assert len(found) >= 2  # the instant models, and the one that was trained
    candidate = found[0]
    assert candidate["device"] == "nano33ble"
    assert candidate["test"]["split"] == "test"
    # Forty scans a digit are enough for this; chance is 0.1.
    assert candidate["test"]["accuracy"]["value"] > 0.8
    assert sum(map(sum, candidate["test"]["confusion"])) == candidate["test"]["samples"]
    kinds = {(part["precision"], part["format"]) for part in candidate["artifacts"]}
    assert kinds == {("int8", "tflite"), ("float32", "tflite"), ("float32", "onnx")}
    assert _figures({"candidate": candidate})
    info = studio("info", trained_project, "--json").ok().document
    assert info["overview"]["best"]["id"] == candidate["id"]
    assert info["overview"]["samples"] == 400
    assert [search["state"] for search in info["searches"]] == ["finished"]
    text = studio("info", trained_project).ok().out
    assert "400 samples" in text
    assert f"best #{candidate['id']}" in text


@pytest.mark.worker
def test_from_candidate_to_verified_bundle(studio, trained_project: Path, tmp_path: Path) -> None:
    reports = studio("check", trained_project, "--json").ok().document["reports"]
    assert len(reports) >= 12
    assert _figures({"reports": reports})
    mine = next(report for report in reports if report["device"] == "nano33ble")
    assert mine["verdict"] == "fits"
    assert mine["ram"]["high"] or mine["ram"]["value"] <= mine["ram_limit"]["value"]
    assert sum(report["verdict"] == "does-not-fit" for report in reports) >= 1

    out = tmp_path / "꾸러미.zip"
    arguments = ("export", trained_project, "--device", "nano33ble", "--out", out, "--json")
    unsaid = studio(*arguments).ok().document["certainty"]["not_sure"]
    assert (unsaid["costs_given"], unsaid["chosen_on"]) == (False, "validation")
    exported = studio(*arguments, "--not-sure", "0.02").ok().document
    chosen = exported["certainty"]["not_sure"]
    assert chosen["costs_given"] is True
    assert chosen["costs"]["not_sure"] == 0.02
    told = {side["split"]: side for side in chosen["sides"]}
    assert told["test"]["undecided"]["kind"] == "measured"
    assert chosen["threshold"] >= unsaid["threshold"]
    assert Path(exported["bundle"]) == out
    assert exported["size"]["value"] == out.stat().st_size
    checked = studio("verify", out, "--json").ok().document
    assert checked["passed"] is True
    assert checked["device"] == "nano33ble"
    assert all(check["passed"] for check in checked["checks"])
    assert "answer" in [check["name"] for check in checked["checks"]]


def test_a_korean_project_on_an_ascii_terminal(studio, tmp_path: Path) -> None:
    from PIL import Image

    for name in ("딸기", "배"):
        for number in range(6):
            photo = tmp_path / "사진" / name / f"{number}.png"
            photo.parent.mkdir(parents=True, exist_ok=True)
            Image.new("RGB", (8, 8), (len(name) * 40, number, 9)).save(photo)
    project = tmp_path / "농장.automl"
    plain = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    studio("new", project, env=plain).ok()
    assert "딸기" in studio("import", project, tmp_path / "사진", env=plain).ok().out
    assert "딸기" in studio("info", project, env=plain).ok().out


@pytest.mark.skipif(os.name == "nt", reason="a pipe of POSIX")
def test_a_reader_that_has_enough_is_no_error() -> None:
    command = f'"{sys.executable}" -m studio devices --json | head -c 1; exit "${{PIPESTATUS[0]}}"'
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "{", "")


def test_a_second_demo_gets_a_folder_of_its_own(tmp_path: Path) -> None:
    names = [_fresh(tmp_path / "demo").name for _ in range(3)]
    assert names == ["demo", "demo-2", "demo-3"]


def test_a_demo_where_nothing_can_be_written(studio, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    ran = studio("demo", "--out", tmp_path / "file" / "demo")
    assert ran.status == 1
    assert ran.err.startswith("project.folder_not_writable: ")


@pytest.mark.worker
@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="sends SIGINT")
def test_the_demo(tmp_path: Path) -> None:
    """The whole job; once there is a model, Ctrl+C ends the search and the rest goes on."""
    command = [sys.executable, "-m", "studio", "demo", "--out", str(tmp_path / "demo")]
    process = subprocess.Popen(
        [*command, "--minutes", "4"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stderr is not None
    lines = []
    for line in process.stderr:
        lines.append(line)
        if "trial 0 on the test split" in line:
            process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=100)
    assert process.returncode == 0, "".join(lines)
    assert any(line.startswith("Stopping, keeping the best.") for line in lines)
    wanted = ("Leaderboard", "It fits the ", "PASS", "digits-nano33ble.zip", "automl-studio gui")
    for words in wanted:
        assert words in out
    assert (tmp_path / "demo" / "digits.automl").exists()
