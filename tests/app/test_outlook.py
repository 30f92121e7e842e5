"""Rejections in a sentence, wishes, and a search seen from beside it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from studio import jobs
from studio.app import SearchView, Session
from studio.app.forecasting import calibrate
from studio.app.rejections import rejections_text
from studio.app.wishes import by_weights, front_of
from studio.domain.candidate import Artifact, ArtifactFormat, Candidate, Precision
from studio.domain.dataset import Split
from studio.domain.errors import EvaluationError, SearchError
from studio.domain.evaluation import Evaluation
from studio.domain.event import JobEvent
from studio.domain.figure import Figure, FigureKind
from studio.domain.preprocessing import ImagePreprocessing
from studio.domain.search import Search, SearchRequest, SearchState
from studio.jobs import JobDirectory, JournalWriter
from studio.search import SearchSpec

HOW = ImagePreprocessing(width=8, height=8, channels=1)
SPEC = SearchSpec(
    space="mcu-image-cnn",
    classes=("a", "b"),
    variants={"8-grey": HOW},
    dataset_digest="d",
    seconds=60,
    trials=None,
    seed=1,
    flash_bytes=64 << 10,
    ram_bytes=32 << 10,
)


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOML_STUDIO_CACHE", str(tmp_path / "cache"))


def event(name: str, **data: Any) -> JobEvent:
    return JobEvent(name=name, seconds=1.0, data=data)


def too_large(why: str, *, flash: int = 1 << 10, ram: int = 1 << 10) -> JobEvent:
    return event("rejected", why=why, flash_bytes=flash, ram_bytes=ram, hyperparameters={})


def trained(trial: int, continues: int | None = None) -> JobEvent:
    return event("trial_started", trial=trial, space="mcu-image-cnn", continues=continues)


def test_rejections_are_explained() -> None:
    assert rejections_text([trained(0)], SPEC) == ""
    events = [
        trained(0),
        trained(1, continues=0),  # no configuration of its own
        too_large("ram", ram=38 << 10),
        too_large("ram", ram=210 << 10),
        too_large("flash", flash=100 << 10),
        too_large("memory", flash=-1, ram=-1),
    ]
    assert rejections_text(events, SPEC) == (
        "3 of 5 were too large: RAM 38.0-210 KiB of 32.0 KiB, flash 100 KiB of 64.0 KiB."
        " 1 would not have fitted this computer's memory in training."
    )
    nobody_knows = [too_large("ram", ram=-1)]
    assert "RAM unknown of 32.0 KiB" in rejections_text(nobody_knows, SPEC)


def candidate(id: int, right: int, flash: int, ram: int | None) -> Candidate:
    arena = Figure.unknown("B", "nobody") if ram is None else Figure.measured(ram, "B", "x")
    file = Artifact(
        precision=Precision.INT8,
        format=ArtifactFormat.TFLITE,
        digest="0" * 64,
        size_bytes=flash,
        arena=arena,
    )
    confusion = ((right, 100 - right), (0, 100))
    return Candidate(
        id=id,
        search_id=1,
        trial=id,
        task="image-classification",
        space="mcu-image-cnn",
        device_id="",
        dataset_digest="d",
        hyperparameters={},
        parameters=1,
        validation=Evaluation(split=Split.VALIDATION, classes=("a", "b"), confusion=confusion),
        classes=("a", "b"),
        preprocessing=HOW,
        weights_digest="0" * 64,
        artifacts=(file,),
    )


FOUND = (
    candidate(1, 99, 90_000, 40_000),
    candidate(2, 97, 9_000, 8_000),
    candidate(3, 96, 9_500, 8_000),  # beaten by 2
    candidate(4, 90, 8_000, None),  # its arena counts as the largest
)


def test_the_front_holds_who_is_not_beaten() -> None:
    assert front_of(FOUND) == {1, 2, 4}
    assert front_of(()) == frozenset()
    assert front_of([replace(FOUND[0], artifacts=())]) == frozenset()


@pytest.mark.parametrize(
    ("weights", "first"),
    [({"accuracy": 1.0}, 1), ({"flash": 1.0}, 4), ({"accuracy": 2.0, "flash": 1.0, "ram": 1.0}, 2)],
)
def test_what_matters_decides_the_order(weights: dict[str, float], first: int) -> None:
    ordered = by_weights(FOUND, weights)
    assert ordered[0][0].id == first
    assert sorted(chosen.id for chosen, _ in ordered) == [1, 2, 3, 4]
    with pytest.raises(EvaluationError):
        by_weights(FOUND, {"latency": 1.0})


@pytest.fixture
def directory() -> JobDirectory:
    made = JobDirectory(jobs.jobs_root() / "job")
    made.write_spec(SPEC.as_json())
    return made


def search_of(job: str) -> Search:
    return Search(
        id=1, request=SearchRequest(), dataset_digest="d", state=SearchState.RUNNING, job=job
    )


def test_a_view_shows_the_past_of_this_run_then_what_comes(directory: JobDirectory) -> None:
    journal = JournalWriter(directory.journal)
    journal.write("job_started", resumed=0)
    journal.write("job_finished", why="stopped")
    journal.write("job_started", resumed=3)
    with FileLock(directory.lock):
        view = SearchView(search_of("job"), directory)
        assert [(e.name, e.data["resumed"]) for e in view.poll()] == [("job_started", 3)]
        assert view.poll() == ()
        journal.write("epoch", trial=1)
        assert [e.name for e in view.poll()] == ["epoch"]
        assert view.running
    journal.write("job_finished", why="time")
    journal.close()
    assert [e.name for e in view.poll()] == ["job_finished"]
    assert not view.running


@pytest.mark.parametrize("ended", [False, True])
def test_a_view_ends_when_nobody_is_at_work(
    directory: JobDirectory, monkeypatch: pytest.MonkeyPatch, ended: bool
) -> None:
    monkeypatch.setattr("studio.app.search_view._BETWEEN_LOOKS_SECONDS", 0.0)
    journal = JournalWriter(directory.journal)
    journal.write("job_started", resumed=0)
    if ended:  # just before the view was opened
        journal.write("job_finished", why="time")
    journal.close()
    view = SearchView(search_of("job"), directory)
    events = [*view.poll(), *view.poll()]
    assert events[-1].name == ("job_finished" if ended else "job_failed")
    assert not view.running
    assert view.poll() == ()


def test_only_what_is_at_work_can_be_followed(tmp_path: Path) -> None:
    with Session.create(tmp_path / "p.automl") as session:
        with pytest.raises(SearchError) as caught:
            session.outlook.follow()
        assert caught.value.code == "search.nothing_to_follow"


def test_without_experience_a_forecast_is_wide_or_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Session.create(tmp_path / "p.automl") as session:
        small = session.outlook.forecast(SearchRequest(device_id="nano33ble", minutes=5.0))
        large = session.outlook.forecast(SearchRequest(minutes=5.0))
    assert small.trials.kind is FigureKind.ESTIMATED
    assert "calibration" in small.trials.source
    assert small.trials.high >= 3 * small.trials.low
    assert large.trials.kind is FigureKind.UNKNOWN
    monkeypatch.setattr("studio.app.forecasting._measured_speed", lambda: pytest.fail("again"))
    assert calibrate() > 0  # kept for the day
