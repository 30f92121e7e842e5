"""Tests side by side in several processes: how many, in which order, and who runs alone.

Used with ``-n auto --dist loadfile``, which is what ``packaging/dev.py test`` asks for. Without
these options pytest runs everything in one process, as ever.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from xdist.workermanage import WorkerController

# What is measured, or kills and times, runs when all else is done.
ALONE = ("alone", "benchmark")
# Files with such tests take longest, so they begin first and no process idles at the end.
_LONG = ("worker", "slow")
# A process with TensorFlow in it and a training child of its own.
PROCESS_BYTES = 2_000_000_000
_LIST = "studio_tests_alone"


def is_alone(item: pytest.Item) -> bool:
    """Tell whether a test is not to share the machine with others."""
    return any(item.get_closest_marker(name) for name in ALONE)


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
        lines = (item.nodeid + "\n" for item in items if is_alone(item))
        # Every process writes the same; only one that has read the tests can know their marks.
        own = Path(given[_LIST] + "-" + given["workerid"])
        own.write_text("".join(lines), encoding="utf-8")
        os.replace(own, given[_LIST])

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: WorkerController) -> None:
        node.workerinput[_LIST] = str(self._list(node.config))

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_auto_num_workers(self) -> int:
        return processes(_cores(), free_memory())

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_make_scheduler(self, config: pytest.Config, log: Any) -> Any:
        if config.getvalue("dist") != "loadfile":
            return None
        from tests.alone_last import AloneLast

        return AloneLast(config, log, self._list(config))

    def _list(self, config: pytest.Config) -> Path:
        """Return the file in which the processes say what runs alone."""
        if not hasattr(self, "_folder"):
            self._folder = tempfile.TemporaryDirectory()
            config.add_cleanup(self._folder.cleanup)
        return Path(self._folder.name) / "alone"
