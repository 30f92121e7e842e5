"""A file of tests per process, and at the very end, in one process, those that run alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler.loadfile import LoadFileScheduling
from xdist.workermanage import WorkerController

from tests.parallel import ALONE

__all__ = ["AloneLast"]


class AloneLast(LoadFileScheduling):
    """pytest-xdist's scheduler for files; one unit of work waits until nobody else works.

    Args:
        config: Of the session.
        log: Of xdist.
        groups: The JSON file with the group of each test that has one; the other tests go by
            files. It is read when every process has collected.
    """

    def __init__(self, config: pytest.Config, log: Any, groups: Path) -> None:
        super().__init__(config, log)
        self._file = groups
        self._groups: dict[str, str] = {}

    def schedule(self) -> None:
        """Give out the first files, in the order of the collection."""
        self.config.option.loadscopereorder = False
        if self._file.exists():
            self._groups = json.loads(self._file.read_text(encoding="utf-8"))
        super().schedule()

    def mark_test_complete(
        self, node: WorkerController, item_index: int, duration: float = 0
    ) -> None:
        """Note it; a process that waits to be alone may be so now."""
        super().mark_test_complete(node, item_index, duration)
        if self._only_alone_is_left():
            for other in self.nodes:
                self._reschedule(other)

    def remove_node(self, node: WorkerController) -> str | None:
        """Let go of a process; when it died at work, others do what it had not begun.

        xdist's own would run the test that killed it again, and wait for ever for the tests it
        had already done.

        Returns:
            The test it died in, if it did.
        """
        work = self.assigned_work.pop(node)
        left = [id for unit in work.values() for id, done in unit.items() if not done]
        for crashed in left[:1]:
            work[self._split_scope(crashed)][crashed] = True
        self.workqueue.update(
            {scope: unit for scope, unit in work.items() if not all(unit.values())}
        )
        for other in self.nodes:
            self._reschedule(other)
        return left[0] if left else None

    def _split_scope(self, nodeid: str) -> str:
        return self._groups.get(nodeid) or super()._split_scope(nodeid)

    def _only_alone_is_left(self) -> bool:
        return list(self.workqueue) == [ALONE]

    def _assign_work_unit(self, node: WorkerController) -> None:
        if ALONE in self.workqueue:
            self.workqueue.move_to_end(ALONE)
        if self.workqueue and (not self._only_alone_is_left() or self._is_by_itself(node)):
            super()._assign_work_unit(node)
            # It begins a test only when it knows what comes next.
            if self.workqueue and self._pending_of(self.assigned_work[node]) < 2:
                self._reschedule(node)

    def _is_by_itself(self, node: WorkerController) -> bool:
        others = [work for other, work in self.assigned_work.items() if other is not node]
        return not any(map(self._pending_of, others))

    def _reschedule(self, node: WorkerController) -> None:
        """Give a process more to do; before the last unit all processes but one are let go.

        A process runs its last test only when it knows that nothing, or what, comes after it.
        """
        if node not in self.registered_collections:
            return  # it took a dead one's place and is not ready
        if not self._only_alone_is_left():
            super()._reschedule(node)
        elif not node.shutting_down:
            if all(other.shutting_down for other in self.nodes if other is not node):
                self._assign_work_unit(node)
            elif self._pending_of(self.assigned_work[node]) <= 2:
                node.shutdown()
