"""Counting predictions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.dataset import Split
from studio.evaluation import evaluate

CLASSES = ("leaf", "rust", "mite")


def test_rows_are_the_truth_and_columns_the_guess() -> None:
    outputs = np.array([[0.9, 0.1, 0.0], [0.1, 0.2, 0.7], [0.0, 0.0, 1.0]])
    found = evaluate(outputs, np.array([0, 1, 2]), classes=CLASSES, split=Split.TEST)
    assert found.confusion == ((1, 0, 0), (0, 0, 1), (0, 0, 1))
    assert found.accuracy.value == pytest.approx(2 / 3)


def test_of_equal_outputs_the_first_wins() -> None:
    found = evaluate(np.ones((1, 3)), np.array([2]), classes=CLASSES, split=Split.TEST)
    assert found.confusion[2] == (1, 0, 0)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=40))
def test_every_sample_is_counted_once(pairs: list[tuple[int, int]]) -> None:
    truth = np.array([t for t, _ in pairs], np.int32)
    outputs = np.eye(3)[[g for _, g in pairs]].reshape(len(pairs), 3)
    found = evaluate(outputs, truth, classes=CLASSES, split=Split.TEST)
    for t in range(3):
        for g in range(3):
            assert found.confusion[t][g] == pairs.count((t, g))


def test_shapes_that_do_not_belong_together_are_refused() -> None:
    with pytest.raises(ValueError, match="outputs for"):
        evaluate(np.ones((2, 3)), np.array([1]), classes=CLASSES, split=Split.TEST)
