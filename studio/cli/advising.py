"""Advice as text and as a document."""

from __future__ import annotations

from typing import Any

from studio.cli.documents import evaluation_document, report_document
from studio.cli.table import plain
from studio.domain.advice import Advice, Change, Outcome, Try

__all__ = ["advice_document", "advice_text"]

Document = dict[str, Any]

_WORDS = {
    Outcome.FITS: "fits",
    Outcome.DOES_NOT_FIT: "does not fit",
    Outcome.UNKNOWN: "not sure",
    Outcome.REFUSED: "came to nothing",
    Outcome.NOT_TRIED: "not tried",
}
_CHANGES = {
    Change.RUNTIME: "Another runtime",
    Change.PRECISION: "A smaller file",
    Change.CANDIDATE: "Another model",
    Change.SEARCH: "A search",
}


def advice_document(advice: Advice) -> Document:
    """Return the advice with everything that was tried."""
    return {
        "candidate": advice.candidate_id,
        "device": advice.report.device_id,
        "verdict": str(advice.verdict),
        "grower": advice.grower.text(),
        "spare": advice.spare.text() if advice.spare else None,
        "engineer": advice.engineer.text(),
        "command": advice.command,
        "report": report_document(advice.report),
        "tries": [_try_document(one) for one in advice.tries],
    }


def _try_document(one: Try) -> Document:
    return {
        "change": str(one.change),
        "outcome": str(one.outcome),
        "candidate": one.candidate_id,
        "recipe": one.recipe,
        "phrases": [phrase.text() for phrase in one.phrases],
        "report": report_document(one.report) if one.report else None,
        "before": evaluation_document(one.before),
        "after": evaluation_document(one.after),
        "compared": one.compared.as_json() if one.compared else None,
    }


def advice_text(advice: Advice) -> str:
    """Return the answer, then every change with what came of it."""
    lines = [
        " ".join(one.text() for one in (advice.grower, advice.spare) if one),
        plain(advice.engineer.text()),
    ]
    for one in advice.tries:
        lines.append(f"\n{_CHANGES[one.change]}: {_WORDS[one.outcome]}")
        lines += [f"  - {plain(phrase.text())}" for phrase in one.phrases]
    if advice.command:
        lines.append(f"\nNext: automl-studio {advice.command}")
    return "\n".join(lines)
