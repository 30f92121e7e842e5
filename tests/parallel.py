"""Tests side by side in several processes: how many, in which order, and who runs alone.

Used with ``-n auto --dist loadfile``, which is what ``packaging/dev.py test`` asks for. Without
these options pytest runs everything in one process, as ever.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

ALONE = "alone"
# What is measured, or kills at a moment, runs when all else is done.
_ALONE_MARKS = ("alone", "benchmark")
# Files with such tests take longest, so they begin first and no process idles at the end.
_LONG = ("worker", "slow", "together")
# Measured: a test process with TensorFlow in it 1.3 GB, one without and its training child 1.1 GB.
PROCESS_BYTES = 1_500_000_000
_GROUPS = "studio_test_groups"


def group(item: pytest.Item) -> str:
    """Return the name of those a test must share a process with; empty: those of its file.

    The group ``ALONE`` is not to share the machine with other tests either.
    """
    if any(map(item.get_closest_marker, _ALONE_MARKS)):
        return ALONE
    together = item.get_closest_marker("together")
    return str(together.args[0]) if together else ""


def in_order(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """Return the tests with the longest files first, else as they were."""
    long = {item.path for item in items if any(map(item.get_closest_marker, _LONG))}
    return sorted(items, key=lambda item: item.path not in long)


def processes(cores: int, free_bytes: int | None) -> int:
    """Return how many processes to run tests in; 0 means in pytest's own.

    Args:
        cores: Processor cores at hand.
        free_bytes: Memory nobody uses; None where that is unknown, which counts as enough for two.
    """
    fitting = 2 if free_bytes is None else free_bytes // PROCESS_BYTES
    found = min(cores, fitting)
    return found if found > 1 else 0


def free_memory() -> int | None:
    """Return the bytes of memory this machine, or the container we are in, has left."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        free = next(1024 * int(line.split()[1]) for line in lines if "MemAvailable" in line)
    except (OSError, StopIteration):
        return None
    group = Path("/sys/fs/cgroup")
    try:
        limit, used = (
            int((group / name).read_text(encoding="ascii"))
            for name in ("memory.max", "memory.current")
        )
    except (OSError, ValueError):  # no such limit here, or the word "max"
        return free
    return min(free, limit - used)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Plugin:
    """The hooks of pytest and pytest-xdist that bring this about."""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        given = getattr(config, "workerinput", None)
        if given is None:
            return
        items[:] = in_order(items)
        groups = {item.nodeid: group(item) for item in items if group(item)}
        # Every process writes the same; only those that collect know the marks of the tests.
        own = Path(given[_GROUPS] + "-" + given["workerid"])
        own.write_text(json.dumps(groups), encoding="utf-8")
        os.replace(own, given[_GROUPS])

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        node.workerinput[_GROUPS] = str(self._groups(node.config))

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_auto_num_workers(self) -> int:
        return processes(_cores(), free_memory())

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_make_scheduler(self, config: pytest.Config, log: Any) -> Any:
        if config.getvalue("dist") != "loadfile":
            return None
        from tests.alone_last import AloneLast

        return AloneLast(config, log, self._groups(config))

    def _groups(self, config: pytest.Config) -> Path:
        """Return the file in which the processes name the tests with a group, as JSON."""
        if not hasattr(self, "_folder"):
            self._folder = tempfile.TemporaryDirectory()
            config.add_cleanup(self._folder.cleanup)
        return Path(self._folder.name) / "groups.json"
