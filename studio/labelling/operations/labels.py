"""Putting samples into a class, taking them out, and keeping them out of dataset versions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from studio.domain.sample import LabelOrigin
from studio.labelling.operations._operation import class_row, counted, known_rows, quoted
from studio.store.edits import Edits
from studio.store.project_file import now

__all__ = ["AcceptSuggestions", "Assign", "Clear", "Exclude", "Include"]


def label(edits: Edits, sample_ids: tuple[int, ...], row: int, origin: LabelOrigin) -> None:
    """Label samples that are there with a class that is there.

    Those that say so already keep when it was said: saying it twice is no step.
    """
    said = {"class_id": row, "label_origin": str(origin)}
    chosen = edits.unlike("samples", known_rows(edits, "samples", sample_ids), said)
    edits.update("samples", chosen, {**said, "labelled_at": now()})


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    """Label samples with one class, which is made if it is new."""

    kind: ClassVar[str] = "assign"
    sample_ids: tuple[int, ...]
    class_name: str

    @property
    def title(self) -> str:
        """For the menu."""
        return f"Label {counted(len(self.sample_ids))} {quoted(self.class_name)}"

    def apply(self, edits: Edits) -> None:
        """Raises ProjectError ``label.empty_name`` or ``label.unknown_sample``."""
        row = class_row(edits, self.class_name)
        label(edits, self.sample_ids, row, LabelOrigin.PERSON)


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptSuggestions:
    """Label each sample with the class a model suggested for it, all in one step."""

    kind: ClassVar[str] = "accept-suggestions"
    suggested: tuple[tuple[int, str], ...]

    @property
    def title(self) -> str:
        """For the menu."""
        return f"Accept {counted(len(self.suggested), 'suggestion')}"

    def apply(self, edits: Edits) -> None:
        """Raises ProjectError ``label.empty_name`` or ``label.unknown_sample``."""
        by_class: dict[str, list[int]] = {}
        for sample, class_name in self.suggested:
            by_class.setdefault(class_name, []).append(sample)
        for class_name, found in by_class.items():
            row = class_row(edits, class_name)
            label(edits, tuple(found), row, LabelOrigin.MODEL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clear:
    """Take the labels of samples away."""

    kind: ClassVar[str] = "clear"
    sample_ids: tuple[int, ...]

    @property
    def title(self) -> str:
        """For the menu."""
        return f"Clear the label of {counted(len(self.sample_ids))}"

    def apply(self, edits: Edits) -> None:
        """Raises ProjectError ``label.unknown_sample``."""
        values = {"class_id": None, "label_origin": None, "labelled_at": None}
        edits.update("samples", known_rows(edits, "samples", self.sample_ids), values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclude:
    """Keep samples out of dataset versions; they stay in the project."""

    kind: ClassVar[str] = "exclude"
    sample_ids: tuple[int, ...]

    @property
    def title(self) -> str:
        """For the menu."""
        return f"Exclude {counted(len(self.sample_ids))}"

    def apply(self, edits: Edits) -> None:
        """Raises ProjectError ``label.unknown_sample``."""
        chosen = known_rows(edits, "samples", self.sample_ids)
        edits.update("samples", chosen, {"excluded": 1})


@dataclass(frozen=True, slots=True, kw_only=True)
class Include:
    """Let excluded samples into dataset versions again."""

    kind: ClassVar[str] = "include"
    sample_ids: tuple[int, ...]

    @property
    def title(self) -> str:
        """For the menu."""
        return f"Include {counted(len(self.sample_ids))}"

    def apply(self, edits: Edits) -> None:
        """Raises ProjectError ``label.unknown_sample``."""
        chosen = known_rows(edits, "samples", self.sample_ids)
        edits.update("samples", chosen, {"excluded": 0})
