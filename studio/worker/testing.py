"""From outputs on one side of the snapshot to an evaluation."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.domain.dataset import Split
from studio.domain.evaluation import AnyEvaluation
from studio.domain.preprocessing import Preprocessing, TablePreprocessing
from studio.evaluation import ClassPredictions, ValuePredictions, classify, evaluate, regress
from studio.worker.data import Part

__all__ = ["evaluated"]


def evaluated(
    outputs: NDArray[np.float32],
    part: Part,
    *,
    classes: tuple[str, ...],
    how: Preprocessing,
    split: Split,
    detailed: bool,
) -> AnyEvaluation:
    """Return how outputs compare with the truth; amounts in the unit of their column.

    Args:
        outputs: ``(inputs, classes)``, or ``(inputs, 1)`` scaled amounts.
        part: The inputs and their truth.
        classes: Class names; empty for amounts.
        how: What the inputs went through; knows what the output of an amount means.
        split: The side it is.
        detailed: Whether intervals, mistakes and confusions are worked out, too. Samples are
            named there by their number in the snapshot.
    """
    if not classes:
        return regress(_values(outputs, part, how, split))
    if not detailed or len(part.truth) < 2:
        return evaluate(outputs, part.truth, classes=classes, split=split)
    return classify(
        ClassPredictions(
            split=split,
            classes=classes,
            outputs=outputs.astype(np.float64),
            truth=part.truth.astype(np.int64),
            sample_ids=part.numbers,
            groups=_groups(part),
        )
    )


def _values(
    outputs: NDArray[np.float32], part: Part, how: Preprocessing, split: Split
) -> ValuePredictions:
    scale = how.target if isinstance(how, TablePreprocessing) else None
    offset, factor = (scale.offset, scale.scale) if scale else (0.0, 1.0)
    return ValuePredictions(
        split=split,
        predicted=offset + factor * outputs[:, 0].astype(np.float64),
        truth=offset + factor * part.truth.astype(np.float64),
        sample_ids=part.numbers,
        groups=_groups(part),
    )


def _groups(part: Part) -> NDArray[np.int64] | None:
    """Return who belongs together, or None where every input is a sample of its own."""
    alone = len(np.unique(part.groups)) == len(part.groups)
    return None if alone else part.groups.astype(np.int64)
