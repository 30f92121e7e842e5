"""Converted files as text for a person and as a document for machines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from studio.app import Conversions
from studio.cli.table import plain, render
from studio.domain.conversion import Attempt, Conversion, Outcome, Verdict
from studio.domain.evaluation import AnyEvaluation, ClassMetrics, Evaluation
from studio.domain.figure import Figure
from studio.domain.wording import KIND_MARKS, bytes_text, result_text

__all__ = ["conversions_document", "conversions_text"]

_HEADERS = ("recipe", "test", "worst class", "same answers", "size", "arena", "gate", "runs on")
_GATE = {
    Verdict.PASSES: "passes",
    Verdict.UNSURE: "unsure",
    Verdict.FAILS: "FAILS",
}
_OUTCOMES = {
    Outcome.HELPED: "helped",
    Outcome.NO_BETTER: "no better",
    Outcome.NOT_TRIED: "not tried",
}


def conversions_document(found: Conversions) -> dict[str, Any]:
    """Return everything, for machines."""
    return {
        "candidate": found.candidate_id,
        "made": [
            {
                **one.as_json(),
                "path": str(found.written[one.recipe]) if one.recipe in found.written else None,
                "gate_text": _gate_lines(one),
            }
            for one in found.made
        ],
        "refused": [
            {"recipe": one.recipe, "code": one.code, "sentence": one.sentence}
            for one in found.refused
        ],
    }


def conversions_text(found: Conversions) -> str:
    """Return a table, and what a person should know of each file."""
    lines = [*_table(found), *_remarks(found)]
    lines += [f"{one.recipe}: {plain(one.sentence)}" for one in found.refused]
    lines += [f"Wrote {plain(str(path))}" for path in found.written.values()]
    return "\n".join(lines)


def _table(found: Conversions) -> Iterator[str]:
    if not found.made:
        return
    rows = [_row(one) for one in found.made]
    before = found.made[0].float_tested
    if before is not None:
        rows.insert(0, ("float, before", result_text(before), _worst(before), *("",) * 5))
    yield render(_HEADERS, rows, right="size arena")
    if before is not None:
        yield "Test side, with 95 % intervals; gate and remedies go by the validation side."


def _row(one: Conversion) -> tuple[str, ...]:
    return (
        one.recipe,
        result_text(one.tested) if one.tested else "-",
        _worst(one.tested),
        _share(one.agreement),
        _bytes(one.size),
        _bytes(one.arena),
        _GATE[one.gate.verdict] if one.gate else "-",
        ", ".join(one.runtimes),
    )


def _worst(evaluation: AnyEvaluation | None) -> str:
    """Return the class found least often, and how often."""
    if not isinstance(evaluation, Evaluation):
        return "-"
    tested: list[ClassMetrics] = [one for one in evaluation.per_class if one.samples]
    if not tested:
        return "-"
    worst = min(tested, key=lambda one: one.recall.value)
    return f"{worst.recall.value * 100:.1f} % {plain(worst.name)}"


def _share(figure: Figure) -> str:
    return "-" if figure.value is None else f"{figure.value * 100:.1f} % {KIND_MARKS[figure.kind]}"


def _bytes(figure: Figure) -> str:
    mark = KIND_MARKS[figure.kind]
    return f"- {mark}" if figure.value is None else f"{bytes_text(figure.value)} {mark}"


def _remarks(found: Conversions) -> Iterator[str]:
    for one in found.made:
        told = [*_gate_lines(one), *map(_attempt, one.attempts), *one.notes]
        yield from (f"{one.recipe}: {plain(line)}" for line in told)


def _gate_lines(one: Conversion) -> list[str]:
    return [phrase.text() for phrase in one.gate.phrases] if one.gate else []


def _attempt(attempt: Attempt) -> str:
    return f"tried {attempt.remedy}: {_OUTCOMES[attempt.outcome]}. {attempt.sentence}"
