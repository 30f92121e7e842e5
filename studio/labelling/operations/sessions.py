"""Moving samples between sessions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from studio.labelling.operations._operation import counted, known_rows, quoted
from studio.store import sessions
from studio.store.edits import Edits
from studio.store.sessions import SessionOrigin

__all__ = ["MoveToSession"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveToSession:
    """Say that samples were taken in one go; None says they belong to no session.

    Attributes:
        groups: Session names and the samples of each, all moved in one step.
        origin: Who says so; an existing session keeps its own.
    """

    kind: ClassVar[str] = "move-to-session"
    groups: tuple[tuple[str | None, tuple[int, ...]], ...]
    origin: str = SessionOrigin.PERSON

    @property
    def title(self) -> str:
        """For the menu."""
        total = sum(len(found) for _, found in self.groups)
        if len(self.groups) == 1 and self.groups[0][0] is not None:
            return f"Move {counted(total)} to the session {quoted(self.groups[0][0])}"
        return f"Move {counted(total)} between sessions"

    def apply(self, edits: Edits) -> None:
        """Raises ProjectError ``label.unknown_sample``."""
        for name, found in self.groups:
            row = None if name is None else self._row(edits, name)
            chosen = known_rows(edits, "samples", found)
            edits.update("samples", chosen, {"session_id": row})

    def _row(self, edits: Edits, name: str) -> int:
        found = sessions.find(edits.project, name)
        if found is not None:
            return found
        return edits.insert("sessions", {"name": name, "origin": str(self.origin)})
