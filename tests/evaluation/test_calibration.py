"""Whether confidence tells the truth, and when to say "not sure"."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from sklearn.metrics import log_loss

from studio.domain.dataset import Split
from studio.domain.errors import EvaluationError
from studio.domain.judgement import Binning, Calibration, Costs, NotSure
from studio.evaluation import (
    ClassPredictions,
    answer_costs,
    calibration,
    calibration_phrase,
    choose_not_sure,
    classify,
    fit_temperature,
    not_sure_phrase,
    risk_coverage,
)
from studio.evaluation.calibration import probabilities
from tests.evaluation.predicted import CLASSES, called, softmax


def _sampled(
    split: Split, *, seed: int, sharp: float = 1.0, count: int = 2000, groups: bool = False
) -> ClassPredictions:
    """Labels drawn from a softmax; outputs ``sharp`` times as sure as that."""
    rng = np.random.default_rng(seed)
    logits = rng.normal(size=(count, 3)) * 1.5
    shares = softmax(logits)
    truth = (rng.random((count, 1)) > shares.cumsum(axis=1)).sum(axis=1)
    return ClassPredictions(
        split=split,
        classes=CLASSES,
        outputs=softmax(sharp * logits),
        truth=truth,
        sample_ids=np.arange(count),
        groups=np.arange(count) // 10 if groups else None,
    )


def test_expected_error_by_hand() -> None:
    # Two bins: two of confidence 0.9, one right; two of 0.6, both right.
    made = called([0, 0, 1, 1], [0, 1, 1, 1], classes=("a", "b"), confidence=[0.9, 0.9, 0.6, 0.6])
    for binning, bins in ((Binning.EQUAL_WIDTH, 10), (Binning.EQUAL_COUNT, 2)):
        found = calibration(made, binning=binning, bins=bins)
        assert found.expected_error == pytest.approx(0.5 * 0.4 + 0.5 * 0.4)
        assert [(row.samples, row.accuracy.value) for row in found.bins] == [(2, 1.0), (2, 0.5)]
    # Brier (1950): 2 (1-p)^2 where right, 2 p^2 where wrong, of two classes.
    assert found.brier == pytest.approx((0.02 + 2 * 0.81 + 2 * 0.32) / 4)
    assert Calibration.from_json(json.loads(json.dumps(found.as_json()))) == found


@given(st.integers(1, 30), st.sampled_from(Binning), st.integers(2, 60), st.integers(0, 9))
@settings(max_examples=40)
def test_every_sample_is_in_one_bin(bins: int, binning: Binning, count: int, seed: int) -> None:
    made = _sampled(Split.TEST, seed=seed, count=count)
    found = calibration(made, binning=binning, bins=bins, draws=20)
    assert sum(row.samples for row in found.bins) == count
    for row in found.bins:
        assert row.low - 1e-12 <= row.confidence <= row.high + 1e-12
    whole = abs(made.right.mean() - made.outputs.max(axis=1).mean())
    assert whole - 1e-9 <= found.expected_error <= 1


def test_the_temperature_undoes_what_made_the_model_too_sure() -> None:
    validation = _sampled(Split.VALIDATION, seed=1, sharp=2.0)
    fitted = fit_temperature(validation)
    assert fitted.value == pytest.approx(2.0, abs=0.15)
    assert fitted.loss_after < fitted.loss_before
    assert not fitted.at_limit
    test = _sampled(Split.TEST, seed=2, sharp=2.0)
    before, after = calibration(test), calibration(test, temperature=fitted.value)
    assert before.expected_error > before.by_chance
    assert after.expected_error < before.expected_error / 2
    assert "surer" in calibration_phrase(before, fitted).text()


def test_a_calibrated_model_is_called_one() -> None:
    honest = calibration(_sampled(Split.TEST, seed=3))
    fitted = fit_temperature(_sampled(Split.VALIDATION, seed=4))
    assert honest.expected_error <= honest.by_chance
    assert calibration_phrase(honest, fitted).key == "well-calibrated"


@pytest.mark.parametrize("sharp", [0.4, 1.0, 3.0])
def test_the_temperature_is_the_likeliest(sharp: float) -> None:
    validation = _sampled(Split.VALIDATION, seed=6, sharp=sharp, count=300)

    def loss(temperature: float) -> float:
        softened = probabilities(validation, temperature)
        return float(log_loss(validation.truth, softened, labels=[0, 1, 2]))

    fitted = fit_temperature(validation)
    best = minimize_scalar(loss, bounds=(0.05, 20), method="bounded", options={"xatol": 1e-6})
    assert fitted.value == pytest.approx(best.x, rel=1e-3)
    assert fitted.loss_after == pytest.approx(best.fun, rel=1e-6)


def test_a_temperature_that_cannot_be_known_says_so() -> None:
    assert fit_temperature(called([0, 1], [0, 1], split=Split.VALIDATION, confidence=0.8)).at_limit
    flat = called([0, 1], [0, 1], split=Split.VALIDATION, confidence=1 / 3)
    assert fit_temperature(flat).value == 1


def test_the_answer_stays_the_same_at_any_temperature() -> None:
    made = _sampled(Split.TEST, seed=7, count=200)
    for temperature in (0.5, 1.0, 5.0):
        softened = probabilities(made, temperature)
        assert (softened.argmax(axis=1) == made.predicted).all()
        assert softened.sum(axis=1) == pytest.approx(1)


def test_test_samples_may_not_choose_and_scores_are_no_probabilities() -> None:
    test = _sampled(Split.TEST, seed=1, count=50)
    costs = Costs(miss=1, false_alarm=1, not_sure=0.1)
    for choose in (fit_temperature, lambda side: choose_not_sure(side, None, costs)):
        with pytest.raises(EvaluationError) as refusal:
            choose(test)
        assert refusal.value.code == "evaluation.wrong_split"
    with pytest.raises(EvaluationError) as refusal:
        calibration(replace(test, outputs=test.outputs * 9 - 3))
    assert refusal.value.code == "evaluation.not_probabilities"


# "Not sure"


def test_a_quiet_class_can_be_neither_missed_nor_a_false_alarm() -> None:
    costs = Costs(miss=10, false_alarm=2, not_sure=1, quiet="leaf", misses={"mite": 50})
    table = answer_costs(CLASSES, costs)
    assert table.tolist() == [[0, 2, 2], [10, 0, 12], [50, 52, 0]]


@given(
    st.integers(0, 50),
    st.floats(0, 20),
    st.floats(0, 20),
    st.floats(0, 5),
    st.integers(2, 30),
)
@settings(max_examples=60)
def test_no_threshold_is_cheaper(
    seed: int, miss: float, alarm: float, not_sure: float, count: int
) -> None:
    side = _sampled(Split.VALIDATION, seed=seed, count=count)
    costs = Costs(miss=miss, false_alarm=alarm, not_sure=not_sure, quiet="leaf")
    found = choose_not_sure(side, None, costs, draws=20)
    sure = side.outputs.max(axis=1)
    paid = answer_costs(CLASSES, costs)[side.truth, side.predicted]
    for threshold in [0.0, *(np.sort(sure) + 1e-9)]:
        cost = np.where(sure >= threshold, paid, not_sure).mean()
        assert found.validation.cost.value <= cost + 1e-9
    chosen = np.where(sure >= found.threshold, paid, not_sure).mean()
    assert found.validation.cost.value == pytest.approx(chosen)


def test_the_threshold_is_chosen_on_validation_and_told_on_test() -> None:
    validation = _sampled(Split.VALIDATION, seed=8)
    test = _sampled(Split.TEST, seed=9, groups=True)
    costs = Costs(miss=4, false_alarm=4, not_sure=2)  # a wrong answer costs 8
    found = choose_not_sure(validation, test, costs)
    # Chow (1970): of a calibrated model, answer when the risk is below 2 / 8.
    assert found.threshold == pytest.approx(0.75, abs=0.06)
    told = found.test
    assert told is not None
    assert told.cost.value < told.cost_always.value
    answered = test.outputs.max(axis=1) >= found.threshold
    assert told.coverage.value == pytest.approx(answered.mean())
    assert told.wrong.value == pytest.approx((~test.right)[answered].mean())
    assert told.missed == told.false_alarms == (~test.right & answered).sum()
    assert found.resampling.units == 200
    assert NotSure.from_json(json.loads(json.dumps(found.as_json()))) == found
    assert "not sure" in not_sure_phrase(found).text()


def test_free_silence_is_golden_and_dear_silence_never_chosen() -> None:
    side = _sampled(Split.VALIDATION, seed=8, count=100)
    dear = choose_not_sure(side, None, Costs(miss=1, false_alarm=1, not_sure=99))
    assert (dear.threshold, dear.validation.coverage.value) == (0, 1)
    assert not_sure_phrase(dear).key == "not-sure-never"
    wrong = called([0, 1, 2], [1, 2, 0], split=Split.VALIDATION, confidence=0.9)
    free = choose_not_sure(wrong, None, Costs(miss=1, false_alarm=1, not_sure=0))
    assert free.validation.coverage.value == 0
    assert free.validation.wrong.high == 1
    assert not_sure_phrase(free).key == "not-sure-always"


@pytest.mark.parametrize(
    "costs",
    [
        Costs(miss=-1, false_alarm=1, not_sure=1),
        Costs(miss=float("nan"), false_alarm=1, not_sure=1),
        Costs(miss=1, false_alarm=1, not_sure=1, quiet="moth"),
        Costs(miss=1, false_alarm=1, not_sure=1, misses={"moth": 2}),
    ],
)
def test_costs_that_mean_nothing_are_refused(costs: Costs) -> None:
    with pytest.raises(EvaluationError) as refusal:
        choose_not_sure(_sampled(Split.VALIDATION, seed=1, count=9), None, costs)
    assert refusal.value.code == "evaluation.costs"


def test_the_risk_ends_at_the_error_of_all() -> None:
    made = _sampled(Split.TEST, seed=5, count=500)
    points = risk_coverage(made)
    assert len(points) <= 101
    assert points[-1].coverage == 1
    assert points[-1].risk == pytest.approx(classify(made).error.value)
    for point in points[::10]:
        answered = made.outputs.max(axis=1) >= point.threshold
        assert point.coverage == pytest.approx(answered.mean())
        assert point.risk == pytest.approx((~made.right)[answered].mean())


def test_of_equally_cheap_thresholds_the_one_that_answers_most_is_taken() -> None:
    wrong = called([0, 1, 2], [1, 2, 0], split=Split.VALIDATION, confidence=[0.9, 0.8, 0.7])
    found = choose_not_sure(wrong, None, Costs(miss=0.5, false_alarm=0.5, not_sure=1))
    assert found.validation.coverage.value == 1


def test_equally_sure_samples_are_not_told_apart() -> None:
    # Answering one alone would cost 1, but both have the same confidence: 3, or 2 for neither.
    both = called([0, 1], [0, 2], split=Split.VALIDATION, confidence=0.9)
    found = choose_not_sure(both, None, Costs(miss=2, false_alarm=1, not_sure=1))
    assert found.validation.cost.value == 1
    assert found.validation.coverage.value == 0


def test_a_bin_holds_its_upper_edge() -> None:
    made = called([0, 0], [0, 0], classes=("a", "b", "c", "d"), confidence=[0.5, 0.75])
    found = calibration(made, bins=4).bins
    assert [(row.low, row.high) for row in found] == [(0.25, 0.5), (0.5, 0.75)]
