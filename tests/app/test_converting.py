"""What is kept of a worker's conversions: never a file that lost too much."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from studio.app.converting import _Found, _kept
from studio.cli.commands.convert import ENTRY, _failure
from studio.cli.conversions import conversions_document, conversions_text
from studio.conversion import ConvertSpec
from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.conversion import (
    Attempt,
    Conversion,
    Gate,
    GateLimits,
    Loss,
    Outcome,
    Verdict,
)
from studio.domain.dataset import Split
from studio.domain.errors import ModelError, SearchError
from studio.domain.event import JobEvent
from studio.domain.figure import Figure
from studio.domain.phrase import Phrase
from studio.domain.preprocessing import ImagePreprocessing
from studio.jobs import JobDirectory


def gate(verdict: Verdict) -> Gate:
    loss = Loss(name="", samples=100, before=0.9, after=0.8, lost=10, won=0, limit=0.01, p=1 / 1024)
    told = Phrase.of("gate-fails", points=10.0, limit=1.0, samples=100, lost=10, won=0)
    return Gate(split=Split.VALIDATION, verdict=verdict, losses=(loss,), phrases=(told,))


def conversion(directory: JobDirectory, verdict: Verdict) -> Conversion:
    precision = Precision.INT16X8 if verdict is Verdict.UNSURE else Precision.INT8
    return Conversion(
        recipe=f"{precision}-tflite",
        precision=precision,
        format=ArtifactFormat.TFLITE,
        file=directory.add_artifact(f"model_{precision}.tflite", b"a file"),
        size=Figure.measured(6, "B", "length"),
        arena=Figure.unknown("B", "why not"),
        runtimes=("litert",),
        agreement=Figure.measured(0.9, "1", "share"),
        gate=gate(verdict),
        attempts=(Attempt(remedy="widen", outcome=Outcome.NOT_TRIED, sentence="No use."),),
        notes=("Something.",),
    )


@pytest.fixture
def directory(tmp_path: Path) -> JobDirectory:
    made = JobDirectory(tmp_path / "job")
    made.artifacts.mkdir(parents=True)
    return made


def test_what_fails_the_gate_is_told_but_not_written(directory, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    both = [conversion(directory, verdict) for verdict in (Verdict.FAILS, Verdict.UNSURE)]
    out = tmp_path / "out"
    found = _kept(_Found(made=both), directory, out, "candidate-7", 7)
    assert [path.name for path in out.iterdir()] == ["candidate-7.int16x8.tflite"]
    assert found.written == {"int16x8-tflite": out / "candidate-7.int16x8.tflite"}
    failure = _failure(found)
    assert failure is not None
    assert failure.code == "model.lost_too_much"
    assert "int8-tflite" in str(failure)
    assert "int16x8" not in str(failure)
    shown = conversions_text(found)
    assert "FAILS" in shown
    assert "tried widen: not tried. No use." in shown
    paths = [one["path"] for one in conversions_document(found)["made"]]
    assert paths == [None, str(out / "candidate-7.int16x8.tflite")]
    assert _failure(replace(found, made=found.made[1:])) is None
    assert ENTRY.id == "convert"


def test_a_record_comes_back_as_it_was(directory) -> None:  # type: ignore[no-untyped-def]
    one = conversion(directory, Verdict.FAILS)
    assert Conversion.from_json(one.as_json()) == one
    damaged = {**one.as_json(), "precision": "int3"}
    with pytest.raises(ValueError, match="int3"):
        Conversion.from_json(damaged)


def test_a_worker_that_fails_is_a_sentence(directory) -> None:  # type: ignore[no-untyped-def]
    event = JobEvent(name="job_failed", seconds=1.0, data={"sentence": "The disk is full."})
    with pytest.raises(ModelError) as caught:
        _Found().take(event, lambda sentence: None)
    assert caught.value.code == "model.conversion_failed"
    assert "The disk is full." in str(caught.value)
    death = {"code": "job.worker_died", "sentence": "Resume the search."}
    with pytest.raises(ModelError, match="ended without a word"):
        _Found().take(JobEvent(name="job_failed", seconds=1.0, data=death), print)


def test_a_folder_that_cannot_be_written_is_a_sentence(directory, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    with pytest.raises(ModelError) as caught:
        _kept(
            _Found(made=[conversion(directory, Verdict.UNSURE)]), directory, blocked, "model", None
        )
    assert caught.value.code == "model.cannot_write"


def test_a_specification_comes_back_and_nonsense_is_refused() -> None:
    spec = ConvertSpec(
        recipes=("int8-tflite",),
        space="mcu-image-cnn",
        classes=("a", "b"),
        variant="input",
        preprocessing=ImagePreprocessing(width=8, height=8, channels=1),
        trial=3,
        hyperparameters={"width": 4},
        weights={"file": "w", "sha256": "d", "size_bytes": 1},
        sessions=(0, 0, 1),
        limits=GateLimits(overall=0.02),
    )
    assert ConvertSpec.from_json(spec.as_json()) == spec
    for broken in ({"format": 9}, {"limits": {"overall": 7}}, {"recipes": None}, {"extra": 1}):
        with pytest.raises(SearchError) as caught:
            ConvertSpec.from_json({**spec.as_json(), **broken})
        assert caught.value.code == "job.bad_spec"
