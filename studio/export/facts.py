"""The facts of a report as plain data, for machines: the same in every language.

``assets/schemas/report.schema.json`` says what is in it. A field that is not known is null.
"""

from __future__ import annotations

from typing import Any

from studio.domain.candidate import Artifact
from studio.domain.device import Fact
from studio.domain.evaluation import AnyEvaluation, Evaluation
from studio.domain.judgement import Comparison
from studio.domain.placement import Placement
from studio.domain.report import Alternative, BankUse, CompatibilityReport
from studio.export.contents import CCode
from studio.export.deciding import certainty_facts
from studio.export.report.language import ENGLISH
from studio.export.report.model import text_of
from studio.export.report.open_points import open_points
from studio.export.report.subject import Comparing, Learned, Subject

__all__ = ["FORMAT", "compared_facts", "report_facts"]

FORMAT = 3


def report_facts(subject: Subject) -> dict[str, Any]:
    """Return the content of ``report.json``."""
    return {"format": FORMAT, "kind": "report", **_subject(subject)}


def compared_facts(comparing: Comparing) -> dict[str, Any]:
    """Return several models on several devices; each as in a report of its own."""
    return {
        "format": FORMAT,
        "kind": "comparison",
        "title": comparing.title,
        "reports": [_subject(subject) for subject in comparing.subjects],
        "pairs": [_pair(pair) for pair in comparing.pairs],
    }


def _subject(subject: Subject) -> dict[str, Any]:
    learned = subject.learned
    return {
        "title": subject.title,
        "file": None if subject.digest == "" else _file(subject),
        "candidate": _candidate(learned) if learned else None,
        "artifacts": [_artifact(a) for a in learned.candidate.artifacts] if learned else [],
        "device": _device(subject),
        "compatibility": _compatibility(subject.report),
        "dataset": _dataset(learned) if learned else None,
        "search": _search(learned) if learned else None,
        "certainty": _certainty(learned) if learned else None,
        "code": _code(subject.code),
        "advice": [text_of(ENGLISH.given(text)) for text in subject.advice],
        "with_change": subject.with_change,
        "not_proved": [text_of(point) for point in open_points(subject, ENGLISH)],
        "versions": dict(subject.versions),
    }


def _file(subject: Subject) -> dict[str, Any]:
    return {"sha256": subject.digest, "size_bytes": subject.size_bytes}


def _candidate(learned: Learned) -> dict[str, Any]:
    candidate = learned.candidate
    return {
        "id": candidate.id,
        "trial": candidate.trial,
        "task": candidate.task,
        "space": candidate.space,
        "hyperparameters": candidate.hyperparameters,
        "parameters": candidate.parameters,
        "classes": list(candidate.classes),
        "preprocessing": candidate.preprocessing.as_json(),
        "validation": _evaluation(candidate.validation),
    }


def _dataset(learned: Learned) -> dict[str, Any]:
    facts = learned.dataset
    return {
        "digest": facts.digest,
        "seed": facts.seed,
        "counts": {str(side): dict(counts) for side, counts in facts.counts.items()},
        "amounts": list(facts.amounts) if facts.amounts else None,
        "units": {str(s): n for s, n in facts.units.items()} if facts.units else None,
    }


def _search(learned: Learned) -> dict[str, Any]:
    asked = learned.search
    return {
        "minutes": asked.minutes,
        "trials": asked.trials,
        "failed": asked.failed,
        "rejected": asked.rejected,
        "seed": asked.seed,
        "note": asked.note,
    }


def _certainty(learned: Learned) -> dict[str, Any] | None:
    return None if learned.target else certainty_facts(learned.certainty)


def _code(code: CCode | None) -> dict[str, Any] | None:
    if code is None:
        return None
    return {"why": code.why, "files": sorted(code.files), "proof": dict(code.proof) or None}


def _evaluation(evaluation: AnyEvaluation) -> dict[str, Any]:
    # Numbers of samples in the project mean nothing outside of it, so mistakes stay there.
    left_out = {"details", "mistakes"}
    plain = {key: item for key, item in evaluation.as_json().items() if key not in left_out}
    more = _by_class(evaluation) if isinstance(evaluation, Evaluation) else {}
    return {"kind": "classification", **plain, **more}


def _by_class(evaluation: Evaluation) -> dict[str, Any]:
    details = evaluation.details
    return {
        "classes": list(evaluation.classes),
        "confusion": [list(row) for row in evaluation.confusion],
        "samples": evaluation.samples,
        "accuracy": evaluation.accuracy.as_json(),
        "balanced_accuracy": details.balanced_accuracy.as_json() if details else None,
        "macro_f1": details.macro_f1.as_json() if details else None,
        "resampling": details.resampling.as_json() if details else None,
        "per_class": [
            {
                "name": row.name,
                "samples": row.samples,
                "recall": row.recall.as_json(),
                "precision": row.precision.as_json(),
                "f1": row.f1.as_json(),
            }
            for row in evaluation.per_class
        ],
    }


def _artifact(artifact: Artifact) -> dict[str, Any]:
    return {
        "precision": str(artifact.precision),
        "format": str(artifact.format),
        "sha256": artifact.digest,
        "size_bytes": artifact.size_bytes,
        "arena": artifact.arena.as_json(),
        "evaluation": _evaluation(artifact.evaluation) if artifact.evaluation else None,
    }


def _device(subject: Subject) -> dict[str, Any]:
    device = subject.device
    return {
        "id": device.id,
        "name": device.name,
        "vendor": device.vendor,
        "kind": str(device.kind),
        "core": device.core,
        "clock_hz": _fact(device.clock_hz),
        "ram_bytes": _fact(device.ram_bytes),
        "flash_bytes": _fact(device.flash_bytes),
        "runtimes": list(device.runtimes),
        "notes": device.notes,
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {"value": fact.value, "sources": list(fact.sources), "verified": fact.verified}


def _compatibility(report: CompatibilityReport) -> dict[str, Any]:
    return {
        "runtime": report.runtime,
        "precision": str(report.precision) if report.precision else None,
        "verdict": str(report.verdict),
        "summary": report.summary.text(),
        "for_engineer": report.for_engineer.text(),
        "findings": [finding.text() for finding in report.findings],
        "memory": [
            {"part": line.part, "region": str(line.region), **line.figure.as_json()}
            for line in report.memory
        ],
        "flash": report.flash.as_json(),
        "ram": report.ram.as_json(),
        "flash_limit_bytes": report.flash_limit_bytes,
        "ram_limit_bytes": report.ram_limit_bytes,
        "limits_verified": report.limits_verified,
        "latency": report.latency.as_json(),
        "energy": report.energy.as_json(),
        "operators": [
            {"name": use.name, "count": use.count, "supported": use.supported}
            for use in report.operators
        ],
        "placement": _placement(report.placement),
        "alternatives": [_alternative(one) for one in report.alternatives],
        "banks": [_bank(one) for one in report.banks],
    }


def _placement(placement: Placement | None) -> dict[str, Any] | None:
    if placement is None:
        return None
    return {
        "runtime": placement.runtime,
        "how": placement.how,
        "operators": [
            {
                "number": place.number,
                "name": place.name,
                "where": str(place.where),
                "reason": place.reason,
            }
            for place in placement.operators
        ],
    }


def _alternative(one: Alternative) -> dict[str, Any]:
    return {
        "runtime": one.runtime,
        "verdict": str(one.verdict),
        "flash": one.flash.as_json(),
        "ram": one.ram.as_json(),
        "why": one.why.text() if one.why else "",
    }


def _bank(one: BankUse) -> dict[str, Any]:
    return {
        "name": one.name,
        "size_bytes": one.size_bytes,
        "parts": list(one.parts),
        "used_bytes": one.used_bytes,
    }


def _pair(pair: Comparison) -> dict[str, Any]:
    plain = {key: item for key, item in pair.as_json().items() if key != "phrase"}
    return {**plain, "sentence": pair.phrase.text()}
