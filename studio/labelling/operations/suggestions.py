"""Refusing suggestions; taking them is `AcceptSuggestions`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from studio.labelling.operations._operation import counted, known_class, known_rows
from studio.store.edits import Edits
from studio.store.project_file import now

__all__ = ["DismissSuggestions", "dismiss"]


def dismiss(edits: Edits, class_row: int, sample_ids: Iterable[int]) -> None:
    """Remember that samples are not of a class; what is remembered already is passed over."""
    sql = "SELECT coalesce(max(id), 0) FROM dismissals"
    before = edits.project.value(sql)
    edits.project.execute(
        "INSERT OR IGNORE INTO dismissals (sample_id, class_id, made_at)"
        " SELECT value, ?, ? FROM json_each(?)",
        (class_row, now(), json.dumps(list(known_rows(edits, "samples", sample_ids)))),
    )
    new = edits.project.rows("SELECT id FROM dismissals WHERE id > ?", (before,))
    edits.inserted("dismissals", (row["id"] for row in new))


@dataclass(frozen=True, slots=True, kw_only=True)
class DismissSuggestions:
    """Never suggest these classes for these samples again, whoever suggests them."""

    kind: ClassVar[str] = "dismiss-suggestions"
    suggested: tuple[tuple[int, str], ...]

    @property
    def title(self) -> str:
        """For the menu."""
        return f"Dismiss {counted(len(self.suggested), 'suggestion')}"

    def apply(self, edits: Edits) -> None:
        """Raises ProjectError ``label.unknown_class`` or ``label.unknown_sample``."""
        by_class: dict[str, list[int]] = {}
        for sample, class_name in self.suggested:
            by_class.setdefault(class_name, []).append(sample)
        for class_name, found in by_class.items():
            dismiss(edits, known_class(edits, class_name), found)
