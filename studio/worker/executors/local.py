"""Trials on this computer, as many at once as fit.

The hands are forked from a server that has imported TensorFlow once, where the system allows
it: the second and every replaced one starts at once and shares that memory.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import queue
import threading
import time
from collections import deque
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any

from studio.jobs import JobDirectory
from studio.search import Order
from studio.worker import hand
from studio.worker.executor import Executor, News

__all__ = ["ENTRY", "LocalCrew", "hands_that_fit", "preload"]

_PRELOADED = ["tensorflow", "keras", "keras_tuner", "numpy"]
_HAND_BYTES = 1_200_000_000
"""Memory a hand takes at most on our spaces' usual networks; seen: 0.5 to 1.0 GB."""

_ASKING_BYTES = 900_000_000
"""Memory of the asking side, which imports TensorFlow and AutoKeras, too."""


def hands_that_fit() -> int:
    """Return how many hands this computer has processors and memory for; at least one."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, min(cores or 1, (_free_bytes() - _ASKING_BYTES) // _HAND_BYTES))


def _free_bytes() -> int:
    """Return memory that is free, or that the system's group of processes leaves."""
    free = [1 << 62]
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
        free += [int(x.split()[1]) << 10 for x in lines if x.startswith("MemAvailable:")]
        limit = Path("/sys/fs/cgroup/memory.max").read_text().strip()
        used = int(Path("/sys/fs/cgroup/memory.current").read_text())
        free += [] if limit == "max" else [int(limit) - used]
    except (OSError, ValueError):
        pass  # not Linux, or no such group
    return min(free) if len(free) > 1 else 4 << 30


def _context() -> BaseContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context


def preload() -> None:
    """Begin to import TensorFlow in the server, in the background."""
    _context()
    if "forkserver" in multiprocessing.get_all_start_methods():
        from multiprocessing import forkserver

        forkserver.ensure_running()


class _Member:
    """A hand, and what it is doing."""

    def __init__(self, context: BaseContext, root: Path, threads: int) -> None:
        ours, theirs = context.Pipe()
        # `Process` of a context is not in its stub's base class.
        self.process: Any = context.Process(  # type: ignore[attr-defined]
            target=hand.run, args=(theirs, str(root), threads), daemon=True
        )
        self.process.start()
        theirs.close()
        self.connection: Connection = ours
        self.trial: int | None = None


class LocalCrew:
    """A `Crew` of processes on this computer; one that dies is replaced.

    It returns at once: hands are hired in the background, for the first waits for TensorFlow.
    What is submitted meanwhile waits for them.

    Args:
        directory: The job's.
        size: How many.
    """

    def __init__(self, directory: JobDirectory, size: int) -> None:
        self.size = size
        self._directory = directory
        self._context = _context()
        self._hired: queue.SimpleQueue[_Member] = queue.SimpleQueue()
        self._members: list[_Member] = []
        self._waiting: deque[tuple[int, dict[str, Any]]] = deque()
        self._word = ""
        self._hire(size)

    def _hire(self, count: int) -> None:
        threading.Thread(target=self._hire_now, args=(count,), daemon=True).start()

    def _hire_now(self, count: int) -> None:
        threads = 1 if self.size > 1 else 0  # 0: as many as there are processors
        for _ in range(count):
            self._hired.put(_Member(self._context, self._directory.root, threads))

    @property
    def busy(self) -> int:
        """How many orders are under way."""
        return len(self._waiting) + sum(member.trial is not None for member in self._members)

    @property
    def processes(self) -> tuple[int, ...]:
        """Process numbers of the hands."""
        return tuple(member.process.pid for member in self._members)

    def submit(self, order: Order, *, task: str, seconds: float) -> None:
        """Begin an order as soon as somebody is free."""
        message = {"order": order.as_json(), "task": task, "seconds": seconds}
        self._waiting.append((order.trial, message))
        self._assign()

    def _assign(self) -> None:
        while not self._hired.empty():
            self._members.append(self._hired.get())
            if self._word:  # said before it came
                self._say(self._members[-1], self._word)
        for member in self._members:
            if member.trial is None and self._waiting:
                member.trial, message = self._waiting.popleft()
                with contextlib.suppress(OSError):  # it died idle; `news` tells
                    hand.send(member.connection, message, {})

    def news(self, wait_seconds: float) -> list[News]:
        """Return what happened since the last call, waiting for something as long as told."""
        self._assign()
        by_connection = {member.connection: member for member in self._members}
        if not by_connection:
            time.sleep(wait_seconds)
        found = []
        for connection in wait(list(by_connection), wait_seconds):
            assert isinstance(connection, Connection)
            found += self._heard(by_connection[connection])
        return found

    def _heard(self, member: _Member) -> list[News]:
        try:
            message, files = hand.receive(member.connection)
        except (EOFError, OSError):
            return self._replace(member)
        told = News(files=files, **message)
        if told.is_last:
            member.trial = None
        return [told]

    def _replace(self, member: _Member) -> list[News]:
        """Hire somebody for a hand that is gone; a killed one most likely lacked memory."""
        member.process.join()
        member.connection.close()
        self._members.remove(member)
        self._hire(1)
        if member.trial is None:
            return []
        code = member.process.exitcode
        why = f"its process ended (status {code})"
        return [News(trial=member.trial, what="failed", data={"why": why, "memory": code == -9})]

    def tell(self, word: str) -> None:
        """Tell everybody ``stop``, ``pause`` or ``resume``."""
        self._word = word
        for member in self._members:
            self._say(member, word)

    def _say(self, member: _Member, word: str) -> None:
        with contextlib.suppress(OSError):  # it is gone; `news` tells
            hand.send(member.connection, {"word": word}, {})

    def close(self) -> None:
        """Send everybody home; what is under way is lost."""
        self._assign()
        for member in self._members:
            member.connection.close()
            member.process.kill()
        for member in self._members:
            member.process.join()


def _crew(directory: JobDirectory, most: int, address: str) -> LocalCrew:
    fit = hands_that_fit()
    return LocalCrew(directory, min(most, fit) if most else fit)


ENTRY = Executor(id="local", crew=_crew)
