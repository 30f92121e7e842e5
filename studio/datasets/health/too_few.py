"""Too few samples to learn from, or to judge by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from studio.datasets.health._check import ANY_KIND, Check, counted
from studio.datasets.material import Material
from studio.datasets.splits import FEWEST_PER_CLASS
from studio.domain.evaluation import wilson_interval
from studio.domain.health import ActionKind, HealthFinding, Severity, SuggestedAction
from studio.domain.sample import Sample

__all__ = ["ENTRY"]

_ENOUGH = 50
"""Of fifty samples ten are tested on; even ten right of ten leave 72 to 100 % open."""


def _find(material: Material) -> Iterator[HealthFinding]:
    by_class: dict[str, list[Sample]] = defaultdict(list)
    for sample in material.samples:
        if sample.class_name is not None:
            by_class[sample.class_name].append(sample)
    for name, found in by_class.items():
        distinct = len({sample.digest for sample in found})
        if distinct < _ENOUGH:
            yield _finding(name, distinct, found)


def _finding(name: str, distinct: int, found: list[Sample]) -> HealthFinding:
    if distinct < FEWEST_PER_CLASS:
        severity, why = Severity.PROBLEM, f"Each class needs at least {FEWEST_PER_CLASS}."
    else:
        tested = max(1, round(distinct * 0.2))
        low = wilson_interval(tested, tested).low
        severity = Severity.WARNING
        why = (
            f"About {tested} of them will be tested on; even if all come out right,"
            f" the true rate may be as low as {low:.0%}."
        )
    return HealthFinding(
        code="health.too_few",
        severity=severity,
        title="Few samples",
        sentence=f"{name!r} has {counted(distinct, 'different sample')}. {why}",
        sample_ids=tuple(sample.id for sample in found),
        action=SuggestedAction(kind=ActionKind.ADD_SAMPLES, target=name),
        figures={"samples": distinct},
    )


ENTRY = Check(id="too-few", title="Few samples", kinds=ANY_KIND, find=_find)
