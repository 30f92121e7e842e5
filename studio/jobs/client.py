"""Starting a worker and talking to it.

The worker reads single-word commands on its standard input. The end of that input means that
nobody is listening any more: the worker ends. So it never outlives the program that started
it, however that program ended.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

from filelock import FileLock, Timeout

from studio.domain.errors import SearchError
from studio.domain.event import JobEvent
from studio.jobs.directory import JobDirectory
from studio.jobs.journal import JournalReader

__all__ = ["CANNOT_WRITE", "WAIT", "Job", "claim", "dismiss", "is_running", "prepare", "start"]

WAIT = "-"
"""In place of a job directory: the first line of standard input will name it."""

_ENVIRONMENT = {
    "KERAS_BACKEND": "tensorflow",
    "TF_CPP_MIN_LOG_LEVEL": "2",
    "TF_ENABLE_ONEDNN_OPTS": "0",  # its reordered sums differ from run to run
    "CUDA_VISIBLE_DEVICES": "",  # results are the same with and without a graphics card
    "PYTHONUNBUFFERED": "1",
}
CANNOT_WRITE = 74
"""How a worker ends that could not even write down why; EX_IOERR of BSD's sysexits.h."""

_LAST = frozenset({"job_finished", "job_failed"})
_GRACE_SECONDS = 5.0


def is_running(directory: JobDirectory) -> bool:
    """Return whether anybody is at work on this directory, or about to be."""
    return any(map(_is_held, (directory.follower_lock, directory.lock)))


def _is_held(path: Path) -> bool:
    if not path.exists():
        return False
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    return False


def claim(directory: JobDirectory) -> FileLock:
    """Take a job directory, so that nobody else starts or recovers it meanwhile.

    Raises:
        SearchError: ``search.already_running`` if somebody has it.
    """
    lock = FileLock(directory.follower_lock, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise SearchError(
            "A search of this project is running already.",
            "Wait until it ends, or stop it where it was started.",
            code="search.already_running",
        ) from None
    return lock


def start(directory: JobDirectory, claimed: FileLock) -> Job:
    """Start a worker on a job directory; its earlier events are not reported again.

    Args:
        directory: What to do, and where.
        claimed: From `claim`; given back when the job is closed.
    """
    reader = JournalReader(directory.journal)
    reader.read_new()
    process = _given_to_spare(directory)
    if process is None:
        with directory.log.open("ab") as log:
            process = _worker(str(directory.root), log)
    return Job(directory, process, reader, claimed)


def _worker(argument: str, log: IO[bytes] | int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "studio.worker", argument],
        stdin=subprocess.PIPE,
        stdout=log,
        stderr=log,
        env={**os.environ, **_ENVIRONMENT},
        # Of its own session, so that Ctrl+C in a terminal reaches us and not the worker.
        start_new_session=True,
    )


_spare: list[subprocess.Popen[bytes]] = []


def prepare() -> None:
    """Start a worker that has nothing to do yet, so that the next `start` need not wait for it.

    It imports TensorFlow meanwhile and takes its memory, some 700 MB; it ends with this
    process, or with `dismiss`.
    """
    if not _spare or _spare[0].poll() is not None:
        _spare[:] = [_worker(WAIT, subprocess.DEVNULL)]


def dismiss() -> None:
    """Let the prepared worker go, if there is one."""
    while _spare:
        process = _spare.pop()
        assert process.stdin is not None
        with contextlib.suppress(OSError):
            process.stdin.close()
        process.kill()
        process.wait()


def _given_to_spare(directory: JobDirectory) -> subprocess.Popen[bytes] | None:
    """Hand a job to the prepared worker; None if there is none, or it has died."""
    while _spare:
        process = _spare.pop()
        assert process.stdin is not None
        with contextlib.suppress(OSError):
            process.stdin.write(f"{directory.root}\n".encode())
            process.stdin.flush()
            if process.poll() is None:
                return process
        process.stdin.close()
        process.wait()
    return None


class Job:
    """A worker at work."""

    def __init__(
        self,
        directory: JobDirectory,
        process: subprocess.Popen[bytes],
        reader: JournalReader,
        claimed: FileLock,
    ) -> None:
        self.directory = directory
        self._claimed = claimed
        self._process = process
        self._reader = reader
        self._ended = False

    @property
    def running(self) -> bool:
        """Whether there are events to come; False once the last one was returned."""
        return not self._ended

    def poll(self) -> tuple[JobEvent, ...]:
        """Return what happened since the last call.

        A worker that died without a word is reported as ``job_failed``, ``job.worker_died``.
        """
        if self._ended:
            return ()
        alive = self._process.poll() is None  # before reading, so that nothing is missed
        events = self._reader.read_new()
        if any(event.name in _LAST for event in events):
            self._ended = True
        elif not alive:
            self._ended = True
            events.append(self._death(events))
        return tuple(events)

    def _death(self, events: list[JobEvent]) -> JobEvent:
        seconds = events[-1].seconds if events else 0.0
        code, why = (
            "job.worker_died",
            (f"The worker ended unexpectedly (status {self._process.returncode})."),
        )
        if self._process.returncode == CANNOT_WRITE:
            code, why = (
                "job.system",
                "The disk refused what the search wanted to write: is it full?",
            )
        sentence = f"{why} Every finished trial is kept; resume the search to go on."
        data = {"code": code, "sentence": sentence}
        return JobEvent(name="job_failed", seconds=seconds, data=data)

    def stop(self) -> None:
        """Ask the worker to stop and keep the best; events follow until the last."""
        self._send(b"stop\n")

    def cancel(self) -> None:
        """Ask the worker to end now; finished trials are kept."""
        self._send(b"cancel\n")

    def pause(self) -> None:
        """Ask the worker to rest; its time stands still until `resume`."""
        self._send(b"pause\n")

    def resume(self) -> None:
        """Ask the worker to go on after `pause`."""
        self._send(b"resume\n")

    def _send(self, command: bytes) -> None:
        if self._process.stdin is None or self._process.stdin.closed:
            return
        with contextlib.suppress(OSError):  # it has ended already, as `poll` will tell
            self._process.stdin.write(command)
            self._process.stdin.flush()

    def close(self) -> None:
        """Let the worker go, and end it if it does not go by itself."""
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):  # a broken pipe: it has ended already
                self._process.stdin.close()
        try:
            self._process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._claimed.release()

    def wait(self, poll_seconds: float = 0.1) -> tuple[JobEvent, ...]:
        """Wait for the end and return everything that happened until then."""
        events: list[JobEvent] = []
        while self.running:
            events += self.poll()
            time.sleep(poll_seconds if self.running else 0)
        return tuple(events)
