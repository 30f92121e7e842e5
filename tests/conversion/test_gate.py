"""The gate: what was lost, whether it is too much, and whether chance could do the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.conversion import agreement, judge
from studio.domain.conversion import Gate, GateLimits, Verdict
from studio.domain.dataset import Split

CLASSES = ("dark", "bright")


def outputs(answers):
    return np.eye(len(CLASSES), dtype=np.float32)[np.asarray(answers)]


USUAL = GateLimits()


def gate_of(truth, before, after, limits=USUAL):
    return judge(
        outputs(before),
        outputs(after),
        np.asarray(truth),
        classes=CLASSES,
        split=Split.VALIDATION,
        limits=limits,
    )


def turned(truth, count, of=0):
    """Return the truth with so many samples of a class called the other."""
    answers = np.array(truth)
    answers[np.flatnonzero(answers == of)[:count]] = 1 - of
    return answers


TRUTH = np.arange(1000) % 2


@pytest.mark.parametrize(
    ("lost", "verdict"),
    [(0, "passes"), (4, "passes"), (10, "passes"), (11, "fails"), (16, "fails")],
)
def test_one_point_overall_and_three_of_a_class(lost, verdict):
    gate = gate_of(TRUTH, TRUTH, turned(TRUTH, lost))
    assert gate.verdict == verdict
    assert gate.overall.lost == lost
    assert gate.overall.drop == pytest.approx(lost / 1000)


def test_a_class_alone_can_fail():
    gate = gate_of(TRUTH, TRUTH, turned(TRUTH, 20), GateLimits(overall=0.05))
    assert gate.verdict is Verdict.FAILS
    assert gate.worst_class.name == "dark"
    assert gate.phrases[0].text().startswith("dark loses 4.0 points of 500 validation samples")


def test_few_samples_give_a_statement_and_no_verdict_they_cannot_bear():
    truth = np.arange(40) % 2
    gate = gate_of(truth, truth, turned(truth, 3))
    assert gate.verdict is Verdict.UNSURE
    assert gate.overall.p == pytest.approx(0.125)
    sentences = " ".join(phrase.text() for phrase in gate.phrases)
    assert "may be chance (p = 0.12)" in sentences
    assert "2 of the classes have so few" in sentences


def test_what_is_won_counts_against_what_is_lost():
    before = turned(TRUTH, 12, of=1)
    gate = gate_of(TRUTH, before, turned(TRUTH, 12), GateLimits(any_class=1.0))
    assert (gate.overall.lost, gate.overall.won, gate.overall.drop) == (12, 12, 0)
    assert gate.verdict is Verdict.PASSES


@given(st.lists(st.tuples(*[st.integers(0, 1)] * 3), min_size=1, max_size=60))
def test_the_shares_are_those_of_counting(rows):
    truth, before, after = map(np.array, zip(*rows, strict=True))
    gate = gate_of(truth, before, after)
    loss = gate.overall
    assert loss.before == pytest.approx((before == truth).mean())
    assert loss.drop == pytest.approx((loss.lost - loss.won) / loss.samples)
    assert sum(one.samples for one in gate.losses[1:]) == loss.samples
    over = [one for one in gate.losses if one.drop > one.limit + 1e-9]
    assert (gate.verdict is Verdict.PASSES) == (not over)
    assert Gate.from_json(gate.as_json()) == gate


def test_amounts_lose_of_the_variance_explained():
    truth = np.linspace(0, 1, 50).astype(np.float32)
    exact, off = truth[:, None], (truth + 0.2 * (-1) ** np.arange(50)).astype(np.float32)[:, None]
    limits, side = GateLimits(), Split.VALIDATION
    same = judge(exact, exact, truth, classes=(), split=side, limits=limits)
    worse = judge(exact, off, truth, classes=(), split=side, limits=limits)
    assert (same.verdict, worse.verdict) == (Verdict.PASSES, Verdict.FAILS)
    explained = 1 - np.sum((off[:, 0] - truth) ** 2) / np.sum((truth - truth.mean()) ** 2)
    assert worse.overall.after == pytest.approx(explained, abs=1e-6)
    assert worse.worst_class is None
    assert "and 1 may be lost" in worse.phrases[0].text()
    assert same.phrases[0].text().startswith("It explains 0.0 points less of the variance of 50")


def test_agreement_is_sample_by_sample_and_says_of_what():
    before, after = outputs(TRUTH), outputs(turned(TRUTH, 30))
    figure = agreement(before, after, classes=True, of="test samples")
    assert figure.value == pytest.approx(0.97)
    assert "1000 test samples" in figure.source
    assert agreement(before[:0], after[:0], classes=True, of="x").value is None
    line = np.linspace(0, 1, 9, dtype=np.float32)[:, None]
    assert agreement(line, line, classes=False, of="x").value == 1


@pytest.mark.parametrize("bad", [-0.1, 1.1, float("nan")])
def test_a_limit_is_a_share(bad):
    with pytest.raises(ValueError, match="share"):
        GateLimits(overall=bad)
