"""What is told of a candidate's answers: as documents and as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from studio.app.certainty import Sureness, Unsure
from studio.app.judging import Judgement
from studio.cli.documents import measured, measured_share
from studio.cli.table import plain, render
from studio.cli.wording import counted
from studio.domain.evaluation import (
    AnyEvaluation,
    Evaluation,
    Interval,
    Mistake,
    RegressionEvaluation,
    ValueMistake,
)
from studio.domain.wording import amount_text, result_text

__all__ = ["judgement_document", "judgement_text", "samples_text"]

Document = dict[str, Any]

_SHOWN = 10


def judgement_document(found: Judgement) -> Document:
    """Return a judgement with the kind of every figure."""
    evaluation = found.evaluation
    how = f"{evaluation.samples} samples of the {evaluation.split} side. {found.phrases[-1].text()}"
    return {
        "candidate": found.candidate.id,
        "split": str(evaluation.split),
        "samples": evaluation.samples,
        "phrases": [phrase.text() for phrase in found.phrases],
        **_figures(evaluation, how),
        "mistakes": [_mistake(one, evaluation, found.names) for one in _mistakes(evaluation)],
        "confusions": [
            {
                "truth": one.truth,
                "predicted": one.predicted,
                "samples": _named(one.sample_ids, found.names),
                "phrase": one.phrase.text(),
            }
            for one in found.confusions
        ],
        "sureness": None if found.sureness is None else _sureness(found.sureness),
        "not_sure": None if found.unsure is None else _unsure(found.unsure, how),
    }


def _figures(evaluation: AnyEvaluation, how: str) -> Document:
    if isinstance(evaluation, Evaluation):
        return _classes(evaluation, how)
    return _amounts(evaluation, how)


def _classes(evaluation: Evaluation, how: str) -> Document:
    details = evaluation.details
    assert details is not None
    shares = ("accuracy", "balanced_accuracy", "macro_f1")
    return {
        **{name: measured_share(getattr(details, name), how) for name in shares},
        "classes": list(evaluation.classes),
        "confusion": [list(row) for row in evaluation.confusion],
        "per_class": [
            {
                "name": one.name,
                "samples": one.samples,
                **{
                    name: measured_share(getattr(one, name), how)
                    for name in ("recall", "precision", "f1")
                },
            }
            for one in details.per_class
        ],
        "resampling": details.resampling.as_json(),
    }


def _amounts(evaluation: RegressionEvaluation, how: str) -> Document:
    errors = ("mae", "rmse", "median_error", "bias")
    promised = evaluation.prediction_interval
    return {
        **{name: measured(getattr(evaluation, name), how, evaluation.unit) for name in errors},
        "r2": None if evaluation.r2 is None else measured(evaluation.r2, how, "1"),
        "residuals": [one.as_json() for one in evaluation.residuals],
        "prediction_interval": None if promised is None else promised.as_json(),
        "resampling": evaluation.resampling.as_json(),
    }


def _mistakes(evaluation: AnyEvaluation) -> Sequence[Mistake | ValueMistake]:
    if isinstance(evaluation, Evaluation):
        return evaluation.details.mistakes if evaluation.details else ()
    return evaluation.mistakes


def _mistake(
    one: Mistake | ValueMistake, evaluation: AnyEvaluation, names: Mapping[int, str]
) -> Document:
    found = {**asdict(one), "name": names.get(one.sample_id)}
    if isinstance(evaluation, Evaluation):
        found["truth"] = evaluation.classes[int(one.truth)]
        found["predicted"] = evaluation.classes[int(one.predicted)]
    return found


def _named(ids: Iterable[int], names: Mapping[int, str]) -> list[Document]:
    return [{"id": id, "name": names.get(id)} for id in ids]


def _sureness(found: Sureness) -> Document:
    return {
        **found.measured.as_json(),
        "fitted_temperature": found.temperature.as_json(),
        "phrase": found.phrase.text(),
    }


def _unsure(found: Unsure, how: str) -> Document:
    return {**found.chosen.as_json(), "phrase": found.phrase.text(), "source": how}


def judgement_text(found: Judgement) -> str:
    """Return a judgement for a person."""
    evaluation = found.evaluation
    head = (
        f"Candidate #{found.candidate.id} on {counted(evaluation.samples, 'sample')} of the"
        f" {evaluation.split} side: {result_text(evaluation)}."
    )
    classes = isinstance(evaluation, Evaluation)
    body = _class_lines(evaluation) if isinstance(evaluation, Evaluation) else _off(evaluation)
    parts = [head, *(phrase.text() for phrase in found.phrases[1:]), *body]
    parts += [plain(one.phrase.text()) for one in found.confusions]
    parts += [found.sureness.phrase.text()] if found.sureness else []
    parts += [found.unsure.phrase.text()] if found.unsure else []
    mistakes = [_line(one, evaluation, found.names) for one in _mistakes(evaluation)[:_SHOWN]]
    title = "Wrong, the surest first:" if classes else "Farthest off:"
    return "\n".join(parts + ([title, *mistakes] if mistakes else []))


def _percent(share: Interval) -> str:
    return f"{share.value * 100:.1f} % ({share.low * 100:.0f}-{share.high * 100:.0f})"


def _class_lines(evaluation: Evaluation) -> list[str]:
    details = evaluation.details
    assert details is not None
    rows = [
        (plain(one.name), one.samples, _percent(one.recall), _percent(one.precision))
        for one in details.per_class
    ]
    return [
        f"Balanced accuracy {_percent(details.balanced_accuracy)},"
        f" macro F1 {_percent(details.macro_f1)}.",
        render(("class", "samples", "found", "right-when-said"), rows, right="samples"),
    ]


def _off(evaluation: RegressionEvaluation) -> list[str]:
    unit = f" {evaluation.unit}" if evaluation.unit else ""
    promised = evaluation.prediction_interval
    lines = [
        f"Root mean squared error {amount_text(evaluation.rmse.value)}{unit}, bias"
        f" {amount_text(evaluation.bias.value)}{unit}."
    ]
    if evaluation.r2 is not None:
        r2 = evaluation.r2
        lines.append(f"R2 {r2.value:.2f} ({r2.low:.2f}-{r2.high:.2f}).")
    if promised is not None and promised.coverage is not None:
        lines.append(
            f"{promised.level * 100:.0f} of 100 new amounts should lie within"
            f" {amount_text(promised.half_width)}{unit} of what is predicted; of the test samples"
            f" {_percent(promised.coverage)} do."
        )
    return lines


def _line(one: Mistake | ValueMistake, evaluation: AnyEvaluation, names: Mapping[int, str]) -> str:
    name = plain(names.get(one.sample_id, "removed"))
    if isinstance(one, Mistake) and isinstance(evaluation, Evaluation):
        said, true = evaluation.classes[one.predicted], evaluation.classes[one.truth]
        told = f"{plain(said)} ({one.confidence * 100:.0f} %), is {plain(true)}"
    else:
        told = f"{amount_text(one.predicted)}, is {amount_text(one.truth)}"
    return f"  {one.sample_id} {name}: {told}"


def samples_text(title: str, ids: Sequence[int], names: Mapping[int, str]) -> str:
    """Return samples under a title, a line each."""
    unique = dict.fromkeys(ids)
    lines = [f"  {id} {plain(names.get(id, 'removed'))}" for id in unique]
    return "\n".join([f"{title}: {counted(len(ids), 'input')}.", *lines])
