"""Copies that are not the same to the byte: re-encoded, resized, lightened, cropped, trimmed."""

from __future__ import annotations

from collections.abc import Iterator

from studio.datasets.chains import Chains
from studio.datasets.health._check import Check, counted
from studio.datasets.material import Material
from studio.domain.health import ActionKind, HealthFinding, Severity, SuggestedAction
from studio.domain.sample import SampleKind

__all__ = ["ENTRY"]


def _find(material: Material) -> Iterator[HealthFinding]:
    chains: Chains[int] = Chains()
    for one, other, _ in material.near:
        chains.link(one, other)
    groups = sorted((sorted(group) for group in chains.groups()), key=lambda g: (-len(g), g[0]))
    if not groups:
        return
    spare = tuple(id for group in groups for id in group[1:])
    yield HealthFinding(
        code="health.near_duplicates",
        severity=Severity.WARNING,
        title="Nearly the same",
        sentence=f"Nearly the same as another: {counted(len(spare), 'sample')}. Re-encoded,"
        " resized, cropped, or taken at once. The split keeps them on one side.",
        sample_ids=tuple(id for group in groups for id in group),
        action=SuggestedAction(kind=ActionKind.EXCLUDE, sample_ids=spare),
        figures={"groups": len(groups), "copies": len(spare)},
    )


ENTRY = Check(
    id="near-duplicates",
    title="Nearly the same samples",
    kinds=frozenset({SampleKind.IMAGE, SampleKind.RECORDING}),
    find=_find,
)
