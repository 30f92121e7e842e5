"""Classes suggested for samples that have none, and what becomes of the suggestions.

A suggestion is nothing that is kept: it follows from what a predictor said, from the label
(none), and from what was dismissed. So it is gone once it is accepted, and back after undo.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from studio.domain.errors import ProjectError
from studio.domain.evaluation import Interval, wilson_interval
from studio.domain.operation import Change
from studio.domain.sample import Sample
from studio.labelling.operations import AcceptSuggestions, DismissSuggestions
from studio.labelling.performing import perform
from studio.labelling.review import meaning_text
from studio.store import predictions, samples
from studio.store.failures import decoded
from studio.store.predictions import Prediction, Predictor
from studio.store.project_file import ProjectFile

__all__ = [
    "Reliability",
    "Suggestion",
    "SuggestionPage",
    "accept",
    "dismiss",
    "reliability",
    "suggestions",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What a sample without a class may be.

    Attributes:
        sample: Which.
        class_name: The class suggested.
        confidence: How sure who suggests it is, 0 to 1; see `reliability` for what it is worth.
        candidate_id: The candidate that suggests it, or None for the nearest neighbours.
        why: What it rests on, in a sentence.
        nearest: Samples it rests on, the nearest first; a model names none.
    """

    sample: Sample
    class_name: str
    confidence: float
    candidate_id: int | None
    why: str
    nearest: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionPage:
    """A page of suggestions, the surest first, and whether there are more behind them."""

    items: tuple[Suggestion, ...]
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """How often who suggests was right when it was so sure.

    Attributes:
        above: How sure, 0 to 1.
        right: Share that was right, with its 95 % Wilson interval.
        samples: Of how many labelled samples: for a candidate those of the validation and test
            splits; for neighbours all, each judged by the others.
    """

    above: float
    right: Interval
    samples: int


_STANDING = """
s.class_id IS NULL AND s.excluded = 0 AND p.confidence >= :above
AND (:meaning ->> p.best) IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM dismissals d
                WHERE d.sample_id = p.sample_id AND d.class_id = (:meaning ->> p.best))
"""
_SELECT = "SELECT p.sample_id, (:meaning ->> p.best) AS class_id FROM"
_SUREST = "ORDER BY p.confidence DESC, p.sample_id"
_FEW = 5_000
"""Unlabelled samples that are sorted at once; among more, the surest are found soon."""


def suggestions(
    project: ProjectFile,
    asked: Predictor,
    *,
    above: float = 0.0,
    offset: int = 0,
    limit: int = 50,
) -> SuggestionPage:
    """Return what a predictor suggests for samples without a class, the surest first.

    Excluded samples and dismissed suggestions are left out.

    Args:
        project: Whose samples.
        asked: Who suggests.
        above: Only those at least so sure, 0 to 1.
        offset: How many to pass over.
        limit: How many at most.
    """
    found = _pairs(project, asked, above, limit=limit + 1, offset=offset)
    ids = [id for id, _ in found[:limit]]
    known = {sample.id: sample for sample in samples.get(project, ids)}
    said = predictions.get(project, asked, ids)
    with decoded(project.path):
        items = tuple(
            _suggestion(asked, known[id], said[id], class_name) for id, class_name in found[:limit]
        )
    return SuggestionPage(items=items, more=len(found) > limit)


def _pairs(
    project: ProjectFile, asked: Predictor, above: float, *, limit: int = -1, offset: int = 0
) -> list[tuple[int, str]]:
    unlabelled = "SELECT count(*) FROM samples WHERE class_id IS NULL"
    few = limit < 0 or project.value(unlabelled) <= _FEW
    tables = (
        "samples s INDEXED BY samples_by_class CROSS JOIN predictions p"
        " ON p.predictor_id = :asked AND p.sample_id = s.id"
        if few
        else "predictions p INDEXED BY predictions_surest CROSS JOIN samples s"
        " INDEXED BY samples_state ON s.id = p.sample_id AND p.predictor_id = :asked"
    )
    values = {"asked": asked.id, "above": above, "meaning": meaning_text(project, asked)}
    sql = f"{_SELECT} {tables} WHERE {_STANDING} {_SUREST} LIMIT :limit OFFSET :offset"
    rows = project.rows(sql, {**values, "limit": limit, "offset": offset})
    names = _names(project)
    with decoded(project.path):
        return [(row["sample_id"], names[row["class_id"]]) for row in rows]


def _names(project: ProjectFile) -> dict[Any, str]:
    return {row["id"]: row["name"] for row in project.rows("SELECT id, name FROM classes")}


def _suggestion(asked: Predictor, sample: Sample, said: Prediction, name: str) -> Suggestion:
    return Suggestion(
        sample=sample,
        class_name=name,
        confidence=said.confidence,
        candidate_id=asked.candidate_id,
        why=_why(asked, said),
        nearest=said.nearest,
    )


def _why(asked: Predictor, said: Prediction) -> str:
    if asked.candidate_id is None:
        near = ", ".join(map(str, said.nearest))
        return f"The labelled samples most like it are {near}."
    ranked = sorted(range(len(said.shares)), key=lambda n: (-said.shares[n], n))[1:2]
    second = "".join(f"; next {asked.classes[n]} with {said.shares[n]:.1%}" for n in ranked)
    return f"Candidate {asked.candidate_id} is {said.confidence:.1%} sure{second}."


def reliability(project: ProjectFile, asked: Predictor, above: float) -> Reliability:
    """Return how often a predictor was right about labelled samples when it was so sure."""
    held_out = (
        " AND p.sample_id IN (SELECT r.sample_id FROM candidates c"
        " JOIN searches e ON e.id = c.search_id JOIN dataset_rows r ON r.version = e.dataset"
        " WHERE c.id = :candidate AND r.split <> 'train')"
    )
    row = project.row(
        "SELECT count(*) AS samples, coalesce(sum(s.class_id = (:meaning ->> p.best)), 0) AS right"
        " FROM predictions p JOIN samples s ON s.id = p.sample_id"
        " WHERE p.predictor_id = :asked AND p.confidence >= :above AND s.class_id IS NOT NULL"
        f" AND s.excluded = 0{'' if asked.candidate_id is None else held_out}",
        {
            "asked": asked.id,
            "above": above,
            "meaning": meaning_text(project, asked),
            "candidate": asked.candidate_id,
        },
    )
    assert row is not None  # an aggregate always gives a row
    right = wilson_interval(int(row["right"]), int(row["samples"]))
    return Reliability(above=above, right=right, samples=row["samples"])


def accept(
    project: ProjectFile,
    asked: Predictor,
    *,
    sample_ids: Sequence[int] | None = None,
    above: float = 0.0,
) -> Change | None:
    """Label samples as suggested, all in one step; None when nothing was suggested.

    Args:
        project: Whose samples.
        asked: Who suggests.
        sample_ids: Only these; by default all there is a suggestion for.
        above: Only where it is at least so sure, 0 to 1.

    Raises:
        ProjectError: ``label.unknown_sample``, or ``label.no_suggestion`` for one named.
    """
    pairs = _chosen(project, asked, sample_ids, above)
    return perform(project, AcceptSuggestions(suggested=pairs)) if pairs else None


def dismiss(
    project: ProjectFile,
    asked: Predictor,
    *,
    sample_ids: Sequence[int] | None = None,
    above: float = 0.0,
) -> Change | None:
    """Never suggest this again, all in one step; arguments and errors as `accept`."""
    pairs = _chosen(project, asked, sample_ids, above)
    return perform(project, DismissSuggestions(suggested=pairs)) if pairs else None


def _chosen(
    project: ProjectFile, asked: Predictor, sample_ids: Sequence[int] | None, above: float
) -> tuple[tuple[int, str], ...]:
    found = _pairs(project, asked, above)
    if sample_ids is None:
        return tuple(found)
    classes = dict(found)
    lacking = [id for id in sample_ids if id not in classes]
    if lacking:
        raise _no_suggestion(project, lacking)
    return tuple((id, classes[id]) for id in dict.fromkeys(sample_ids))


def _no_suggestion(project: ProjectFile, lacking: Sequence[int]) -> ProjectError:
    sql = "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT id FROM samples)"
    unknown = [row[0] for row in project.rows(sql, (json.dumps(list(lacking)),))]
    if unknown:
        return ProjectError(
            f"There is no sample {unknown[0]}.",
            "It may have been removed meanwhile; look at the list again.",
            code="label.unknown_sample",
        )
    return ProjectError(
        f"Nothing is suggested for sample {lacking[0]}.",
        "It may have a class, be excluded, or be dismissed; look at the list again.",
        code="label.no_suggestion",
    )
