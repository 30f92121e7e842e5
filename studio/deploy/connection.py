"""One connection on which a device answers line by line, whatever its shell writes besides."""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import threading
from collections.abc import Mapping
from typing import IO, Any

from studio.deploy.ssh import arguments, explained
from studio.deploy.target import Login, Target
from studio.domain.errors import DeployError
from studio.resources import assets

__all__ = ["Connection", "Cut"]

_MARK = "STUDIO-DEPLOY 1 "
_LONGEST_LINE = 2 << 20
_MOST_LINES = 10_000
_MOST_SAID = 8_000


class Cut(Exception):
    """The connection ended before the device answered."""


class Connection:
    """The program for the device, running there; use it in a ``with``.

    Args:
        target: The device.
        login: How to get in.

    Raises:
        DeployError: if there is no ``ssh``.
    """

    def __init__(self, target: Target, login: Login) -> None:
        self._target = target
        script = (assets() / "templates" / "deploy" / "on_device.py").read_bytes()
        # Not in the command line: shells differ in how they quote.
        start = f'python3 -c "import sys; exec(sys.stdin.buffer.read({len(script)}))"'
        self._process = subprocess.Popen(
            arguments(target, login, start),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self._in, out, err = self._process.stdin, self._process.stdout, self._process.stderr
        self._answers: queue.Queue[Mapping[str, Any] | None] = queue.Queue()
        self._said = bytearray()
        self._threads = [
            threading.Thread(target=self._read, args=(out,), daemon=True),
            threading.Thread(target=self._hear, args=(err,), daemon=True),
        ]
        for thread in self._threads:
            thread.start()
        self.send(script)

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        for thread in self._threads:
            thread.join()
        with contextlib.suppress(OSError):
            self._in.close()
        for stream in (self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()

    def send(self, content: bytes) -> bool:
        """Send bytes; False where nobody takes them any more, what came before may tell why."""
        try:
            self._in.write(content)
            self._in.flush()
        except OSError:
            return False
        return True

    def answer(self, seconds: float) -> Mapping[str, Any]:
        """Return the device's next answer.

        Raises:
            Cut: if the connection ended, or nothing came in that time.
        """
        try:
            found = self._answers.get(timeout=seconds)
        except queue.Empty:
            raise Cut from None
        if found is None:
            self._answers.put(None)
            raise Cut
        return found

    def why(self) -> DeployError:
        """Return what ssh or the device's shell said of a connection that ended."""
        self._process.kill()
        self._process.wait()
        for thread in self._threads:
            thread.join()
        said = self._said.decode("utf-8", "replace")
        if "python3" in said and "not found" in said:
            return DeployError(
                f"There is no Python 3 on {self._target.text}.",
                "Install it there (the package python3), then try again.",
                code="deploy.no_python",
            )
        return explained(said, self._target)

    def _read(self, stream: IO[bytes]) -> None:
        for _ in range(_MOST_LINES):
            line = stream.readline(_LONGEST_LINE)
            if not line:
                break
            _, mark, text = line.decode("utf-8", "replace").partition(_MARK)
            if mark and (found := _document(text)) is not None:
                self._answers.put(found)
        self._answers.put(None)

    def _hear(self, stream: IO[bytes]) -> None:
        while chunk := stream.read1(4096):  # type: ignore[attr-defined]
            if len(self._said) < _MOST_SAID:
                self._said += chunk


def _document(text: str) -> Mapping[str, Any] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
