"""Time ranges on recordings, with rules for those that overlap.

At one moment a recording is of one class. Two ranges of one class that overlap become one;
ranges that only touch stay two. Against a range of another class the person chooses: it is
refused, or the other range gives way, or both stay (and are told of as a conflict).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from studio.domain.errors import ProjectError
from studio.domain.sample import LabelOrigin, TimeRange
from studio.labelling.operations._operation import class_row, known_rows, quoted
from studio.labelling.operations.regions import fit
from studio.store import classes, regions
from studio.store.edits import Edits
from studio.store.project_file import now
from studio.store.regions import Region, numbers_of

__all__ = ["MarkRange", "MoveEdge", "Overlap", "give_way"]

_LEAST_S = 1e-6
"""A shorter overlap or rest is a rounding of two edges that are the same."""


class Overlap(StrEnum):
    """What happens where a range meets one of another class."""

    REFUSE = "refuse"
    CUT = "cut"
    ALLOW = "allow"


def _said() -> dict[str, str]:
    return {"origin": str(LabelOrigin.PERSON), "made_at": now()}


def _shared(one: TimeRange, other: TimeRange) -> float:
    return min(one.end_s, other.end_s) - max(one.start_s, other.start_s)


def _settled(
    edits: Edits, sample_id: int, shape: TimeRange, overlap: Overlap, *, besides: int | None = None
) -> TimeRange:
    """Make room for a range and return it, joined with what it overlaps of its own class."""
    met = [
        (region, found)
        for region in regions.of_samples(edits.project, [sample_id])
        if isinstance(found := region.shape, TimeRange)
        and region.id != besides
        and _shared(found, shape) > _LEAST_S
    ]
    if overlap is Overlap.ALLOW:
        return shape
    name = classes.tidy_name(shape.class_name)
    others = [region for region, found in met if found.class_name != name]
    if others and overlap is Overlap.REFUSE:
        raise _overlaps(others, shape)
    give_way(edits, others, shape)
    own = [(region, found) for region, found in met if found.class_name == name]
    edits.delete("regions", [region.id for region, _ in own])
    starts, ends = [found.start_s for _, found in own], [found.end_s for _, found in own]
    return replace(shape, start_s=min([shape.start_s, *starts]), end_s=max([shape.end_s, *ends]))


def _overlaps(others: Sequence[Region], shape: TimeRange) -> ProjectError:
    first = others[0]
    assert isinstance(first.shape, TimeRange)  # `_settled` looks at no others
    found = first.shape
    return ProjectError(
        f"{found.start_s:g} to {found.end_s:g} s is {quoted(found.class_name)} already"
        f" (range {first.id}), which overlaps {shape.start_s:g} to {shape.end_s:g} s.",
        "Choose other seconds, or let the earlier range give way (--overlap cut).",
        code="label.overlap",
    )


def give_way(edits: Edits, others: Sequence[Region], kept: TimeRange) -> None:
    """Cut ranges back so that none overlaps another; what nothing is left of goes."""
    for region in others:
        found = region.shape
        assert isinstance(found, TimeRange)  # the callers choose ranges
        rest = [
            (start, end)
            for start, end in ((found.start_s, kept.start_s), (kept.end_s, found.end_s))
            if end - start > _LEAST_S
        ]
        if not rest:
            edits.delete("regions", [region.id])
            continue
        pieces = [numbers_of(replace(found, start_s=start, end_s=end)) for start, end in rest]
        edits.update("regions", [region.id], pieces[0])
        row = class_row(edits, found.class_name)
        for piece in pieces[1:]:
            values = {"sample_id": region.sample_id, "class_id": row, **piece}
            edits.insert("regions", {**values, **_said()})


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkRange:
    """Mark seconds of a recording as a class, which is made if it is new."""

    kind: ClassVar[str] = "mark-range"
    sample_id: int
    shape: TimeRange
    overlap: str = Overlap.REFUSE

    @property
    def title(self) -> str:
        """For the menu."""
        return f"Mark a time range {quoted(self.shape.class_name)}"

    def apply(self, edits: Edits) -> None:
        """Raises ProjectError ``label.overlap``, ``.outside``, ``.wrong_kind`` and the like."""
        fit(edits, self.sample_id, self.shape)
        row = class_row(edits, self.shape.class_name)
        shape = _settled(edits, self.sample_id, self.shape, Overlap(self.overlap))
        values = {"sample_id": self.sample_id, "class_id": row, **numbers_of(shape)}
        edits.insert("regions", {**values, **_said()})


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveEdge:
    """Move the start or the end of a time range, or both; None leaves one where it is."""

    kind: ClassVar[str] = "move-edge"
    region_id: int
    start_s: float | None = None
    end_s: float | None = None
    overlap: str = Overlap.REFUSE

    @property
    def title(self) -> str:
        """For the menu."""
        return "Move a time range"

    def apply(self, edits: Edits) -> None:
        """Raises ProjectError as `MarkRange`, ``label.unknown_region`` or ``.empty_range``."""
        region, before = _range_of(edits, self.region_id)
        shape = _moved(before, self.start_s, self.end_s)
        fit(edits, region.sample_id, shape)
        shape = _settled(
            edits, region.sample_id, shape, Overlap(self.overlap), besides=self.region_id
        )
        if shape != before:
            edits.update("regions", [self.region_id], {**numbers_of(shape), **_said()})


def _range_of(edits: Edits, region_id: int) -> tuple[Region, TimeRange]:
    known_rows(edits, "regions", [region_id])
    found = regions.get(edits.project, [region_id])[0]
    if not isinstance(found.shape, TimeRange):
        raise ProjectError(
            f"{region_id} is a box and no time range.",
            "Choose one of those that `ranges` lists.",
            code="label.wrong_kind",
        )
    return found, found.shape


def _moved(shape: TimeRange, start_s: float | None, end_s: float | None) -> TimeRange:
    start = shape.start_s if start_s is None else start_s
    end = shape.end_s if end_s is None else end_s
    try:
        return replace(shape, start_s=start, end_s=end)
    except ValueError:
        raise ProjectError(
            f"A range from {start:g} to {end:g} s does not start before it ends.",
            "Move the other edge as well, or delete the range.",
            code="label.empty_range",
        ) from None
