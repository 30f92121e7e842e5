"""Figures about amounts."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics

from studio.domain.dataset import Split
from studio.domain.errors import EvaluationError
from studio.domain.evaluation import Unit, evaluation_from_json
from studio.evaluation import ValuePredictions, prediction_interval, regress
from studio.evaluation.regression import _median
from tests.evaluation.predicted import amounts

values = st.floats(-1e6, 1e6, allow_nan=False)


@given(st.lists(st.tuples(values, values), min_size=2, max_size=30))
@settings(max_examples=60)
def test_figures_are_those_of_scikit_learn(found: list[tuple[float, float]]) -> None:
    truth, guess = (np.array(x) for x in zip(*found, strict=True))
    result = regress(amounts(truth, guess), draws=30)
    assert result.mae.value == pytest.approx(metrics.mean_absolute_error(truth, guess))
    assert result.rmse.value == pytest.approx(metrics.root_mean_squared_error(truth, guess))
    assert result.median_error.value == pytest.approx(metrics.median_absolute_error(truth, guess))
    assert result.bias.value == pytest.approx((guess - truth).mean(), abs=1e-6)
    # Where the true amounts hardly vary, the last bits decide and nobody is right.
    if result.r2 is not None and np.ptp(truth) > 1e-3 * np.abs(truth).max():
        assert result.r2.value == pytest.approx(metrics.r2_score(truth, guess), rel=1e-6, abs=1e-6)
    for figure in (result.mae, result.rmse, result.median_error, result.bias):
        assert figure.low <= figure.value <= figure.high
    data = json.loads(json.dumps(result.as_json(), allow_nan=False))
    assert evaluation_from_json(data) == result


@given(st.lists(st.tuples(values, st.integers(0, 3)), min_size=1, max_size=12))
def test_a_weighted_median_is_the_median_of_the_repeated(
    found: list[tuple[float, int]],
) -> None:
    amount, times = np.array([x for x, _ in found]), np.array([n for _, n in found])
    if times.sum():
        expected = np.median(np.repeat(amount, times))
        assert _median(amount, times[None].astype(float))[0] == pytest.approx(expected)


def test_equal_true_amounts_have_no_share_explained() -> None:
    found = regress(amounts([5.1, 5.1, 5.1], [5, 5.2, 5.1]))
    assert found.r2 is None
    assert evaluation_from_json(json.loads(json.dumps(found.as_json()))) == found


def test_the_farthest_off_comes_first_and_the_exact_not_at_all() -> None:
    found = regress(amounts([1, 2, 3, 4], [1, 5, 2, 4]))
    assert [(m.sample_id, m.truth, m.predicted) for m in found.mistakes] == [(1, 2, 5), (2, 3, 2)]


def test_a_bias_that_grows_shows_in_the_residuals() -> None:
    truth = np.linspace(0, 10, 100)
    found = regress(amounts(truth, truth * 1.5)).residuals
    assert sum(row.samples for row in found) == 100
    assert [row.low for row in found] == sorted(row.low for row in found)
    assert found[0].mean > found[-1].mean
    assert found[-1].q05 <= found[-1].mean <= found[-1].q95
    assert found[-1].mean == pytest.approx(-truth[-10:].mean() / 2)


def test_a_prediction_interval_by_hand() -> None:
    off = np.arange(1.0, 20.0)  # 19 errors: the 18th smallest for 0.9, the 19th for 0.95
    side = amounts(np.zeros(19), off, split=Split.VALIDATION)
    assert prediction_interval(side, 0.9).half_width == 18
    assert prediction_interval(side, 0.95).half_width == 19
    with pytest.raises(EvaluationError, match="19 of at least 99 samples"):
        prediction_interval(side, 0.99)


def test_the_prediction_interval_keeps_its_promise() -> None:
    """Seeded: 300 times 30 validation samples, and as many new ones."""
    rng = np.random.default_rng(3)
    covered = []
    for _ in range(300):
        noise = rng.standard_t(3, size=(2, 30))
        half = prediction_interval(
            amounts(np.zeros(30), noise[0], split=Split.VALIDATION), 0.9
        ).half_width
        covered.append((np.abs(noise[1]) <= half).mean())
    # Exactly 28/31 is promised.
    assert np.mean(covered) == pytest.approx(28 / 31, abs=0.015)


def test_the_prediction_interval_is_tested_on_test() -> None:
    rng = np.random.default_rng(1)
    validation = amounts(np.zeros(200), rng.normal(size=200), split=Split.VALIDATION)
    test = amounts(np.zeros(300), rng.normal(size=300), groups=np.arange(300) // 3)
    found = regress(test, validation=validation, draws=100)
    promised = found.prediction_interval
    assert promised is not None
    assert promised.coverage is not None
    assert promised.tested == 300
    assert promised.coverage.value == (np.abs(test.predicted) <= promised.half_width).mean()
    assert promised.coverage.low < 0.9 < promised.coverage.high
    assert found.resampling.unit is Unit.GROUP
    with pytest.raises(EvaluationError):
        regress(test, validation=test)


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    """Seeded: 250 tests of errors with a mean of 0.3 and a spread of 1, 40 a time."""
    rng = np.random.default_rng(2)
    held = np.zeros(2)
    for _ in range(250):
        truth = rng.normal(size=40)
        found = regress(amounts(truth, truth + rng.normal(0.3, 1, 40)), draws=300)
        wanted = (0.3, np.sqrt(1.09))
        held += [
            figure.low <= w <= figure.high
            for figure, w in zip((found.bias, found.rmse), wanted, strict=True)
        ]
    assert (held / 250 >= 0.91).all(), held / 250
    assert (held / 250 <= 0.985).all(), held / 250


def test_values_of_one_recording_widen_the_interval() -> None:
    rng = np.random.default_rng(7)
    recording = np.arange(200) // 20
    off = rng.normal(size=10)[recording] + 0.1 * rng.normal(size=200)
    alone, together = (
        regress(amounts(np.zeros(200), off, groups=g)).bias for g in (None, recording)
    )
    assert alone.value == together.value
    assert together.high - together.low > 3 * (alone.high - alone.low)


@pytest.mark.parametrize(
    ("truth", "predicted", "code"),
    [
        ([1.0, np.nan], [1.0, 2.0], "not_finite"),
        ([1.0, 2.0], [np.inf, 2.0], "not_finite"),
        ([1.0, 2.0], [1e200, 2.0], "not_finite"),
        ([1.0, 2.0], [1.0], "shapes"),
        ([], [], "no_samples"),
    ],
)
def test_what_cannot_be_judged_is_refused(
    truth: list[float], predicted: list[float], code: str
) -> None:
    with pytest.raises(EvaluationError) as refusal:
        amounts(truth, predicted)
    assert refusal.value.code == f"evaluation.{code}"


def test_one_sample_has_no_spread() -> None:
    with pytest.raises(EvaluationError) as refusal:
        regress(amounts([1], [2]))
    assert refusal.value.code == "evaluation.too_few"


def test_predictions_survive_their_plain_form() -> None:
    made = amounts([1, 2, 3], [1, 2.5, 2], groups=[0, 0, 1])
    back = ValuePredictions.from_json(json.loads(json.dumps(made.as_json())))
    assert regress(back) == regress(made)
