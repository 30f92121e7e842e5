"""A real model is asked about real pictures, in a process of its own, once each."""

from __future__ import annotations

import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from studio import labelling
from studio.domain.errors import ModelError
from studio.labelling import model_process, predicting
from studio.labelling.operations import Exclude, ImportStep, Include
from studio.labelling.predicting import predict
from studio.runtimes.litert import run_reference
from studio.store import predictions, samples
from studio.store.project_file import ProjectFile
from tests.export.conftest import CLASSES, bars
from tests.labelling.judged import add_candidate, picture, project_of
from tests.pictures import encoded

MODEL = (Path(__file__).parents[1] / "export" / "data" / "bars_int8.tflite").read_bytes()
PIXELS = bars(9)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[ProjectFile]:
    """Nine pictures of bars, the last four without a label."""
    contents = [encoded(Image.fromarray(pixels[:, :, 0])) for pixels in PIXELS]
    labels = [CLASSES[n % 3] if n < 5 else None for n in range(9)]
    with project_of(tmp_path / "a.automl", labels, contents) as made:
        yield made


def said(project: ProjectFile, candidate_id: int) -> dict[int, tuple[float, ...]]:
    asked = predictions.find(project, candidate_id)
    assert asked is not None
    found = predictions.get(project, asked, [s.id for s in samples.page(project)])
    return {id: one.shares for id, one in found.items()}


def test_it_says_what_the_reference_kernels_say(project: ProjectFile) -> None:
    candidate = add_candidate(project, CLASSES, MODEL)
    summary = predict(project, candidate)
    assert (summary.predicted, summary.already, summary.skipped) == (9, 0, ())
    exact = run_reference(MODEL, PIXELS.astype(np.float32) / np.float32(255))
    # Every 1/256 of an int8 model is kept to the bit.
    assert said(project, candidate.id) == {n + 1: tuple(row) for n, row in enumerate(exact)}
    rows = project.rows("SELECT best, confidence, margin FROM predictions ORDER BY sample_id")
    ranked = np.sort(exact, axis=1)
    assert [row["best"] for row in rows] == exact.argmax(1).tolist()
    assert [row["confidence"] for row in rows] == ranked[:, -1].tolist()
    assert [row["margin"] for row in rows] == (ranked[:, -1] - ranked[:, -2]).tolist()


def test_only_what_it_has_not_seen_is_shown_to_it(project: ProjectFile) -> None:
    candidate = add_candidate(project, CLASSES, MODEL)
    labelling.perform(project, Exclude(sample_ids=(2, 9)))
    assert predict(project, candidate).predicted == 7
    labelling.perform(project, Include(sample_ids=(9,)))
    told: list[tuple[int, int]] = []
    summary = predict(project, candidate, progress=lambda done, total: told.append((done, total)))
    assert (summary.predicted, summary.already, told) == (1, 7, [(1, 1)])
    assert predict(project, candidate).predicted == 0
    assert set(said(project, candidate.id)) == set(range(1, 10)) - {2}


def test_stopping_keeps_what_was_done_and_goes_on_from_there(
    project: ProjectFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(predicting, "_BATCH", 2)
    candidate = add_candidate(project, CLASSES, MODEL)
    first = predict(project, candidate, cancelled=lambda: True)
    assert (first.predicted, first.cancelled) == (2, True)
    rest = predict(project, candidate)
    assert (rest.predicted, rest.already, rest.cancelled) == (7, 2, False)


def test_a_picture_that_cannot_be_read_is_named_and_asked_about_again(
    project: ProjectFile,
) -> None:
    ImportStep(project, "bad").add([(picture(b"no picture", "bad.png", None), None)])
    candidate = add_candidate(project, CLASSES, MODEL)
    for already in (0, 9):
        summary = predict(project, candidate)
        assert (summary.predicted, summary.already) == (9 - already, already)
        assert [file.name for file in summary.skipped] == ["bad.png"]


@pytest.mark.parametrize(
    ("model", "classes", "code"),
    [
        (b"no model", CLASSES, "model.cannot_run"),
        (MODEL, (*CLASSES, "fourth"), "model.cannot_run"),
        (MODEL[: len(MODEL) // 2], CLASSES, "model.cannot_run"),
    ],
)
def test_a_model_that_cannot_be_run_is_a_sentence(
    project: ProjectFile, model: bytes, classes: tuple[str, ...], code: str
) -> None:
    with pytest.raises(ModelError) as caught:
        predict(project, add_candidate(project, classes, model))
    assert caught.value.code == code
    assert project.value("SELECT count(*) FROM predictions") == 0


class _Child:
    """A program in the model's place."""

    def __init__(self, program: str) -> None:
        self._program = program

    def __call__(self, arguments: list[str], **options: Any) -> Any:
        return _POPEN([sys.executable, "-c", self._program], **options)


_POPEN = model_process.subprocess.Popen


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("import os; os.abort()", "model.crashed"),
        ("import time; time.sleep(60)", "model.too_slow"),
        ("print('x' * 100)", "model.crashed"),
        ("import sys; sys.stdout.buffer.write(bytes(range(1, 9)) * 99)", "model.crashed"),
        ("import sys; sys.stdout.buffer.write(bytes([3] + [0] * 7) + b'abc')", "model.cannot_run"),
    ],
)
def test_a_model_that_crashes_hangs_or_babbles_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, program: str, code: str
) -> None:
    # The name in this module only: other children start as they should.
    started = types.SimpleNamespace(
        Popen=_Child(program), PIPE=-1, TimeoutExpired=model_process.subprocess.TimeoutExpired
    )
    monkeypatch.setattr(model_process, "subprocess", started)
    with pytest.raises(ModelError) as caught:
        _ask_once()
    assert caught.value.code == code


def _ask_once() -> None:
    with model_process.running(MODEL, timeout_s=0.5) as process:
        process.ask(PIXELS)
        process.answer()
