"""What samples are by those most like them: a first opinion before there is a model.

Numbers that describe the samples come from outside; here they are only compared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.domain.errors import ProjectError
from studio.domain.sample import Sample
from studio.labelling.predicting import PredictSummary
from studio.store import predictions
from studio.store.predictions import Prediction
from studio.store.project_file import ProjectFile

__all__ = ["NEIGHBOURS", "ask_neighbours", "class_names", "label_stamp", "votes"]

NEIGHBOURS = 10
"""Labelled samples a vote rests on. With more, small classes are outvoted by large ones."""

_BLOCK = 256
"""Samples compared at once: against 100,000 others 100 MB of distances."""

_NAMED = 5
"""Neighbours that are kept to be shown."""

_FEWEST_CLASSES = 2


def label_stamp(project: ProjectFile) -> str:
    """Return a digest of who is labelled what now; it changes when votes may."""
    found = hashlib.sha256()
    sql = (
        "SELECT s.id, c.name FROM samples s JOIN classes c ON c.id = s.class_id"
        " WHERE s.excluded = 0 ORDER BY s.id"
    )
    for id, name in project.rows(sql):
        found.update(f"{id} {name}\n".encode())
    everything = "SELECT count(*), coalesce(max(id), 0) FROM samples WHERE excluded = 0"
    found.update(str(tuple(project.rows(everything)[0])).encode())
    return found.hexdigest()


def votes(
    features: NDArray[np.float32],
    classes: Sequence[str | None],
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[tuple[NDArray[np.float32], NDArray[np.int64]]]:
    """Yield, block by block in order, how the nearest labelled samples vote on each sample.

    A sample never votes on itself. The nearest counts fully and the last not at all.

    Args:
        features: float32 ``(samples, features)``.
        classes: Of each sample, or None where it has no label.
        progress: Called with samples done and samples in all.

    Yields:
        Shares float32 ``(block, classes)`` that add up to 1, classes as `class_names` orders
        them, and the positions int64 ``(block, k)`` of the neighbours, the nearest first.

    Source:
        Dudani, "The distance-weighted k-nearest-neighbor rule" (1976): of k neighbours the
        one at distance d weighs (d_k - d) / (d_k - d_1), or 1 where all are as near.
    """
    names = class_names(classes)
    index = {name: number for number, name in enumerate(names)}
    known = np.array([n for n, name in enumerate(classes) if name is not None], np.int64)
    codes = np.array([index[classes[n]] for n in known], np.int64)
    squares = (features[known].astype(np.float64) ** 2).sum(1)
    for start in range(0, len(features), _BLOCK):
        rows = features[start : start + _BLOCK]
        own = np.arange(start, start + len(rows))
        distances = _distances(rows, features[known], squares)
        distances[known[None, :] == own[:, None]] = np.inf
        nearest, far = _nearest(distances, min(NEIGHBOURS, len(known) - 1))
        weights = _weights(far)
        shares = np.zeros((len(rows), len(names)), np.float32)
        np.add.at(shares, (np.arange(len(rows))[:, None], codes[nearest]), weights)
        yield shares / shares.sum(1, keepdims=True), known[nearest]
        progress(min(start + _BLOCK, len(features)), len(features))


def class_names(classes: Iterable[str | None]) -> tuple[str, ...]:
    """Return the classes that occur, each once, in the order of their names."""
    return tuple(sorted({name for name in classes if name is not None}))


def _distances(
    rows: NDArray[np.float32], others: NDArray[np.float32], squares: NDArray[np.float64]
) -> NDArray[np.float64]:
    mixed = (rows @ others.T).astype(np.float64)
    own = (rows.astype(np.float64) ** 2).sum(1)
    # Rounding leaves the same picture a hair away from itself.
    squared = np.maximum(own[:, None] + squares[None, :] - 2 * mixed, 0)
    return np.asarray(np.sqrt(squared), np.float64)


def _nearest(
    distances: NDArray[np.float64], count: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    some = np.argpartition(distances, count - 1, axis=1)[:, :count]
    far = np.take_along_axis(distances, some, 1)
    order = np.argsort(far, axis=1, kind="stable")
    return np.take_along_axis(some, order, 1), np.take_along_axis(far, order, 1)


def _weights(far: NDArray[np.float64]) -> NDArray[Any]:
    first, last = far[:, :1], far[:, -1:]
    spread = last - first
    return np.where(spread > 1e-9, (last - far) / np.where(spread > 1e-9, spread, 1), 1.0)


def ask_neighbours(
    project: ProjectFile,
    found: Sequence[Sample],
    features: NDArray[np.float32],
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> PredictSummary:
    """Keep the vote of the nearest labelled samples on every sample, in place of earlier votes.

    Args:
        project: Whose samples.
        found: The samples.
        features: float32 ``(samples, features)`` that describe them.
        progress: Called with samples done and samples in all.
        cancelled: Asked between blocks; then nothing is changed.

    Raises:
        ProjectError: ``label.too_few_labels`` unless two classes and three samples have labels.
    """
    stamp = label_stamp(project)
    classes = [sample.class_name for sample in found]
    _refuse_too_few(classes)
    said: list[Prediction] = []
    for shares, nearest in votes(_even(features), classes, progress=progress):
        for row, others in zip(shares.tolist(), nearest[:, :_NAMED].tolist(), strict=True):
            near = tuple(found[other].id for other in others)
            sample = found[len(said)].id
            said.append(Prediction(sample_id=sample, shares=tuple(row), nearest=near))
        if cancelled():
            return PredictSummary(candidate_id=None, predicted=0, already=0, cancelled=True)
    with project.transaction():
        asked = predictions.put_predictor(project, None, class_names(classes), stamp=stamp)
        predictions.forget(project, asked.id)
        predictions.put(project, asked.id, said)
    return PredictSummary(candidate_id=None, predicted=len(said), already=0)


def _even(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the features without values that are no numbers."""
    return np.nan_to_num(features, posinf=0.0, neginf=0.0)


def _refuse_too_few(classes: Sequence[str | None]) -> None:
    known = [name for name in classes if name is not None]
    if len(set(known)) < _FEWEST_CLASSES or len(known) <= _FEWEST_CLASSES:
        raise ProjectError(
            "Too few samples have a class to compare the others with.",
            "Label a few samples of two classes or more first.",
            code="label.too_few_labels",
        )
