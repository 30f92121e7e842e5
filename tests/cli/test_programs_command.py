"""From an export as a program to every test sample answered elsewhere, as the engineer does it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.app.exporting import choose
from studio.datasets import givens_of
from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.dataset import Split
from studio.export.golden_run import reference_outputs
from studio.export.preprocess import for_int8
from studio.store import blobs, datasets
from studio.store.project_file import ProjectFile
from studio.tasks import find_task


@pytest.mark.worker
def test_every_test_sample_is_answered_as_in_the_studio(
    studio: Any, trained_project: Path, tmp_path: Path
) -> None:
    out = tmp_path / "package.zip"
    export = ("export", trained_project, "--out", out, "--json", "--as", "python")
    refused = studio(*export, "--device", "nano33ble")
    assert "export.not_for_device" in refused.err
    assert studio(*export, "--device", "rpi5").ok().document["as"] == "python"
    assert studio("verify", out, "--json").ok().document["passed"]
    with zipfile.ZipFile(out) as archive:
        archive.extractall(tmp_path / "unpacked")
    (top,) = (tmp_path / "unpacked").iterdir()

    wanted = _codes_of_the_test_side(trained_project, tmp_path / "samples")
    lines = _said(top, "classify", tmp_path / "samples").splitlines()
    made = [json.loads(line)["outputs"] for line in lines]
    assert len(made) > 40
    assert made == wanted

    log = tmp_path / "terminal.log"
    log.write_text(_said(top, "selftest"))
    run = studio("selftest", trained_project, "--log", log, "--json").ok().document
    assert run["passed"]
    assert (run["device_id"], run["latency"]["kind"]) == ("rpi5", "measured")


def _codes_of_the_test_side(path: Path, folder: Path) -> list[list[float]]:
    """Write every picture of the test side as a file; return what the studio makes of each."""
    folder.mkdir()
    with ProjectFile.open(path) as project:
        candidate = choose(project, "rpi5", None).candidate
        version = datasets.get(project, candidate.dataset_digest)
        givens = list(givens_of(project, version, {Split.TEST}))
        (made,) = find_task(candidate.task).prepare_all(givens, [candidate.preprocessing])
        int8 = candidate.artifact(Precision.INT8, ArtifactFormat.TFLITE)
        assert int8 is not None
        model = blobs.get(project, int8.digest)
        for place, given in enumerate(givens):
            (folder / f"{place:05d}.png").write_bytes(given.read())
    return reference_outputs(model, for_int8(np.concatenate(made))).tolist()


def _said(top: Path, *words: object) -> str:
    (package,) = (top / "src").iterdir()
    done = subprocess.run(
        [sys.executable, "-m", package.name, *map(str, words)],
        cwd=top,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(top / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
