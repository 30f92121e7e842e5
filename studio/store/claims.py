"""Who may write to a project: one process at a time; all its sessions count as one writer.

The claim is an advisory lock on a small file in the cache folder, named after the project's
file number, so it works under every name the project has, leaves nothing beside it, and goes
with the process however that ends. SQLite's own locks are untouched by it. They would be lost
if this process opened and closed the project file by itself while a connection is open
(https://sqlite.org/howtocorrupt.html, 2.2), so `take` runs the caller's look at the file only
when there is none.
"""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from filelock import FileLock, Timeout

__all__ = ["Claim", "held_here", "look", "take"]

_Key = tuple[int, int]


@dataclass(slots=True)
class _Held:
    """What this process holds of one project file."""

    lock: FileLock | None
    sessions: int = 0


_guard = threading.Lock()
_held: dict[_Key, _Held] = {}


class Claim:
    """The part of one session in this process's claim on a project file."""

    def __init__(self, key: _Key, held: _Held) -> None:
        self._key = key
        self._held = held
        self._released = False

    @property
    def writer(self) -> bool:
        """Whether this process may write."""
        return self._held.lock is not None

    def try_to_write(self) -> bool:
        """Take the right to write if no other process has it now."""
        with _guard:
            if self._held.lock is None:
                self._held.lock = _acquired(self._key)
            return self._held.lock is not None

    def release(self) -> None:
        """Let go; the last session of the process gives the right to write back."""
        with _guard:
            if self._released:
                return
            self._released = True
            self._held.sessions -= 1
            if self._held.sessions == 0:
                del _held[self._key]
                if self._held.lock is not None:
                    self._held.lock.release()


def take(path: Path, look: Callable[[Path], None]) -> Claim:
    """Claim a project file for one more session of this process.

    Args:
        path: The file; it is there.
        look: Reads the file and raises if it is no project. Not called while this process
            has the file open.

    Raises:
        OSError: if the file is not there.
    """
    with _guard:
        key = _key(path)
        held = _held.get(key)
        if held is None:
            look(path)
            held = _held[key] = _Held(lock=_acquired(key))
        held.sessions += 1
        return Claim(key, held)


def look(path: Path, look: Callable[[Path], None]) -> None:
    """Run a look at a file that this process does not hold, as `take` does.

    Raises:
        OSError: if the file is not there.
    """
    with _guard:
        if _key(path) not in _held:
            look(path)


def held_here(path: Path) -> bool:
    """Return whether this process has the file open."""
    with _guard:
        try:
            return _key(path) in _held
        except OSError:
            return False


def _key(path: Path) -> _Key:
    found = path.stat()
    return found.st_dev, found.st_ino


def _acquired(key: _Key) -> FileLock | None:
    """Return the lock of a file, or None while another process has it."""
    for folder in _folders():
        # Sessions close in other threads than they were opened in.
        lock = FileLock(folder / f"{key[0]:x}-{key[1]:x}.lock", thread_local=False)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=0)
            return lock
        except Timeout:
            return None
        except OSError:
            continue  # no room or no permission: the next folder
    return None


def _folders() -> tuple[Path, Path]:
    """Return where locks go: the cache, or where that cannot be, the temporary folder."""
    chosen = os.environ.get("AUTOML_STUDIO_CACHE")
    base = Path(chosen) if chosen else platformdirs.user_cache_path("automl-studio", False)
    return base / "locks", Path(tempfile.gettempdir()) / f"automl-studio-locks-{_user()}"


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")
