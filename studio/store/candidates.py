"""Candidates and their artifacts in the project file."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from studio.domain.candidate import Artifact, ArtifactFormat, Candidate, Precision
from studio.domain.evaluation import AnyEvaluation, evaluation_from_json
from studio.domain.figure import Figure
from studio.domain.preprocessing import Preprocessing, preprocessing_from_json
from studio.store import blobs
from studio.store.failures import decoded
from studio.store.project_file import ProjectFile

__all__ = ["add", "best_first", "find", "has_artifacts", "put_artifact"]

_SELECT = """
SELECT c.*, s.dataset, s.request, v.task, v.classes
FROM candidates c JOIN searches s ON s.id = c.search_id
JOIN dataset_versions v ON v.digest = s.dataset
"""


def add(
    project: ProjectFile,
    *,
    search_id: int,
    trial: int,
    space: str,
    hyperparameters: dict[str, Any],
    parameters: int,
    validation: AnyEvaluation,
    preprocessing: Preprocessing,
    weights: bytes,
    score: float | None = None,
) -> int:
    """Keep a finished trial and return its row number; one that is there stays as it is."""
    project.execute(
        "INSERT INTO candidates (search_id, trial, space, hyperparameters, parameters,"
        " validation, preprocessing, weights, score) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (search_id, trial) DO NOTHING",
        (
            search_id,
            trial,
            space,
            json.dumps(hyperparameters),
            parameters,
            json.dumps(validation.as_json(), ensure_ascii=False),
            json.dumps(preprocessing.as_json()),
            blobs.put(project, weights),
            score,
        ),
    )
    found = find(project, search_id=search_id, trial=trial)
    assert found is not None  # it was just added
    return found


def find(project: ProjectFile, *, search_id: int, trial: int) -> int | None:
    """Return the row number of a trial's candidate, or None."""
    found = project.value(
        "SELECT id FROM candidates WHERE search_id = ? AND trial = ?", (search_id, trial)
    )
    return None if found is None else int(found)


def has_artifacts(project: ProjectFile, candidate_id: int) -> bool:
    """Return whether any converted file of a candidate is kept."""
    sql = "SELECT 1 FROM artifacts WHERE candidate_id = ?"
    return project.value(sql, (candidate_id,)) is not None


def put_artifact(
    project: ProjectFile,
    candidate_id: int,
    *,
    precision: Precision,
    format: ArtifactFormat,
    content: bytes,
    arena: Figure,
    evaluation: AnyEvaluation | None,
) -> None:
    """Keep a converted file of a candidate, in place of an earlier one of the same kind."""
    tested = None
    if evaluation is not None:
        tested = json.dumps(evaluation.as_json(), ensure_ascii=False)
    project.execute(
        "INSERT OR REPLACE INTO artifacts VALUES (?, ?, ?, ?, ?, ?)",
        (
            candidate_id,
            str(precision),
            str(format),
            blobs.put(project, content),
            json.dumps(arena.as_json(), ensure_ascii=False),
            tested,
        ),
    )


def best_first(project: ProjectFile) -> tuple[Candidate, ...]:
    """Return every candidate, the best on the validation split first; see `_rank`."""
    files = project.rows(
        "SELECT a.*, b.size FROM artifacts a JOIN blobs b ON b.digest = a.digest"
        " ORDER BY a.candidate_id, a.format DESC, a.precision"
    )
    rows = project.rows(_SELECT)
    with decoded(project.path):
        artifacts: dict[int, list[Artifact]] = {}
        for row in files:
            artifacts.setdefault(row["candidate_id"], []).append(_artifact(row))
        found = [_candidate(row, tuple(artifacts.get(row["id"], ()))) for row in rows]
        return tuple(sorted(found, key=_rank))


def _rank(candidate: Candidate) -> tuple[float, int, int, int]:
    """Order by score, then the smaller model, then the earlier trial.

    Candidates of before scores were kept have what theirs is mostly made of.
    """
    int8 = candidate.artifact(Precision.INT8, ArtifactFormat.TFLITE)
    size = int8.size_bytes if int8 else candidate.parameters
    score = candidate.validation.goodness if candidate.score is None else candidate.score
    return (-score, size, candidate.search_id, candidate.trial)


def _artifact(row: sqlite3.Row) -> Artifact:
    tested = row["evaluation"]
    return Artifact(
        precision=Precision(row["precision"]),
        format=ArtifactFormat(row["format"]),
        digest=row["digest"],
        size_bytes=row["size"],
        arena=Figure.from_json(json.loads(row["arena"])),
        evaluation=evaluation_from_json(json.loads(tested)) if tested else None,
    )


def _candidate(row: sqlite3.Row, artifacts: tuple[Artifact, ...]) -> Candidate:
    return Candidate(
        id=row["id"],
        search_id=row["search_id"],
        trial=row["trial"],
        task=row["task"],
        space=row["space"],
        device_id=json.loads(row["request"])["device_id"],
        dataset_digest=row["dataset"],
        hyperparameters=json.loads(row["hyperparameters"]),
        parameters=row["parameters"],
        validation=evaluation_from_json(json.loads(row["validation"])),
        classes=tuple(json.loads(row["classes"])),
        preprocessing=preprocessing_from_json(json.loads(row["preprocessing"])),
        weights_digest=row["weights"],
        score=row["score"],
        artifacts=artifacts,
    )
