"""From a model's outputs to an `Evaluation`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.domain.dataset import Split
from studio.domain.errors import EvaluationError
from studio.domain.evaluation import Evaluation
from studio.evaluation.predictions import check_classes

__all__ = ["evaluate"]


def evaluate(
    outputs: NDArray[np.floating[Any]],
    truth: NDArray[np.integer[Any]],
    *,
    classes: Sequence[str],
    split: Split,
) -> Evaluation:
    """Count predictions against the truth.

    The prediction is the class with the largest output; of equal ones the first, as
    ``ARG_MAX`` of TensorFlow Lite takes it.

    Args:
        outputs: ``(samples, classes)``.
        truth: ``(samples,)``, index into the classes.
        classes: Class names in output order.
        split: Which side the samples are from.

    Raises:
        ValueError: if the shapes do not belong together.
        EvaluationError: ``evaluation.not_finite``, ``evaluation.no_classes``,
            ``evaluation.unknown_class``.
    """
    if outputs.shape != (len(truth), len(classes)):
        raise ValueError(f"{outputs.shape} outputs for {len(truth)} samples")
    check_classes(truth, classes)
    if not np.isfinite(outputs).all():
        raise EvaluationError(
            "The model's outputs hold values that are not numbers.",
            "It diverged in training; choose another candidate.",
            code="evaluation.not_finite",
        )
    counts = np.zeros((len(classes), len(classes)), np.int64)
    np.add.at(counts, (truth, outputs.argmax(axis=1)), 1)
    return Evaluation(
        split=split, classes=tuple(classes), confusion=tuple(map(tuple, counts.tolist()))
    )
