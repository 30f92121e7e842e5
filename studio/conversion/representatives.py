"""Which samples of the training split set the ranges of a quantized file.

The rule, and its reason: a range must hold what any class and any session brings, and a class
with few samples brings as much as one with many. So classes take turns, and within a class its
sessions; which sample of a session comes first is drawn with a seed. Only the training split is
asked: what is told about the file is measured on the others. More than some 200 samples changed
nothing in our trials; `MORE` is what the ladder of remedies tries where that is not so.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["MORE", "USUAL", "checkerboard", "representatives"]

USUAL = 200
"""Samples that set the ranges; 100 to 200 gave the accuracy of float in our trials."""

MORE = 1000
"""Five times as many, where the usual number was not enough."""

_PARTS_OF_AN_AMOUNT = 10

Places = NDArray[np.intp]


def representatives(
    truth: NDArray[Any], sessions: NDArray[np.integer[Any]], most: int = USUAL, *, seed: int = 0
) -> Places:
    """Return the places of the samples that set the ranges, in the order they were chosen.

    The first of them are what a smaller ``most`` would have given.

    Args:
        truth: ``(samples,)``: index of the class; float amounts are taken by tenths.
        sessions: ``(samples,)``: number of the session each was taken in.
        most: How many are wanted.
        seed: Of the draw within a session.
    """
    classes = _tenths(truth) if truth.dtype.kind == "f" else truth
    drawn = np.random.default_rng(seed).permutation(len(truth))
    in_session = _turn(drawn, classes, sessions)
    # By turn in the session; sessions of a class in the order their first sample was drawn.
    order = drawn[np.argsort(in_session[drawn], kind="stable")]
    in_class = _turn(order, classes, np.zeros_like(sessions))
    return order[np.lexsort((classes[order], in_class[order]))][:most]


def _turn(order: Places, classes: NDArray[Any], sessions: NDArray[Any]) -> Places:
    """Return which one of its class and session each sample is, going through in this order."""
    seen: dict[tuple[Any, Any], int] = {}
    turns = np.zeros(len(order), np.intp)
    for place in order:
        key = (classes[place], sessions[place])
        turns[place] = seen[key] = seen.get(key, -1) + 1
    return turns


def _tenths(amounts: NDArray[Any]) -> NDArray[np.intp]:
    ranks = np.argsort(np.argsort(amounts, kind="stable"), kind="stable")
    return ranks * _PARTS_OF_AN_AMOUNT // max(1, len(amounts))


def checkerboard(shape: tuple[int, ...]) -> NDArray[np.float32]:
    """Return one more input that has both ends of the range, so that its scale is 1/255.

    A checkerboard holds both without saturating the layers behind it.

    Args:
        shape: Of one input, without the batch.
    """
    board: NDArray[np.float32] = (np.indices(shape).sum(axis=0) % 2).astype(np.float32)
    return board
