"""``check --report``, as a person's shell runs it."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from studio.cli.main import main
from studio.export.json_schema import compiled
from studio.resources import assets
from tests.app.test_judging import project
from tests.conftest import Ran

MODEL = Path(__file__).parents[1] / "data" / "tiny_int8.tflite"
BOTH = ("--device", "nano33ble", "--device", "uno")
Studio = Callable[..., Ran]


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Run a command in this process, which takes a tenth of one of its own."""
    try:
        status = main([str(one) for one in arguments], open_window=lambda path: 0)
    except SystemExit as ending:
        status = int(str(ending.code))
    return status, *capsys.readouterr()


def keeps_to_the_schema(path: Path) -> dict[str, object]:
    """Return a report for machines that is as the schema has it."""
    schema = json.loads((assets() / "schemas" / "report.schema.json").read_text(encoding="utf-8"))
    found: dict[str, object] = json.loads(path.read_bytes())
    assert compiled(schema)(found) == ""
    return found


def test_a_strangers_model_gets_the_same_report(studio: Studio, tmp_path: Path) -> None:
    out = tmp_path / "보고서.html"
    ran = studio("check", MODEL, "--device", "uno", "--report", out, "--lang", "ko", "--json").ok()
    assert ran.document["report"] == str(out)
    assert ran.document["reports"][0]["device"] == "uno"
    text = out.read_text(encoding="utf-8")
    assert '<html lang="ko">' in text
    assert "시험해 볼 데이터가 없습니다" in text
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


def test_candidates_and_devices_are_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project(tmp_path, [(2, 900_000), (9, 0)])
    out = tmp_path / "two.json"
    status, text, _ = run(
        capsys, "check", path, "--candidate", 1, "--candidate", 2, *BOTH, "--report", out
    )
    assert status == 0
    assert "It compares 4 model-device pairs." in text
    found = keeps_to_the_schema(out)
    assert found["kind"] == "comparison"
    assert isinstance(found["pairs"], list)
    assert len(found["pairs"]) == 1
    paper = tmp_path / "two.pdf"
    status, *_ = run(
        capsys, "check", path, "--candidate", 1, "--candidate", 2, *BOTH, "--report", paper
    )
    assert status == 0
    told = PdfReader(io.BytesIO(paper.read_bytes())).pages[0].extract_text()
    assert "#1" in told
    assert "#2" in told


def test_one_candidate_on_one_device_is_told_in_full(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project(tmp_path, [(2, 0)])
    out = tmp_path / "one.json"
    status, *_ = run(capsys, "check", path, "--device", "uno", "--report", out)
    assert status == 0
    found = keeps_to_the_schema(out)
    assert found["kind"] == "report"
    assert isinstance(found["dataset"], dict)
    assert set(found["dataset"]["units"]) == {"train", "validation", "test"}


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("--report", "x.docx"), 1, "report.unknown_kind: x.docx is no report"),
        (("--report", "x"), 1, "report.unknown_kind"),
        (("--report", "x.pdf", "--lang", "fr"), 2, "invalid choice"),
        (("--report", "x.pdf", "--candidate", "1"), 2, "--candidate goes with a project"),
        (("--report", "x.pdf", "--ethos-u", "ethos-u55-128"), 2, "--report goes neither"),
        (("--report", "no/such/place/x.html"), 1, "export.cannot_write"),
        (("--report", "x.html", "--device", "toaster"), 1, "device.unknown"),
    ],
)
def test_what_cannot_be_written_is_said_in_a_sentence(
    arguments: tuple[str, ...],
    status: int,
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    ended, _, error = run(capsys, "check", MODEL, *BOTH, *arguments)
    assert (ended, said in error) == (status, True), error
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fills_up_leaves_the_old_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "x.html"
    out.write_text("old")

    def full(handle: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    status, _, error = run(capsys, "check", MODEL, *BOTH, "--report", out)
    assert status == 1
    assert "export.disk_full" in error
    assert out.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["x.html"]


def test_several_candidates_go_with_a_report_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project(tmp_path, [(2, 0), (9, 0)])
    status, _, error = run(capsys, "check", path, "--candidate", 1, "--candidate", 2, *BOTH)
    assert status == 2
    assert "--report" in error
