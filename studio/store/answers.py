"""What candidates answered on the samples of a side, packed, in the project file."""

from __future__ import annotations

from studio.domain.dataset import Split
from studio.store.project_file import ProjectFile

__all__ = ["get", "put"]


def put(project: ProjectFile, candidate_id: int, split: Split, content: bytes) -> None:
    """Keep the answers of a candidate on a side, in place of earlier ones."""
    project.execute(
        "INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", (candidate_id, str(split), content)
    )


def get(project: ProjectFile, candidate_id: int, split: Split) -> bytes | None:
    """Return the answers of a candidate on a side, or None where none are kept."""
    sql = "SELECT content FROM answers WHERE candidate_id = ? AND split = ?"
    found = project.value(sql, (candidate_id, str(split)))
    return found if isinstance(found, bytes) else None
