"""Which samples set the ranges: every class and session has its turn, whatever its size."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.conversion.representatives import checkerboard, representatives

labels = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), min_size=1, max_size=120)


def arrays(pairs):
    truth, sessions = (np.array(column) for column in zip(*pairs, strict=True))
    return truth, sessions


@given(labels, st.integers(1, 150), st.integers(0, 9))
def test_a_choice_is_part_of_every_larger_one_and_never_twice_the_same(pairs, most, seed):
    truth, sessions = arrays(pairs)
    chosen = representatives(truth, sessions, most, seed=seed)
    assert len(chosen) == min(most, len(truth)) == len(set(chosen.tolist()))
    more = representatives(truth, sessions, most + 7, seed=seed)
    assert more[: len(chosen)].tolist() == chosen.tolist()
    assert chosen.tolist() == representatives(truth, sessions, most, seed=seed).tolist()


@given(labels, st.integers(1, 150))
def test_classes_take_turns_as_long_as_they_have_samples(pairs, most):
    truth, sessions = arrays(pairs)
    got = Counter(truth[representatives(truth, sessions, most)].tolist())
    have = Counter(truth.tolist())
    most_got = max(got.values())
    assert all(got[name] >= min(have[name], most_got - 1) for name in have)


@given(labels, st.integers(1, 150))
def test_within_a_class_sessions_take_turns(pairs, most):
    truth, sessions = arrays(pairs)
    chosen = representatives(truth, sessions, most)
    for name in set(truth.tolist()):
        got = Counter(sessions[chosen[truth[chosen] == name]].tolist())
        have = Counter(sessions[truth == name].tolist())
        most_got = max(got.values(), default=0)
        assert all(got[one] >= min(have[one], most_got - 1) for one in have)


def test_a_rare_class_and_a_rare_session_are_heard():
    truth = np.array([0] * 990 + [1] * 10)
    sessions = np.array([0] * 980 + [1] * 10 + [2] * 10)
    chosen = representatives(truth, sessions, 20)
    assert Counter(truth[chosen].tolist()) == {0: 10, 1: 10}
    assert Counter(sessions[chosen[truth[chosen] == 0]].tolist()) == {0: 5, 1: 5}


def test_amounts_are_taken_from_all_of_their_range():
    amounts = np.random.default_rng(0).exponential(size=1000).astype(np.float32)
    chosen = representatives(amounts, np.arange(1000), 100)
    tenth = np.searchsorted(np.quantile(amounts, np.arange(0.1, 1, 0.1)), amounts[chosen])
    assert set(Counter(tenth.tolist()).values()) == {10}


def test_another_seed_draws_others():
    truth, sessions = np.zeros(500, int), np.arange(500)
    one, other = (set(representatives(truth, sessions, 50, seed=n).tolist()) for n in (1, 2))
    assert len(one & other) < 25


@pytest.mark.parametrize("shape", [(7,), (9, 1, 3), (4, 5, 1)])
def test_the_board_has_both_ends_in_every_channel(shape):
    board = checkerboard(shape)
    assert board.shape == shape
    assert {0.0, 1.0} == set(board.ravel().tolist())
