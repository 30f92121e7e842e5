"""What to look at next, in pages: the samples without a class, and those a model sees otherwise.

Every order walks along one index, so that the first page of 100,000 samples costs about as
much as that of 100.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from studio.domain.errors import ProjectError
from studio.domain.sample import Sample
from studio.store import predictions, samples
from studio.store.predictions import Prediction, Predictor
from studio.store.project_file import ProjectFile

__all__ = [
    "Opinion",
    "Order",
    "Ranking",
    "ReviewItem",
    "ReviewPage",
    "meaning_text",
    "opinions_of",
    "review",
]


class Order(StrEnum):
    """What comes first."""

    UNLABELLED = "unlabelled"
    UNCERTAIN = "uncertain"
    DISAGREEMENT = "disagreement"
    SUSPICIOUS = "suspicious"
    RANDOM = "random"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What a model, or the nearest neighbours, say of a sample.

    Attributes:
        candidate_id: The candidate, or None for the neighbours.
        class_name: The likeliest class as it is called now; None if it was deleted.
        confidence: How likely that is, 0 to 1, as the predictor itself says.
        margin: How far ahead of the second it is, 0 to 1.
        nearest: Samples it rests on, the nearest first; a model names none.
    """

    candidate_id: int | None
    class_name: str | None
    confidence: float
    margin: float
    nearest: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """One sample to look at.

    Attributes:
        sample: Which.
        opinions: What the predictors say of it, in the order they were given.
    """

    sample: Sample
    opinions: tuple[Opinion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """A page of a queue.

    Attributes:
        order: What comes first.
        items: The samples, the most useful first.
        more: Whether there are more behind them.
    """

    order: Order
    items: tuple[ReviewItem, ...]
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Who is asked, and where in the queue.

    Attributes:
        model: The candidate whose doubts are followed, or None without one.
        neighbours: The nearest neighbours, or None when they were not looked for.
        other: A second candidate: then disagreement is between the two, labels aside.
        seed: Of the random order.
        offset: How many to pass over.
        limit: How many at most.
    """

    model: Predictor | None = None
    neighbours: Predictor | None = None
    other: Predictor | None = None
    seed: int = 1
    offset: int = 0
    limit: int = 50


def review(project: ProjectFile, order: Order, ranking: Ranking) -> ReviewPage:
    """Return a page of samples worth a look; excluded ones are left out.

    ``unlabelled`` are the samples without a class, those the model is least certain of first;
    ``uncertain`` all samples by the model's margin; ``disagreement`` labelled ones the model
    calls otherwise, its surest contradiction first, or those two candidates call differently;
    ``suspicious`` labelled ones whose nearest neighbours are of another class; ``random`` all,
    in an order that a seed gives.

    Raises:
        ProjectError: ``label.no_model`` or ``label.no_neighbours`` when the order needs one.

    Source:
        Margin sampling: Settles, "Active Learning Literature Survey" (2009), 3.1: the
        difference between the two likeliest classes.
    """
    # One more than asked for tells whether there is more.
    found = _ORDERS[order](project, ranking)
    chosen = found[: ranking.limit]
    askers = [one for one in (ranking.model, ranking.other, ranking.neighbours) if one is not None]
    return ReviewPage(
        order=order, items=_items(project, chosen, askers), more=len(found) > ranking.limit
    )


def opinions_of(
    project: ProjectFile, askers: Sequence[Predictor], sample_ids: Sequence[int]
) -> Mapping[int, tuple[Opinion, ...]]:
    """Return what predictors say of samples, by sample."""
    names = {row["id"]: row["name"] for row in project.rows("SELECT id, name FROM classes")}
    found: dict[int, list[Opinion]] = {id: [] for id in sample_ids}
    for asker in askers:
        classes = [names.get(row) for row in predictions.meaning(project, asker)]
        for id, said in predictions.get(project, asker, sample_ids).items():
            found[id].append(_opinion(asker, said, classes[said.best]))
    return {id: tuple(some) for id, some in found.items()}


def _opinion(asker: Predictor, said: Prediction, class_name: str | None) -> Opinion:
    return Opinion(
        candidate_id=asker.candidate_id,
        class_name=class_name,
        confidence=said.confidence,
        margin=said.margin,
        nearest=said.nearest,
    )


def _items(
    project: ProjectFile, ids: Sequence[int], askers: Sequence[Predictor]
) -> tuple[ReviewItem, ...]:
    known = {sample.id: sample for sample in samples.get(project, ids)}
    said = opinions_of(project, askers, ids)
    # A queue may name a sample that is gone, in a file that somebody else wrote.
    return tuple(ReviewItem(sample=known[id], opinions=said[id]) for id in ids if id in known)


_Finder = Callable[[ProjectFile, Ranking], list[int]]

_FEW = 5_000
"""Unlabelled samples that are sorted at once; among more, the model's order finds them soon."""


def _ids(project: ProjectFile, sql: str, ranking: Ranking, **values: Any) -> list[int]:
    page = {"limit": ranking.limit + 1, "offset": ranking.offset}
    return [row[0] for row in project.rows(f"{sql} LIMIT :limit OFFSET :offset", page | values)]


def _unlabelled(project: ProjectFile, ranking: Ranking) -> list[int]:
    if ranking.model is None:
        sql = "SELECT id FROM samples WHERE class_id IS NULL AND excluded = 0 ORDER BY id"
        return _ids(project, sql, ranking)
    model = {"model": ranking.model.id}
    if project.value("SELECT count(*) FROM samples WHERE class_id IS NULL") <= _FEW:
        sql = (
            "SELECT s.id FROM samples s LEFT JOIN predictions p ON p.predictor_id = :model"
            " AND p.sample_id = s.id WHERE s.class_id IS NULL AND s.excluded = 0"
            " ORDER BY p.margin IS NULL, p.margin, s.id"
        )
        return _ids(project, sql, ranking, **model)
    found = _ids(project, f"{_DOUBTED} AND s.class_id IS NULL {_BY_MARGIN}", ranking, **model)
    if len(found) > ranking.limit:
        return found
    seen = int(
        project.value(
            f"SELECT count(*) FROM ({_DOUBTED} AND s.class_id IS NULL)", {"model": ranking.model.id}
        )
    )
    sql = (
        "SELECT s.id FROM samples s WHERE s.class_id IS NULL AND s.excluded = 0 AND NOT EXISTS"
        " (SELECT 1 FROM predictions p WHERE p.predictor_id = :model AND p.sample_id = s.id)"
        " ORDER BY s.id LIMIT :limit OFFSET :offset"
    )
    rest = {"limit": ranking.limit + 1 - len(found), "offset": max(0, ranking.offset - seen)}
    return found + [row[0] for row in project.rows(sql, {**model, **rest})]


# CROSS JOIN keeps SQLite from turning the order of the loops round; the state of a sample is
# in an index that is a tenth of its table.
_STATE = "CROSS JOIN samples s INDEXED BY samples_state ON s.id = p.sample_id"
_DOUBTED = (
    f"SELECT p.sample_id FROM predictions p INDEXED BY predictions_closest {_STATE}"
    " WHERE p.predictor_id = :model AND s.excluded = 0"
)
_BY_MARGIN = "ORDER BY p.margin, p.sample_id"
_SURE = f"SELECT p.sample_id FROM predictions p INDEXED BY predictions_surest {_STATE}"
_BY_CONFIDENCE = "ORDER BY p.confidence DESC, p.sample_id"


def _uncertain(project: ProjectFile, ranking: Ranking) -> list[int]:
    model = _needed(ranking.model)
    return _ids(project, f"{_DOUBTED} {_BY_MARGIN}", ranking, model=model.id)


def _disagreement(project: ProjectFile, ranking: Ranking) -> list[int]:
    model = _needed(ranking.model)
    if ranking.other is not None:
        return _between(project, ranking, model, ranking.other)
    return _against_labels(project, ranking, model)


def _against_labels(project: ProjectFile, ranking: Ranking, asked: Predictor) -> list[int]:
    sql = (
        f"{_SURE} WHERE p.predictor_id = :asked AND s.excluded = 0"
        f" AND s.class_id <> (:meaning ->> p.best) {_BY_CONFIDENCE}"
    )
    return _ids(project, sql, ranking, asked=asked.id, meaning=meaning_text(project, asked))


def _between(
    project: ProjectFile, ranking: Ranking, model: Predictor, other: Predictor
) -> list[int]:
    sql = (
        f"{_SURE} CROSS JOIN predictions q ON q.predictor_id = :other"
        " AND q.sample_id = p.sample_id WHERE p.predictor_id = :model AND s.excluded = 0"
        f" AND (:meaning ->> p.best) <> (:others ->> q.best) {_BY_CONFIDENCE}"
    )
    values = {"model": model.id, "other": other.id, "meaning": meaning_text(project, model)}
    return _ids(project, sql, ranking, **values, others=meaning_text(project, other))


def _suspicious(project: ProjectFile, ranking: Ranking) -> list[int]:
    if ranking.neighbours is None:
        raise ProjectError(
            "The nearest neighbours of the samples are not known yet.",
            "Run `automl-studio predict` on the project first.",
            code="label.no_neighbours",
        )
    return _against_labels(project, ranking, ranking.neighbours)


def _random(project: ProjectFile, ranking: Ranking) -> list[int]:
    # The middle bits of the square (von Neumann) of a number that a multiplication by an odd one
    # has spread over 31 bits: mixed well enough here, and nothing is kept for the next page.
    # SQLite has no exclusive or.
    spread = f"((s.id + :start) * {_MIXER} & {_BITS})"
    sql = (
        "SELECT s.id FROM samples s INDEXED BY samples_state WHERE s.id > 0 AND s.excluded = 0"
        f" ORDER BY {spread} * {spread} >> 15 & {_BITS}, s.id"
    )
    return _ids(project, sql, ranking, start=ranking.seed * _MIXER & _BITS)


_BITS, _MIXER = (1 << 31) - 1, 73_244_475


_ORDERS: Mapping[Order, _Finder] = {
    Order.UNLABELLED: _unlabelled,
    Order.UNCERTAIN: _uncertain,
    Order.DISAGREEMENT: _disagreement,
    Order.SUSPICIOUS: _suspicious,
    Order.RANDOM: _random,
}


def meaning_text(project: ProjectFile, asked: Predictor) -> str:
    """Return what a predictor's classes are now as a JSON array, for ``->>``."""
    return json.dumps(predictions.meaning(project, asked))


def _needed(model: Predictor | None) -> Predictor:
    if model is None:
        raise ProjectError(
            "No model has said yet what the samples are.",
            "Run `automl-studio search` for a model, then `automl-studio predict`.",
            code="label.no_model",
        )
    return model
