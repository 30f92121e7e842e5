"""The worker as a process: it ends with its parent, and every end is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from filelock import FileLock

from studio import jobs
from studio.domain.errors import SearchError
from studio.jobs import JobDirectory
from studio.jobs.directory import write_whole


@pytest.fixture
def directory(tmp_path: Path) -> JobDirectory:
    made = JobDirectory(tmp_path / "job")
    made.write_spec({"format": 1, "kind": "nonsense"})
    return made


def last_event(directory: JobDirectory) -> tuple[str, dict[str, object]]:
    job = jobs.start(directory, jobs.claim(directory))
    try:
        event = job.wait()[-1]
    finally:
        job.close()
    return event.name, event.data


def test_a_job_of_an_unknown_kind_fails_in_a_sentence(directory: JobDirectory) -> None:
    name, data = last_event(directory)
    assert (name, data["code"]) == ("job_failed", "job.bad_spec")


def test_a_damaged_specification_fails_in_a_sentence(directory: JobDirectory) -> None:
    write_whole(directory.root / "spec.json", b'{"kind": ')
    name, data = last_event(directory)
    assert (name, data["code"]) == ("job_failed", "job.bad_spec")


def test_a_search_without_its_fields_fails_in_a_sentence(directory: JobDirectory) -> None:
    directory.write_spec({"format": 1, "kind": "search", "classes": ["a"]})
    name, data = last_event(directory)
    assert (name, data["code"]) == ("job_failed", "job.bad_spec")


def test_a_killed_worker_is_reported(directory: JobDirectory) -> None:
    job = jobs.start(directory, jobs.claim(directory))
    job._process.send_signal(signal.SIGKILL)
    events = job.wait()
    job.close()
    assert events[-1].data["code"] == "job.worker_died"
    assert not job.running
    assert job.poll() == ()


def at_work(process: int) -> bool:
    """Whether a process exists and is more than an entry nobody has collected yet."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at /proc")
def test_a_worker_ends_within_five_seconds_of_its_parent(tmp_path: Path) -> None:
    """A parent that is killed leaves no worker behind."""
    program = (
        "import sys, time; from pathlib import Path; from studio import jobs\n"
        "directory = jobs.JobDirectory(Path(sys.argv[1]))\n"
        "job = jobs.start(directory, jobs.claim(directory))\n"
        "print(job._process.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    directory = JobDirectory(tmp_path / "job")
    directory.write_spec({"format": 1, "kind": "search"})
    # Another worker's lock keeps this one waiting, so that it is alive when its parent dies.
    with FileLock(directory.lock):
        parent = subprocess.Popen(
            [sys.executable, "-c", program, str(directory.root)], stdout=subprocess.PIPE
        )
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        os.kill(parent.pid, signal.SIGKILL)
        parent.wait()
        parent.stdout.close()
        started = time.monotonic()
        while at_work(worker) and time.monotonic() - started < 5:
            time.sleep(0.01)
        assert not at_work(worker)
    print(f"the worker ended {time.monotonic() - started:.1f} s after its parent")


def test_artifacts_are_verified(directory: JobDirectory) -> None:
    named = directory.add_artifact("model.tflite", b"content")
    assert directory.read_artifact(named) == b"content"
    (directory.artifacts / "model.tflite").write_bytes(b"c0ntent")
    with pytest.raises(SearchError) as caught:
        directory.read_artifact(named)
    assert caught.value.code == "job.damaged_artifact"


def test_a_journal_cannot_name_a_file_outside(directory: JobDirectory, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"s")
    with pytest.raises(SearchError):
        directory.read_artifact({"file": "../../secret", "sha256": "0" * 64})


def test_a_job_is_running_from_before_its_start_until_it_is_let_go(
    directory: JobDirectory,
) -> None:
    assert not jobs.is_running(directory)
    claimed = jobs.claim(directory)
    assert jobs.is_running(directory)
    with pytest.raises(SearchError) as caught:
        jobs.claim(directory)
    assert caught.value.code == "search.already_running"
    job = jobs.start(directory, claimed)
    job.wait()
    job.close()
    assert not jobs.is_running(directory)
