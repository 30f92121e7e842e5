"""What would come in, looked at in the background while the person corrects it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studio.gui.background import Lane, Task

if TYPE_CHECKING:
    from studio.app import Closer
    from studio.gui.backend import Backend
    from studio.importers import ImportPreview

__all__ = ["Done", "Failed", "ImportCheck", "Look"]

Done = Callable[["ImportPreview"], None]
Failed = Callable[[Exception], None]
Look = Callable[[Sequence[Path], str, Mapping[str, str], Done, Failed], Task]
"""Looks at files for a task with the options chosen, elsewhere; then calls one of the two."""


class ImportCheck(QObject):
    """One thing a person wants to import, from the drop to the decision.

    Args:
        look: How to look; nothing is written.
        lane: Where every file is opened after that.
        backend: Opens them.

    Signals:
        changed: Something of it is different now.
        accepted: Import it as it stands.
        dismissed: The person does not want it.
    """

    changed = Signal()
    accepted = Signal()
    dismissed = Signal()

    def __init__(
        self, look: Look, lane: Lane, backend: Backend, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._lane, self._backend = look, lane, backend
        self._closer_task: Task | None = None
        self.closer: Closer | None = None
        self.opened: tuple[int, int] | None = None
        self._task: Task | None = None
        self.paths: tuple[Path, ...] = ()
        self.tasks: tuple[str, ...] = ()
        self.task = ""
        self.options: dict[str, str] = {}
        self.preview: ImportPreview | None = None
        self.error: Exception | None = None

    @property
    def active(self) -> bool:
        """Whether something waits for a decision."""
        return bool(self.paths)

    @property
    def looking(self) -> bool:
        """Whether it is being looked at."""
        return self._task is not None

    @property
    def ready(self) -> bool:
        """Whether it can be imported as it stands."""
        preview = self.preview
        if self.looking or preview is None or not preview.samples:
            return False
        return not any(question.needed and not question.value for question in preview.questions)

    def begin(self, paths: Sequence[Path], tasks: Sequence[str]) -> None:
        """Look at what was dropped, for the first of the tasks."""
        self.paths, self.tasks, self.task = tuple(paths), tuple(tasks), tasks[0]
        self.options = {}
        self._again()

    def choose_task(self, task: str) -> None:
        """Look at it as material for another task."""
        if task != self.task:
            self.task, self.options = task, {}
            self._again()

    def answer(self, question: str, value: str) -> None:
        """Correct what was found out, and look again."""
        if self.options.get(question) != value:
            self.options[question] = value
            self._again()

    def accept(self) -> None:
        """Have it imported."""
        if self.ready:
            self.accepted.emit()
            self._end()

    def dismiss(self) -> None:
        """Let it be."""
        self.dismissed.emit()
        self._end()

    def _end(self) -> None:
        self._forget_look()
        self.paths, self.preview, self.error = (), None, None
        self.changed.emit()

    def _forget_look(self) -> None:
        for task in (self._task, self._closer_task):
            if task is not None:
                task.cancel()
        self._task = self._closer_task = self.closer = self.opened = None

    def _again(self) -> None:
        self._forget_look()
        self.error = None
        asked: list[Task] = []
        # An answer to a look that was overtaken by another is passed over.
        self._task = self._look(
            self.paths,
            self.task,
            dict(self.options),
            lambda preview: self._on_seen(asked[0], preview, None),
            lambda error: self._on_seen(asked[0], None, error),
        )
        asked.append(self._task)
        self.changed.emit()

    def _on_seen(self, asked: Task, preview: ImportPreview | None, error: Exception | None) -> None:
        if asked is self._task:
            self._task, self.preview, self.error = None, preview, error
            self.changed.emit()
            if preview is not None:
                self._open_each()

    def _open_each(self) -> None:
        """Open every file, to find what cannot be read; the person need not wait for it."""
        paths, task, options = self.paths, self.task, dict(self.options)
        asked: list[Task] = []

        def work(session: object, work: Task) -> Closer | None:
            return self._backend.look_closer(paths, task, options, work.progress, work.cancelled)

        def done(closer: Closer | None) -> None:
            if asked[0] is self._closer_task:
                self._closer_task, self.closer, self.opened = None, closer, None
                self.changed.emit()

        def progressed(count: int, total: int) -> None:
            if asked[0] is self._closer_task:
                self.opened = (count, total)
                self.changed.emit()

        asked.append(self._lane.submit(work, done, lambda error: done(None), progressed))
        self._closer_task = asked[0]
