"""The facts of a bundle as plain data: what the report says, for machines and for its pages."""

from __future__ import annotations

from typing import Any

from studio.domain.candidate import Artifact, ArtifactFormat
from studio.domain.device import DeviceKind, Fact
from studio.domain.evaluation import AnyEvaluation, Evaluation
from studio.domain.preprocessing import ImagePreprocessing, SignalPreprocessing
from studio.domain.wording import bytes_text
from studio.export.contents import BundleContents
from studio.export.cpreprocess import collector_bytes
from studio.export.deciding import certainty_facts
from studio.export.wording import SampleWords, words_of

__all__ = ["NOT_PROVED", "artifact_name", "gather", "not_proved"]

#: What no bundle of this version proves, whatever the model.
NOT_PROVED = (
    "Nothing in the bundle was run on the device itself.",
    "Speed and energy on the device were not measured.",
)

_FORMAT_NAMES = {ArtifactFormat.TFLITE: "TFLite", ArtifactFormat.ONNX: "ONNX"}


def not_proved(contents: BundleContents) -> tuple[str, ...]:
    """Return everything the bundle leaves open, a sentence each."""
    report = contents.report
    sentences = [*NOT_PROVED, *_about_samples(contents), *report.findings]
    if contents.device.kind is DeviceKind.MICROCONTROLLER:
        sentences.insert(0, "The program for the board was not compiled for the board here.")
    if not report.limits_verified:
        sentences.append("The device's memory sizes do not rest on two agreeing sources.")
    for artifact in contents.candidate.artifacts:
        if artifact.evaluation is None:
            sentences.append(f"The {artifact_name(artifact)} model was not tested.")
    return tuple(dict.fromkeys(sentences))


def _about_samples(contents: BundleContents) -> list[str]:
    """Return what is open about the inputs, a sentence each."""
    how, words = contents.preprocessing, words_of(contents.preprocessing)
    sentences = [
        f"Test {words.many} come from the same collection as the training {words.many}; "
        f"{words.other}.",
        _about_strange(contents, words),
    ]
    if not isinstance(how, ImagePreprocessing):
        sentences.append("The preprocessing in C was not run on the device.")
    if isinstance(how, SignalPreprocessing) and how.rate_hz is None:
        sentences.append("Nobody said how many values a second the recordings have.")
    if taken := collector_bytes(how):
        sentences.append(
            f"The window collector of preprocess.c takes about {bytes_text(taken)} more RAM."
        )
    return sentences


def _about_strange(contents: BundleContents, words: SampleWords) -> str:
    """Return what is open about inputs unlike any it learned from, and why."""
    if contents.target is not None:
        return f"The model always tells an amount, also for {words.strange}."
    certainty = contents.certainty
    chosen = certainty.not_sure if certainty else None
    if chosen is None:
        why = f" No 'not sure' is in use: {certainty.why}" if certainty else ""
        return f"The model always names one of its classes, also for {words.strange}.{why}"
    if chosen.threshold <= 0:
        return f"The model always names one of its classes, also for {words.strange}."
    return (
        f"'Not sure' was tried on {words.many} of its own classes only: {words.strange} may still "
        "be named as one of them."
    )


def artifact_name(artifact: Artifact) -> str:
    """Return what an artifact is called in the report, for example ``int8 TFLite``."""
    return f"{artifact.precision} {_FORMAT_NAMES[artifact.format]}"


def gather(contents: BundleContents) -> dict[str, Any]:
    """Return the content of ``report.json``."""
    candidate = contents.candidate
    return {
        "format": 2,
        "title": contents.project_title,
        "candidate": {
            "id": candidate.id,
            "trial": candidate.trial,
            "task": candidate.task,
            "space": candidate.space,
            "hyperparameters": candidate.hyperparameters,
            "parameters": candidate.parameters,
            "classes": list(candidate.classes),
            "preprocessing": contents.preprocessing.as_json(),
            "validation": _evaluation(candidate.validation),
        },
        "artifacts": [_artifact(artifact) for artifact in candidate.artifacts],
        "device": _device(contents),
        "compatibility": _compatibility(contents),
        "dataset": {
            "digest": contents.dataset.digest,
            "seed": contents.dataset.seed,
            "counts": {str(s): dict(counts) for s, counts in contents.dataset.counts.items()},
            "amounts": list(contents.dataset.amounts) if contents.dataset.amounts else None,
        },
        "search": {
            "minutes": contents.search.minutes,
            "trials": contents.search.trials,
            "rejected": contents.search.rejected,
            "seed": contents.search.seed,
        },
        "certainty": None if contents.target else certainty_facts(contents.certainty),
        "not_proved": list(not_proved(contents)),
        "versions": dict(contents.versions),
    }


def _evaluation(evaluation: AnyEvaluation) -> dict[str, Any]:
    # Numbers of samples in the project mean nothing outside of it, so mistakes stay there.
    left_out = {"details", "mistakes"}
    plain = {key: item for key, item in evaluation.as_json().items() if key not in left_out}
    return {**plain, **(_by_class(evaluation) if isinstance(evaluation, Evaluation) else {})}


def _by_class(evaluation: Evaluation) -> dict[str, Any]:
    details = evaluation.details
    return {
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


def _device(contents: BundleContents) -> dict[str, Any]:
    device = contents.device
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


def _compatibility(contents: BundleContents) -> dict[str, Any]:
    report = contents.report
    return {
        "runtime": report.runtime,
        "precision": str(report.precision) if report.precision else None,
        "verdict": str(report.verdict),
        "summary": report.summary,
        "findings": list(report.findings),
        "memory": [
            {"part": line.part, "region": str(line.region), **line.figure.as_json()}
            for line in report.memory
        ],
        "flash": report.flash.as_json(),
        "ram": report.ram.as_json(),
        "flash_limit_bytes": report.flash_limit_bytes,
        "ram_limit_bytes": report.ram_limit_bytes,
        "limits_verified": report.limits_verified,
        "operators": [
            {"name": use.name, "count": use.count, "supported": use.supported}
            for use in report.operators
        ],
    }
