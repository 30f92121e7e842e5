"""Predictions for the tests of this folder."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from studio.domain.dataset import Split
from studio.evaluation import ClassPredictions, ValuePredictions

CLASSES = ("leaf", "rust", "mite")


def called(
    truth: Sequence[int] | ArrayLike,
    predicted: Sequence[int] | ArrayLike,
    *,
    classes: tuple[str, ...] = CLASSES,
    confidence: ArrayLike = 1.0,
    split: Split = Split.TEST,
    groups: ArrayLike | None = None,
    ids: ArrayLike | None = None,
) -> ClassPredictions:
    """Predictions that call each sample what is asked, as surely as is asked."""
    guess = np.asarray(predicted, np.int64)
    sure = np.broadcast_to(np.asarray(confidence, float), guess.shape)
    outputs = np.repeat((1 - sure)[:, None] / max(1, len(classes) - 1), len(classes), axis=1)
    outputs[np.arange(len(guess)), guess] = sure
    return ClassPredictions(
        split=split,
        classes=classes,
        outputs=outputs,
        truth=np.asarray(truth, np.int64),
        sample_ids=np.arange(100, 100 + len(guess)) if ids is None else np.asarray(ids),
        groups=None if groups is None else np.asarray(groups, np.int64),
    )


def amounts(
    truth: ArrayLike,
    predicted: ArrayLike,
    *,
    split: Split = Split.TEST,
    groups: ArrayLike | None = None,
) -> ValuePredictions:
    """Predicted amounts in millimetres."""
    return ValuePredictions(
        split=split,
        unit="mm",
        predicted=np.asarray(predicted, float),
        truth=np.asarray(truth, float),
        sample_ids=np.arange(np.size(truth)),
        groups=None if groups is None else np.asarray(groups, np.int64),
    )


def softmax(logits: np.ndarray) -> np.ndarray:
    """Probabilities of logits, row by row."""
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)
