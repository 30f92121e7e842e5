"""What every operation is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Protocol

from studio.domain.errors import ProjectError
from studio.store import classes
from studio.store.edits import Edits

__all__ = ["Operation", "class_row", "counted", "known_class", "known_rows", "quoted"]


class Operation(Protocol):
    """One action of a person: what it is called, and how it changes rows.

    A frozen dataclass of JSON values; its fields are kept in the history.
    """

    kind: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def title(self) -> str:
        """For the menu: ``Undo: Label 3 samples "rust"``."""
        ...

    def apply(self, edits: Edits) -> None:
        """Change the project through ``edits`` only; raises ProjectError."""
        ...


def counted(number: int, word: str = "sample") -> str:
    """Return ``1 sample``, ``2 samples``."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def quoted(name: str) -> str:
    """Return a name of the person's as it stands in a title."""
    return f'"{name}"'


def class_row(edits: Edits, name: str) -> int:
    """Return the row number of a class, making it as part of the step if it is new."""
    tidy = classes.tidy_name(name)
    found = classes.find(edits.project, tidy)
    if found is not None:
        return found
    position = edits.project.value("SELECT coalesce(max(position) + 1, 0) FROM classes")
    return edits.insert("classes", {"name": tidy, "position": position})


def known_class(edits: Edits, name: str) -> int:
    """Return the row number of a class that is there.

    Raises:
        ProjectError: ``label.unknown_class``.
    """
    found = classes.find(edits.project, classes.tidy_name(name))
    if found is None:
        raise ProjectError(
            f"There is no class {quoted(name)}.",
            "Choose one of the classes of the project.",
            code="label.unknown_class",
        )
    return found


def known_rows(edits: Edits, table: str, ids: Iterable[int]) -> Sequence[int]:
    """Return row numbers, each once, having seen that all of them are there.

    Raises:
        ProjectError: ``label.unknown_sample`` or ``label.unknown_region``.
    """
    wanted = list(dict.fromkeys(int(id) for id in ids))
    missing = edits.missing(table, wanted)
    if missing:
        what = {"samples": "sample", "regions": "box or range"}[table]
        raise ProjectError(
            f"There is no {what} {missing[0]}.",
            "It may have been removed meanwhile; look at the list again.",
            code="label.unknown_sample" if table == "samples" else "label.unknown_region",
        )
    return wanted
