"""Records as JSON documents; every figure about a model or a device carries its kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from studio.app import DatasetSummary, Overview, VelaAnswer
from studio.domain.candidate import Artifact, Candidate
from studio.domain.device import Device, Fact
from studio.domain.evaluation import AnyEvaluation, Interval, RegressionEvaluation
from studio.domain.figure import Figure, FigureKind
from studio.domain.operation import Change, Operation
from studio.domain.placement import Placement
from studio.domain.report import Alternative, CompatibilityReport
from studio.domain.search import Search
from studio.importers import ImportPreview

__all__ = [
    "candidate_document",
    "change_document",
    "dataset_document",
    "device_document",
    "ethos_u_document",
    "evaluation_document",
    "measured",
    "measured_share",
    "operation_document",
    "overview_document",
    "preview_document",
    "report_document",
    "search_document",
]

Document = dict[str, Any]


def measured_share(interval: Interval, how: str) -> Document:
    """Return a measured share of one with its interval."""
    return measured(interval, how, "1")


def measured(interval: Interval, how: str, unit: str) -> Document:
    """Return something measured with its interval and how it was measured."""
    figure = Figure(
        value=interval.value,
        unit=unit,
        kind=FigureKind.MEASURED,
        low=interval.low,
        high=interval.high,
        source=how,
    )
    return figure.as_json()


def evaluation_document(evaluation: AnyEvaluation | None) -> Document | None:
    """Return what an evaluation comes to with the kind of every figure."""
    if evaluation is None:
        return None
    if isinstance(evaluation, RegressionEvaluation):
        return _amounts_document(evaluation)
    how = f"{evaluation.samples} samples of the {evaluation.split} split, 95 % Wilson interval"
    return {
        "split": str(evaluation.split),
        "samples": evaluation.samples,
        "accuracy": measured_share(evaluation.accuracy, how),
        "classes": list(evaluation.classes),
        "confusion": [list(row) for row in evaluation.confusion],
        "per_class": [
            {
                "name": metrics.name,
                "samples": metrics.samples,
                "recall": measured_share(metrics.recall, how),
                "precision": measured_share(metrics.precision, how),
            }
            for metrics in evaluation.per_class
        ],
    }


def _amounts_document(evaluation: RegressionEvaluation) -> Document:
    how = f"{evaluation.samples} samples of the {evaluation.split} split, 95 % bootstrap interval"
    errors = {name: getattr(evaluation, name) for name in ("mae", "rmse", "median_error", "bias")}
    shares = {"r2": evaluation.r2} if evaluation.r2 else {}
    return {
        "split": str(evaluation.split),
        "samples": evaluation.samples,
        **{name: measured(found, how, evaluation.unit) for name, found in errors.items()},
        **{name: measured(found, how, "1") for name, found in shares.items()},
    }


def _artifact_document(artifact: Artifact) -> Document:
    return {
        "precision": str(artifact.precision),
        "format": str(artifact.format),
        "digest": artifact.digest,
        "size": Figure.measured(artifact.size_bytes, "B", "length of the file").as_json(),
        "arena": artifact.arena.as_json(),
        "evaluation": evaluation_document(artifact.evaluation),
    }


def candidate_document(candidate: Candidate) -> Document:
    """Return everything about a candidate but its weights."""
    return {
        "id": candidate.id,
        "search": candidate.search_id,
        "trial": candidate.trial,
        "task": candidate.task,
        "space": candidate.space,
        "device": candidate.device_id,
        "dataset": candidate.dataset_digest,
        "hyperparameters": candidate.hyperparameters,
        "parameters": candidate.parameters,
        "classes": list(candidate.classes),
        "preprocessing": candidate.preprocessing.as_json(),
        "validation": evaluation_document(candidate.validation),
        "test": evaluation_document(candidate.test),
        "artifacts": [_artifact_document(artifact) for artifact in candidate.artifacts],
    }


def _fact_document(fact: Fact, unit: str) -> Document:
    known = fact.value is not None
    kind = FigureKind.PUBLISHED if known else FigureKind.UNKNOWN
    return {
        "value": fact.value,
        "unit": unit,
        "kind": str(kind),
        "verified": fact.verified,
        "own": fact.own,
        "sources": list(fact.sources),
    }


def device_document(device: Device) -> Document:
    """Return a device with the sources of each of its figures."""
    return {
        "id": device.id,
        "name": device.name,
        "vendor": device.vendor,
        "kind": str(device.kind),
        "core": device.core,
        "clock": _fact_document(device.clock_hz, "Hz"),
        "ram": _fact_document(device.ram_bytes, "B"),
        "flash": _fact_document(device.flash_bytes, "B"),
        "runtimes": list(device.runtimes),
        **{name: asdict(feature) for name, feature in device.features.items()},
        "accelerator": None if device.accelerator is None else asdict(device.accelerator),
        "regions": [asdict(bank) for bank in device.regions],
        "own": device.own,
        "notes": device.notes,
    }


def _limit_document(value: int | None, *, verified: bool) -> Document:
    kind = FigureKind.UNKNOWN if value is None else FigureKind.PUBLISHED
    return {"value": value, "unit": "B", "kind": str(kind), "verified": verified}


def report_document(report: CompatibilityReport) -> Document:
    """Return a compatibility report with every part and its kind."""
    verified = report.limits_verified
    return {
        "device": report.device_id,
        "runtime": report.runtime,
        "precision": None if report.precision is None else str(report.precision),
        "verdict": str(report.verdict),
        "summary": report.summary.text(),
        "for_engineer": report.for_engineer.text(),
        "findings": [finding.text() for finding in report.findings],
        "memory": [
            {"part": line.part, "region": str(line.region), "figure": line.figure.as_json()}
            for line in report.memory
        ],
        "flash": report.flash.as_json(),
        "ram": report.ram.as_json(),
        "flash_limit": _limit_document(report.flash_limit_bytes, verified=verified),
        "ram_limit": _limit_document(report.ram_limit_bytes, verified=verified),
        "latency": report.latency.as_json(),
        "energy": report.energy.as_json(),
        "operators": [asdict(use) for use in report.operators],
        "placement": placement_document(report.placement),
        "alternatives": [_alternative_document(other) for other in report.alternatives],
        "banks": [asdict(bank) for bank in report.banks],
        "flash_left_bytes": report.flash_left_bytes,
        "ram_left_bytes": report.ram_left_bytes,
    }


def _alternative_document(other: Alternative) -> Document:
    return {
        "runtime": other.runtime,
        "verdict": str(other.verdict),
        "flash": other.flash.as_json(),
        "ram": other.ram.as_json(),
        "latency": other.latency.as_json(),
        "why": None if other.why is None else other.why.text(),
    }


def placement_document(placement: Placement | None) -> Document | None:
    """Return where each operator runs, and why not elsewhere."""
    if placement is None:
        return None
    operators = [{**asdict(place), "where": str(place.where)} for place in placement.operators]
    return {"runtime": placement.runtime, "how": placement.how, "operators": operators}


def ethos_u_document(answer: VelaAnswer) -> Document:
    """Return what Vela said of a model, or why it said nothing."""
    return {
        "accelerator": answer.accelerator,
        "why": answer.why,
        "setting": answer.setting,
        "memory": {area: figure.as_json() for area, figure in answer.memory.items()},
        "latency": answer.latency.as_json(),
        "macs": answer.macs.as_json(),
        "placement": placement_document(answer.placement),
    }


def search_document(search: Search) -> Document:
    """Return what was asked for and how far it came."""
    return {
        "id": search.id,
        "state": str(search.state),
        "dataset": search.dataset_digest,
        **asdict(search.request),
        "rejected": search.rejected,
        "failed": search.failed,
        "note": search.note,
    }


def dataset_document(summary: DatasetSummary) -> Document:
    """Return one dataset version."""
    return _plain(asdict(summary))


def overview_document(overview: Overview) -> Document:
    """Return what a project holds."""
    fields = {name: getattr(overview, name) for name in _OVERVIEW}
    best = overview.best
    return {**fields, "best": None if best is None else candidate_document(best)}


_OVERVIEW = (
    "title",
    "task",
    "samples",
    "unlabelled",
    "classes",
    "dataset_versions",
    "searches",
    "candidates",
    "size_bytes",
    "running",
)


def _plain(document: Mapping[str, Any]) -> Document:
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in document.items()
    }


def operation_document(operation: Operation) -> Document:
    """Return one step of the history."""
    return {
        "id": operation.id,
        "kind": operation.kind,
        "title": operation.title,
        "state": str(operation.state),
        "made_at": operation.made_at,
    }


def change_document(change: Change) -> Document:
    """Return what one step changed."""
    return {
        **operation_document(change.operation),
        "parts": sorted(map(str, change.parts)),
        "samples": list(change.sample_ids),
    }


def preview_document(preview: ImportPreview) -> Document:
    """Return what an import would bring."""
    return {**asdict(preview), "counts": dict(preview.counts)}
