"""What a report is about: one model on one device, and all that is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from studio.domain.candidate import Artifact, ArtifactFormat, Candidate, Precision
from studio.domain.device import Device
from studio.domain.evaluation import AnyEvaluation, RegressionEvaluation
from studio.domain.judgement import Comparison
from studio.domain.phrase import Phrase
from studio.domain.preprocessing import TargetScale
from studio.domain.report import CompatibilityReport, Verdict
from studio.export.contents import (
    BundleContents,
    CCode,
    Certainty,
    DatasetFacts,
    SearchFacts,
)
from studio.export.wording import SampleWords, Translate, words_of

__all__ = ["Comparing", "Learned", "Subject", "subject_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """Where a candidate comes from; a stranger's file has none of this.

    Attributes:
        candidate: The model.
        dataset: The dataset version it was trained on.
        search: How it was found.
        certainty: How sure it is; None for amounts, and where nobody asked.
    """

    candidate: Candidate
    dataset: DatasetFacts
    search: SearchFacts
    certainty: Certainty | None = None

    @property
    def target(self) -> TargetScale | None:
        """What the output means where it is an amount; None for classes."""
        return getattr(self.candidate.preprocessing, "target", None)

    @property
    def test(self) -> AnyEvaluation | None:
        """The int8 result on the test split, or None before it was measured."""
        return self.candidate.test

    @property
    def told(self) -> AnyEvaluation:
        """The result to tell of: on the test side, else on the validation side."""
        return self.test or self.candidate.validation

    @property
    def before(self) -> Artifact | None:
        """The float file the int8 file was made from, where it was tested."""
        found = self.candidate.artifact(Precision.FLOAT32, ArtifactFormat.TFLITE)
        return found if found and found.evaluation else None

    @property
    def amounts(self) -> bool:
        """Whether it tells an amount."""
        return isinstance(self.candidate.validation, RegressionEvaluation)

    def words(self, tr: Translate) -> SampleWords:
        """Return what its samples are called."""
        return words_of(self.candidate.preprocessing, tr)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One model on one device.

    Attributes:
        title: Of the project, or the name of the file.
        device: On what.
        report: The verdict with everything behind it.
        learned: Where the model comes from; None for a stranger's file.
        size_bytes: Length of the file that was checked; None where it is an artifact's.
        digest: SHA-256 of that file; empty as above.
        code: The model as C and what was shown of it; None where nobody made it.
        in_bundle: Whether the report travels in a bundle.
        advice: What else would fit or would be better, a sentence each.
        with_change: Whether the advice makes it fit.
        versions: Version by library name.
    """

    title: str
    device: Device
    report: CompatibilityReport
    learned: Learned | None = None
    size_bytes: int | None = None
    digest: str = ""
    code: CCode | None = None
    in_bundle: bool = False
    advice: tuple[Phrase | str, ...] = ()
    with_change: bool = False
    versions: Mapping[str, str] = field(default_factory=dict)

    @property
    def verdict(self) -> Verdict:
        """The report's, unless a change was found that makes it fit."""
        return Verdict.FITS_WITH_CHANGE if self.with_change else self.report.verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparing:
    """Several models on several devices.

    Attributes:
        title: Of the project, or the name of the file.
        subjects: Every model on every device; those of one model follow one another.
        pairs: Candidates compared on the same samples, every other with the first.
    """

    title: str
    subjects: tuple[Subject, ...]
    pairs: tuple[Comparison, ...] = ()


def subject_of(contents: BundleContents) -> Subject:
    """Return what the report of a bundle is about."""
    return Subject(
        title=contents.project_title,
        device=contents.device,
        report=contents.report,
        learned=Learned(
            candidate=contents.candidate,
            dataset=contents.dataset,
            search=contents.search,
            certainty=contents.certainty,
        ),
        code=contents.code,
        in_bundle=True,
        advice=contents.advice,
        versions=contents.versions,
    )
