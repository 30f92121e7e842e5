"""Sessions in the project file: samples taken in one go."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from studio.store.failures import decoded
from studio.store.project_file import ProjectFile

__all__ = [
    "SampleSession",
    "SessionOrigin",
    "all_sessions",
    "find",
    "inferred_by",
    "is_inferred",
    "session_id",
]

_INFERRED = re.compile(r"inferred(?::([a-z][a-z0-9-]{0,40}))?")
"""How the origin of an inferred session is written: with the evidence, where it is known."""


class SessionOrigin(StrEnum):
    """Who said that samples belong together."""

    INFERRED = "inferred"
    PERSON = "person"
    IMPORT = "import"


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleSession:
    """Samples taken in one go, never split between training and test.

    Attributes:
        evidence: Id of the evidence that an inferred one was found by; empty if not known.
    """

    id: int
    name: str
    origin: SessionOrigin
    samples: int
    evidence: str = ""


def inferred_by(evidence: str) -> str:
    """Return the origin of a session that some evidence spoke for, as it is written.

    Raises:
        ValueError: if this is no id of evidence.
    """
    text = f"{SessionOrigin.INFERRED}:{evidence}"
    if _INFERRED.fullmatch(text) is None:
        raise ValueError(f"{evidence!r} is no id of evidence")
    return text


def is_inferred(origin: str) -> bool:
    """Return whether an origin, as it is written, is that of an inferred session."""
    return _INFERRED.fullmatch(origin) is not None


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
        return tuple(SampleSession(**{**dict(row), **_origin(row["origin"])}) for row in rows)


def _origin(text: str) -> dict[str, str]:
    match = _INFERRED.fullmatch(text)
    if match is None:
        return {"origin": SessionOrigin(text)}
    return {"origin": SessionOrigin.INFERRED, "evidence": match[1] or ""}
