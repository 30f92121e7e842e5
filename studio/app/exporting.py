"""From a candidate and a device to a bundle."""

from __future__ import annotations

import importlib.metadata
import shutil
import sys
import uuid
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from studio import __version__, jobs
from studio.app.golden import golden_of
from studio.app.models import check_content
from studio.app.records import ExportSummary
from studio.app.taking_in import put_ready
from studio.conversion import RECIPES
from studio.datasets import write_snapshot
from studio.devices import find_device
from studio.domain.candidate import ArtifactFormat, Candidate, Precision
from studio.domain.dataset import DatasetVersion, Split
from studio.domain.errors import ExportError
from studio.domain.report import CompatibilityReport, Verdict
from studio.export import BundleContents, DatasetFacts, SearchFacts, write_bundle
from studio.jobs import JobDirectory
from studio.search import CandidateFiles, FinishSpec
from studio.store import blobs, candidates, datasets, searches
from studio.store.project_file import ProjectFile

__all__ = ["check_candidate", "choose", "export"]

_VARIANT = "input"
_LIBRARIES = ("tensorflow", "keras", "autokeras", "ai-edge-litert", "onnx", "numpy", "pillow")


def check_candidate(
    project: ProjectFile, candidate: Candidate, device_ids: Sequence[str]
) -> tuple[CompatibilityReport, ...]:
    """Return the report of a candidate's int8 model on each device."""
    int8 = candidate.artifact(Precision.INT8, ArtifactFormat.TFLITE)
    if int8 is None:
        raise ExportError(
            f"Candidate {candidate.id} has no int8 model.",
            "Choose another candidate.",
            code="export.no_model",
        )
    return check_content(blobs.get(project, int8.digest), int8.arena, device_ids)


def choose(
    project: ProjectFile, device_id: str, candidate_id: int | None
) -> tuple[Candidate, CompatibilityReport]:
    """Return the candidate to export and its report: the one asked for, or the best that fits.

    Raises:
        ExportError: ``export.no_candidate``, ``export.unknown_candidate``,
            ``export.does_not_fit``.
    """
    device = find_device(device_id)
    ranked = candidates.best_first(project)
    if not ranked:
        raise ExportError(
            "There is no candidate yet.", "Run a search first.", code="export.no_candidate"
        )
    asked = [c for c in ranked if candidate_id in (None, c.id)]
    if not asked:
        raise ExportError(
            f"There is no candidate {candidate_id}.",
            f"Choose one of: {', '.join(str(c.id) for c in ranked)}.",
            code="export.unknown_candidate",
        )
    reports = ((c, check_candidate(project, c, [device.id])[0]) for c in asked)
    first: CompatibilityReport | None = None
    for candidate, report in reports:
        first = first or report
        if report.verdict is Verdict.FITS:
            return candidate, report
    raise ExportError(
        f"No candidate asked for fits the {device.name}: {first.summary if first else ''}",
        "Choose another device, or search for this one.",
        code="export.does_not_fit",
    )


def export(
    project: ProjectFile, device_id: str, out: Path, candidate_id: int | None
) -> ExportSummary:
    """Write the bundle of a candidate for a device, whole or not at all.

    Raises:
        ExportError: as `choose`, and what the disk says.
    """
    candidate, report = choose(project, device_id, candidate_id)
    version = datasets.get(project, candidate.dataset_digest)
    candidate = _finished(project, candidate, version)
    summary = write_bundle(_contents(project, candidate, version, report), out)
    return ExportSummary(
        path=Path(summary.path),
        size_bytes=summary.size_bytes,
        candidate_id=candidate.id,
        device_id=device_id,
        report=report,
    )


def _finished(project: ProjectFile, candidate: Candidate, version: DatasetVersion) -> Candidate:
    """Return the candidate with every artifact made and tested, in a worker if need be."""
    made = [candidate.artifact(recipe.precision, recipe.format) for recipe in RECIPES]
    if all(artifact is not None and artifact.evaluation for artifact in made):
        return candidate
    directory = JobDirectory(jobs.jobs_root() / f"finish-{uuid.uuid4().hex[:12]}")
    try:
        _write_finish_job(project, candidate, version, directory)
        job = jobs.start(directory, jobs.claim(directory))
        try:
            events = job.wait()
        finally:
            job.close()
        ready = [e for e in events if e.name == "candidate_ready"]
        if not ready:
            raise ExportError(
                f"The candidate could not be converted: {events[-1].data.get('sentence', '')}",
                "Choose another candidate.",
                code="export.conversion_failed",
            )
        with project.transaction():
            put_ready(project, candidate.id, directory, CandidateFiles.from_json(ready[0].data))
    finally:
        shutil.rmtree(directory.root, ignore_errors=True)
    return next(c for c in candidates.best_first(project) if c.id == candidate.id)


def _write_finish_job(
    project: ProjectFile, candidate: Candidate, version: DatasetVersion, directory: JobDirectory
) -> None:
    directory.artifacts.mkdir(parents=True)
    weights = blobs.get(project, candidate.weights_digest)
    spec = FinishSpec(
        space=candidate.space,
        classes=candidate.classes,
        variant=_VARIANT,
        preprocessing=candidate.preprocessing,
        trial=candidate.trial,
        hyperparameters=candidate.hyperparameters,
        weights=directory.add_artifact("weights.npz", weights),
    )
    directory.write_spec(spec.as_json())
    write_snapshot(project, version, {_VARIANT: candidate.preprocessing}, directory.data)


def _contents(
    project: ProjectFile,
    candidate: Candidate,
    version: DatasetVersion,
    report: CompatibilityReport,
) -> BundleContents:
    search = searches.get(project, candidate.search_id)
    found = [c for c in candidates.best_first(project) if c.search_id == search.id]
    return BundleContents(
        project_title=project.property("title"),
        candidate=candidate,
        device=find_device(report.device_id),
        report=report,
        files={a.digest: blobs.get(project, a.digest) for a in candidate.artifacts},
        **golden_of(project, version, candidate).fields(),
        dataset=_dataset_facts(version),
        search=SearchFacts(
            minutes=search.request.minutes,
            trials=len(found),
            rejected=search.rejected,
            seed=search.request.seed,
        ),
        versions=_versions(),
    )


def _dataset_facts(version: DatasetVersion) -> DatasetFacts:
    counted = Counter((row.split, row.class_name) for row in version.rows)
    names = version.classes or ("",)
    amounts = [r.amount for r in version.rows if r.amount is not None and r.split is Split.TRAIN]
    return DatasetFacts(
        digest=version.digest,
        seed=version.seed,
        counts={side: {name: counted[side, name] for name in names} for side in Split},
        amounts=(min(amounts), max(amounts)) if amounts else None,
    )


def _versions() -> dict[str, str]:
    found = {"studio": __version__, "python": ".".join(map(str, sys.version_info[:3]))}
    return found | {name: importlib.metadata.version(name) for name in _LIBRARIES}
