"""The journal: append-only, one event a line, both progress stream and crash record."""

from __future__ import annotations

import contextlib
import json
import os
import time
from pathlib import Path
from typing import Any

from studio.domain.event import JobEvent

__all__ = ["JournalReader", "JournalWriter"]


class JournalReader:
    """Reads a journal that may still be growing.

    A last line without its newline is one being written, or torn by a crash; it is left for
    the next time, or for the writer to cut off.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = 0

    def read_new(self) -> list[JobEvent]:
        """Return the events added since the last call; none while there is no journal."""
        try:
            with self._path.open("rb") as file:
                file.seek(self._offset)
                fresh = file.read()
        except FileNotFoundError:
            return []
        whole = fresh[: fresh.rfind(b"\n") + 1]
        self._offset += len(whole)
        return [event for line in whole.splitlines() if (event := _parse(line))]


def _parse(line: bytes) -> JobEvent | None:
    """Return the event of a line; None for one that a crash or a disk has spoilt."""
    try:
        fields = json.loads(line)
        return JobEvent(name=fields["event"], seconds=fields["seconds"], data=fields["data"])
    except (ValueError, KeyError, TypeError):
        return None


class JournalWriter:
    """Appends events; a job's own clock goes on where an earlier process left it.

    Args:
        path: The journal; made if it is not there.

    Attributes:
        past: The events of earlier processes of this job.
    """

    def __init__(self, path: Path) -> None:
        _cut_torn_line(path)
        self.past = JournalReader(path).read_new()
        before = self.past[-1].seconds if self.past else 0.0
        self._started = time.monotonic() - before
        self._held_since: float | None = None
        self._file = path.open("ab", buffering=0)

    @property
    def seconds(self) -> float:
        """Time the job has been at work, over all its processes; pauses do not count."""
        now = time.monotonic() if self._held_since is None else self._held_since
        return now - self._started

    @property
    def held(self) -> bool:
        """Whether the clock stands still."""
        return self._held_since is not None

    def hold(self, held: bool) -> None:
        """Stop the clock, or let it go on."""
        if held and self._held_since is None:
            self._held_since = time.monotonic()
        elif not held and self._held_since is not None:
            self._started += time.monotonic() - self._held_since
            self._held_since = None

    def write(self, event: str, *, durable: bool = False, **data: Any) -> None:
        """Append an event.

        Args:
            event: Name, as in `studio.domain.event`.
            durable: Whether it must survive power loss from here on.
            data: JSON values.
        """
        fields = {"event": event, "seconds": round(self.seconds, 3), "data": data}
        line = json.dumps(fields, ensure_ascii=False, allow_nan=False)
        self._append(line.encode() + b"\n")
        if durable:
            os.fsync(self._file.fileno())

    def _append(self, line: bytes) -> None:
        """Write a line whole or not at all: a disk may fill up in the middle of it."""
        before = self._file.seek(0, os.SEEK_END)
        try:
            left = memoryview(line)
            while left:
                left = left[self._file.write(left) :]
        except OSError:
            with contextlib.suppress(OSError):  # then the next process cuts it off
                self._file.truncate(before)
            raise

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _cut_torn_line(path: Path) -> None:
    """Drop what stands behind the last newline: the line a crash interrupted."""
    if not path.exists():
        return
    with path.open("r+b") as file:
        content = file.read()
        file.truncate(content.rfind(b"\n") + 1)
