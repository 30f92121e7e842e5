"""What the session answers with, beyond the records of the domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.app.amounts import Amounts
from studio.domain.candidate import Candidate
from studio.domain.phrase import Phrase
from studio.domain.report import CompatibilityReport
from studio.domain.sample import SkippedFile

__all__ = ["ExportSummary", "ImportSummary", "Overview"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """How a project stands, in numbers.

    Attributes:
        unlabelled: Samples nothing can be learned from: no class, no time range, no amount.
        stretched: Classes of which time ranges are marked.
        running: Whether a search of this project is at work, started by whomever.
    """

    title: str
    task: str
    samples: int
    unlabelled: int
    classes: int
    dataset_versions: int
    searches: int
    candidates: int
    best: Candidate | None
    size_bytes: int
    running: bool
    stretched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSummary:
    """What an import did.

    Attributes:
        added: New samples.
        already_there: Files whose bytes were in the project under the same name.
        classes: Classes of the project afterwards.
        skipped: Files left out, and why.
        amounts: What the files say, where the project learns amounts; else None.
    """

    added: int
    already_there: int
    classes: tuple[str, ...]
    skipped: tuple[SkippedFile, ...]
    amounts: Amounts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportSummary:
    """What an export wrote.

    Attributes:
        smaller: A smaller candidate that the validation side cannot tell from this one, where
            there is one.
        not_sure: When the model in the bundle answers "not sure", in words; empty for amounts.
        certainty: How sure it is, with the kind of every figure, as plain data; None for amounts.
        sha256: Of the file.
    """

    path: Path
    size_bytes: int
    candidate_id: int
    device_id: str
    report: CompatibilityReport
    smaller: Phrase | None = None
    not_sure: str = ""
    certainty: Mapping[str, Any] | None = None
    sha256: str = ""
