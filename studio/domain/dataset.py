"""Dataset versions: an immutable choice of samples, labels and splits."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["DatasetRow", "DatasetVersion", "Split", "SplitShares"]


class Split(StrEnum):
    """The side of a dataset version a sample stands on."""

    TRAIN = "train"
    VALIDATION = "validation"
    TEST = "test"


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitShares:
    """What share of each class goes to validation and to test; the rest trains."""

    validation: float = 0.2
    test: float = 0.2

    def __post_init__(self) -> None:
        if min(self.validation, self.test) <= 0 or self.validation + self.test >= 1:
            raise ValueError("validation and test are above 0 and leave something to train on")


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetRow:
    """One sample as a dataset version holds it, whatever happens to it later."""

    sample_id: int
    sample_digest: str
    class_name: str
    split: Split


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetVersion:
    """An immutable choice of samples, labels and splits.

    Attributes:
        task: Id of the task it was frozen for.
        seed: Seed of the split.
        classes: Class names; a model's output number is an index into them.
        rows: One per sample, in the order of the snapshot.
    """

    task: str
    seed: int
    classes: tuple[str, ...]
    rows: tuple[DatasetRow, ...]

    @property
    def digest(self) -> str:
        """SHA-256 over everything a model can learn from, hexadecimal.

        Row numbers of one project file do not enter, so the same photos with the same
        labels and seed have the same digest in another project.
        """
        content = {
            "task": self.task,
            "seed": self.seed,
            "classes": self.classes,
            "rows": [(row.sample_digest, row.class_name, row.split) for row in self.rows],
        }
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def count(self, split: Split) -> int:
        """Return how many samples stand on one side."""
        return sum(row.split is split for row in self.rows)
