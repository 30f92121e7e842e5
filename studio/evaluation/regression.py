"""Figures about predicted amounts, with intervals."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from studio.domain.dataset import Split
from studio.domain.errors import EvaluationError
from studio.domain.evaluation import (
    Interval,
    PredictionInterval,
    RegressionEvaluation,
    ResidualBin,
    ValueMistake,
)
from studio.evaluation.predictions import Floats, ValuePredictions, need_samples, need_split
from studio.evaluation.resampling import DRAWS, SEED, interval, resampling, share, weights

__all__ = ["prediction_interval", "regress", "residual_bins"]

_MOST_MISTAKES = 100
_BINS = 10


def regress(
    predictions: ValuePredictions,
    *,
    validation: ValuePredictions | None = None,
    level: float = 0.9,
    draws: int = DRAWS,
    seed: int = SEED,
    most_mistakes: int = _MOST_MISTAKES,
) -> RegressionEvaluation:
    """Return the evaluation of predicted amounts.

    All intervals are bootstrap intervals, over whole groups where there are any.

    Args:
        predictions: The side that is told about.
        validation: Sets the prediction interval, which ``predictions`` (the test side) then
            tests; None for no prediction interval.
        level: Of the prediction interval.
        draws: Of the bootstrap.
        seed: Of the draws.
        most_mistakes: How many to keep.

    Raises:
        EvaluationError: ``evaluation.too_few`` for a single sample; ``evaluation.wrong_split``
            and ``evaluation.too_few`` of `prediction_interval`.

    Source:
        R2: Wright, S. (1921), Correlation and Causation; as 1 - residual / total sum of squares.
        Bootstrap: Efron, B. and Tibshirani, R. (1993), An Introduction to the Bootstrap.
    """
    need_samples(len(predictions), 2, "figures with intervals")
    found = {name: values[0] for name, values in _figures(predictions, None).items()}
    units = resampling(predictions.groups, len(predictions), draws, seed)
    blocks = [
        _figures(predictions, drawn)
        for drawn in weights(predictions.groups, len(predictions), draws, seed)
    ]

    def with_interval(name: str) -> Interval:
        drawn = np.concatenate([block[name] for block in blocks])
        return interval(float(found[name]), drawn, units.units)

    return RegressionEvaluation(
        split=predictions.split,
        unit=predictions.unit,
        samples=len(predictions),
        mae=with_interval("mae"),
        rmse=with_interval("rmse"),
        median_error=with_interval("median"),
        r2=with_interval("r2") if math.isfinite(found["r2"]) else None,
        bias=with_interval("bias"),
        mistakes=_worst(predictions, most_mistakes),
        residuals=residual_bins(predictions),
        resampling=units,
        prediction_interval=_tested(validation, predictions, level),
    )


def _figures(predictions: ValuePredictions, drawn: Floats | None) -> dict[str, Floats]:
    """Return every figure for each row of weights ``(draws, samples)``; None weighs all alike."""
    weight = np.ones((1, len(predictions))) if drawn is None else drawn
    total = weight.sum(axis=1)
    residual = predictions.predicted - predictions.truth
    # Centred, so that the variance does not drown in the size of the amounts.
    truth = predictions.truth - predictions.truth.mean()
    squared = weight @ residual**2
    variance = weight @ truth**2 - (weight @ truth) ** 2 / total
    # Of equal amounts there is no variance, but for the last bits of the sums.
    varied = variance > 1e-12 * (weight @ truth**2)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        r2 = np.where(varied, 1 - squared / variance, np.nan)
    return {
        "mae": weight @ np.abs(residual) / total,
        "rmse": np.sqrt(squared / total),
        "median": _median(np.abs(residual), weight),
        "r2": r2,
        "bias": weight @ residual / total,
    }


def _median(values: Floats, weight: Floats) -> Floats:
    """Return the median of values that count as often as each row of ``weight`` says."""
    order = np.argsort(values, kind="stable")
    ordered, upto = values[order], weight[:, order].cumsum(axis=1)
    half = upto[:, -1:] / 2
    # With an even count the median lies between the two in the middle.
    lower = ordered[(upto >= half).argmax(axis=1)]
    upper = ordered[(upto > half).argmax(axis=1)]
    return np.asarray((lower + upper) / 2)


def _worst(predictions: ValuePredictions, most: int) -> tuple[ValueMistake, ...]:
    order = np.lexsort((predictions.sample_ids, -predictions.off))[:most]
    return tuple(
        ValueMistake(
            sample_id=int(predictions.sample_ids[at]),
            truth=float(predictions.truth[at]),
            predicted=float(predictions.predicted[at]),
        )
        for at in order
        if predictions.off[at] > 0
    )


def residual_bins(predictions: ValuePredictions, bins: int = _BINS) -> tuple[ResidualBin, ...]:
    """Return how residuals (truth - predicted) lie against predictions, by equal counts."""
    order = np.argsort(predictions.predicted, kind="stable")
    found = []
    for part in np.array_split(order, min(bins, len(order))):
        value = predictions.predicted[part]
        residual = predictions.truth[part] - value
        q05, q95 = np.quantile(residual, [0.05, 0.95])
        found.append(
            ResidualBin(
                low=float(value[0]),
                high=float(value[-1]),
                samples=len(part),
                mean=float(residual.mean()),
                q05=float(q05),
                q95=float(q95),
            )
        )
    return tuple(found)


def prediction_interval(validation: ValuePredictions, level: float = 0.9) -> PredictionInterval:
    """Return within what distance of its prediction a new truth lies, with probability ``level``.

    Of n absolute errors on validation it is the k-th smallest, k = ceil((n + 1) * level). The
    promise needs new samples to be like the validation samples; a validation side that also
    chose the model is a little too kind, which the coverage on test shows.

    Raises:
        EvaluationError: ``evaluation.wrong_split``; ``evaluation.too_few`` when k is above n
            (a level of 0.9 needs 9 samples, 0.95 needs 19).
        ValueError: if the level is not between 0 and 1.

    Source:
        Papadopoulos, H. et al. (2002), Inductive Confidence Machines for Regression; Lei, J. et
        al. (2018), Distribution-Free Predictive Inference for Regression, theorem 2.
    """
    if not 0 < level < 1:
        raise ValueError("a level is between 0 and 1")
    need_split(validation, Split.VALIDATION)
    count = len(validation)
    # Without the rounding 20 * 0.95 would need a twentieth sample for its last bit.
    place = math.ceil(round((count + 1) * level, 9))
    least = math.ceil(round(level / (1 - level), 9))
    need_samples(count, least, f"a prediction interval of {level:.0%}")
    return PredictionInterval(
        level=level,
        half_width=float(np.sort(validation.off)[place - 1]),
        calibrated_on=count,
    )


def _tested(
    validation: ValuePredictions | None, test: ValuePredictions, level: float
) -> PredictionInterval | None:
    if validation is None:
        return None
    if validation.unit != test.unit:
        raise EvaluationError(
            "Validation and test are in other units.",
            "Test both on one dataset version.",
            code="evaluation.shapes",
        )
    need_split(test, Split.TEST)
    promised = prediction_interval(validation, level)
    inside = (test.off <= promised.half_width).astype(np.float64)
    return replace(promised, coverage=share(inside, test.groups), tested=len(test))
