"""What can be learned: the kind of sample, the search space, the preparation of an input."""

from __future__ import annotations

from studio.domain.errors import ProjectError
from studio.registry import Registry
from studio.tasks._task import Given, Goal, Inputs, Task

__all__ = ["Given", "Goal", "Inputs", "Task", "find_task", "tasks"]

_TASKS: Registry[Task] = Registry("studio.tasks")


def tasks() -> Registry[Task]:
    """Return every task by id."""
    return _TASKS


def find_task(id: str) -> Task:
    """Return a task.

    Raises:
        ProjectError: ``project.unknown_task``, naming those there are.
    """
    try:
        return _TASKS[id]
    except KeyError:
        raise ProjectError(
            f"There is no task called {id!r}.",
            f"Choose one of: {', '.join(_TASKS)}.",
            code="project.unknown_task",
        ) from None
