"""Projects in which somebody has said what samples are: for tests of what becomes of that."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from studio.domain.candidate import ArtifactFormat, Candidate, Precision
from studio.domain.dataset import DatasetRow, DatasetVersion, Split
from studio.domain.evaluation import Evaluation
from studio.domain.figure import Figure
from studio.domain.preprocessing import ImagePreprocessing
from studio.domain.sample import ImageFacts, NewSample
from studio.domain.search import SearchRequest
from studio.labelling.operations import ImportStep
from studio.store import candidates, datasets, predictions, samples, searches
from studio.store.predictions import Prediction, Predictor
from studio.store.project_file import ProjectFile

TABLES = ("classes", "sessions", "samples", "regions", "dismissals", "other_labels")
"""What operations can change."""


def state(project: ProjectFile) -> dict[str, list[tuple[Any, ...]]]:
    """Everything operations can change, to the last column."""
    return {
        table: [tuple(row) for row in project.rows(f"SELECT * FROM {table} ORDER BY id")]
        for table in TABLES
    }


@contextmanager
def project_of(
    path: Path, classes: Sequence[str | None], contents: Sequence[bytes] | None = None
) -> Iterator[ProjectFile]:
    """Make a project with a picture a class, numbered from 1."""
    path.write_bytes(_empty())
    with ProjectFile.open(path) as made:
        made._connection.execute("PRAGMA synchronous = OFF")  # only for speed
        given = contents or [b"%d" % number for number in range(len(classes))]
        ImportStep(made, "photos").add(
            (picture(content, f"{number}.png", name), None)
            for number, (content, name) in enumerate(zip(given, classes, strict=True), 1)
        )
        yield made


@cache
def _empty() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.automl")
        ProjectFile.create(path, task="image-classification").close()
        return path.read_bytes()


def picture(content: bytes, name: str, class_name: str | None, **more: Any) -> NewSample:
    """Return a picture to import."""
    facts = ImageFacts(width=1, height=1)
    return NewSample(
        content=content,
        name=name,
        media_type="image/png",
        facts=facts,
        class_name=class_name,
        **more,
    )


def asked(
    project: ProjectFile,
    classes: Sequence[str],
    said: Mapping[int, Sequence[float]],
    candidate_id: int | None = None,
) -> Predictor:
    """Have the neighbours, or a candidate, say the share of each class, by sample."""
    with project.transaction():
        found = predictions.put_predictor(project, candidate_id, classes)
        made = (Prediction(sample_id=id, shares=tuple(shares)) for id, shares in said.items())
        predictions.put(project, found.id, made)
    return found


def add_candidate(
    project: ProjectFile,
    classes: tuple[str, ...],
    model: bytes,
    how: ImagePreprocessing | None = None,
) -> Candidate:
    """Record a search whose one candidate is this int8 model, learned from every labelled sample.

    Every third sample is for testing.
    """
    rows = [
        DatasetRow(
            sample_id=sample.id,
            sample_digest=sample.digest,
            class_name=sample.class_name,
            split=Split.TEST if sample.id % 3 == 0 else Split.TRAIN,
        )
        for sample in samples.page(project)
        if sample.class_name is not None
    ]
    version = DatasetVersion(
        task="image-classification", seed=len(model), classes=classes, rows=tuple(rows)
    )
    counts = tuple(tuple(int(i == j) for j in range(len(classes))) for i in range(len(classes)))
    judged = Evaluation(split=Split.VALIDATION, classes=classes, confusion=counts)
    with project.transaction():
        datasets.add(project, version)
        number = len(searches.all_searches(project))
        search = searches.add(
            project,
            dataset=version.digest,
            request=SearchRequest(device_id="nano33ble"),
            job=f"gone-{number}",
        )
        row = candidates.add(
            project,
            search_id=search.id,
            trial=0,
            space="mcu-image-cnn",
            hyperparameters={},
            parameters=1,
            validation=judged,
            preprocessing=how or ImagePreprocessing(width=8, height=8, channels=1),
            weights=b"weights",
        )
        candidates.put_artifact(
            project,
            row,
            precision=Precision.INT8,
            format=ArtifactFormat.TFLITE,
            content=model,
            arena=Figure.unknown("B", "not measured"),
            evaluation=None,
        )
    return next(one for one in candidates.best_first(project) if one.id == row)
