"""Kills and Ctrl+C during a search: every finished trial is kept and none is repeated."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [
    pytest.mark.worker,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(sys.platform != "linux", reason="finds the worker in /proc"),
]

_ENDED_WITHIN_SECONDS = 5.0


_VALIDATED = re.compile(r"trial (\d+): validation")


class Search:
    """A search on the command line, its stderr read as it comes."""

    def __init__(self, *arguments: str | Path) -> None:
        command = [sys.executable, "-m", "studio", "search", *map(str, arguments), "--json"]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.lines: list[str] = []
        self._changed = threading.Condition()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            with self._changed:
                self.lines.append(line.rstrip())
                self._changed.notify_all()
        with self._changed:
            self._changed.notify_all()

    def wait_for(self, words: str, timeout: float = 200) -> str:
        """Return the first line with these words, waiting until it is written."""

        def _found() -> str | None:
            return next((line for line in self.lines if words in line), None)

        with self._changed:
            self._changed.wait_for(lambda: _found() or not self._reader.is_alive(), timeout)
            line = _found()
        assert line is not None, self.lines
        return line

    def end(self, timeout: float = 200) -> tuple[int, str]:
        """Wait for the end and return status and stdout."""
        assert self.process.stdout is not None
        out = self.process.stdout.read()
        status = self.process.wait(timeout)
        self._reader.join(timeout)
        self.process.stdout.close()
        return status, out

    @property
    def worker(self) -> int:
        """The process number of its worker."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        [worker] = children.read_text(encoding="ascii").split()
        return int(worker)


@contextmanager
def _search(*arguments: str | Path) -> Iterator[Search]:
    search = Search(*arguments)
    try:
        yield search
    finally:
        if search.process.poll() is None:
            search.process.kill()
            search.end()
        assert search.process.stderr is not None
        search._reader.join()
        search.process.stderr.close()


def _gone(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2]
    except OSError:
        return True
    return state.split()[0] == "Z"


def _trials(studio, project: Path) -> list[int]:
    found = studio("candidates", project, "--json").ok().document["candidates"]
    return sorted(candidate["trial"] for candidate in found)


def test_kills_and_ctrl_c(studio, digit_photos: Path, tmp_path: Path) -> None:
    project = tmp_path / "digits.automl"
    studio("new", project).ok()
    studio("import", project, digit_photos).ok()

    with _search(project, "--device", "nano33ble", "--minutes", "8") as search:
        search.wait_for("trial 0: validation")
        os.kill(search.worker, signal.SIGKILL)
        status, _ = search.end()
        assert status == 1
        assert search.lines[-1].startswith("job.worker_died: ")
    first = _trials(studio, project)
    assert 0 in first

    with _search(project, "--resume") as search:
        search.wait_for("Resumed: ")
        search.wait_for(": validation")
        new = {int(found[1]) for found in map(_VALIDATED.search, search.lines) if found}
        assert not new & set(first)
        worker = search.worker
        search.process.kill()
        search.end()
        killed = time.monotonic()
        while not _gone(worker):
            assert time.monotonic() - killed < _ENDED_WITHIN_SECONDS
            time.sleep(0.05)
    assert {*first, *new} <= set(_trials(studio, project))
    info = studio("info", project, "--json").ok().document
    assert [found["state"] for found in info["searches"]] == ["stopped"]

    with _search(project, "--resume", "--minutes", "5") as search:
        search.wait_for("Resumed: ")
        search.process.send_signal(signal.SIGINT)
        search.wait_for("Stopping, keeping the best.")
        status, out = search.end()
        assert status == 0, search.lines
    document = json.loads(out)
    assert document["why"] == "stopped"
    best = document["candidates"][0]
    assert best["test"]["accuracy"]["kind"] == "measured"
    trials = _trials(studio, project)
    assert len(trials) == len(set(trials))
