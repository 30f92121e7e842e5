"""Boxes on pictures and time ranges on recordings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from studio.domain.errors import ProjectError
from studio.domain.sample import Box, LabelOrigin, RecordingFacts, SampleKind, TimeRange
from studio.labelling.operations._operation import class_row, counted, known_rows, quoted
from studio.store import samples
from studio.store.edits import Edits
from studio.store.project_file import now
from studio.store.regions import numbers_of

__all__ = ["AddRegion", "ChangeRegion", "DeleteRegions", "fit"]


def fit(edits: Edits, sample_id: int, shape: Box | TimeRange) -> None:
    """Refuse a box on anything but a picture, and a range that leaves its recording."""
    known_rows(edits, "samples", [sample_id])
    [sample] = samples.get(edits.project, [sample_id])
    wanted = SampleKind.IMAGE if isinstance(shape, Box) else SampleKind.RECORDING
    if sample.kind is not wanted:
        raise ProjectError(
            f"{sample.name} is no {'picture' if wanted is SampleKind.IMAGE else 'recording'}.",
            "Boxes go on pictures and time ranges on recordings.",
            code="label.wrong_kind",
        )
    seconds = sample.facts.seconds if isinstance(sample.facts, RecordingFacts) else None
    if isinstance(shape, TimeRange) and seconds is not None and shape.end_s > seconds + 1e-6:
        raise ProjectError(
            f"{sample.name} is {seconds:g} s long.",
            "Mark a range that ends before it.",
            code="label.outside",
        )


def _word(shape: Box | TimeRange) -> str:
    return "box" if isinstance(shape, Box) else "time range"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRegion:
    """Draw a box, or mark a time range; its class is made if it is new."""

    kind: ClassVar[str] = "add-region"
    sample_id: int
    shape: Box | TimeRange

    @property
    def title(self) -> str:
        """For the menu."""
        done = "Draw a box" if isinstance(self.shape, Box) else "Mark a time range"
        return f"{done} {quoted(self.shape.class_name)}"

    def apply(self, edits: Edits) -> None:
        """Raises ProjectError ``label.unknown_sample``, ``.wrong_kind`` or ``.outside``."""
        fit(edits, self.sample_id, self.shape)
        row = class_row(edits, self.shape.class_name)
        values = {"sample_id": self.sample_id, "class_id": row, **numbers_of(self.shape)}
        said = {"origin": str(LabelOrigin.PERSON), "made_at": now()}
        edits.insert("regions", {**values, **said})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRegion:
    """Move a box or range, change its size, or give it another class."""

    kind: ClassVar[str] = "change-region"
    region_id: int
    shape: Box | TimeRange

    @property
    def title(self) -> str:
        """For the menu."""
        return f"Change a {_word(self.shape)} {quoted(self.shape.class_name)}"

    def apply(self, edits: Edits) -> None:
        """Raises ProjectError as `AddRegion`, and ``label.unknown_region``."""
        known_rows(edits, "regions", [self.region_id])
        sql = "SELECT sample_id FROM regions WHERE id = ?"
        fit(edits, edits.project.value(sql, (self.region_id,)), self.shape)
        row = class_row(edits, self.shape.class_name)
        said = {"origin": str(LabelOrigin.PERSON), "made_at": now()}
        values = {"class_id": row, **numbers_of(self.shape), **said}
        edits.update("regions", [self.region_id], values)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteRegions:
    """Take boxes and ranges away."""

    kind: ClassVar[str] = "delete-regions"
    region_ids: tuple[int, ...]

    @property
    def title(self) -> str:
        """For the menu."""
        return f"Delete {counted(len(self.region_ids), 'mark')}"

    def apply(self, edits: Edits) -> None:
        """Raises ProjectError ``label.unknown_region``."""
        edits.delete("regions", known_rows(edits, "regions", self.region_ids))
