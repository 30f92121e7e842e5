"""Samples whose bytes are damaged, missing, or no longer what they were."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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
    lost: dict[int, str] = {}
    checked: dict[str, ProjectError | None] = {}
    for done, sample in enumerate(material.samples):
        if sample.digest not in checked:
            try:
                blobs.get(material.project, sample.digest)
                checked[sample.digest] = None
            except ProjectError as error:
                checked[sample.digest] = error
        trouble = checked[sample.digest]
        if trouble is not None:
            (lost if trouble.code in _LINKS else wrong)[sample.id] = trouble.happened
        material.progress("verifying", done + 1, len(material.samples))
    _decode(material)
    if lost:
        yield _lost(lost)
    wrong = {**material.unreadable, **wrong}
    wrong = {id: why for id, why in wrong.items() if id not in lost}
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


_LINKS = ("project.link_missing", "project.link_changed")


def _lost(lost: Mapping[int, str]) -> HealthFinding:
    ids = tuple(sorted(lost))
    shown = " ".join(lost[id] for id in ids[:3])
    return HealthFinding(
        code="health.links_broken",
        severity=Severity.PROBLEM,
        title="Linked originals that cannot be used",
        sentence=f"Not as they were linked: {counted(len(ids), 'original')}. {shown}"
        " Put them back, look for them with `relink`, or exclude the samples.",
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
