"""A search as a process: killed, resumed, stopped, refused. Real training on real scans."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from studio.app import SearchRun, Session, build_sample
from studio.domain.dataset import Split
from studio.domain.errors import SearchError
from studio.domain.evaluation import Evaluation
from studio.domain.event import JobEvent
from studio.domain.search import SearchRequest, SearchState
from studio.store import answers

pytestmark = [pytest.mark.worker, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOML_STUDIO_CACHE", str(tmp_path / "cache"))


@pytest.fixture(scope="module")
def small_scans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three of the digits, thirty scans each, at 12x12: trials of a few seconds."""
    folder = build_sample("digits", tmp_path_factory.mktemp("scans"))
    for digit in sorted(path for path in folder.iterdir() if path.is_dir()):
        photos = sorted(digit.iterdir())
        for number, photo in enumerate(photos):
            if digit.name in "017" and number < 30:
                Image.open(photo).resize((12, 12)).save(photo)
            else:
                photo.unlink()
    return folder


@pytest.fixture
def session(small_scans: Path, tmp_path: Path) -> Iterator[Session]:
    with Session.create(tmp_path / "p.automl") as made:
        made.import_paths([small_scans])
        made.freeze(seed=1)
        yield made


def follow(run: SearchRun, until: Callable[[JobEvent], bool] = lambda _: False) -> list[JobEvent]:
    """Return the events up to the last, or up to one that is waited for."""
    import time

    events: list[JobEvent] = []
    while run.running:
        for event in run.poll():
            events.append(event)
            if until(event):
                return events
        time.sleep(0.02)
    return events


def request(**wishes: object) -> SearchRequest:
    return SearchRequest(**{"device_id": "nano33ble", "minutes": 3.0, **wishes})  # type: ignore[arg-type]


def ranking(session: Session) -> list[tuple[int, dict[str, object], object, str, object]]:
    """Return the candidates with their answers, which are the same bytes every time."""
    kept = partial(answers.get, session._project, split=Split.VALIDATION)
    return [
        (c.trial, c.hyperparameters, c.validation, c.weights_digest, kept(c.id))
        for c in session.candidates()
    ]


def kill_all(run: SearchRun) -> None:
    """Kill the worker alone; its hands notice."""
    os.kill(run._job._process.pid, signal.SIGKILL)


def named(events: list[JobEvent], name: str) -> list[int]:
    return [event.data["trial"] for event in events if event.name == name]


def test_a_killed_search_goes_on_as_if_it_had_not_been(session: Session, tmp_path: Path) -> None:
    """kill -9 in the middle; no finished trial is repeated, the ranking is the same."""
    copy = tmp_path / "unkilled.automl"
    shutil.copy(session.path, copy)

    # Time enough on any machine: a search short of it trains less, and would rank otherwise.
    four_trials = request(trials=4, minutes=60.0)
    run = session.start_search(four_trials)
    before = follow(run, lambda e: e.name == "epoch" and e.data["trial"] == 5)
    kill_all(run)
    before += follow(run)
    run.close()
    assert before[-1].data["code"] == "job.worker_died"
    done = set(named(before, "trial_finished"))
    assert done
    session.close()

    with Session.open(session.path) as reopened:
        assert {c.trial for c in reopened.candidates()} <= done
        run = reopened.resume_search()
        after = follow(run)
        run.close()
        assert not done & set(named(after, "trial_finished"))
        assert reopened.searches()[0].state is SearchState.FINISHED
        killed = ranking(reopened)

    with Session.open(copy) as unkilled:
        run = unkilled.start_search(four_trials)
        follow(run)
        run.close()
        assert ranking(unkilled) == killed


def test_stopping_keeps_the_best_ready_for_export(session: Session, tmp_path: Path) -> None:
    run = session.start_search(request())
    follow(run, lambda e: e.name == "epoch" and e.data["epoch"] == 2)
    run.stop()
    events = follow(run)
    run.close()
    assert (events[-1].name, events[-1].data["why"]) == ("job_finished", "stopped")
    test = session.candidates()[0].test
    assert isinstance(test, Evaluation)
    judged = session.judging.evaluate().evaluation
    assert isinstance(judged, Evaluation)
    assert judged.confusion == test.confusion  # from the answers themselves
    assert session.searches()[0].state is SearchState.STOPPED
    summary = session.export("nano33ble", tmp_path / "bundle.zip")
    assert summary.size_bytes == (tmp_path / "bundle.zip").stat().st_size


def test_what_cannot_fit_is_refused_without_a_trial(session: Session) -> None:
    run = session.start_search(request(device_id="", flash_bytes=400, ram_bytes=600))
    events = follow(run)
    run.close()
    assert events[-1].name == "job_failed"
    assert events[-1].data["code"] == "search.nothing_fits"
    assert not named(events, "trial_started")
    rejected = [e.data["hyperparameters"] for e in events if e.name == "rejected"]
    assert len(rejected) == 60
    assert len({str(sorted(values.items())) for values in rejected}) == len(rejected)


def test_cancelling_ends_at_once_and_a_second_search_is_refused_meanwhile(
    session: Session,
) -> None:
    run = session.start_search(request())
    follow(run, lambda e: e.name == "epoch")
    with pytest.raises(SearchError) as caught:
        session.start_search(request())
    assert caught.value.code == "search.already_running"
    run.cancel()
    events = follow(run)
    run.close()
    assert (events[-1].name, events[-1].data["why"]) == ("job_finished", "cancelled")
    assert session.searches()[0].state is SearchState.STOPPED


def test_there_is_nothing_to_resume_at_first(session: Session) -> None:
    with pytest.raises(SearchError) as caught:
        session.resume_search()
    assert caught.value.code == "search.nothing_to_resume"
