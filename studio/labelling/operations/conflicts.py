"""Deciding conflicts: one class is kept, or the samples are left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from studio.domain.errors import ProjectError
from studio.domain.sample import LabelOrigin, TimeRange
from studio.labelling.conflicts import Conflict, ConflictKind, Side, conflict
from studio.labelling.operations._operation import counted, known_class, quoted
from studio.labelling.operations.labels import label
from studio.labelling.operations.ranges import give_way
from studio.labelling.operations.suggestions import dismiss
from studio.store import classes, regions
from studio.store.edits import Edits

__all__ = ["ResolveConflicts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveConflicts:
    """Decide conflicts in one step.

    Attributes:
        conflicts: Their ids.
        keep: The class that is right; None leaves the samples out of dataset versions.
    """

    kind: ClassVar[str] = "resolve-conflicts"
    conflicts: tuple[str, ...]
    keep: str | None = None

    @property
    def title(self) -> str:
        """For the menu."""
        how = "exclude the samples" if self.keep is None else f"keep {quoted(self.keep)}"
        return f"Resolve {counted(len(self.conflicts), 'conflict')}: {how}"

    def apply(self, edits: Edits) -> None:
        """Raises ProjectError ``label.unknown_conflict`` or ``label.not_a_side``."""
        found = [conflict(edits.project, id) for id in dict.fromkeys(self.conflicts)]
        for one in found:
            if self.keep is None:
                edits.update("samples", one.sample_ids, {"excluded": 1})
            else:
                _KEEP[one.kind](edits, one, _side(one, classes.tidy_name(self.keep)))


def _side(found: Conflict, name: str) -> Side:
    for side in found.sides:
        if side.class_name == name:
            return side
    names = ", ".join(quoted(side.class_name) for side in found.sides)
    raise ProjectError(
        f"The conflict {found.id} is not about {quoted(name)}.",
        f"Keep one of: {names}.",
        code="label.not_a_side",
    )


def _keep_label(edits: Edits, found: Conflict, side: Side) -> None:
    label(edits, found.sample_ids, known_class(edits, side.class_name), LabelOrigin.PERSON)


def _keep_against_neighbours(edits: Edits, found: Conflict, side: Side) -> None:
    """Keep the label and remember that the other class was refused, or take the other."""
    _keep_label(edits, found, side)
    said, other = found.sides
    if side == said:
        dismiss(edits, known_class(edits, other.class_name), found.sample_ids)


def _keep_range(edits: Edits, found: Conflict, side: Side) -> None:
    by_id = {one.id: one for one in regions.get(edits.project, _regions(found))}
    kept = by_id.pop(side.region_ids[0]).shape
    assert isinstance(kept, TimeRange)  # the conflict is between ranges
    give_way(edits, list(by_id.values()), kept)


def _keep_box(edits: Edits, found: Conflict, side: Side) -> None:
    edits.delete("regions", [id for id in _regions(found) if id not in side.region_ids])


def _regions(found: Conflict) -> list[int]:
    return [id for side in found.sides for id in side.region_ids]


_KEEP: Mapping[ConflictKind, Callable[[Edits, Conflict, Side], None]] = {
    ConflictKind.CONTENT: _keep_label,
    ConflictKind.IMPORTS: _keep_label,
    ConflictKind.NEIGHBOURS: _keep_against_neighbours,
    ConflictKind.RANGES: _keep_range,
    ConflictKind.BOXES: _keep_box,
}
