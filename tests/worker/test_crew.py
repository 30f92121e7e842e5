"""A crew of real processes under a real search: killed, paused, cancelled, out of disk."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from studio import jobs
from studio.domain.event import JobEvent
from studio.jobs import Job, JobDirectory

from .tiny_job import make_job

pytestmark = [
    pytest.mark.worker,
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at /proc"),
]

_PATIENCE_SECONDS = 200.0
"""What no wait of these tests comes near, however busy the machine is."""


class Followed:
    """A job and all it has told."""

    def __init__(self, directory: JobDirectory) -> None:
        self.job: Job = jobs.start(directory, jobs.claim(directory))
        self.worker = self.job._process.pid
        self.events: list[JobEvent] = []

    def poll(self) -> list[JobEvent]:
        new = list(self.job.poll())
        self.events += new
        return new

    def until(self, name: str, where: Callable[[JobEvent], bool] = lambda _: True) -> JobEvent:
        """Return the next event of a name."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while self.job.running and time.monotonic() < deadline:
            for event in (found := self.poll()):
                if event.name == name and where(event):
                    return event
            time.sleep(0 if found else 0.01)
        raise AssertionError(f"no {name} among {[e.name for e in self.events]}")

    def named(self, name: str) -> list[JobEvent]:
        return [event for event in self.events if event.name == name]

    def hands(self) -> list[int]:
        """Return the processes that train: the server's children, or the worker's own."""
        own = _children(self.worker)
        servers = [process for process in own if "forkserver" in _command(process)]
        return [hand for server in servers for hand in _children(server)]


Start = Callable[[JobDirectory], Followed]


@pytest.fixture
def start() -> Iterator[Start]:
    begun: list[Followed] = []

    def _start(directory: JobDirectory) -> Followed:
        begun.append(Followed(directory))
        return begun[-1]

    yield _start
    for followed in begun:
        followed.job.close()
    jobs.dismiss()


def _stat(process: int) -> list[str]:
    """Return state, parent and what else follows the name in /proc/PID/stat; [] if it is gone."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _children(parent: int) -> list[int]:
    everybody = [int(place.name) for place in Path("/proc").iterdir() if place.name.isdigit()]
    return [p for p in everybody if (stat := _stat(p)) and int(stat[1]) == parent]


def _command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().decode(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _alive(processes: list[int]) -> list[int]:
    return [process for process in processes if (stat := _stat(process)) and stat[0] != "Z"]


def _cpu_seconds(processes: list[int]) -> float:
    ticks = sum(int(stat[11]) + int(stat[12]) for p in processes if (stat := _stat(p)))
    return ticks / os.sysconf("SC_CLK_TCK")


def _seconds_until(true: Callable[[], object]) -> float:
    begun = time.monotonic()
    while not true():
        assert time.monotonic() - begun < _PATIENCE_SECONDS
        time.sleep(0.01)
    return time.monotonic() - begun


def test_a_killed_hand_costs_its_trial_and_the_search_goes_on_smaller(
    start: Start, tmp_path: Path
) -> None:
    """What the system does to a process for want of memory."""
    search = start(make_job(tmp_path / "job", trials=5))
    search.until("trial_finished")
    victim = search.until("epoch").data["trial"]
    (hand,) = search.hands()
    os.kill(hand, signal.SIGKILL)
    assert search.until("job_finished").data["why"] == "trials"
    (failed,) = search.named("trial_failed")
    assert failed.data["trial"] == victim
    assert "-9" in failed.data["why"]
    best = search.events[-1].data["best"]
    assert best in {event.data["trial"] for event in search.named("candidate_ready")}
    assert len(search.named("trial_finished")) == 4
    assert not [e for e in search.events if e.name == "rejected" and e.data["why"] != "memory"]


def test_pause_resume_stop_cancel_and_a_killed_worker(
    start: Start, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    directory = make_job(tmp_path / "job")
    search = start(directory)
    search.until("epoch")

    search.job.pause()
    paused = search.until("paused")
    hands = search.hands()
    assert hands
    rests = _seconds_until(lambda: _is_at_rest(hands))  # what it is converting it may finish
    search.poll()
    heard = len(search.events)
    time.sleep(1.0)
    assert not search.poll()
    begun = time.monotonic()
    search.job.resume()
    resumed = search.until("resumed")
    assert resumed.seconds == paused.seconds
    search.until("epoch")
    went_on = time.monotonic() - begun
    assert len(search.events) > heard

    begun = time.monotonic()
    search.job.cancel()
    assert search.until("job_finished").data["why"] == "cancelled"
    search.job.close()
    cancelled = time.monotonic() - begun
    assert not _alive([search.worker, *hands])

    jobs.prepare()
    again = start(directory)  # by the worker that was got ready
    again.until("epoch")
    hands = again.hands()
    os.kill(again.worker, signal.SIGKILL)
    ended = _seconds_until(lambda: not _alive(hands))
    assert again.until("job_failed").data["code"] == "job.worker_died"

    tell(
        f"pause: hands at rest after {rests:.1f} s, training again {went_on:.1f} s after resume;"
        f" cancel {cancelled:.1f} s; hands ended {ended:.1f} s after their worker was killed"
    )
    assert max(went_on, cancelled, ended) < 30


def _is_at_rest(hands: list[int]) -> bool:
    before = _cpu_seconds(hands)
    time.sleep(0.5)
    return _cpu_seconds(hands) - before < 0.05


def test_stop_while_paused_ends_with_something_to_export(start: Start, tmp_path: Path) -> None:
    search = start(make_job(tmp_path / "job", most_at_once=2))
    search.until("epoch")
    search.job.pause()
    search.until("paused")
    search.job.stop()
    end = search.until("job_finished")
    assert end.data["why"] == "stopped"
    assert end.data["best"] in {event.data["trial"] for event in search.named("candidate_ready")}


def test_a_warm_worker_soon_has_something_to_export(
    start: Start, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    jobs.prepare()
    spare = jobs.client._spare[0].pid
    directory = make_job(tmp_path / "job", instant="instant-image", trials=1)
    search = start(directory)
    assert search.worker == spare
    first = search.until("candidate_ready")
    assert {file["precision"] for file in first.data["files"]} == {"int8", "float32"}
    search.job.cancel()
    search.until("job_finished")
    tell(f"first candidate of a worker just got ready: {first.seconds:.1f} s after it had the job")


@pytest.fixture(scope="module")
def failing_disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not sys.platform.startswith("linux") or shutil.which("gcc") is None:
        pytest.skip("the failing disk is a preloaded library, compiled with gcc on Linux")
    built = tmp_path_factory.mktemp("disk") / "failing_disk.so"
    source = Path(__file__).parents[1] / "faults" / "failing_disk.c"
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", built, source, "-ldl"], check=True)
    return built


@pytest.mark.parametrize("full", ["artifacts", "journal.jsonl"])
def test_a_full_disk_ends_the_search_in_a_sentence_and_it_goes_on_with_room(
    start: Start, tmp_path: Path, failing_disk: Path, monkeypatch: pytest.MonkeyPatch, full: str
) -> None:
    directory = make_job(tmp_path / "job", trials=2)
    with monkeypatch.context() as patch:
        patch.setenv("LD_PRELOAD", str(failing_disk))
        patch.setenv("FAILING_DISK", str(directory.root / full))
        search = start(directory)
    failed = search.until("job_failed")
    assert failed.data["code"] == "job.system"
    assert "disk" in failed.data["sentence"]
    search.job.close()
    again = start(directory)
    end = again.until("job_finished")
    assert end.data["trials"] == 2
    assert end.data["best"] in {event.data["trial"] for event in again.named("candidate_ready")}
