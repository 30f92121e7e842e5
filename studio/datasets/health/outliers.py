"""Samples far from all others, and values far outside their column."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

from studio.datasets.health._check import Check, named
from studio.datasets.health._tables import as_numbers, column_values, feature_columns
from studio.datasets.looks import colours_and_shapes
from studio.datasets.material import Material, Progress, no_progress
from studio.datasets.neighbours import nearest
from studio.domain.health import ActionKind, HealthFinding, Severity, SuggestedAction
from studio.domain.sample import SampleKind

__all__ = ["ENTRY", "far_from_all"]

_FEWEST = 30
_NEIGHBOURS = 5
_FAR_PICTURE = 5.0
_FAR_VALUE = 10.0
"""Modified z-scores, ``0.6745 |x - median| / MAD``. Iglewicz and Hoaglin (1993) suggest 3.5 for
normal values; pictures and measurements have heavier tails, so only what stands far out is told."""

_MOST_SHARE = 0.01
"""Where more than one in a hundred is far out, that is how the values are spread."""


def _find(material: Material) -> Iterator[HealthFinding]:
    yield from _pictures(material)
    yield from _rows(material)


def _pictures(material: Material) -> Iterator[HealthFinding]:
    shown, looks = material.pictures
    if len(shown) < _FEWEST:
        return
    far = far_from_all(colours_and_shapes(looks), material.progress)
    if far.size:
        samples = [shown[position] for position in far]
        yield HealthFinding(
            code="health.outlier_pictures",
            severity=Severity.HINT,
            title="Unlike all others",
            sentence=f"{named(sample.name for sample in samples)} look unlike all other pictures"
            " in colour and layout. Do they belong here?",
            sample_ids=tuple(sample.id for sample in samples),
            action=SuggestedAction(
                kind=ActionKind.REVIEW, sample_ids=tuple(sample.id for sample in samples)
            ),
            figures={"samples": len(samples)},
        )


def far_from_all(rows: NDArray[np.float32], progress: Progress = no_progress) -> NDArray[np.int64]:
    """Return the rows whose nearest others are far away, the farthest first.

    Args:
        rows: float32 ``(samples, features)``.
        progress: Called with rows done and in all.
    """
    distances = np.log(_to_neighbours(rows, progress) + 1e-3)
    scores = _modified_z(distances)
    far = np.flatnonzero((scores > _FAR_PICTURE) & (distances > np.median(distances)))
    return np.asarray(far[np.argsort(-scores[far])][: max(1, int(_MOST_SHARE * len(rows)))])


def _to_neighbours(rows: NDArray[np.float32], progress: Progress) -> NDArray[np.float64]:
    """Return the distance of each row to its fifth nearest other."""
    centred = rows - rows.mean(0)
    squares = (centred * centred).sum(1)
    count = min(_NEIGHBOURS, len(rows) - 1)
    tell = partial(progress, "looking for outliers")
    _, scores = nearest(centred, centred, count, bias=-squares / 2, progress=tell)
    return np.asarray(np.sqrt(np.maximum(squares - 2 * scores[:, -1], 0)), np.float64)


def _modified_z(values: NDArray[np.float64]) -> NDArray[np.float64]:
    off = np.abs(values - np.nanmedian(values))
    usual = float(np.nanmedian(off))
    return np.asarray(0.6745 * off / usual) if usual > 0 else np.zeros(len(values))


def _rows(material: Material) -> Iterator[HealthFinding]:
    found, _ = material.rows
    if len(found) < _FEWEST:
        return
    for column in feature_columns(material):
        numbers = as_numbers(column_values(material, column))
        if numbers is None or len(np.unique(numbers[np.isfinite(numbers)])) < _FEWEST:
            continue
        scores = np.nan_to_num(_modified_z(numbers))
        far = np.flatnonzero(scores > _FAR_VALUE)
        if not far.size or far.size > max(1, _MOST_SHARE * len(found)):
            continue
        far = far[np.argsort(-scores[far])]
        values = ", ".join(f"{numbers[position]:g}" for position in far[:3])
        ids = tuple(found[position].id for position in far)
        yield HealthFinding(
            code="health.outlier_values",
            severity=Severity.HINT,
            title="Values far outside",
            sentence=f"{column!r} holds values far from its usual {np.nanmedian(numbers):g},"
            f" for example {values}. A slip of the decimal point?",
            sample_ids=ids,
            action=SuggestedAction(kind=ActionKind.REVIEW, sample_ids=ids, target=column),
            figures={"samples": len(ids)},
        )


ENTRY = Check(
    id="outliers",
    title="Outliers",
    kinds=frozenset({SampleKind.IMAGE, SampleKind.ROW}),
    find=_find,
)
