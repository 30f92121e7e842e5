"""Whether a classifier is as often right as it is sure, and how to make it so."""

from __future__ import annotations

import numpy as np

from studio.domain.dataset import Split
from studio.domain.errors import EvaluationError
from studio.domain.judgement import Binning, Calibration, ReliabilityBin, Temperature
from studio.domain.phrase import Phrase
from studio.evaluation.predictions import ClassPredictions, Floats, Ints, need_samples, need_split
from studio.evaluation.resampling import DRAWS, SEED, share

__all__ = ["calibration", "calibration_phrase", "confidence", "fit_temperature", "probabilities"]

_FLOOR = 1 / 512
"""Half of what the smallest step of an int8 softmax (scale 1/256) tells from zero."""

_COLDEST, _HOTTEST = 0.05, 20.0
_BINS = 15


def probabilities(predictions: ClassPredictions, temperature: float | None = None) -> Floats:
    """Return ``(samples, classes)`` probabilities, softened by a temperature where one is given.

    ``p_i`` becomes ``p_i ** (1 / T)``, divided by their sum: for a softmax the same as dividing
    the logits by T. Quantized outputs hold zeros; they count as 1/512.

    Raises:
        EvaluationError: ``evaluation.not_probabilities`` unless the outputs are at least 0 and
            sum up to 1, but for what 8 bits cannot tell.

    Source:
        Guo, C. et al. (2017), On Calibration of Modern Neural Networks, section 4.2.
    """
    outputs = predictions.outputs
    total = outputs.sum(axis=1, keepdims=True)
    # Every int8 output of a softmax is off by half a step at most.
    slack = 0.01 + outputs.shape[1] / 512
    if outputs.min() < 0 or np.abs(total - 1).max() > slack or total.min() <= 0:
        raise EvaluationError(
            "The model's outputs are not probabilities, so how sure it is cannot be judged.",
            "Choose a candidate of this studio, whose models end in a softmax.",
            code="evaluation.not_probabilities",
        )
    if temperature is None:
        return np.asarray(outputs / total)
    return _softened(np.log(np.maximum(outputs, _FLOOR)), 1 / temperature)


def _softened(logs: Floats, inverse: float) -> Floats:
    raised = np.exp(inverse * (logs - logs.max(axis=1, keepdims=True)))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def confidence(predictions: ClassPredictions, temperature: float | None = None) -> Floats:
    """Return ``(samples,)``: the probability of each predicted class, at most 1.

    Without a temperature it is the output itself, so that a device needs nothing but the
    output to do the same.

    Raises:
        EvaluationError: ``evaluation.not_probabilities``.
    """
    found = probabilities(predictions, temperature)
    outputs = predictions.outputs if temperature is None else found
    return np.asarray(np.minimum(outputs.max(axis=1), 1.0))


def fit_temperature(validation: ClassPredictions) -> Temperature:
    """Return the temperature under which the validation labels are likeliest.

    The negative log-likelihood is convex in 1/T, so where its slope changes sign is found by
    halving, between 0.05 and 20.

    Raises:
        EvaluationError: ``evaluation.wrong_split``, ``evaluation.too_few`` (below 2),
            ``evaluation.not_probabilities``.

    Source:
        Guo, C. et al. (2017), On Calibration of Modern Neural Networks, section 4.2.
    """
    need_split(validation, Split.VALIDATION)
    need_samples(len(validation), 2, "a temperature")
    probabilities(validation)  # refuses what are none
    logs = np.log(np.maximum(validation.outputs, _FLOOR))
    low, high = 1 / _HOTTEST, 1 / _COLDEST
    ends = _slope(logs, validation.truth, low), _slope(logs, validation.truth, high)
    for _ in range(60):
        middle = (low * high) ** 0.5
        if _slope(logs, validation.truth, middle) < 0:
            low = middle
        else:
            high = middle
    # Where all outputs of each sample are equal, every temperature is as good: change nothing.
    inverse = (low * high) ** 0.5 if ends[0] < ends[1] else 1.0
    return Temperature(
        value=1 / inverse,
        loss_before=_loss(logs, validation.truth, 1.0),
        loss_after=_loss(logs, validation.truth, inverse),
        samples=len(validation),
        at_limit=not ends[0] < 0 < ends[1],
    )


def _slope(logs: Floats, truth: Ints, inverse: float) -> float:
    """Return the derivative of the mean negative log-likelihood by 1/T."""
    expected = (_softened(logs, inverse) * logs).sum(axis=1)
    return float((expected - logs[np.arange(len(truth)), truth]).mean())


def _loss(logs: Floats, truth: Ints, inverse: float) -> float:
    right = _softened(logs, inverse)[np.arange(len(truth)), truth]
    # A softened probability can underflow at 1/T = 20; its logarithm must stay finite.
    return float(-np.log(np.maximum(right, 1e-300)).mean())


def calibration(
    predictions: ClassPredictions,
    *,
    temperature: float | None = None,
    binning: Binning = Binning.EQUAL_WIDTH,
    bins: int = _BINS,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Calibration:
    """Return how far confidence and accuracy are apart.

    The confidence is the probability of the predicted class. Equal-width bins are
    ``(k / bins, (k + 1) / bins]``; equal-count bins hold as many samples each, one more or
    less. The expected error is the mean distance of accuracy and mean confidence of the bins,
    by samples. Even a perfect model shows some, by chance: how much is simulated by drawing
    right and wrong with the model's own confidences.

    Raises:
        EvaluationError: ``evaluation.too_few`` (below 2), ``evaluation.not_probabilities``.

    Source:
        Expected error: Naeini, M. P. et al. (2015), Obtaining Well Calibrated Probabilities
        Using Bayesian Binning. Brier, G. W. (1950), Verification of Forecasts Expressed in
        Terms of Probability. By chance: Bröcker, J. and Smith, L. A. (2007), Increasing the
        Reliability of Reliability Diagrams.
    """
    need_samples(len(predictions), 2, "a calibration")
    found = probabilities(predictions, temperature)
    sure = confidence(predictions, temperature)
    edges, number = _binned(sure, binning, bins)
    truth = np.eye(found.shape[1])[predictions.truth]
    right = predictions.right.astype(np.float64)
    table = _table(predictions, sure, right, edges, number)
    return Calibration(
        split=predictions.split,
        samples=len(predictions),
        binning=binning,
        bins=table,
        expected_error=_expected_error(sure, right[None], number)[0],
        by_chance=_by_chance(sure, number, draws, seed),
        brier=float(((found - truth) ** 2).sum(axis=1).mean()),
        temperature=temperature,
    )


def _binned(sure: Floats, binning: Binning, bins: int) -> tuple[list[tuple[float, float]], Ints]:
    """Return the edges of every bin that is not empty, and the bin of each sample."""
    if binning is Binning.EQUAL_WIDTH:
        raw = np.clip(np.ceil(sure * bins) - 1, 0, bins - 1).astype(np.int64)
        kept, number = np.unique(raw, return_inverse=True)
        return [(float(k / bins), float((k + 1) / bins)) for k in kept], number.astype(np.int64)
    number = np.empty(len(sure), np.int64)
    parts = np.array_split(np.argsort(sure, kind="stable"), min(bins, len(sure)))
    for k, part in enumerate(parts):
        number[part] = k
    return [(float(sure[p].min()), float(sure[p].max())) for p in parts], number


def _table(
    predictions: ClassPredictions,
    sure: Floats,
    right: Floats,
    edges: list[tuple[float, float]],
    number: Ints,
) -> tuple[ReliabilityBin, ...]:
    return tuple(
        ReliabilityBin(
            low=low,
            high=high,
            samples=int((number == k).sum()),
            confidence=float(sure[number == k].mean()),
            accuracy=share(right, predictions.groups, (number == k).astype(np.float64)),
        )
        for k, (low, high) in enumerate(edges)
    )


def _expected_error(sure: Floats, right: Floats, number: Ints) -> list[float]:
    """Return the expected error of each row of ``right``, ``(draws, samples)``."""
    member = np.eye(int(number.max()) + 1)[number]
    apart = np.abs((right - sure) @ member)
    found: list[float] = (apart.sum(axis=1) / len(sure)).tolist()
    return found


def _by_chance(sure: Floats, number: Ints, draws: int, seed: int) -> float:
    rng = np.random.default_rng(seed)
    step = max(1, 4_000_000 // len(sure))
    found: list[float] = []
    for begin in range(0, draws, step):
        rows = min(step, draws - begin)
        right = (rng.random((rows, len(sure))) < sure).astype(np.float64)
        found += _expected_error(sure, right, number)
    return float(np.quantile(found, 0.95))


def calibration_phrase(measured: Calibration, temperature: Temperature) -> Phrase:
    """Return in words whether the model is too sure of itself, or not sure enough.

    Args:
        measured: Without a temperature.
        temperature: As fitted on the validation side; which way it errs.
    """
    if measured.expected_error <= measured.by_chance:
        return Phrase.of("well-calibrated")
    key = "overconfident" if temperature.value > 1 else "underconfident"
    return Phrase.of(key, temperature=temperature.value)
