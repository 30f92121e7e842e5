"""The same bytes under several names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from studio.datasets.health._check import ANY_KIND, Check, counted
from studio.datasets.material import Material
from studio.domain.health import ActionKind, HealthFinding, Severity, SuggestedAction
from studio.domain.sample import Sample

__all__ = ["ENTRY"]


def _find(material: Material) -> Iterator[HealthFinding]:
    by_digest: dict[str, list[Sample]] = defaultdict(list)
    for sample in material.samples:
        by_digest[sample.digest].append(sample)
    several = [group for group in by_digest.values() if len(group) > 1]
    if not several:
        return
    # Of each group the first is kept, but one with a label rather than one without.
    spare = tuple(
        sample.id
        for group in several
        for sample in sorted(group, key=lambda s: (s.class_name is None, s.id))[1:]
    )
    yield HealthFinding(
        code="health.exact_duplicates",
        severity=Severity.HINT,
        title="Exact copies",
        sentence=f"Exact copies of others: {counted(len(spare), 'sample')}."
        " They stand on the same side of a split, but count twice.",
        sample_ids=tuple(sample.id for group in several for sample in group),
        action=SuggestedAction(kind=ActionKind.EXCLUDE, sample_ids=spare),
        figures={"groups": len(several), "copies": len(spare)},
    )


ENTRY = Check(id="exact-duplicates", title="Exact copies", kinds=ANY_KIND, find=_find)
