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
        origin: Who says so. An existing session keeps its own origin, but one that was
            inferred becomes the person's when a person puts samples into it.
        origins: Who says so group by group, where that differs; empty is ``origin`` for all.
    """

    kind: ClassVar[str] = "move-to-session"
    groups: tuple[tuple[str | None, tuple[int, ...]], ...]
    origin: str = SessionOrigin.PERSON
    origins: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """For the menu."""
        total = sum(len(found) for _, found in self.groups)
        if len(self.groups) == 1 and self.groups[0][0] is not None:
            return f"Move {counted(total)} to the session {quoted(self.groups[0][0])}"
        return f"Move {counted(total)} between sessions"

    def apply(self, edits: Edits) -> None:
        """Raises ProjectError ``label.unknown_sample``."""
        origins = self.origins or (self.origin,) * len(self.groups)
        for (name, found), origin in zip(self.groups, origins, strict=True):
            row = None if name is None else _row(edits, name, origin)
            chosen = known_rows(edits, "samples", found)
            edits.update("samples", chosen, {"session_id": row})


def _row(edits: Edits, name: str, origin: str) -> int:
    found = sessions.find(edits.project, name)
    if found is None:
        return edits.insert("sessions", {"name": name, "origin": str(origin)})
    if origin == SessionOrigin.PERSON:
        before = edits.project.value("SELECT origin FROM sessions WHERE id = ?", (found,))
        if sessions.is_inferred(str(before)):
            edits.update("sessions", [found], {"origin": str(SessionOrigin.PERSON)})
    return found
