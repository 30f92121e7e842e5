"""Pictures that show nothing: all dark, all bright, or all one grey."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from studio.datasets.health._check import Check, named
from studio.datasets.material import Material
from studio.domain.health import ActionKind, HealthFinding, Severity, SuggestedAction
from studio.domain.sample import SampleKind

__all__ = ["ENTRY"]

_DARK, _BRIGHT, _FLAT = 30, 245, 3.0
"""Grey levels of 0 to 255: nineteen pixels of twenty below, or above, or this little spread.
Blur is not judged: a soft picture of a soft thing looks the same as a blurred one."""


def _find(material: Material) -> Iterator[HealthFinding]:
    shown, looks = material.pictures
    if not shown:
        return
    flat = looks.grey.reshape(len(shown), -1)
    low, high = np.quantile(flat, 0.05, axis=1), np.quantile(flat, 0.95, axis=1)
    for title, what, chosen in (
        ("Very dark pictures", "almost black", high < _DARK),
        ("Very bright pictures", "almost white", low > _BRIGHT),
        ("Empty pictures", "of one shade", (flat.std(1) < _FLAT) & (high >= _DARK)
         & (low <= _BRIGHT)),
    ):  # fmt: skip
        samples = [shown[position] for position in np.flatnonzero(chosen)]
        if samples:
            ids = tuple(sample.id for sample in samples)
            yield HealthFinding(
                code="health.dull_pictures",
                severity=Severity.WARNING,
                title=title,
                sentence=f"{named(sample.name for sample in samples)}: {what} all over."
                " There is nothing to learn from.",
                sample_ids=ids,
                action=SuggestedAction(kind=ActionKind.EXCLUDE, sample_ids=ids),
                figures={"samples": len(ids)},
            )


ENTRY = Check(
    id="dull-pictures",
    title="Pictures that show nothing",
    kinds=frozenset({SampleKind.IMAGE}),
    find=_find,
)
