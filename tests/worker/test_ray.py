"""The same search on a local Ray cluster of two workers, one of which is killed."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from studio import jobs
from studio.domain.event import JobEvent
from studio.jobs import JobDirectory

from .tiny_job import make_job

pytestmark = [
    pytest.mark.worker,
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("ray") is None, reason="Ray (extra `cluster`) is not installed"),
]


def follow(
    directory: JobDirectory, at: Callable[[jobs.Job, JobEvent], None] = lambda job, event: None
) -> list[JobEvent]:
    """Run a job to its end, calling ``at`` for every event."""
    job = jobs.start(directory, jobs.claim(directory))
    events: list[JobEvent] = []
    try:
        while job.running:
            for event in job.poll():
                events.append(event)
                at(job, event)
            time.sleep(0.02)
    finally:
        job.close()
    assert events[-1].name == "job_finished", events[-1]
    return events


def trials_of(events: list[JobEvent]) -> dict[int, tuple[Any, ...]]:
    """Return by number what was trained and what came of it."""
    return {
        event.data["trial"]: tuple(
            event.data[name] for name in ("hyperparameters", "rung", "continues", "score")
        )
        for event in events
        if event.name == "trial_finished"
    }


def at_work() -> list[int]:
    """Return the Ray workers that run a trial; Ray writes so in their names."""
    found = []
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            try:
                named = (place / "cmdline").read_bytes().startswith(b"ray::perform")
            except OSError:
                continue
            found += [int(place.name)] if named else []
    return found


@pytest.mark.alone
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at /proc")
def test_the_same_trials_as_here_although_a_worker_is_killed(
    tmp_path: Path, tell: Callable[[str], None]
) -> None:
    killed: list[int] = []

    def kill_one(job: jobs.Job, event: JobEvent) -> None:
        if event.name == "trial_finished" and not killed and (found := at_work()):
            os.kill(found[0], signal.SIGKILL)
            killed.append(found[0])

    wishes = {"trials": 5, "most_at_once": 2}
    cluster = follow(make_job(tmp_path / "ray", executor="ray", **wishes), kill_one)
    assert killed
    assert not [event for event in cluster if event.name == "trial_failed"]
    here = follow(make_job(tmp_path / "local", **wishes))
    lags = [events[0].data["lag"] for events in (cluster, here)]
    assert lags[0] == 2
    if lags[1] != 2:
        pytest.skip("this computer has no room for two trials at once to compare with")
    assert trials_of(cluster) == trials_of(here)
    assert cluster[-1].data["best"] == here[-1].data["best"]
    tell(
        f"5 trials: {cluster[-1].seconds:.0f} s on Ray, one worker killed;"
        f" {here[-1].seconds:.0f} s here"
    )


def test_a_search_on_a_cluster_is_stopped_and_keeps_the_best(tmp_path: Path) -> None:
    def stop(job: jobs.Job, event: JobEvent) -> None:
        if event.name == "trial_started":
            job.stop()

    events = follow(make_job(tmp_path / "job", executor="ray"), stop)
    assert events[-1].data["why"] == "stopped"
    ready = {event.data["trial"] for event in events if event.name == "candidate_ready"}
    assert events[-1].data["best"] in ready
