"""Classes of very unequal size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from studio.datasets.health._check import ANY_KIND, Check
from studio.datasets.material import Material
from studio.domain.health import ActionKind, HealthFinding, Severity, SuggestedAction

__all__ = ["ENTRY"]

_UNEQUAL, _VERY_UNEQUAL = 3.0, 10.0
"""How many times the smallest class the largest is. Own choice: at ten, a model that never
names the smallest class is still right on nine of ten samples of the two."""


def _find(material: Material) -> Iterator[HealthFinding]:
    sizes = Counter(s.class_name for s in material.samples if s.class_name is not None)
    if len(sizes) < 2:
        return
    (largest, most), (smallest, fewest) = sizes.most_common(1)[0], sizes.most_common()[-1]
    if most < _UNEQUAL * fewest:
        return
    yield HealthFinding(
        code="health.unbalanced",
        severity=Severity.WARNING if most >= _VERY_UNEQUAL * fewest else Severity.HINT,
        title="Classes of unequal size",
        sentence=f"{largest!r} has {most:,} samples and {smallest!r} has {fewest:,}: a model may"
        f" learn to overlook {smallest!r}.",
        sample_ids=tuple(s.id for s in material.samples if s.class_name == smallest),
        action=SuggestedAction(kind=ActionKind.ADD_SAMPLES, target=smallest or ""),
        figures={"largest": most, "smallest": fewest},
    )


ENTRY = Check(id="class-balance", title="Class balance", kinds=ANY_KIND, find=_find)
