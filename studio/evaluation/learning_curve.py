"""Would more data help? A curve through the errors of models trained on more and more samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from studio.domain.errors import EvaluationError
from studio.domain.evaluation import Interval
from studio.domain.judgement import LearningCurve, LearningPoint, MoreData
from studio.domain.phrase import Phrase
from studio.evaluation.comparison import Predictions, losses
from studio.evaluation.predictions import ClassPredictions, Floats
from studio.evaluation.resampling import DRAWS, SEED, mean_interval, share

__all__ = ["curve_errors", "learning_curve", "learning_points"]

FEWEST_POINTS = 3
_POWERS = np.geomspace(0.05, 2.0, 80)
"""Published exponents are 0.07 to 0.35 for whole networks (Hestness, J. et al., 2017, Deep
Learning Scaling is Predictable, Empirically) and about 0.5 to 1 for smaller classifiers."""

_WORTH = 0.1
"""Taking a tenth of the errors away is worth the trouble, unless the person says otherwise."""

_Z_95 = 1.959963984540054


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fits:
    """Curves, one per row; all ``(rows,)``."""

    floor: Floats
    scale: Floats
    power: Floats

    def at(self, size: float) -> Floats:
        """Return the errors at a size in units of the largest one measured."""
        return np.asarray(self.floor + self.scale * size**-self.power)


def learning_points(
    trained: Sequence[tuple[int, Sequence[Predictions]]], *, draws: int = DRAWS, seed: int = SEED
) -> tuple[LearningPoint, ...]:
    """Return the mean error of trainings on each amount of data, with its interval.

    Two things make an error uncertain: which samples it was measured on, of classes Wilson's
    interval (nothing wrong on few samples is not nothing wrong), of amounts a bootstrap interval
    of the samples' mean errors; and chance in training, told by how trainings on as much data
    differ, pooled over the amounts of which there are several. The two are independent, so
    their widths add as squares. With no amount trained twice, the second is left out.

    Args:
        trained: Numbers of training samples, each with the predictions of one or more
            trainings; all of the same samples.
        draws: Of the bootstrap.
        seed: Of the draws.
    """
    errors = [[losses(predictions) for predictions in runs] for _, runs in trained]
    apart = [
        (float(np.var([run.mean() for run in runs], ddof=1)), len(runs) - 1)
        for runs in errors
        if len(runs) > 1
    ]
    freedom = sum(weight for _, weight in apart)
    chance = sum(value * weight for value, weight in apart) / freedom if freedom else 0.0
    return tuple(
        LearningPoint(
            samples=size,
            error=_widened(
                _of_samples(told[0], runs, draws, seed),
                _Z_95 * float(np.sqrt(chance / len(runs))),
            ),
        )
        for (size, told), runs in zip(trained, errors, strict=True)
    )


def _of_samples(told: Predictions, runs: Sequence[Floats], draws: int, seed: int) -> Interval:
    """Return the mean error of trainings tested on the same samples, and what these leave open."""
    if not isinstance(told, ClassPredictions):
        return mean_interval(np.mean(runs, axis=0), told.groups, draws, seed)
    shares = [share(run, told.groups) for run in runs]
    value, low, high = np.mean([[s.value, s.low, s.high] for s in shares], axis=0).tolist()
    return Interval(value, low, high)


def _widened(found: Interval, half: float) -> Interval:
    below = float(np.hypot(found.value - found.low, half))
    above = float(np.hypot(found.high - found.value, half))
    return Interval(found.value, max(0.0, found.value - below), found.value + above)


def learning_curve(
    points: Sequence[LearningPoint],
    *,
    worth: float | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> LearningCurve:
    """Fit a power law with a floor to measured errors and tell what twice the data would do.

    ``error = floor + scale * samples ** -power`` with floor and scale at least 0 and power from
    0.05 to 2, by least squares weighted with the intervals of the points. For a given power
    the other two are solved exactly, so the powers are simply gone through. The range comes
    from drawing every point anew within its interval and fitting again.

    The verdict is *helps* when even the low end of the gain is at least ``worth``, *little*
    when even the high end is below, else *cannot tell*.

    Args:
        points: Three or more amounts of data; errors from 0 up, the lower the better.
        worth: What gain counts as help; None for a tenth of the error now.
        draws: Of the bootstrap.
        seed: Of the draws.

    Raises:
        EvaluationError: ``evaluation.too_few_points`` below three different amounts of data;
            ``evaluation.not_finite`` for points that are none.

    Source:
        Cortes, C. et al. (1993), Learning Curves: Asymptotic Values and Rate of Convergence;
        Figueroa, R. L. et al. (2012), Predicting Sample Size Required for Classification
        Performance. Solving for two of three: Golub, G. and Pereyra, V. (1973), The
        Differentiation of Pseudo-Inverses and Nonlinear Least Squares Problems. Parametric
        bootstrap: Efron, B. and Tibshirani, R. (1993), An Introduction to the Bootstrap.
    """
    ordered = tuple(sorted(points, key=lambda point: point.samples))
    _check(ordered)
    size = np.array([float(point.samples) for point in ordered]) / ordered[-1].samples
    error = np.array([point.error.value for point in ordered])
    noise = _noise(ordered)
    best = _fit(size, error[None], noise)
    drawn = error + noise * np.random.default_rng(seed).standard_normal((draws, len(error)))
    fits = _fit(size, np.maximum(drawn, 0.0), noise)
    twice = _range(best.at(2.0), fits.at(2.0))
    gain = _range(best.at(1.0) - best.at(2.0), fits.at(1.0) - fits.at(2.0))
    now = float(best.at(1.0)[0])
    worthy = _WORTH * now if worth is None else worth
    verdict = _verdict(gain, worthy)
    most = ordered[-1].samples
    return LearningCurve(
        points=ordered,
        floor=float(best.floor[0]),
        scale=float(best.scale[0] * most ** best.power[0]),
        power=float(best.power[0]),
        now=now,
        twice=twice,
        gain=gain,
        worth=worthy,
        verdict=verdict,
        phrase=_phrase(verdict, twice, 2 * most),
    )


def curve_errors(curve: LearningCurve, samples: Sequence[float]) -> list[float]:
    """Return the fitted curve at these numbers of samples, for drawing."""
    sizes = np.asarray(samples, np.float64)
    found: list[float] = (curve.floor + curve.scale * sizes**-curve.power).tolist()
    return found


def _check(points: tuple[LearningPoint, ...]) -> None:
    values = [x for p in points for x in (p.error.value, p.error.low, p.error.high)]
    if not np.isfinite(values).all() or any(
        p.samples < 1 or not 0 <= p.error.low <= p.error.value <= p.error.high for p in points
    ):
        raise EvaluationError(
            "A measured error of the learning curve is not usable.",
            "Measure it again.",
            code="evaluation.not_finite",
        )
    amounts = len({point.samples for point in points})
    if amounts < FEWEST_POINTS:
        raise EvaluationError(
            f"{amounts} amounts of data are too few to tell whether more would help.",
            f"Train on at least {FEWEST_POINTS} different amounts.",
            code="evaluation.too_few_points",
        )


def _noise(points: tuple[LearningPoint, ...]) -> Floats:
    """Return the standard errors the intervals stand for."""
    width = np.array([point.error.high - point.error.low for point in points])
    # A point that claims no error at all must not outweigh every other without end.
    least = 0.1 * np.median(width) if np.median(width) > 0 else 1e-9
    return np.asarray(np.maximum(width, least) / (2 * _Z_95))


def _fit(size: Floats, errors: Floats, noise: Floats) -> _Fits:
    """Fit every row of ``errors``, ``(rows, points)``."""
    weight = noise**-2 / (noise**-2).sum()
    floors, scales, losses = [], [], []
    for power in _POWERS:
        floor, scale, loss = _solve(size**-power, errors, weight)
        floors.append(floor)
        scales.append(scale)
        losses.append(loss)
    at = np.argmin(losses, axis=0)
    row = np.arange(len(errors))
    return _Fits(
        floor=np.array(floors)[at, row], scale=np.array(scales)[at, row], power=_POWERS[at]
    )


def _solve(x: Floats, errors: Floats, weight: Floats) -> tuple[Floats, Floats, Floats]:
    """Solve ``error = a + b x`` with a and b at least 0 for every row, and return the loss.

    The least squares of a convex problem in two unknowns lie inside or on one of its edges.
    """
    mean_x, mean_y = float(weight @ x), errors @ weight
    free_b = (errors - mean_y[:, None]) @ (weight * (x - mean_x))
    free_b = free_b / float(weight @ (x - mean_x) ** 2)
    free_a = mean_y - free_b * mean_x
    edge_b = (errors @ (weight * x)) / float(weight @ x**2)
    inside = (free_a >= 0) & (free_b >= 0)
    # A negative slope is cut to a flat line, a negative floor to a line through 0.
    a = np.where(inside, free_a, np.where(free_b < 0, mean_y, 0.0))
    b = np.where(inside, free_b, np.where(free_b < 0, 0.0, edge_b))
    loss = ((errors - a[:, None] - b[:, None] * x) ** 2) @ weight
    return a, b, loss


def _range(value: Floats, drawn: Floats) -> Interval:
    low, high = (float(x) for x in np.quantile(drawn, [0.025, 0.975]))
    best = float(value[0])
    return Interval(best, min(low, best), max(high, best))


def _verdict(gain: Interval, worth: float) -> MoreData:
    if gain.low >= worth and gain.low > 0:
        return MoreData.HELPS
    return MoreData.LITTLE if gain.high < worth or gain.high <= 0 else MoreData.CANNOT_TELL


def _phrase(verdict: MoreData, twice: Interval, samples: int) -> Phrase:
    key = {
        MoreData.HELPS: "data-helps",
        MoreData.LITTLE: "data-little",
        MoreData.CANNOT_TELL: "data-unknown",
    }[verdict]
    return Phrase.of(key, samples=samples, about=twice.value, low=twice.low, high=twice.high)
