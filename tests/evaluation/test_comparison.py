"""Which candidate is better, or whether nobody can tell; and which to take."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from studio.domain.dataset import Split
from studio.domain.errors import EvaluationError
from studio.domain.judgement import Comparison, SmallestGood
from studio.evaluation import (
    Better,
    ClassPredictions,
    Column,
    Contender,
    best_within_noise,
    compare,
    compare_with_best,
    detectable_difference,
    holm,
    pareto_front,
    weighed_choice,
)
from studio.evaluation.comparison import mcnemar, sign_flip
from tests.evaluation.predicted import amounts, called

AB = ("first", "second")


def right(flags: Sequence[int] | np.ndarray, **more: object) -> ClassPredictions:
    """Predictions that are right where a flag is 1."""
    wrong = 1 - np.asarray(flags, int)
    return called(np.zeros(len(wrong), int), wrong, **more)  # type: ignore[arg-type]


@given(st.integers(0, 60), st.integers(0, 60))
def test_mcnemar_is_the_sign_test(only_first: int, only_second: int) -> None:
    p = mcnemar(only_first, only_second)
    total = only_first + only_second
    expected = stats.binomtest(only_first, total).pvalue if total else 1.0
    assert p == pytest.approx(expected)
    assert p == mcnemar(only_second, only_first)


@given(st.integers(0, 7), st.integers(0, 7))
@settings(max_examples=25)
def test_flipping_single_samples_is_mcnemar(plus: int, minus: int) -> None:
    values = np.array([1.0] * plus + [-1.0] * minus + [0.0] * 3)
    assert sign_flip(values) == pytest.approx(mcnemar(plus, minus))


def test_drawn_flips_come_close_to_all_of_them() -> None:
    values = np.array([1.0] * 14 + [-1.0] * 6)
    assert sign_flip(values) == pytest.approx(mcnemar(14, 6), abs=0.015)


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), min_size=2, max_size=60))
@settings(max_examples=40)
def test_swapping_the_two_swaps_everything(flags: list[tuple[int, int]]) -> None:
    a, b = (right(x) for x in zip(*flags, strict=True))
    one, other = compare(a, b, names=AB, draws=50), compare(b, a, names=AB[::-1], draws=50)
    assert (one.p, one.better, one.detectable) == (other.p, other.better, other.detectable)
    assert (one.only_first, one.only_second) == (other.only_second, other.only_first)
    assert one.difference.value == -other.difference.value
    assert one.difference.low == pytest.approx(-other.difference.high)
    assert one.difference.low <= one.difference.value <= one.difference.high
    assert Comparison.from_json(json.loads(json.dumps(one.as_json()))) == one


def test_a_clear_winner_and_two_nobody_can_tell_apart() -> None:
    flags = np.ones((2, 100), int)
    flags[1, :12] = 0
    won = compare(right(flags[0]), right(flags[1]), names=AB)
    assert (won.better, won.only_first, won.only_second) == ("first", 12, 0)
    assert won.p == pytest.approx(2 / 2**12)
    assert won.phrase.text() == "first is better than second (p = 0.00049)."
    assert won.difference.high < 0
    flags[0, 50:58] = 0
    even = compare(right(flags[0]), right(flags[1]), names=AB)
    assert even.better == ""
    assert "cannot be told apart" in even.phrase.text()
    same = compare(right(flags[0]), right(flags[0]), names=AB)
    assert same.p == 1
    assert same.difference.low < 0 < same.difference.high


def test_many_windows_of_five_recordings_can_tell_nothing() -> None:
    flags = np.ones((2, 500), int)
    flags[1, ::4] = 0
    recordings = np.arange(500) // 100
    alone = compare(right(flags[0]), right(flags[1]), names=AB)
    together = compare(*(right(f, groups=recordings) for f in flags), names=AB)
    assert alone.better == "first"
    assert (together.better, together.test, together.detectable) == ("", "sign-flip", None)
    assert together.p == pytest.approx(2 / 2**5)
    assert together.phrase.key == "too-few-to-tell"


def test_amounts_are_compared_by_rank_and_by_mean() -> None:
    rng = np.random.default_rng(3)
    truth, noise = rng.normal(size=80), rng.normal(size=80)
    good, bad = amounts(truth, truth + 0.5 * noise), amounts(truth, truth + noise)
    found = compare(good, bad, names=AB)
    assert found.p == pytest.approx(stats.wilcoxon(good.off - bad.off).pvalue)
    assert found.better == "first"
    assert found.difference.value == pytest.approx(-0.5 * np.abs(noise).mean())
    same = compare(good, good, names=AB)
    assert (same.p, same.better) == (1, "")
    grouped = [amounts(truth, p.predicted, groups=np.arange(80) // 8) for p in (good, bad)]
    assert compare(*grouped, names=AB).test == "sign-flip"


def test_other_samples_are_not_compared() -> None:
    one = right([1, 0, 1])
    others = [
        right([1, 0, 1], ids=[1, 2, 3]),
        right([1, 0, 1, 1]),
        right([1, 0, 1], split=Split.VALIDATION),
        right([1, 0, 1], classes=("a", "b")),
        amounts([0, 0, 0], [0, 1, 0]),
    ]
    for other in others:
        with pytest.raises(EvaluationError) as refusal:
            compare(one, other, names=AB)
        assert refusal.value.code == "evaluation.different_samples"


def test_a_coin_is_called_better_in_few_cases() -> None:
    """Seeded: 400 pairs that are equally good; at most 1 in 20 may look different."""
    rng = np.random.default_rng(0)
    called_better = 0
    for _ in range(400):
        a, b = (right(rng.random(80) < 0.8) for _ in range(2))
        called_better += bool(compare(a, b, names=AB, draws=10).better)
    assert called_better / 400 <= 0.06


@given(st.lists(st.floats(0, 1), max_size=8))
def test_holm_by_its_definition(p_values: list[float]) -> None:
    found = holm(p_values)
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    most = 0.0
    for rank, at in enumerate(order):
        most = max(most, min(1.0, p_values[at] * (len(p_values) - rank)))
        assert found[at] == pytest.approx(most)


def test_holm_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_a_leaderboard_allows_for_all_its_looks() -> None:
    flags = np.ones((4, 100), int)
    flags[1, :7], flags[2, :7], flags[3, :3] = 0, 0, 0
    board = {name: right(f) for name, f in zip("abcd", flags, strict=True)}
    found = compare_with_best(board)
    assert [(c.first, c.second) for c in found] == [("a", "b"), ("a", "c"), ("a", "d")]
    assert found[0].p == pytest.approx(2 / 2**7)
    assert found[0].adjusted_p == pytest.approx(3 * 2 / 2**7)
    assert [c.better for c in found] == ["a", "a", ""]
    assert compare_with_best({}) == compare_with_best({"a": board["a"]}) == ()


@pytest.mark.parametrize(("count", "discordant"), [(100, 0.2), (400, 0.1), (60, 0.3)])
def test_the_detectable_difference_is_seen_in_eight_of_ten(count: int, discordant: float) -> None:
    difference = detectable_difference(count, discordant)
    assert difference is not None
    assert difference < discordant
    rng = np.random.default_rng(1)
    shares = ((discordant + difference) / 2, (discordant - difference) / 2, 1 - discordant)
    seen = [mcnemar(b, c) < 0.05 for b, c, _ in rng.multinomial(count, shares, 2000).tolist()]
    # Connor's formula is for the test without exactness, which sees a little more.
    assert 0.68 <= np.mean(seen) <= 0.86


def test_too_small_a_test_detects_nothing() -> None:
    assert detectable_difference(5, 0.5) is None
    small = detectable_difference(20, 0.0)
    assert small is not None
    assert 0.2 < small < 0.5


# Choosing


def contender(name: str, flags: np.ndarray, flash: float | None, ram: float = 1.0) -> Contender:
    made = right(flags, split=Split.VALIDATION)
    return Contender(name=name, predictions=made, flash_bytes=flash, ram_bytes=ram)


def test_within_noise_the_smaller_is_taken() -> None:
    flags = np.ones((5, 200), int)
    flags[1, :2], flags[2, :20], flags[3, :3], flags[4, :1] = 0, 0, 0, 0
    big, small, bad, tiny, unknown = (
        contender("big", flags[0], 900),
        contender("small", flags[1], 300, 5),
        contender("bad", flags[2], 10),
        contender("same flash, less RAM", flags[3], 300, 4),
        contender("unknown", flags[4], None),
    )
    found = best_within_noise([big, small, bad, tiny, unknown])
    assert (found.best, found.chosen) == ("big", "same flash, less RAM")
    assert found.alike == ("same flash, less RAM", "small", "big", "unknown")
    assert "200 validation samples" in found.phrase.text()
    assert {c.second: c.better for c in found.comparisons}["bad"] == "big"
    assert best_within_noise([unknown, tiny, bad, small, big]).chosen == found.chosen
    assert SmallestGood.from_json(json.loads(json.dumps(found.as_json()))) == found
    alone = best_within_noise([bad])
    assert (alone.chosen, alone.phrase.key) == ("bad", "best-chosen")


def test_what_few_samples_cannot_tell_is_still_not_given_away() -> None:
    flags = np.ones((2, 20), int)
    flags[1, :4] = 0  # p = 0.125, and four of twenty more are wrong
    both = [contender("big", flags[0], 900), contender("small", flags[1], 10)]
    assert best_within_noise(both).chosen == "big"
    assert best_within_noise(both, most_worse=math.inf).chosen == "small"
    assert best_within_noise(both, most_worse=math.inf).most_worse is None


def test_amounts_may_be_chosen_among_as_well() -> None:
    rng = np.random.default_rng(3)
    truth, noise = rng.normal(size=80), rng.normal(size=80)
    found = best_within_noise(
        [
            Contender(
                name=name,
                predictions=amounts(truth, truth + scale * noise, split=Split.VALIDATION),
                flash_bytes=flash,
                ram_bytes=None,
            )
            for name, scale, flash in (("big", 1, 9), ("small", 1.0001, 5), ("bad", 2, 1))
        ]
    )
    # Wherever one errs it errs a little more: ranks tell the smaller from the best.
    assert found.chosen == "big"


def test_choosing_is_for_validation_and_for_somebody() -> None:
    tested = Contender(name="a", predictions=right([1, 0]), flash_bytes=1, ram_bytes=1)
    for candidates, code in (([], "no_candidates"), ([tested], "wrong_split")):
        with pytest.raises(EvaluationError) as refusal:
            best_within_noise(candidates)
        assert refusal.value.code == f"evaluation.{code}"


rows = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=20
)


def columns(found: list[tuple[int, ...]]) -> list[Column]:
    better = (Better.HIGHER, Better.LOWER, Better.LOWER)
    return [
        Column(values=v, better=b) for v, b in zip(zip(*found, strict=True), better, strict=True)
    ]


@given(rows)
def test_the_front_by_brute_force_and_its_front_is_itself(
    found: list[tuple[int, ...]],
) -> None:
    def beats(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
        return a != b and a[0] >= b[0] and a[1] <= b[1] and a[2] <= b[2]

    front = pareto_front(columns(found))
    expected = [i for i, b in enumerate(found) if not any(beats(a, b) for a in found)]
    assert list(front) == expected
    kept = [found[i] for i in front]
    assert pareto_front(columns(kept)) == tuple(range(len(kept)))


@given(rows, st.tuples(st.floats(0.1, 5), st.floats(0.1, 5), st.floats(0.1, 5)))
def test_what_weights_choose_is_on_the_front(
    found: list[tuple[int, ...]], wanted: tuple[float, float, float]
) -> None:
    names = [str(n) for n in range(len(found))]
    by_name = dict(zip(("accuracy", "flash", "RAM"), columns(found), strict=True))
    ranked = weighed_choice(names, by_name, dict(zip(by_name, wanted, strict=True)))
    assert [w.score for w in ranked] == sorted((w.score for w in ranked), reverse=True)
    assert all(0 <= w.score <= 1 + 1e-12 for w in ranked)
    front = {str(n) for n in pareto_front(columns(found))}
    top = [w.name for w in ranked if w.score >= ranked[0].score - 1e-12]
    assert front & set(top)


def test_weights_by_hand() -> None:
    known = {
        "accuracy": Column(values=[0.9, 0.8, 0.85], better=Better.HIGHER),
        "flash": Column(values=[400, 100, 200], better=Better.LOWER, ratio=True),
        "latency": Column(values=[5, 5, 5], better=Better.LOWER),
    }
    found = weighed_choice("abc", known, {"accuracy": 3, "flash": 1})
    assert [(w.name, round(w.score, 6)) for w in found] == [("a", 0.75), ("c", 0.5), ("b", 0.25)]
    assert found[1].parts == pytest.approx({"accuracy": 0.5, "flash": 0.5, "latency": 1})


@pytest.mark.parametrize(
    ("known", "weights"),
    [
        ({}, {}),
        ({"a": Column(values=[1.0, math.nan], better=Better.LOWER)}, {"a": 1}),
        ({"a": Column(values=[0.0, 1.0], better=Better.LOWER, ratio=True)}, {"a": 1}),
        ({"a": Column(values=[1.0], better=Better.LOWER)}, {"a": 1}),
        ({"a": Column(values=[1.0, 2.0], better=Better.LOWER)}, {"a": 0}),
        ({"a": Column(values=[1.0, 2.0], better=Better.LOWER)}, {"a": -1}),
        ({"a": Column(values=[1.0, 2.0], better=Better.LOWER)}, {"b": 1}),
    ],
)
def test_columns_and_weights_that_mean_nothing_are_refused(
    known: dict[str, Column], weights: dict[str, float]
) -> None:
    with pytest.raises(EvaluationError) as refusal:
        weighed_choice(["x", "y"], known, weights)
    assert refusal.value.code == "evaluation.columns"
