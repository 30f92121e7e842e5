"""Compilers, emulators and compiled models run as children that cannot outstay their time."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Ended", "run_child"]

_MOST_SAID_BYTES = 64 << 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a child ended.

    Attributes:
        status: Exit status; negative, the signal that ended it.
        said: What it wrote on standard error, the last 64 KiB.
        late: Whether it was ended because its time was up.
    """

    status: int
    said: str
    late: bool


def run_child(
    command: Sequence[str],
    *,
    folder: Path,
    timeout_s: float,
    environment: Mapping[str, str] | None = None,
    stdin: Path | None = None,
    stdout: Path | None = None,
    memory_bytes: int | None = None,
    output_bytes: int | None = None,
) -> Ended:
    """Run a program to its end, or end it and all it started.

    Args:
        command: The program and its arguments.
        folder: Where it runs.
        timeout_s: Seconds before it is ended.
        environment: Variables besides this process's own.
        stdin: The file it reads; nothing where left out.
        stdout: The file it writes; nowhere where left out.
        memory_bytes: Address space it may take, where the system can limit that.
        output_bytes: Size of any file it may write, likewise.
    """
    with contextlib.ExitStack() as stack:
        said = stack.enter_context(tempfile.TemporaryFile())
        child = subprocess.Popen(
            list(command),
            cwd=folder,
            stdin=stack.enter_context(stdin.open("rb")) if stdin else subprocess.DEVNULL,
            stdout=stack.enter_context(stdout.open("wb")) if stdout else subprocess.DEVNULL,
            stderr=said,
            env={**os.environ, **(environment or {})},
            # Ctrl+C is for us; and a compiler's own children end with it.
            start_new_session=True,
        )
        _limit(child.pid, timeout_s, memory_bytes, output_bytes)
        late = not _ended(child, timeout_s)
        return Ended(status=child.returncode, said=_last_words(said.fileno()), late=late)


def _ended(child: subprocess.Popen[bytes], timeout_s: float) -> bool:
    """Wait; tell whether it ended by itself. Whatever happens here, it has ended afterwards."""
    try:
        child.wait(timeout_s)
    except subprocess.TimeoutExpired:
        return False
    finally:
        if child.poll() is None:
            _kill(child)
    return True


def _kill(child: subprocess.Popen[bytes]) -> None:
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    else:
        child.kill()
    child.wait()


def _limit(pid: int, timeout_s: float, memory: int | None, output: int | None) -> None:
    """Bound the child from outside, so that it ends even if this process is killed."""
    try:
        from resource import RLIMIT_AS, RLIMIT_CORE, RLIMIT_CPU, RLIMIT_FSIZE, prlimit
    except ImportError:  # only Linux lets one process limit another; the time limit holds anyway
        return
    seconds = (int(timeout_s) + 2) * (os.cpu_count() or 1)
    wanted = {RLIMIT_CORE: 0, RLIMIT_CPU: seconds, RLIMIT_AS: memory, RLIMIT_FSIZE: output}
    for limit, value in wanted.items():
        if value is not None:
            # It may have ended already; a limit of ours may be narrower, and holds for it too.
            with contextlib.suppress(ProcessLookupError, PermissionError, ValueError):
                prlimit(pid, limit, (value, value))


def _last_words(descriptor: int) -> str:
    size = os.fstat(descriptor).st_size
    os.lseek(descriptor, max(0, size - _MOST_SAID_BYTES), os.SEEK_SET)
    return os.read(descriptor, _MOST_SAID_BYTES).decode("utf-8", "replace")
