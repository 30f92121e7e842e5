"""What predictors say of samples, as documents and as text; arguments of the commands for it."""

from __future__ import annotations

import math
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from studio.app.reviewing import NEIGHBOURS
from studio.cli.arguments import positive
from studio.cli.documents import change_document
from studio.cli.table import plain
from studio.domain.operation import Change
from studio.domain.sample import Sample
from studio.labelling.review import Opinion

__all__ = [
    "add_page",
    "asker",
    "changed",
    "opinion_document",
    "opinion_text",
    "sample_document",
    "share",
    "who",
]


def add_page(parser: ArgumentParser, *, limit: int = 20) -> None:
    """Add ``--limit`` and ``--offset``."""
    parser.add_argument(
        "--limit", metavar="N", type=positive, default=limit, help=f"default: {limit}"
    )
    parser.add_argument(
        "--offset", metavar="N", type=_from_zero, default=0, help="pass over so many (default: 0)"
    )


def _from_zero(text: str) -> int:
    return 0 if text.strip() == "0" else positive(text)


def share(text: str) -> float:
    """Return a share of one, 0 to 1."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value <= 1:
        raise ArgumentTypeError(f"{text!r} is not between 0 and 1")
    return value


def asker(text: str) -> str:
    """Return who suggests: a candidate's number, or ``neighbours``."""
    if text == NEIGHBOURS:
        return text
    try:
        return str(positive(text))
    except ArgumentTypeError:
        raise ArgumentTypeError(
            f"{text!r} is neither the number of a candidate nor `{NEIGHBOURS}`"
        ) from None


def who(candidate_id: int | None) -> str:
    """Return who says something: ``#3``, or ``neighbours``."""
    return NEIGHBOURS if candidate_id is None else f"#{candidate_id}"


def opinion_text(said: Opinion) -> str:
    """Return an opinion in short: ``#3: rust 97.0 %``."""
    name = "a class that was deleted" if said.class_name is None else plain(said.class_name)
    return f"{who(said.candidate_id)}: {name} {said.confidence * 100:.1f} %"


def opinion_document(said: Opinion) -> dict[str, Any]:
    """Return an opinion; shares are what the predictor itself says, and no measured accuracy."""
    return {
        "by": NEIGHBOURS if said.candidate_id is None else "model",
        "candidate": said.candidate_id,
        "class": said.class_name,
        "confidence": said.confidence,
        "margin": said.margin,
        "nearest": list(said.nearest),
    }


def sample_document(sample: Sample) -> dict[str, Any]:
    """Return which sample it is."""
    return {"id": sample.id, "name": sample.name, "class": sample.class_name}


def changed(change: Change | None, nothing: str) -> tuple[dict[str, Any], str]:
    """Return what a step did, as a document and as a sentence.

    Args:
        change: The step, or None when nothing was changed.
        nothing: What to say then.
    """
    if change is None:
        return {"change": None}, nothing
    return {"change": change_document(change)}, f"{plain(change.operation.title)}."
