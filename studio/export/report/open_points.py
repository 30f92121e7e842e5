"""What a report leaves open, a sentence each, the gravest first."""

from __future__ import annotations

from studio.domain.candidate import Artifact, ArtifactFormat
from studio.domain.device import DeviceKind
from studio.domain.figure import FigureKind
from studio.domain.preprocessing import ImagePreprocessing, SignalPreprocessing
from studio.domain.wording import bytes_text
from studio.export.cpreprocess import collector_bytes
from studio.export.report.language import Words
from studio.export.report.model import Span
from studio.export.report.subject import Learned, Subject

__all__ = ["artifact_name", "open_points"]

_FORMAT_NAMES = {ArtifactFormat.TFLITE: "TFLite", ArtifactFormat.ONNX: "ONNX"}


def open_points(subject: Subject, say: Words) -> tuple[Span, ...]:
    """Return everything that was not shown."""
    sentences = [*_about_board(subject, say), *map(say.given, subject.report.findings)]
    if subject.learned is None:
        sentences += _about_stranger(say)
    else:
        sentences += _about_samples(subject.learned, say)
        sentences += _about_files(subject.learned, say)
    return tuple(dict.fromkeys(sentences))


def _about_board(subject: Subject, say: Words) -> list[Span]:
    tr, report = say.tr, subject.report
    sentences: list[Span] = []
    if subject.device.kind is DeviceKind.MICROCONTROLLER and not _compiled(subject):
        sentences.append(tr("The whole program for the board was not compiled here."))
    sentences.append(tr("Nothing was run on the device itself."))
    if report.latency.kind is not FigureKind.MEASURED:
        sentences.append(tr("Speed and energy on the device were not measured."))
    if not report.limits_verified:
        sentences.append(tr("The device's memory sizes do not rest on two agreeing sources."))
    return sentences


def _compiled(subject: Subject) -> bool:
    """Return whether the generated C was compiled and linked for the device."""
    items = subject.code.proof.get("items", ()) if subject.code else ()
    return any(item["id"] == "device" and item["standing"] == "proved" for item in items)


def _about_stranger(say: Words) -> list[Span]:
    tr = say.tr
    return [
        tr("How often it is right was not tested: there is no data here."),
        tr("What its input must go through before is not known."),
    ]


def _about_samples(learned: Learned, say: Words) -> list[Span]:
    """Return what is open about the inputs, a sentence each."""
    tr, how, words = say.tr, learned.candidate.preprocessing, learned.words(say.tr)
    sentences: list[Span] = [
        tr(
            "Test {many} come from the same collection as the training {many}; {other}.",
            many=words.many,
            other=words.other,
        ),
        *_about_strange(learned, say),
    ]
    if not isinstance(how, ImagePreprocessing):
        sentences.append(tr("The preprocessing in C was not run on the device."))
    if isinstance(how, SignalPreprocessing) and how.rate_hz is None:
        sentences.append(tr("Nobody said how many values a second the recordings have."))
    if taken := collector_bytes(how):
        sentences.append(
            tr(
                "The window collector of preprocess.c takes about {size} more RAM.",
                size=bytes_text(taken),
            )
        )
    return sentences


def _about_strange(learned: Learned, say: Words) -> list[Span]:
    """Return what is open about inputs unlike any it learned from, and why."""
    tr, strange = say.tr, learned.words(say.tr).strange
    if learned.target is not None:
        return [tr("The model always tells an amount, also for {strange}.", strange=strange)]
    certainty = learned.certainty
    chosen = certainty.not_sure if certainty else None
    if chosen is not None and chosen.threshold > 0:
        text = tr(
            "'Not sure' was tried on {many} of its own classes only: {strange} may still be named"
            " as one of them.",
            many=learned.words(tr).many,
            strange=strange,
        )
        return [text]
    always = tr("The model always names one of its classes, also for {strange}.", strange=strange)
    why = [say.given(certainty.why)] if certainty and certainty.why else []
    return [always, *([tr("No 'not sure' is in use."), *why] if why else [])]


def _about_files(learned: Learned, say: Words) -> list[Span]:
    tr = say.tr
    return [
        tr("The {name} model was not tested.", name=artifact_name(artifact))
        for artifact in learned.candidate.artifacts
        if artifact.evaluation is None
    ]


def artifact_name(artifact: Artifact) -> str:
    """Return what an artifact is called in the report, for example ``int8 TFLite``."""
    return f"{artifact.precision} {_FORMAT_NAMES[artifact.format]}"
