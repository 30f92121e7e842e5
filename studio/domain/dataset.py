"""Dataset versions: an immutable choice of samples, labels and splits."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

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
    """One sample, or one labelled stretch of it, as a dataset version holds it for ever.

    Attributes:
        sample_id: Row number in the project it was frozen in.
        sample_digest: SHA-256 of the original bytes.
        class_name: What it is; ``""`` where the task learns an amount.
        split: Its side; all rows of one sample stand on one side.
        amount: What is to be told, where the task learns an amount; else None.
        range_s: Start and end in seconds, where a stretch of a recording is meant; else None.
    """

    sample_id: int
    sample_digest: str
    class_name: str
    split: Split
    amount: float | None = None
    range_s: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        if bool(self.class_name) is (self.amount is not None):
            raise ValueError("a row has either a class or an amount")

    def learned(self) -> tuple[Any, ...]:
        """Return what of it a model can learn from, the part the version's digest is made of."""
        usual = (self.sample_digest, self.class_name, str(self.split))
        further = (self.amount, self.range_s)
        return usual if further == (None, None) else (*usual, *further)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetVersion:
    """An immutable choice of samples, labels and splits.

    Attributes:
        task: Id of the task it was frozen for.
        seed: Seed of the split.
        classes: Class names; a model's output number is an index into them. Empty where the
            task learns an amount.
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
            "rows": [row.learned() for row in self.rows],
        }
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def count(self, split: Split) -> int:
        """Return how many samples stand on one side."""
        return sum(row.split is split for row in self.rows)
