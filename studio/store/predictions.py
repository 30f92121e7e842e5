"""What a model, or a sample's nearest neighbours, say of samples: who says it, and what.

A *predictor* is who says it: a candidate, or the neighbours. Its classes are kept as it knew
them. Predictions can be made again at any time, so they are no part of the history; they stay
when their sample is removed, and hold again when undo brings it back (numbers of samples are
never given out twice).
"""

from __future__ import annotations

import json
import sqlite3
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from studio.domain.sample import SampleKind
from studio.store.failures import decoded
from studio.store.project_file import ProjectFile, now

__all__ = [
    "Prediction",
    "Predictor",
    "all_predictors",
    "count",
    "count_missing",
    "find",
    "forget",
    "forget_removed",
    "get",
    "meaning",
    "missing",
    "put",
    "put_predictor",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Predictor:
    """Who says what samples are.

    Attributes:
        id: Row number.
        candidate_id: The candidate, or None for the nearest neighbours.
        classes: Names of the classes as it knew them.
        stamp: What the labels were when it was asked; only the neighbours depend on them.
        made_at: When it was asked last, UTC, ISO 8601.
    """

    id: int
    candidate_id: int | None
    classes: tuple[str, ...]
    stamp: str
    made_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """What a predictor says of one sample.

    Attributes:
        sample_id: Which.
        shares: For each of the predictor's classes how likely it is, 0 to 1.
        nearest: Samples it rests on, the nearest first; a model names none.
    """

    sample_id: int
    shares: tuple[float, ...]
    nearest: tuple[int, ...] = ()

    @property
    def best(self) -> int:
        """Position of the likeliest class; of equal ones the first."""
        return max(range(len(self.shares)), key=lambda place: (self.shares[place], -place))

    @property
    def confidence(self) -> float:
        """How likely the likeliest class is."""
        return max(self.shares)

    @property
    def margin(self) -> float:
        """How far the likeliest class is ahead of the second."""
        first, *rest = sorted(self.shares, reverse=True)
        return first - (rest[0] if rest else 0.0)


def all_predictors(project: ProjectFile) -> tuple[Predictor, ...]:
    """Return everybody who was asked, in the order they were first asked."""
    rows = project.rows("SELECT * FROM predictors ORDER BY id")
    with decoded(project.path):
        return tuple(map(_predictor, rows))


def find(project: ProjectFile, candidate_id: int | None) -> Predictor | None:
    """Return a candidate's predictor, or with None the neighbours'; None if never asked."""
    found = (one for one in all_predictors(project) if one.candidate_id == candidate_id)
    return next(found, None)


def _predictor(row: sqlite3.Row) -> Predictor:
    classes = tuple(json.loads(row["classes"]))
    if not all(isinstance(name, str) for name in classes):
        raise TypeError("the name of a class is text")
    return Predictor(**{**dict(row), "classes": classes})


def put_predictor(
    project: ProjectFile, candidate_id: int | None, classes: Sequence[str], *, stamp: str = ""
) -> Predictor:
    """Say that a predictor is asked now; what one with other classes said is dropped."""
    text = json.dumps(list(classes), ensure_ascii=False)
    before = find(project, candidate_id)
    if before is None:
        sql = "INSERT INTO predictors (candidate_id, classes, stamp, made_at) VALUES (?, ?, ?, ?)"
        project.execute(sql, (candidate_id, text, stamp, now()))
    else:
        if before.classes != tuple(classes):
            forget(project, before.id)
        sql = "UPDATE predictors SET classes = ?, stamp = ?, made_at = ? WHERE id = ?"
        project.execute(sql, (text, stamp, now(), before.id))
    found = find(project, candidate_id)
    assert found is not None  # it was just put
    return found


def put(project: ProjectFile, predictor_id: int, found: Iterable[Prediction]) -> None:
    """Keep predictions, in place of earlier ones of the same samples."""
    project.executemany(
        "INSERT OR REPLACE INTO predictions"
        " (predictor_id, sample_id, best, confidence, margin, shares, nearest)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (
                predictor_id,
                one.sample_id,
                one.best,
                one.confidence,
                one.margin,
                # Half precision holds every 1/256 of an int8 model exactly.
                struct.pack(f"<{len(one.shares)}e", *one.shares),
                json.dumps(one.nearest),
            )
            for one in found
        ),
    )


def forget(project: ProjectFile, predictor_id: int) -> None:
    """Drop what a predictor said."""
    project.execute("DELETE FROM predictions WHERE predictor_id = ?", (predictor_id,))


def forget_removed(project: ProjectFile) -> None:
    """Drop what was said of samples that are no longer there."""
    project.execute("DELETE FROM predictions WHERE sample_id NOT IN (SELECT id FROM samples)")


def missing(
    project: ProjectFile, predictor_id: int | None, kind: SampleKind
) -> list[tuple[int, str, str]]:
    """Return number, digest and name of samples of a kind a predictor said nothing of.

    Samples that are excluded are left out.
    """
    sql = (
        "SELECT s.id, s.digest, s.name FROM samples s WHERE s.kind = ? AND s.excluded = 0"
        " AND NOT EXISTS (SELECT 1 FROM predictions p WHERE p.predictor_id = ?"
        " AND p.sample_id = s.id) ORDER BY s.id"
    )
    return [(row[0], row[1], row[2]) for row in project.rows(sql, (str(kind), predictor_id))]


def count_missing(project: ProjectFile, predictor_id: int | None) -> int:
    """Return how many samples that are not excluded a predictor said nothing of."""
    sql = (
        "SELECT count(*) FROM samples s INDEXED BY samples_state WHERE s.id > 0"
        " AND s.excluded = 0 AND NOT EXISTS"
        " (SELECT 1 FROM predictions p WHERE p.predictor_id = ? AND p.sample_id = s.id)"
    )
    return int(project.value(sql, (predictor_id,)))


def count(project: ProjectFile, predictor_id: int) -> int:
    """Return how many samples a predictor has spoken of."""
    sql = "SELECT count(*) FROM predictions WHERE predictor_id = ?"
    return int(project.value(sql, (predictor_id,)))


def get(
    project: ProjectFile, predictor: Predictor, sample_ids: Sequence[int]
) -> dict[int, Prediction]:
    """Return what a predictor says of samples, by sample; those it said nothing of lack."""
    rows = project.rows(
        "SELECT sample_id, shares, nearest FROM predictions WHERE predictor_id = ?"
        " AND sample_id IN (SELECT value FROM json_each(?))",
        (predictor.id, json.dumps(list(sample_ids))),
    )
    with decoded(project.path):
        return {row["sample_id"]: _prediction(row, len(predictor.classes)) for row in rows}


def _prediction(row: sqlite3.Row, classes: int) -> Prediction:
    if len(row["shares"]) != 2 * classes:
        raise ValueError("a share for each class")
    shares = struct.unpack(f"<{classes}e", row["shares"])
    nearest = tuple(int(id) for id in json.loads(row["nearest"]))
    return Prediction(sample_id=row["sample_id"], shares=shares, nearest=nearest)


def meaning(project: ProjectFile, predictor: Predictor) -> tuple[int | None, ...]:
    """Return for each class of a predictor the row number of what it is now, or None.

    A class that was renamed or merged since is what most of the samples a candidate learned
    it from are now; one that was deleted is nothing.
    """
    rows = project.rows("SELECT name, id FROM classes")
    known = {row["name"]: int(row["id"]) for row in rows}
    return tuple(
        known[name] if name in known else _became(project, predictor, name)
        for name in predictor.classes
    )


def _became(project: ProjectFile, predictor: Predictor, name: str) -> int | None:
    found = project.row(
        "SELECT s.class_id, count(*) AS samples FROM candidates c"
        " JOIN searches e ON e.id = c.search_id JOIN dataset_rows r ON r.version = e.dataset"
        " JOIN samples s ON s.id = r.sample_id WHERE c.id = ? AND r.class_name = ?"
        " GROUP BY s.class_id ORDER BY samples DESC, s.class_id LIMIT 1",
        (predictor.candidate_id, name),
    )
    return None if found is None or found["class_id"] is None else int(found["class_id"])
