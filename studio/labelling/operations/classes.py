"""Making, renaming, merging, splitting and deleting classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from studio.domain.errors import ProjectError
from studio.domain.sample import LabelOrigin
from studio.labelling.operations._operation import class_row, counted, known_class, quoted
from studio.labelling.operations.labels import label
from studio.store import classes
from studio.store.edits import Edits

__all__ = ["AddClass", "DeleteClass", "MergeClasses", "RenameClass", "SplitOff"]


def _refuse_taken(edits: Edits, name: str, *, besides: int | None = None) -> None:
    found = classes.find(edits.project, classes.tidy_name(name))
    if found not in (None, besides):
        raise ProjectError(
            f"There is a class {quoted(name)} already.",
            "Choose another name, or merge the two.",
            code="label.class_exists",
        )


def _forget(edits: Edits, going: Sequence[int]) -> None:
    """Drop what was dismissed and disputed about classes that go."""
    for table in ("dismissals", "other_labels"):
        edits.delete(table, edits.rows_of(table, "class_id", going))


@dataclass(frozen=True, slots=True, kw_only=True)
class AddClass:
    """Make a class that has no samples yet."""

    kind: ClassVar[str] = "add-class"
    name: str

    @property
    def title(self) -> str:
        """For the menu."""
        return f"New class {quoted(self.name)}"

    def apply(self, edits: Edits) -> None:
        """Raises ProjectError ``label.class_exists`` or ``label.empty_name``."""
        _refuse_taken(edits, self.name)
        class_row(edits, self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameClass:
    """Give a class another name."""

    kind: ClassVar[str] = "rename-class"
    old: str
    new: str

    @property
    def title(self) -> str:
        """For the menu."""
        return f"Rename {quoted(self.old)} to {quoted(self.new)}"

    def apply(self, edits: Edits) -> None:
        """Raises ProjectError ``label.unknown_class``, ``.class_exists`` or ``.empty_name``."""
        row = known_class(edits, self.old)
        _refuse_taken(edits, self.new, besides=row)
        edits.update("classes", [row], {"name": classes.tidy_name(self.new)})


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeClasses:
    """Make several classes one; who said so and when stays with every label."""

    kind: ClassVar[str] = "merge-classes"
    names: tuple[str, ...]
    into: str

    @property
    def title(self) -> str:
        """For the menu."""
        return f"Merge {', '.join(map(quoted, self.names))} into {quoted(self.into)}"

    def apply(self, edits: Edits) -> None:
        """Raises ProjectError ``label.unknown_class`` or ``label.empty_name``."""
        target = class_row(edits, self.into)
        found = dict.fromkeys(known_class(edits, name) for name in self.names)
        going = [row for row in found if row != target]
        for table in ("samples", "regions"):
            edits.update(table, edits.rows_of(table, "class_id", going), {"class_id": target})
        _forget(edits, going)
        edits.delete("classes", going)


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitOff:
    """Make some samples a class of their own."""

    kind: ClassVar[str] = "split-off"
    sample_ids: tuple[int, ...]
    class_name: str

    @property
    def title(self) -> str:
        """For the menu."""
        return f"Split {counted(len(self.sample_ids))} off as {quoted(self.class_name)}"

    def apply(self, edits: Edits) -> None:
        """Raises ProjectError ``label.class_exists``, ``.empty_name``, ``.unknown_sample``."""
        _refuse_taken(edits, self.class_name)
        row = class_row(edits, self.class_name)
        label(edits, self.sample_ids, row, LabelOrigin.PERSON)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteClass:
    """Take a class away with its labels, boxes and ranges; the samples stay, unlabelled."""

    kind: ClassVar[str] = "delete-class"
    name: str

    @property
    def title(self) -> str:
        """For the menu."""
        return f"Delete the class {quoted(self.name)}"

    def apply(self, edits: Edits) -> None:
        """Raises ProjectError ``label.unknown_class``."""
        row = known_class(edits, self.name)
        values = {"class_id": None, "label_origin": None, "labelled_at": None}
        edits.update("samples", edits.rows_of("samples", "class_id", [row]), values)
        edits.delete("regions", edits.rows_of("regions", "class_id", [row]))
        _forget(edits, [row])
        edits.delete("classes", [row])
