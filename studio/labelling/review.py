"""What to look at next: unlabelled samples, then what a model doubts or sees otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from studio.domain.sample import Sample
from studio.store import samples
from studio.store.project_file import ProjectFile
from studio.store.samples import SampleFilter

__all__ = ["ReviewItem", "ReviewReason", "review_queue"]


class ReviewReason(StrEnum):
    """Why a sample is worth a look."""

    UNLABELLED = "unlabelled"
    DISAGREES = "disagrees"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """One sample to look at.

    Attributes:
        sample_id: Which.
        reason: Why.
        suggestion: The class the model finds likeliest, or None without a prediction.
        margin: How far ahead of the second class it is, 0 to 1, or None.
    """

    sample_id: int
    reason: ReviewReason
    suggestion: str | None = None
    margin: float | None = None


def review_queue(
    project: ProjectFile,
    predicted: Mapping[int, Mapping[str, float]] | None = None,
    *,
    limit: int = 200,
    certain: float = 0.5,
) -> tuple[ReviewItem, ...]:
    """Return the samples worth a look, the most useful first; excluded ones are left out.

    Unlabelled samples come first, among them those the model is least certain of; then
    labelled ones the model calls otherwise, the surest contradiction first; then labelled
    ones it is not certain of.

    Args:
        project: Where they are.
        predicted: By sample, the probability of each class, of the current model; samples
            may be missing.
        limit: How many at most.
        certain: From which margin on a labelled sample the model agrees with is left out.

    Source:
        Margin sampling: Settles, "Active Learning Literature Survey" (2009), 3.1: the
        difference between the two likeliest classes.
    """
    known = predicted or {}
    unlabelled = samples.page(project, SampleFilter(unlabelled=True, excluded=False))
    waiting = sorted((_item(sample, known) for sample in unlabelled), key=_least_certain)
    queue = waiting[:limit]
    if len(queue) < limit and known:
        queue += sorted(_doubted(project, known, certain), key=_order)[: limit - len(queue)]
    return tuple(queue)


def _doubted(
    project: ProjectFile, known: Mapping[int, Mapping[str, float]], certain: float
) -> Iterable[ReviewItem]:
    for sample in samples.get(project, tuple(known)):
        if sample.class_name is None or sample.excluded:
            continue
        item = _item(sample, known)
        unsure = item.margin is not None and item.margin < certain
        if item.reason is ReviewReason.DISAGREES or unsure:
            yield item


def _item(sample: Sample, known: Mapping[int, Mapping[str, float]]) -> ReviewItem:
    ranked = sorted(known.get(sample.id, {}).items(), key=lambda pair: (-pair[1], pair[0]))
    suggestion = ranked[0][0] if ranked else None
    margin = None
    if ranked:
        margin = ranked[0][1] - (ranked[1][1] if len(ranked) > 1 else 0.0)
    reason = ReviewReason.UNCERTAIN
    if sample.class_name is None:
        reason = ReviewReason.UNLABELLED
    elif suggestion is not None and suggestion != sample.class_name:
        reason = ReviewReason.DISAGREES
    return ReviewItem(sample_id=sample.id, reason=reason, suggestion=suggestion, margin=margin)


def _least_certain(item: ReviewItem) -> tuple[float, int]:
    """Order by margin; what the model has not seen comes last, as it was imported."""
    return (2.0 if item.margin is None else item.margin, item.sample_id)


def _order(item: ReviewItem) -> tuple[bool, float, int]:
    disagrees = item.reason is ReviewReason.DISAGREES
    margin = item.margin or 0.0
    return (not disagrees, -margin if disagrees else margin, item.sample_id)
