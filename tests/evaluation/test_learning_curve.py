"""Would more data help?"""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import least_squares

from studio.domain.errors import EvaluationError
from studio.domain.evaluation import Interval
from studio.domain.judgement import LearningCurve, LearningPoint, MoreData
from studio.evaluation import curve_errors, learning_curve, learning_points
from tests.evaluation.predicted import amounts, called

SIZES = (100, 200, 400, 800)


def points(errors: list[float], half: float, sizes: tuple[int, ...] = SIZES) -> list[LearningPoint]:
    return [
        LearningPoint(samples=n, error=Interval(e, max(0.0, e - half), e + half))
        for n, e in zip(sizes, errors, strict=True)
    ]


def law(floor: float, scale: float, power: float, sizes: tuple[int, ...] = SIZES) -> list[float]:
    return [floor + scale * n**-power for n in sizes]


@pytest.mark.parametrize(
    ("errors", "half", "verdict"),
    [
        (law(0.02, 2, 0.5), 0.004, MoreData.HELPS),
        (law(0.1, 50, 1.5), 0.004, MoreData.LITTLE),
        ([0.1, 0.1, 0.1, 0.1], 0.004, MoreData.LITTLE),
        (law(0.02, 2, 0.5), 0.06, MoreData.CANNOT_TELL),
        ([0.0, 0.0, 0.0, 0.0], 0.01, MoreData.CANNOT_TELL),
    ],
)
def test_the_verdict(errors: list[float], half: float, verdict: MoreData) -> None:
    found = learning_curve(points(errors, half))
    assert found.verdict is verdict
    assert "1600" in found.phrase.text()
    assert LearningCurve.from_json(json.loads(json.dumps(found.as_json()))) == found


def test_the_law_is_found_again_and_drawn_through_its_points() -> None:
    errors = law(0.03, 4, 0.7)
    found = learning_curve(points(errors, 0.001))
    assert (found.floor, found.power) == (pytest.approx(0.03, abs=0.002), pytest.approx(0.7, 0.03))
    assert curve_errors(found, SIZES) == pytest.approx(errors, abs=3e-4)
    assert found.twice.value == pytest.approx(law(0.03, 4, 0.7, (1600,))[0], abs=1e-3)
    assert found.twice.low < found.twice.value < found.twice.high
    assert found.gain.value == pytest.approx(found.now - found.twice.value)


@given(st.lists(st.floats(0.05, 0.6), min_size=4, max_size=4))
@settings(max_examples=25)
def test_no_other_curve_fits_better(errors: list[float]) -> None:
    found = learning_curve(points(errors, 0.02), draws=10)
    sizes = np.array(SIZES) / SIZES[-1]

    def residual(x: np.ndarray) -> np.ndarray:
        return np.asarray(x[0] + x[1] * sizes ** -x[2] - errors)

    best = min(
        least_squares(residual, (min(errors) / 2, 0.1, c), bounds=([0, 0, 0.05], [2, 2, 2])).cost
        for c in (0.1, 0.5, 1.5)
    )
    mine = 0.5 * float(((np.array(curve_errors(found, SIZES)) - errors) ** 2).sum())
    assert mine <= best * 1.02 + 1e-6
    assert found.floor >= 0
    assert found.scale >= 0
    assert found.twice.value <= found.now + 1e-12


def test_the_range_holds_the_error_at_twice_the_data() -> None:
    """Seeded: 150 times four measured errors of one law."""
    rng = np.random.default_rng(1)
    true, (wanted,) = np.array(law(0.05, 1.5, 0.5)), law(0.05, 1.5, 0.5, (1600,))
    held = 0
    for _ in range(150):
        measured = np.maximum(true + rng.normal(0, 0.005, 4), 0)
        twice = learning_curve(points(measured.tolist(), 1.96 * 0.005), draws=200).twice
        held += twice.low <= wanted <= twice.high
    assert held / 150 >= 0.9


@pytest.mark.parametrize("sizes", [(), (100,), (100, 200), (100, 200, 200)])
def test_two_amounts_of_data_are_refused(sizes: tuple[int, ...]) -> None:
    with pytest.raises(EvaluationError, match="at least 3 different amounts") as refusal:
        learning_curve(points([0.1] * len(sizes), 0.01, sizes))
    assert refusal.value.code == "evaluation.too_few_points"


@pytest.mark.parametrize("error", [Interval(float("nan"), 0, 1), Interval(-1, -2, 0)])
def test_errors_that_are_none_are_refused(error: Interval) -> None:
    bad = [*points(law(0, 1, 1), 0.01), LearningPoint(samples=1600, error=error)]
    with pytest.raises(EvaluationError) as refusal:
        learning_curve(bad)
    assert refusal.value.code == "evaluation.not_finite"


def test_nothing_wrong_on_a_few_samples_does_not_tell_that_data_helps_little() -> None:
    truth = [0, 1, 2] * 4
    trained = [(size, [called(truth, truth)]) for size in (10, 20, 40)]
    found = learning_points(trained)
    assert all(point.error.value == 0 < 0.2 < point.error.high for point in found)
    assert learning_curve(found).verdict is MoreData.CANNOT_TELL


def test_trainings_that_differ_make_every_point_less_sure() -> None:
    truth = np.arange(40.0)
    signs = np.where(np.arange(40) % 2, 1, -1)
    alike = [(size, [amounts(truth, truth + signs)] * 2) for size in (10, 20)]
    other = [*alike, (40, [amounts(truth, truth + k * signs) for k in (1, 3)])]
    calm, unsure = learning_points(alike), learning_points(other)
    assert calm[0].error == Interval(1.0, 1.0, 1.0)
    assert unsure[0].error.high > 1.5
    assert unsure[2].error.value == pytest.approx(2.0)
