"""What would make a model fit a device: what was really tried, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from studio.domain.evaluation import AnyEvaluation
from studio.domain.judgement import Comparison
from studio.domain.phrase import Phrase
from studio.domain.report import CompatibilityReport, Verdict

__all__ = ["Advice", "Change", "Outcome", "Try"]


class Change(StrEnum):
    """Kinds of change, the smallest first."""

    RUNTIME = "runtime"
    PRECISION = "precision"
    CANDIDATE = "candidate"
    SEARCH = "search"


class Outcome(StrEnum):
    """What came of trying; ``REFUSED``: it could not be made, or loses too much."""

    FITS = "fits"
    DOES_NOT_FIT = "does-not-fit"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    NOT_TRIED = "not-tried"


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One change.

    Attributes:
        change: Of what kind.
        outcome: What came of it.
        phrases: What was done and what came of it, or why it was not tried.
        report: Of what the change makes, on the device; None where nothing was made.
        candidate_id: Which candidate it is about; None for a model file.
        recipe: Id of the recipe that was followed; empty for other changes.
        before: Result of the model before, on the side that `after` is of; None where nothing
            was measured.
        after: Result with the change.
        compared: The model before (first) and after it on the same samples; None where their
            answers are not kept.
    """

    change: Change
    outcome: Outcome
    phrases: tuple[Phrase, ...]
    report: CompatibilityReport | None = None
    candidate_id: int | None = None
    recipe: str = ""
    before: AnyEvaluation | None = None
    after: AnyEvaluation | None = None
    compared: Comparison | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One model on one device, and the smallest change with which it fits.

    Attributes:
        report: Of the model as it is.
        candidate_id: Which candidate; None for a model file.
        tries: Changes in the order they were tried; those after one that fits were not.
        grower: The answer in one sentence for the person.
        spare: What is left of RAM and flash with it; None where nothing fits.
        engineer: The same with numbers.
        command: What to run in order to try further; empty where there is nothing.
    """

    report: CompatibilityReport
    candidate_id: int | None
    tries: tuple[Try, ...]
    grower: Phrase
    spare: Phrase | None
    engineer: Phrase
    command: str = ""

    @property
    def change(self) -> Try | None:
        """The smallest change with which it fits; None where none was found or needed."""
        return next((one for one in self.tries if one.outcome is Outcome.FITS), None)

    @property
    def verdict(self) -> Verdict:
        """The report's, unless a change was found that makes it fit."""
        return self.report.verdict if self.change is None else Verdict.FITS_WITH_CHANGE
