"""From a candidate and a device to a bundle."""

from __future__ import annotations

import shutil
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio import jobs
from studio.app.answered import Answering
from studio.app.build_target import build_target
from studio.app.bundled_code import code_for_bundle
from studio.app.certainty import certainty_of
from studio.app.devices import own_of
from studio.app.exported import ExportStep, Told, keep_exported, silent
from studio.app.golden import golden_of
from studio.app.models import check_content
from studio.app.origins import dataset_facts, search_facts, versions
from studio.app.origins import told as say
from studio.app.records import ExportSummary
from studio.app.standing import best_within_noise, name_of
from studio.app.taking_in import put_ready
from studio.conversion import RECIPES
from studio.datasets import write_snapshot
from studio.devices import find_device
from studio.domain.candidate import ArtifactFormat, Candidate, Precision
from studio.domain.dataset import DatasetVersion, Split
from studio.domain.device import Device, DeviceKind
from studio.domain.errors import ExportError
from studio.domain.event import JobEvent
from studio.domain.judgement import Costs
from studio.domain.phrase import Phrase
from studio.domain.report import CompatibilityReport, Verdict
from studio.export import (
    BundleContents,
    Certainty,
    certainty_facts,
    not_sure_text,
    write_bundle,
)
from studio.export.ecosystems import ECOSYSTEMS, check_suits, write_for
from studio.jobs import Job, JobDirectory
from studio.search import CandidateFiles, FinishSpec, MadeFile
from studio.store import answers as kept_answers
from studio.store import blobs, candidates, datasets
from studio.store.project_file import ProjectFile

__all__ = [
    "Choice",
    "check_candidate",
    "choose",
    "contents_of",
    "ecosystems",
    "export",
    "finished",
    "one_of",
]

_VARIANT = "input"
_POLL_SECONDS = 0.1


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


def choose(
    project: ProjectFile, device_id: str, candidate_id: int | None, told: Told = silent
) -> Choice:
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
        told(None)
        first = first or report
        if _may_go(report, device):
            others = asked[asked.index(candidate) :]
            smaller = _smaller(project, candidate, others, device.id)
            return Choice(candidate=candidate, report=report, smaller=smaller)
    raise ExportError(
        f"No candidate asked for fits the {device.name}: {first.summary if first else ''}",
        "Choose another device, or search for this one.",
        code="export.does_not_fit",
    )


def _may_go(report: CompatibilityReport, device: Device) -> bool:
    """Tell whether a bundle is written: it fits, or nobody can say of phones, PCs and browsers.

    Those are classes of devices without one size of memory; the bundle says that it is not known.
    """
    of_a_class = device.kind is not DeviceKind.MICROCONTROLLER and device.ram_bytes.value is None
    return report.verdict is Verdict.FITS or (of_a_class and report.verdict is Verdict.UNKNOWN)


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
    project: ProjectFile,
    device_id: str,
    out: Path,
    candidate_id: int | None,
    costs: Costs | None,
    ecosystem: str = "",
    told: Told = silent,
) -> ExportSummary:
    """Write the bundle of a candidate for a device, whole or not at all.

    Args:
        project: The project.
        device_id: For which device.
        out: The zip to write.
        candidate_id: Which; the best that fits where left out.
        costs: What wrong answers cost.
        ecosystem: An id of `ECOSYSTEMS`, to lay it out for a build system; else the usual bundle.
        told: Hears of every step; what it raises ends the export before anything is written.

    Raises:
        ExportError: as `choose`, as `studio.export.ecosystems.write_for`, and what the disk says.
        EvaluationError: for costs that are not usable, as `certainty_of`.
    """
    if ecosystem:  # before the minutes it may take to finish and prove a candidate
        check_suits(ecosystem, find_device(device_id, own_of(project)))
    choice = choose(project, device_id, candidate_id, told)
    told(ExportStep(id="fits", sentence=choice.report.for_engineer.text()))
    candidate = finished(project, choice.candidate, told=told)
    told(ExportStep(id="files", inputs=candidate.test.samples if candidate.test else 0))
    answering = Answering(project)
    certainty = certainty_of(answering, candidate, costs)
    contents = contents_of(
        project, say(answering, candidate), choice.report, certainty, coded=True, told=told
    )
    told(None)
    summary = write_for(contents, ecosystem, out) if ecosystem else write_bundle(contents, out)
    told(ExportStep(id="written", sentence=summary.digest))
    keep_exported(project, summary, candidate.id, device_id, ecosystem)
    return ExportSummary(
        path=Path(summary.path),
        sha256=summary.digest,
        size_bytes=summary.size_bytes,
        candidate_id=candidate.id,
        device_id=device_id,
        report=choice.report,
        smaller=choice.smaller,
        not_sure=not_sure_text(certainty) if certainty else "",
        certainty=certainty_facts(certainty) if certainty else None,
    )


def ecosystems(device: Device | None = None) -> dict[str, str]:
    """Return the name of every build system a bundle can be laid out for, by id.

    Args:
        device: Only those that take this device; all where left out.
    """
    return {id: ECOSYSTEMS[id].title for id in ECOSYSTEMS if device is None or _takes(id, device)}


def _takes(id: str, device: Device) -> bool:
    try:
        check_suits(id, device)
    except ExportError:
        return False
    return True


def finished(
    project: ProjectFile, candidate: Candidate, *, answers: bool = False, told: Told = silent
) -> Candidate:
    """Return the candidate with every artifact made and tested, in a worker if need be.

    Args:
        project: The project.
        candidate: Which.
        answers: Whether its answers on the test side are wanted as well; candidates finished
            by earlier versions lack them.
        told: Hears now and then that the worker is at it; what it raises ends that.

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
            events = _followed(job, told)
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


def _followed(job: Job, told: Told) -> list[JobEvent]:
    events: list[JobEvent] = []
    while job.running:
        events += job.poll()
        told(None)
        time.sleep(_POLL_SECONDS if job.running else 0)
    return events


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


def contents_of(
    project: ProjectFile,
    candidate: Candidate,
    report: CompatibilityReport,
    certainty: Certainty | None = None,
    *,
    coded: bool = False,
    told: Told = silent,
) -> BundleContents:
    """Return what a bundle of a candidate is made of; with its C code, proved here, if wanted."""
    version = datasets.get(project, candidate.dataset_digest)
    device = find_device(report.device_id, own_of(project))
    return BundleContents(
        project_title=project.property("title"),
        candidate=candidate,
        device=device,
        report=report,
        files={a.digest: blobs.get(project, a.digest) for a in candidate.artifacts},
        **golden_of(project, version, candidate).fields(),
        dataset=dataset_facts(version, Answering(project)),
        search=search_facts(project, candidate),
        versions=versions(),
        certainty=certainty,
        code=code_for_bundle(project, candidate, version, device, told) if coded else None,
        build=build_target(device),
    )
