"""Sessions in the project file: samples taken in one go."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from studio.store.failures import decoded
from studio.store.project_file import ProjectFile

__all__ = ["SampleSession", "SessionOrigin", "all_sessions", "find", "session_id"]


class SessionOrigin(StrEnum):
    """Who said that samples belong together."""

    INFERRED = "inferred"
    PERSON = "person"
    IMPORT = "import"


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleSession:
    """Samples taken in one go, never split between training and test."""

    id: int
    name: str
    origin: SessionOrigin
    samples: int


def find(project: ProjectFile, name: str) -> int | None:
    """Return the row number of a session, or None."""
    found = project.value("SELECT id FROM sessions WHERE name = ?", (name,))
    return None if found is None else int(found)


def session_id(
    project: ProjectFile, name: str, origin: SessionOrigin = SessionOrigin.IMPORT
) -> int:
    """Return the row number of a session, adding it if it is new."""
    found = find(project, name)
    if found is not None:
        return found
    sql = "INSERT INTO sessions (name, origin) VALUES (?, ?)"
    return project.execute(sql, (name, str(origin)))


def all_sessions(project: ProjectFile) -> tuple[SampleSession, ...]:
    """Return the sessions in the order they were made, each with its number of samples."""
    rows = project.rows(
        "SELECT e.id, e.name, e.origin, count(s.id) AS samples FROM sessions e"
        " LEFT JOIN samples s ON s.session_id = e.id GROUP BY e.id ORDER BY e.id"
    )
    with decoded(project.path):
        return tuple(
            SampleSession(**{**dict(row), "origin": SessionOrigin(row["origin"])}) for row in rows
        )
