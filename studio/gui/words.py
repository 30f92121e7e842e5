"""Numbers and verdicts as a person reads them."""

from __future__ import annotations

from studio.domain.candidate import ArtifactFormat, Candidate, Precision
from studio.domain.errors import StudioError
from studio.domain.evaluation import AnyEvaluation, Evaluation, Interval
from studio.domain.figure import Figure, FigureKind
from studio.domain.report import Verdict
from studio.domain.wording import KIND_MARKS, amount_text, bytes_text, result_text
from studio.gui.errors import details_of, told
from studio.gui.i18n import mark, tr
from studio.gui.nouns import nouns

__all__ = [
    "VERDICT_ICONS",
    "accuracy",
    "best_evaluation",
    "duration",
    "explain",
    "figure_text",
    "figure_tooltip",
    "int8_size",
    "kind_word",
    "percent",
    "samples_text",
    "use_text",
    "verdict_word",
]

_KIND_WORDS = {
    FigureKind.MEASURED: mark("measured"),
    FigureKind.EMULATED: mark("emulated"),
    FigureKind.ESTIMATED: mark("estimated"),
    FigureKind.PUBLISHED: mark("published"),
    FigureKind.UNKNOWN: mark("unknown"),
}
_VERDICT_WORDS = {
    Verdict.FITS: mark("fits"),
    Verdict.DOES_NOT_FIT: mark("does not fit"),
    Verdict.UNKNOWN: mark("unknown"),
}
VERDICT_ICONS = {Verdict.FITS: "fits", Verdict.DOES_NOT_FIT: "no", Verdict.UNKNOWN: "unknown"}


def kind_word(kind: FigureKind) -> str:
    """Return the kind of a figure in words."""
    return tr(_KIND_WORDS[kind])


def verdict_word(verdict: Verdict) -> str:
    """Return a verdict in words."""
    return tr(_VERDICT_WORDS[verdict])


def _amount(value: float, unit: str) -> str:
    if unit == "B":
        return bytes_text(value)
    return f"{100 * value:.1f} %" if unit == "1" else f"{amount_text(value)} {unit}"


def _range(low: str, high: str) -> str:
    """Join two amounts, naming their unit once if it is the same."""
    number, _, unit = low.rpartition(" ")
    return f"{number} – {high}" if high.endswith(f" {unit}") else f"{low} – {high}"


def use_text(used: Figure, limit_bytes: int | None) -> str:
    """Return how much of a memory is needed at worst, and how much there is."""
    limit = bytes_text(limit_bytes) if limit_bytes is not None else "?"
    if used.value is None:
        return f"? / {limit}"
    worst = used.high if used.high is not None else used.value
    return f"{bytes_text(worst)} {KIND_MARKS[used.kind]} / {limit}"


def figure_text(figure: Figure) -> str:
    """Return the number, its range where it has one, and the mark of its kind."""
    sign = KIND_MARKS[figure.kind]
    if figure.value is None:
        return sign
    text = _amount(figure.value, figure.unit)
    if figure.low is not None and figure.high is not None and figure.low != figure.high:
        text = _range(_amount(figure.low, figure.unit), _amount(figure.high, figure.unit))
    return f"{text} {sign}"


def figure_tooltip(figure: Figure) -> str:
    """Return how the number is known, in words."""
    word = kind_word(figure.kind)
    return f"{word}: {figure.source}" if figure.source else word


def percent(share: float) -> str:
    """Return a share of one as a percentage with one decimal."""
    return f"{100 * share:.1f} %"


def accuracy(interval: Interval) -> str:
    """Return an accuracy with its 95 % interval."""
    return f"{percent(interval.value)} ({100 * interval.low:.1f} – {100 * interval.high:.1f})"


def result(evaluation: AnyEvaluation) -> str:
    """Return the headline of an evaluation: the accuracy, or how far off amounts are."""
    if isinstance(evaluation, Evaluation):
        return accuracy(evaluation.accuracy)
    return result_text(evaluation)


def short_result(evaluation: AnyEvaluation) -> str:
    """Return the headline without its interval."""
    if isinstance(evaluation, Evaluation):
        return percent(evaluation.accuracy.value)
    return f"±{amount_text(evaluation.mae.value)}"


def best_evaluation(candidate: Candidate) -> AnyEvaluation:
    """Return the result on the test photos where measured, else on the validation photos."""
    return candidate.test or candidate.validation


def int8_size(candidate: Candidate) -> int | None:
    """Return the size of the int8 file in bytes, or None before it was converted."""
    artifact = candidate.artifact(Precision.INT8, ArtifactFormat.TFLITE)
    return artifact.size_bytes if artifact else None


def duration(seconds: float) -> str:
    """Return minutes and seconds, with hours where there are any."""
    whole = max(0, round(seconds))
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"


def explain(error: Exception) -> tuple[str, str, str]:
    """Return what happened, what to do, and the details for the engineer.

    An expected failure speaks for itself; anything else is a bug and is called one.
    """
    if isinstance(error, StudioError):
        happened, remedy = told(error)
        return happened, remedy, details_of(error)
    return (
        tr("Something went wrong that should not have."),
        tr("Your work is saved. Please report the details."),
        details_of(error),
    )


def samples_text(task: str, count: int) -> str:
    """Return how many samples there are, in the words for those of the task."""
    return nouns(task).count(count)
