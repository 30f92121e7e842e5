"""``convert`` as a person types it: a candidate of a project, and a stranger's file."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from studio.conversion import CATALOGUE
from studio.runtimes.onnx_runtime import run_onnx
from studio.runtimes.tflite_file import read_model

pytestmark = [pytest.mark.worker, pytest.mark.slow]


def test_a_candidate_becomes_files_that_are_judged(
    studio, trained_project: Path, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    before = trained_project.read_bytes()
    out = tmp_path / "files"
    asked = ("convert", trained_project, "--recipe", "int8,int16x8,int8-onnx,int8", "--out", out)
    ran = studio(*asked, "--json")
    made: dict[str, Any] = {one["recipe"]: one for one in ran.document["made"]}
    assert list(made) == ["int8-tflite", "int16x8-tflite", "int8-onnx"]
    assert trained_project.read_bytes() == before
    for one in made.values():
        failed = one["gate"]["verdict"] == "fails"
        assert failed == (one["path"] is None)
        if failed:
            continue
        content = Path(one["path"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == one["file"]["sha256"]
        assert one["size"] == {**one["size"], "value": len(content), "kind": "measured"}
        assert one["agreement"]["kind"] == "measured"
        assert one["tested"]["split"] == one["float_tested"]["split"] == "test"
        assert one["gate"]["split"] == "validation"
        losses = one["gate"]["losses"]
        assert [loss["name"] for loss in losses] == ["", *one["tested"]["classes"]]
        assert one["gate_text"]
    assert ran.status == any(one["path"] is None for one in made.values())
    assert len(list(out.iterdir())) == sum(one["path"] is not None for one in made.values())


def test_the_table_has_float_first_and_a_stranger_gets_what_needs_no_data(
    studio, trained_project: Path, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    wish = ("--points", "100", "--class-points", "100", "--out", tmp_path)
    ran = studio("convert", trained_project, "--recipe", "int8", *wish).ok()
    lines = ran.out.splitlines()
    assert lines[0].split()[:3] == ["recipe", "test", "worst"]
    assert lines[2].startswith("float, before")
    assert lines[3].startswith("int8-tflite")
    assert " passes " in lines[3]
    assert "tflite-micro" in lines[3]
    [file] = tmp_path.glob("candidate-*.int8.tflite")
    given = studio("convert", "--model", file, "--recipe", "all", "--out", tmp_path, "--json")
    assert given.status == 1
    [onnx] = given.document["made"]
    assert onnx["recipe"] == "int8-onnx"
    assert onnx["tested"] is None
    assert "noise" in onnx["agreement"]["source"]
    assert onnx["agreement"]["value"] >= 0.9
    refused = {one["recipe"]: one["code"] for one in given.document["refused"]}
    assert refused.pop("int8-tflite") == "model.is_so_already"
    assert set(refused) == set(CATALOGUE) - {"int8-tflite", "int8-onnx"}
    assert set(refused.values()) == {"model.needs_its_network"}
    with pytest.raises(Exception, match="expected: \\(tensor\\(int8\\)\\)"):
        run_onnx(Path(onnx["path"]).read_bytes(), _nothing(file))


def _nothing(file: Path) -> Any:
    import numpy as np

    return np.zeros(read_model(file.read_bytes()).inputs[0].shape, np.float32)


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("--recipe", "int8"), 2, "name a PROJECT, or a file with --model"),
        (("p.automl", "--model", "m.tflite", "--recipe", "int8"), 2, "name a PROJECT"),
        (("--model", "m.tflite", "--candidate", "1", "--recipe", "int8"), 2, "--candidate goes"),
        (("p.automl", "--recipe", "int4"), 2, "There is no recipe 'int4'"),
        (("p.automl", "--recipe", "int8", "--points", "101"), 2, "not between 0 and 100"),
        (("--model", "nowhere.tflite", "--recipe", "int8"), 1, "model.not_found"),
    ],
)
def test_wrong_use_is_a_sentence(studio, arguments, status, said) -> None:  # type: ignore[no-untyped-def]
    ran = studio("convert", *arguments)
    assert ran.status == status
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_a_damaged_file_is_a_sentence(studio, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "bad.tflite"
    file.write_bytes(b"\x1c\0\0\0TFL3" + bytes(64))
    ran = studio("convert", "--model", file, "--recipe", "int8-onnx")
    assert ran.status == 1
    assert ran.err.startswith("model.")
    assert "Traceback" not in ran.err
