"""Taking samples into the project, and removing them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from studio.domain.operation import Change, Operation, Part
from studio.domain.sample import NewSample
from studio.labelling.operations._operation import counted, known_rows
from studio.store import history, samples
from studio.store.edits import Edits, parts_of
from studio.store.project_file import ProjectFile

__all__ = ["ImportStep", "RemoveSamples"]

_TABLES = ("classes", "sessions", "samples", "regions", "other_labels")


class ImportStep:
    """An import: many batches, each durable, and one step of the history.

    A kill loses no batch that was finished, and undo takes back what there is. When the
    person did something else meanwhile, what comes after it is a step of its own: the order
    of the history stays the order of what happened.

    Args:
        project: Where to.
        source: What the person gave, for the title, for example ``"photos"``.
    """

    def __init__(self, project: ProjectFile, source: str) -> None:
        self._project = project
        self._source = source
        self._step: Operation | None = None
        self._added = 0
        self._parts: frozenset[Part] = frozenset()
        self._all: list[int] = []

    def add(self, batch: Iterable[tuple[NewSample, bytes | None]]) -> tuple[int, ...]:
        """Add the samples that are new, each with its thumbnail; one durable change.

        Returns:
            Their row numbers.
        """
        project = self._project
        with project.transaction():
            before = {table: _newest(project, table) for table in _TABLES}
            new = samples.add_all(project, batch)
            edits = Edits(project)
            for table in _TABLES:
                sql = f"SELECT id FROM {table} WHERE id > ?"
                found = project.rows(sql, (before[table],))
                edits.inserted(table, (row["id"] for row in found))
            if edits.log:
                self._record(edits, new)
        return new

    def _record(self, edits: Edits, new: tuple[int, ...]) -> None:
        step = self._extended(edits, len(new))
        if step is None:
            payload, title = {"source": self._source}, self._title(len(new))
            step = history.add(self._project, "import", title, payload, edits.log)
            self._added = 0
        self._step = step
        self._added += len(new)
        self._parts |= parts_of(edits.log)
        self._all += new

    def _extended(self, edits: Edits, new: int) -> Operation | None:
        if self._step is None:
            return None
        title = self._title(self._added + new)
        done = history.extend(self._project, self._step.id, edits.log, title)
        return replace(self._step, title=title) if done else None

    def _title(self, total: int) -> str:
        return f"Import {counted(total)} from {self._source}"

    def change(self) -> Change | None:
        """Return the notice of all that was added, or None if nothing was."""
        if self._step is None:
            return None
        return Change(operation=self._step, parts=self._parts, sample_ids=tuple(self._all))


def _newest(project: ProjectFile, table: str) -> int:
    return int(project.value(f"SELECT coalesce(max(id), 0) FROM {table}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveSamples:
    """Take samples out of the project with their labels and marks.

    Dataset versions keep theirs. The originals stay in the file until undo no longer needs
    them and it is compacted.
    """

    kind: ClassVar[str] = "remove-samples"
    sample_ids: tuple[int, ...]

    @property
    def title(self) -> str:
        """For the menu."""
        return f"Remove {counted(len(self.sample_ids))}"

    def apply(self, edits: Edits) -> None:
        """Raises ProjectError ``label.unknown_sample``."""
        chosen = known_rows(edits, "samples", self.sample_ids)
        for table in ("regions", "dismissals", "other_labels"):
            edits.delete(table, edits.rows_of(table, "sample_id", chosen))
        edits.delete("samples", chosen)
