"""Samples whose bytes are damaged, missing, or no longer what they were."""

from __future__ import annotations

from collections.abc import Iterator

from studio.datasets.health._check import ANY_KIND, Check, counted, named
from studio.datasets.material import Material
from studio.domain.errors import ProjectError
from studio.domain.health import ActionKind, HealthFinding, Severity, SuggestedAction
from studio.domain.sample import SampleKind
from studio.store import blobs

__all__ = ["ENTRY"]


def _find(material: Material) -> Iterator[HealthFinding]:
    """Read every original against its digest, and whatever else the checks decode."""
    wrong: dict[int, str] = {}
    checked: dict[str, str] = {}
    for done, sample in enumerate(material.samples):
        if sample.digest not in checked:
            try:
                blobs.get(material.project, sample.digest)
                checked[sample.digest] = ""
            except ProjectError as error:
                checked[sample.digest] = error.happened
        if checked[sample.digest]:
            wrong[sample.id] = checked[sample.digest]
        material.progress("verifying", done + 1, len(material.samples))
    _decode(material)
    wrong = {**material.unreadable, **wrong}
    if wrong:
        ids = tuple(sorted(wrong))
        names = named(material.by_id[id].name for id in ids)
        yield HealthFinding(
            code="health.unreadable",
            severity=Severity.PROBLEM,
            title="Samples that cannot be read",
            sentence=f"Cannot be read: {counted(len(ids), 'sample')} ({names})."
            " Import the originals again, or exclude them.",
            sample_ids=ids,
            action=SuggestedAction(kind=ActionKind.REIMPORT, sample_ids=ids),
            figures={"samples": len(ids)},
        )


def _decode(material: Material) -> None:
    """Have everything decoded that the other checks decode as well."""
    kinds = {sample.kind for sample in material.samples}
    if SampleKind.IMAGE in kinds:
        _ = material.pictures
    if SampleKind.RECORDING in kinds:
        _ = material.signals
    if SampleKind.ROW in kinds:
        _ = material.rows


ENTRY = Check(id="unreadable", title="Unreadable samples", kinds=ANY_KIND, find=_find)
