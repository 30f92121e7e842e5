"""From a candidate and a device to a bundle."""

from __future__ import annotations

import importlib.metadata
import shutil
import sys
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from studio import __version__, jobs
from studio.app.answered import Answering
from studio.app.bundled_code import code_for_bundle
from studio.app.certainty import certainty_of
from studio.app.devices import own_of
from studio.app.golden import golden_of
from studio.app.models import check_content
from studio.app.records import ExportSummary
from studio.app.standing import best_within_noise, name_of
from studio.app.taking_in import put_ready
from studio.conversion import RECIPES
from studio.datasets import write_snapshot
from studio.devices import find_device
from studio.domain.candidate import ArtifactFormat, Candidate, Precision
from studio.domain.dataset import DatasetVersion, Split
from studio.domain.errors import EvaluationError, ExportError, SearchError
from studio.domain.judgement import Costs
from studio.domain.phrase import Phrase
from studio.domain.report import CompatibilityReport, Verdict
from studio.export import (
    BundleContents,
    Certainty,
    DatasetFacts,
    SearchFacts,
    certainty_facts,
    not_sure_text,
    write_bundle,
)
from studio.jobs import JobDirectory
from studio.search import CandidateFiles, FinishSpec, MadeFile
from studio.store import answers as kept_answers
from studio.store import blobs, candidates, datasets, searches
from studio.store.project_file import ProjectFile

__all__ = ["Choice", "check_candidate", "choose", "export", "finished", "one_of"]

_VARIANT = "input"
_LIBRARIES = ("tensorflow", "keras", "autokeras", "ai-edge-litert", "onnx", "numpy", "pillow")


def check_candidate(
    project: ProjectFile,
    candidate: Candidate,
    device_ids: Sequence[str],
    *,
    measure: bool = False,
) -> tuple[CompatibilityReport, ...]:
    """Return the report of a candidate's int8 model on each device; ``measure`` compiles its C."""
    int8 = candidate.artifact(Precision.INT8, ArtifactFormat.TFLITE)
    if int8 is None:
        raise ExportError(
            f"Candidate {candidate.id} has no int8 model.",
            "Choose another candidate.",
            code="export.no_model",
        )
    content = blobs.get(project, int8.digest)
    return check_content(
        content,
        int8.arena,
        device_ids,
        own_of(project),
        preprocessing=candidate.preprocessing,
        measure=measure,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which candidate is to be exported.

    Attributes:
        report: Of it on the device.
        smaller: A smaller one that the validation side cannot tell from it; None where there is
            none, and for one asked for.
    """

    candidate: Candidate
    report: CompatibilityReport
    smaller: Phrase | None = None


def one_of(ranked: Sequence[Candidate], candidate_id: int | None) -> Candidate:
    """Return the candidate asked for, or the first.

    Raises:
        ExportError: ``export.no_candidate``, ``export.unknown_candidate``.
    """
    if not ranked:
        raise ExportError(
            "There is no candidate yet.", "Run a search first.", code="export.no_candidate"
        )
    if candidate_id is None:
        return ranked[0]
    for candidate in ranked:
        if candidate.id == candidate_id:
            return candidate
    raise ExportError(
        f"There is no candidate {candidate_id}.",
        f"Choose one of: {', '.join(str(c.id) for c in ranked)}.",
        code="export.unknown_candidate",
    )


def choose(project: ProjectFile, device_id: str, candidate_id: int | None) -> Choice:
    """Return the candidate to export and its report: the one asked for, or the best that fits.

    Where the validation side cannot tell a smaller one from it (see
    `studio.evaluation.best_within_noise`), that one is named; the test side has no say.

    Raises:
        ExportError: ``export.no_candidate``, ``export.unknown_candidate``,
            ``export.does_not_fit``.
    """
    device = find_device(device_id, own_of(project))
    ranked = candidates.best_first(project)
    wanted = one_of(ranked, candidate_id)
    asked = ranked if candidate_id is None else (wanted,)
    reports = ((c, check_candidate(project, c, [device.id], measure=True)[0]) for c in asked)
    first: CompatibilityReport | None = None
    for candidate, report in reports:
        first = first or report
        if report.verdict is Verdict.FITS:
            others = asked[asked.index(candidate) :]
            smaller = _smaller(project, candidate, others, device.id)
            return Choice(candidate=candidate, report=report, smaller=smaller)
    raise ExportError(
        f"No candidate asked for fits the {device.name}: {first.summary if first else ''}",
        "Choose another device, or search for this one.",
        code="export.does_not_fit",
    )


def _smaller(
    project: ProjectFile, best: Candidate, ranked: Sequence[Candidate], device_id: str
) -> Phrase | None:
    """Name the smallest that fits and cannot be told from the best, if it is smaller.

    Args:
        project: The project.
        best: The best that fits.
        ranked: It, and those after it.
        device_id: What it must fit.
    """
    good = best_within_noise(Answering(project), ranked)
    if good is None:
        return None
    named = {name_of(candidate): candidate for candidate in ranked}
    for name in good.alike:
        candidate = named[name]
        if _file_bytes(candidate) >= _file_bytes(best):
            return None  # they come by size
        report = check_candidate(project, candidate, [device_id])[0]
        if report.verdict is Verdict.FITS:
            samples = good.comparisons[0].samples  # the same for all: they are paired
            return Phrase.of("smaller-alike", chosen=name, best=name_of(best), samples=samples)
    return None


def _file_bytes(candidate: Candidate) -> int:
    int8 = candidate.artifact(Precision.INT8, ArtifactFormat.TFLITE)
    return int8.size_bytes if int8 else candidate.parameters


def export(
    project: ProjectFile, device_id: str, out: Path, candidate_id: int | None, costs: Costs | None
) -> ExportSummary:
    """Write the bundle of a candidate for a device, whole or not at all.

    Raises:
        ExportError: as `choose`, and what the disk says.
        EvaluationError: for costs that are not usable, as `certainty_of`.
    """
    choice = choose(project, device_id, candidate_id)
    candidate = finished(project, choice.candidate)
    certainty = certainty_of(Answering(project), candidate, costs)
    told = _told(project, candidate)
    summary = write_bundle(_contents(project, told, choice.report, certainty), out)
    return ExportSummary(
        path=Path(summary.path),
        size_bytes=summary.size_bytes,
        candidate_id=candidate.id,
        device_id=device_id,
        report=choice.report,
        smaller=choice.smaller,
        not_sure=not_sure_text(certainty) if certainty else "",
        certainty=certainty_facts(certainty) if certainty else None,
    )


def finished(project: ProjectFile, candidate: Candidate, *, answers: bool = False) -> Candidate:
    """Return the candidate with every artifact made and tested, in a worker if need be.

    Args:
        project: The project.
        candidate: Which.
        answers: Whether its answers on the test side are wanted as well; candidates finished
            by earlier versions lack them.

    Raises:
        ExportError: ``export.conversion_failed``.
    """
    made = [candidate.artifact(recipe.precision, recipe.format) for recipe in RECIPES]
    lacking = answers and kept_answers.get(project, candidate.id, Split.TEST) is None
    if not lacking and all(artifact is not None and artifact.evaluation for artifact in made):
        return candidate
    project.claim_writing()
    version = datasets.get(project, candidate.dataset_digest)
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


def _told(project: ProjectFile, candidate: Candidate) -> Candidate:
    """Return the candidate as the report tells of it: its int8 test result by whole sessions.

    The worker knows of recordings and windows, but not of sessions.
    """
    answering = Answering(project)
    if not answering.has(candidate, Split.TEST):
        return candidate
    try:
        tested = answering.evaluate(answering.of(candidate, Split.TEST))
    except (EvaluationError, SearchError):
        return candidate  # too few to say more, or damaged: the worker's own figures stand
    kept = tuple(
        replace(artifact, evaluation=tested)
        if (artifact.precision, artifact.format) == (Precision.INT8, ArtifactFormat.TFLITE)
        else artifact
        for artifact in candidate.artifacts
    )
    return replace(candidate, artifacts=kept)


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
        int8=_ranked_by(project, candidate, directory),
    )
    directory.write_spec(spec.as_json())
    write_snapshot(project, version, {_VARIANT: candidate.preprocessing}, directory.data)


def _ranked_by(
    project: ProjectFile, candidate: Candidate, directory: JobDirectory
) -> dict[str, Any] | None:
    """Hand a job the int8 file that the search measured, if there is one."""
    int8 = candidate.artifact(Precision.INT8, ArtifactFormat.TFLITE)
    if int8 is None:
        return None
    file = directory.add_artifact("ranked.int8.tflite", blobs.get(project, int8.digest))
    return MadeFile(
        precision=int8.precision, format=int8.format, file=file, arena=int8.arena
    ).as_json()


def _contents(
    project: ProjectFile,
    candidate: Candidate,
    report: CompatibilityReport,
    certainty: Certainty | None,
) -> BundleContents:
    version = datasets.get(project, candidate.dataset_digest)
    search = searches.get(project, candidate.search_id)
    device = find_device(report.device_id, own_of(project))
    found = [c for c in candidates.best_first(project) if c.search_id == search.id]
    return BundleContents(
        project_title=project.property("title"),
        candidate=candidate,
        device=device,
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
        certainty=certainty,
        code=code_for_bundle(project, candidate, version, device),
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
