"""Everything about a classifier's answers: figures with intervals, and the samples behind them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from studio.domain.evaluation import (
    AnyEvaluation,
    ClassDetails,
    ClassMetrics,
    ConfusionCell,
    Evaluation,
    Interval,
    Mistake,
    Unit,
    f1_interval,
    wilson_interval,
)
from studio.domain.phrase import Phrase
from studio.evaluation.counting import evaluate
from studio.evaluation.predictions import ClassPredictions, Floats, need_samples
from studio.evaluation.resampling import (
    DRAWS,
    SEED,
    counts,
    effective_size,
    interval,
    resampling,
    share,
    sums,
)

__all__ = ["classify", "independence_phrase", "top_confusions", "worst_mistakes"]

_MOST_MISTAKES = 100


def classify(
    predictions: ClassPredictions,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    most_mistakes: int = _MOST_MISTAKES,
) -> Evaluation:
    """Return the evaluation of a classifier with its details.

    Shares have Wilson intervals, and where groups are given count as few independent samples
    as they are worth (`effective_size`). Balanced accuracy and macro F1 have bootstrap
    intervals: of samples within each class, or of whole groups. Since a bootstrap sees no
    spread where nothing was wrong, these are never narrower than the intervals of the classes
    combined.

    Raises:
        EvaluationError: ``evaluation.too_few`` for a single sample.

    Source:
        Brodersen, K. H. et al. (2010), The Balanced Accuracy and Its Posterior Distribution.
        Opitz, J. and Burst, S. (2019), Macro F1 and Macro F1: the mean of the classes' F1.
        Efron, B. and Tibshirani, R. (1993), An Introduction to the Bootstrap, chapters 8, 13.
    """
    need_samples(len(predictions), 2, "figures with intervals")
    counted = evaluate(
        predictions.outputs,
        predictions.truth,
        classes=predictions.classes,
        split=predictions.split,
    )
    per_class = _per_class(predictions)
    balanced, macro = _means(predictions, per_class, draws, seed)
    details = ClassDetails(
        accuracy=share(predictions.right.astype(np.float64), predictions.groups),
        balanced_accuracy=balanced,
        macro_f1=macro,
        per_class=per_class,
        cells=_cells(predictions),
        mistakes=worst_mistakes(predictions, most_mistakes),
        resampling=resampling(predictions.groups, len(predictions), draws, seed),
    )
    return Evaluation(
        split=counted.split,
        classes=counted.classes,
        confusion=counted.confusion,
        details=details,
    )


def _group_counts(predictions: ClassPredictions) -> tuple[Floats, Floats, Floats]:
    """Return hits, samples of and samples called each class, each ``(groups, classes)``."""
    eye = np.eye(len(predictions.classes))
    truth, called = eye[predictions.truth], eye[predictions.predicted]
    groups = predictions.groups
    return sums(truth * called, groups), sums(truth, groups), sums(called, groups)


def _per_class(predictions: ClassPredictions) -> tuple[ClassMetrics, ...]:
    hits, of, called = _group_counts(predictions)
    union = of + called - hits

    def size(total: Floats, number: int) -> tuple[int, int, float]:
        hit, among = hits[:, number], total[:, number]
        return int(hit.sum()), int(among.sum()), effective_size(hit, among)

    return tuple(
        ClassMetrics(
            name=name,
            samples=int(of[:, number].sum()),
            recall=wilson_interval(*size(of, number)),
            precision=wilson_interval(*size(called, number)),
            f1=f1_interval(*size(union, number)),
        )
        for number, name in enumerate(predictions.classes)
    )


def _means(
    predictions: ClassPredictions, per_class: tuple[ClassMetrics, ...], draws: int, seed: int
) -> tuple[Interval, Interval]:
    """Return balanced accuracy and macro F1."""
    units = resampling(predictions.groups, len(predictions), draws, seed)
    if units.unit is Unit.SAMPLE:
        drawn = [_drawn_samples(predictions, draws, seed)]
    else:
        drawn = list(_drawn_groups(predictions, draws, seed))
    balanced, macro = (np.concatenate(x) for x in zip(*(_scores(*d) for d in drawn), strict=True))
    seen = set(predictions.truth.tolist()) | set(predictions.predicted.tolist())
    recalls = _mean([metrics.recall for metrics in per_class if metrics.samples])
    f1s = _mean([per_class[number].f1 for number in sorted(seen)])
    return (
        _wider(interval(recalls.value, balanced, units.units), recalls),
        _wider(interval(f1s.value, macro, units.units), f1s),
    )


def _mean(parts: list[Interval]) -> Interval:
    """Return the mean of independent figures with its interval.

    Source:
        Zou, G. Y. and Donner, A. (2008), Construction of confidence limits about effect
        measures, Statistics in Medicine 27, 1693-1702 (the square-and-add limits of
        Newcombe, R. G., 1998, for any sum).
    """
    value = float(np.mean([p.value for p in parts]))
    below = np.hypot.reduce([p.value - p.low for p in parts]) / len(parts)
    above = np.hypot.reduce([p.high - p.value for p in parts]) / len(parts)
    return Interval(value, max(0.0, value - float(below)), min(1.0, value + float(above)))


def _wider(first: Interval, second: Interval) -> Interval:
    low, high = min(first.low, second.low), max(first.high, second.high)
    return Interval(first.value, low, high)


def _drawn_samples(
    predictions: ClassPredictions, draws: int, seed: int
) -> tuple[Floats, Floats, Floats]:
    """Draw as many samples of each class as there are; return counts ``(draws, classes)``.

    To draw n samples of a class with replacement and count how they were called is one draw of
    a multinomial distribution with the shares of its row of the confusion matrix.
    """
    size = len(predictions.classes)
    confusion = np.zeros((size, size))
    np.add.at(confusion, (predictions.truth, predictions.predicted), 1)
    rng = np.random.default_rng(seed)
    of = np.broadcast_to(confusion.sum(axis=1), (draws, size))
    hits, called = np.zeros((draws, size)), np.zeros((draws, size))
    for number, row in enumerate(confusion):
        if row.sum():
            drawn = rng.multinomial(int(row.sum()), row / row.sum(), size=draws)
            hits[:, number] = drawn[:, number]
            called += drawn
    return hits, of, called


def _drawn_groups(
    predictions: ClassPredictions, draws: int, seed: int
) -> Iterator[tuple[Floats, Floats, Floats]]:
    """Draw whole groups; yield counts ``(some draws, classes)``."""
    hits, of, called = _group_counts(predictions)
    for drawn in counts(np.random.default_rng(seed), len(hits), draws):
        yield drawn @ hits, drawn @ of, drawn @ called


def _scores(hits: Floats, of: Floats, called: Floats) -> tuple[Floats, Floats]:
    """Return balanced accuracy and macro F1 of each draw, over the classes in it."""
    recall = hits / np.maximum(of, 1)
    f1 = 2 * hits / np.maximum(of + called, 1)
    tested, seen = of > 0, of + called > 0
    return (recall * tested).sum(axis=1) / tested.sum(axis=1), f1.sum(axis=1) / seen.sum(axis=1)


def _cells(predictions: ClassPredictions) -> tuple[ConfusionCell, ...]:
    size = len(predictions.classes)
    place = predictions.truth * size + predictions.predicted
    order = np.argsort(place, kind="stable")
    found, first = np.unique(place[order], return_index=True)
    ids = np.split(predictions.sample_ids[order], first[1:])
    return tuple(
        ConfusionCell(
            truth=int(cell // size), predicted=int(cell % size), sample_ids=tuple(behind.tolist())
        )
        for cell, behind in zip(found, ids, strict=True)
    )


def worst_mistakes(
    predictions: ClassPredictions, most: int = _MOST_MISTAKES
) -> tuple[Mistake, ...]:
    """Return the samples called wrongly, those the model was surest of first.

    Of equally sure ones, the one that gave its true class less first, then by sample id.
    """
    called = predictions.predicted
    wrong = np.flatnonzero(called != predictions.truth)
    sure = predictions.outputs[wrong, called[wrong]]
    true = predictions.outputs[wrong, predictions.truth[wrong]]
    order = np.lexsort((predictions.sample_ids[wrong], true, -sure))[:most]
    return tuple(
        Mistake(
            sample_id=int(predictions.sample_ids[at]),
            truth=int(predictions.truth[at]),
            predicted=int(called[at]),
            confidence=float(predictions.outputs[at, called[at]]),
            truth_confidence=float(predictions.outputs[at, predictions.truth[at]]),
        )
        for at in wrong[order]
    )


def top_confusions(evaluation: Evaluation, most: int = 5) -> tuple[Phrase, ...]:
    """Return which class is most often taken for which, the most samples first, in words."""
    pairs = [
        (-count, truth, predicted)
        for truth, row in enumerate(evaluation.confusion)
        for predicted, count in enumerate(row)
        if count and truth != predicted
    ]
    return tuple(
        Phrase.of(
            "confused",
            truth=evaluation.classes[truth],
            predicted=evaluation.classes[predicted],
            count=-count,
            of=sum(evaluation.confusion[truth]),
        )
        for count, truth, predicted in sorted(pairs)[:most]
    )


def independence_phrase(evaluation: AnyEvaluation) -> Phrase:
    """Return what the intervals of an evaluation take as independent, in words."""
    told = evaluation.details if isinstance(evaluation, Evaluation) else evaluation
    if told is None or told.resampling.unit is Unit.SAMPLE:
        return Phrase.of("by-sample", units=evaluation.samples)
    units = told.resampling.units
    return Phrase.of("one-group" if units == 1 else "by-group", units=units)
