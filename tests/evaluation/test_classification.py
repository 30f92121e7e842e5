"""Figures about classes, their intervals, and the samples behind them."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics

from studio.domain.dataset import Split
from studio.domain.errors import EvaluationError
from studio.domain.evaluation import Evaluation, Unit, evaluation_from_json, wilson_interval
from studio.evaluation import (
    ClassPredictions,
    classify,
    evaluate,
    group_numbers,
    independence_phrase,
    top_confusions,
)
from studio.evaluation.resampling import effective_size
from tests.evaluation.predicted import CLASSES, called

pairs = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=2, max_size=40)


@given(pairs)
@settings(max_examples=60)
def test_figures_are_those_of_scikit_learn(found: list[tuple[int, int]]) -> None:
    truth, guess = (np.array(x) for x in zip(*found, strict=True))
    result = classify(called(truth, guess), draws=50)
    details = result.details
    assert details is not None
    recalls = metrics.recall_score(truth, guess, labels=[0, 1, 2], average=None, zero_division=0)
    precisions = metrics.precision_score(
        truth, guess, labels=[0, 1, 2], average=None, zero_division=0
    )
    f1s = metrics.f1_score(truth, guess, labels=[0, 1, 2], average=None, zero_division=0)
    tested = np.unique(truth)
    assert details.accuracy.value == pytest.approx(metrics.accuracy_score(truth, guess))
    assert details.balanced_accuracy.value == pytest.approx(recalls[tested].mean())
    assert details.macro_f1.value == pytest.approx(
        metrics.f1_score(truth, guess, average="macro", zero_division=0)
    )
    for number, row in enumerate(result.per_class):
        assert row.recall.value == pytest.approx(recalls[number])
        assert row.precision.value == pytest.approx(precisions[number])
        assert row.f1.value == pytest.approx(f1s[number])


@given(pairs, st.randoms(use_true_random=False), st.booleans())
@settings(max_examples=40)
def test_order_does_not_matter_and_intervals_hold_their_value(
    found: list[tuple[int, int]], random: object, grouped: bool
) -> None:
    truth, guess = (np.array(x) for x in zip(*found, strict=True))
    ids = np.arange(len(truth)) * 3
    groups = ids // 7 if grouped else None
    order = np.array(sorted(range(len(truth)), key=lambda _: random.random()))  # type: ignore[attr-defined]
    one = classify(called(truth, guess, ids=ids, groups=groups), draws=40)
    other = classify(
        called(
            truth[order],
            guess[order],
            ids=ids[order],
            groups=None if groups is None else 99 - groups[order],
        ),
        draws=40,
    )
    assert one == other
    assert one.details is not None
    shares = [one.accuracy, one.error, one.details.balanced_accuracy, one.details.macro_f1]
    shares += [x for row in one.per_class for x in (row.recall, row.precision, row.f1)]
    for share in shares:
        assert 0 <= share.low <= share.value <= share.high <= 1


def test_every_cell_names_its_samples_and_the_surest_mistake_is_first() -> None:
    found = classify(
        called([0, 0, 1, 2, 2], [0, 1, 1, 1, 1], confidence=[0.9, 0.8, 0.7, 0.95, 0.6])
    )
    assert found.details is not None
    cells = {(c.truth, c.predicted): c.sample_ids for c in found.details.cells}
    assert cells == {(0, 0): (100,), (0, 1): (101,), (1, 1): (102,), (2, 1): (103, 104)}
    assert [m.sample_id for m in found.details.mistakes] == [103, 101, 104]
    assert found.details.mistakes[0].confidence == pytest.approx(0.95)
    assert found.details.mistakes[0].truth_confidence == pytest.approx(0.025)
    assert [p.text() for p in top_confusions(found)] == [
        "mite is taken for rust: 2 of 2",
        "leaf is taken for rust: 1 of 2",
    ]


def test_all_right_is_not_certainty() -> None:
    found = classify(called([0, 1, 2] * 5, [0, 1, 2] * 5)).details
    assert found is not None
    for share in (found.accuracy, found.balanced_accuracy, found.macro_f1):
        assert share.value == share.high == 1
        assert share.low < 0.9


def test_windows_of_few_recordings_say_less_than_as_many_recordings() -> None:
    truth = np.tile([0, 1, 2], 60)
    recording = np.arange(180) // 18
    guess = np.where(recording < 2, (truth + 1) % 3, truth)  # two recordings all wrong
    alone, together = (classify(called(truth, guess, groups=g)) for g in (None, recording))
    assert alone.details is not None
    assert together.details is not None
    assert together.details.resampling.unit is Unit.GROUP
    assert together.details.resampling.units == 10
    for name in ("accuracy", "balanced_accuracy", "macro_f1"):
        narrow, wide = getattr(alone.details, name), getattr(together.details, name)
        assert narrow.value == wide.value
        assert wide.high - wide.low > 2 * (narrow.high - narrow.low)
    assert "10 of them" in independence_phrase(together).text()
    assert "180 samples" in independence_phrase(alone).text()


def test_groups_of_one_are_as_good_as_none() -> None:
    truth, guess = [0, 1, 2, 0, 1], [0, 1, 1, 0, 2]
    assert classify(called(truth, guess)) == classify(called(truth, guess, groups=[7, 5, 3, 9, 1]))
    assert effective_size(np.array([1.0, 0, 1]), np.ones(3)) == 3


def test_samples_without_a_session_stand_alone() -> None:
    numbers = group_numbers(["a", None, "a", None, "b"])
    assert numbers[0] == numbers[2]
    assert len(set(numbers.tolist())) == 4


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    """Seeded: 300 tests of a classifier that is right for 85 % of each class."""
    rng = np.random.default_rng(4)
    held = np.zeros(3)
    for _ in range(300):
        truth = np.arange(120) % 3
        right = rng.random(120) < 0.85
        guess = np.where(right, truth, (truth + rng.integers(1, 3, 120)) % 3)
        found = classify(called(truth, guess), draws=200).details
        assert found is not None
        shares = (found.accuracy, found.balanced_accuracy, found.macro_f1)
        held += [share.low <= 0.85 <= share.high for share in shares]
    assert (held / 300 >= 0.92).all(), held / 300
    assert (held / 300 <= 0.995).all(), held / 300


def test_intervals_over_groups_hold_the_truth_where_those_over_samples_do_not() -> None:
    """Seeded: 20 recordings of 20 windows, as good as chance made each recording."""
    rng = np.random.default_rng(5)
    held = np.zeros(4)
    for _ in range(200):
        truth, recording = np.arange(400) % 4, np.arange(400) // 20
        right = rng.random(400) < rng.beta(3.2, 0.8, 20)[recording]
        guess = np.where(right, truth, (truth + 1) % 4)
        plain, grouped = (
            classify(called(truth, guess, classes=tuple("abcd"), groups=g), draws=200).details
            for g in (None, recording)
        )
        assert plain is not None
        assert grouped is not None
        shares = (
            grouped.accuracy,
            grouped.balanced_accuracy,
            grouped.macro_f1,
            plain.accuracy,
        )
        held += [share.low <= 0.8 <= share.high for share in shares]
    assert (held[:3] / 200 >= 0.89).all(), held / 200
    assert held[3] / 200 < 0.75, held / 200


def test_details_survive_and_old_evaluations_still_load() -> None:
    found = classify(called([0, 1, 2, 2], [0, 1, 2, 0]))
    back = evaluation_from_json(json.loads(json.dumps(found.as_json(), allow_nan=False)))
    assert back == found
    old = {"split": "test", "classes": ["a", "b"], "confusion": [[3, 1], [0, 4]]}
    loaded = evaluation_from_json(old)
    assert isinstance(loaded, Evaluation)
    assert loaded.accuracy == wilson_interval(7, 8)
    assert json.loads(json.dumps(loaded.as_json())) == old


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["details"]["mistakes"][0].update(predicted=3),
        lambda d: d["details"]["cells"][0].update(truth=-1),
        lambda d: d["details"]["per_class"].pop(),
        lambda d: d["details"].update(accuracy={"value": float("nan"), "low": 0, "high": 1}),
        lambda d: d["details"].update(surprise=1),
        lambda d: d["details"].pop("resampling"),
        lambda d: d.update(details=[]),
        lambda d: d["details"]["resampling"].update(unit="moon"),
    ],
)
def test_damaged_details_are_refused(change: object) -> None:
    data = json.loads(json.dumps(classify(called([0, 1, 2, 2], [0, 1, 2, 0])).as_json()))
    change(data)  # type: ignore[operator]
    with pytest.raises(ValueError):  # noqa: PT011 - any sentence will do, the store turns it
        Evaluation.from_json(data)


def _made(**changes: object) -> ClassPredictions:
    fields: dict[str, object] = {
        "split": Split.TEST,
        "classes": CLASSES,
        "outputs": np.eye(3),
        "truth": np.arange(3),
        "sample_ids": np.arange(3),
    }
    return ClassPredictions(**{**fields, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"outputs": np.full((3, 3), np.nan)}, "not_finite"),
        ({"outputs": np.full((3, 3), np.inf)}, "not_finite"),
        ({"classes": (), "outputs": np.empty((3, 0))}, "no_classes"),
        ({"truth": np.array([0, 1, 3])}, "unknown_class"),
        ({"truth": np.array([0, 1, -1])}, "unknown_class"),
        ({"truth": np.array([0.5, 1, 2])}, "shapes"),
        ({"outputs": np.eye(4)}, "shapes"),
        ({"groups": np.arange(2)}, "shapes"),
        ({"sample_ids": np.array([1, 1, 2])}, "repeated_sample"),
        (
            {"outputs": np.empty((0, 3)), "truth": np.array([]), "sample_ids": np.array([])},
            "no_samples",
        ),
    ],
)
def test_what_cannot_be_judged_is_refused_in_words(changes: dict[str, object], code: str) -> None:
    with pytest.raises(EvaluationError) as refusal:
        _made(**changes)
    assert refusal.value.code == f"evaluation.{code}"
    assert refusal.value.remedy


def test_one_sample_has_no_spread() -> None:
    with pytest.raises(EvaluationError, match="1 of at least 2 samples"):
        classify(called([0], [0]))


def test_counting_refuses_what_is_not_a_number_and_strange_classes() -> None:
    for outputs, truth in ((np.full((1, 3), np.nan), [0]), (np.ones((1, 3)), [-1])):
        with pytest.raises(EvaluationError):
            evaluate(outputs, np.array(truth), classes=CLASSES, split=Split.TEST)


def test_predictions_survive_their_plain_form() -> None:
    made = called([0, 1, 2], [0, 2, 2], confidence=0.7, groups=[1, 1, 2])
    back = ClassPredictions.from_json(json.loads(json.dumps(made.as_json())))
    assert classify(back) == classify(made)
    with pytest.raises(ValueError, match="no predictions"):
        ClassPredictions.from_json({"split": "test"})
