"""Classes in the project file."""

from __future__ import annotations

import unicodedata

from studio.domain.errors import ProjectError
from studio.domain.sample import SampleClass
from studio.store.project_file import ProjectFile

__all__ = ["all_classes", "class_id", "find", "tidy_name"]


def tidy_name(name: str) -> str:
    """Return the name of a class as the project keeps it: Unicode NFC, no outer spaces.

    Raises:
        ProjectError: ``label.empty_name``.
    """
    tidy = unicodedata.normalize("NFC", name).strip()
    if not tidy:
        raise ProjectError("A class needs a name.", "Type one.", code="label.empty_name")
    return tidy


def find(project: ProjectFile, name: str) -> int | None:
    """Return the row number of a class, or None."""
    found = project.value("SELECT id FROM classes WHERE name = ?", (name,))
    return None if found is None else int(found)


def class_id(project: ProjectFile, name: str) -> int:
    """Return the row number of a class, adding it if it is new."""
    found = find(project, name)
    if found is not None:
        return found
    return project.execute(
        "INSERT INTO classes (name, position)"
        " SELECT ?, coalesce(max(position) + 1, 0) FROM classes",
        (name,),
    )


def all_classes(project: ProjectFile) -> tuple[SampleClass, ...]:
    """Return the classes in the person's order, each with its number of samples."""
    rows = project.rows(
        "SELECT c.id, c.name, coalesce(n.samples, 0) AS samples FROM classes c LEFT JOIN"
        " (SELECT class_id, count(*) AS samples FROM samples GROUP BY class_id) n"
        " ON n.class_id = c.id ORDER BY c.position, c.id"
    )
    return tuple(SampleClass(id=r["id"], name=r["name"], samples=r["samples"]) for r in rows)
