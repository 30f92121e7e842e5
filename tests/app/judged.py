"""A project with candidates whose answers are made by hand: nothing is trained."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.dataset import DatasetRow, DatasetVersion, Split
from studio.domain.evaluation import AnyEvaluation
from studio.domain.figure import Figure
from studio.domain.preprocessing import (
    ImagePreprocessing,
    NumberFeature,
    Preprocessing,
    TablePreprocessing,
    TargetScale,
)
from studio.domain.sample import ImageFacts, NewSample, RowFacts
from studio.domain.search import SearchRequest
from studio.evaluation import ValuePredictions, evaluate, regress
from studio.search.answers import Answers, pack
from studio.store import answers, candidates, datasets, samples, searches, tables
from studio.store.project_file import ProjectFile

__all__ = [
    "CLASSES",
    "HOW",
    "MODEL",
    "NETWORK",
    "add_candidate",
    "put_candidate",
    "softly",
    "with_amounts",
    "with_pictures",
]

CLASSES = ("leaf", "rust")
HOW = ImagePreprocessing(width=4, height=4, channels=1)
NETWORK = ("mcu-mlp", {"learning_rate": 0.01})
MODEL = (Path(__file__).parents[1] / "data" / "tiny_int8.tflite").read_bytes()


def with_pictures(
    path: Path,
    truth: Sequence[int],
    sides: Sequence[Split],
    sessions: Sequence[str | None] = (),
    task: str = "image-classification",
) -> int:
    """Make a project with a picture each and a search on them; return the search's number."""
    with ProjectFile.create(path, task=task) as project:
        facts = ImageFacts(width=4, height=4, channels=1)
        new = [
            NewSample(
                content=f"picture {number}".encode(),
                name=f"{number:03d}.png",
                media_type="image/png",
                facts=facts,
                class_name=CLASSES[true],
                session=sessions[number] if sessions else None,
            )
            for number, true in enumerate(truth)
        ]
        with project.transaction():
            ids = samples.add_all(project, [(one, None) for one in new])
        found = samples.get(project, list(ids))
        rows = [
            DatasetRow(sample_id=s.id, sample_digest=s.digest, class_name=CLASSES[t], split=side)
            for s, t, side in zip(found, truth, sides, strict=True)
        ]
        return _searched(project, task, CLASSES, rows)


def with_amounts(
    path: Path, amounts: Sequence[float], network: tuple[str, Mapping[str, object]] = NETWORK
) -> float:
    """Make a project of rows, a third on each side, and a candidate that is off by an amount."""
    feature = NumberFeature(
        column="size", knots=(0.0, len(amounts)), levels=(0, 255), missing=0, flagged=False
    )
    how = TablePreprocessing(
        features=(feature,), target=TargetScale(column="weight", offset=30.0, scale=10.0)
    )
    off, third = 2.0, len(amounts) // 3
    sides = [list(Split)[number // third] for number in range(len(amounts))]
    with ProjectFile.create(path, task="tabular-regression") as project:
        new = [
            NewSample(
                content=json.dumps({"size": amount, "weight": amount}).encode(),
                name=f"table.csv/{number}",
                media_type="application/json",
                facts=RowFacts(table="0" * 64),
            )
            for number, amount in enumerate(amounts)
        ]
        with project.transaction():
            tables.put(project, "0" * 64, {"size": "number", "weight": "target"})
            ids = samples.add_all(project, [(one, None) for one in new])
        found = samples.get(project, list(ids))
        rows = [
            DatasetRow(
                sample_id=s.id, sample_digest=s.digest, class_name="", split=side, amount=amount
            )
            for s, side, amount in zip(found, sides, amounts, strict=True)
        ]
        search = _searched(project, "tabular-regression", (), rows)
    given = {}
    for side in (Split.VALIDATION, Split.TEST):
        numbers = np.flatnonzero([one is side for one in sides])
        scaled = ((np.array(amounts)[numbers] - 30.0) / 10.0).astype(np.float32)
        signs = np.where(np.arange(len(numbers)) % 2, 1, -1)
        given[side] = Answers(
            outputs=(scaled + signs * off / 10.0).astype(np.float32)[:, None],
            truth=scaled,
            groups=numbers.astype(np.int32),
            numbers=numbers.astype(np.int64),
        )
    add_candidate(path, search, 0, given, how=how, network=network)
    return off


def _searched(
    project: ProjectFile, task: str, classes: tuple[str, ...], rows: Sequence[DatasetRow]
) -> int:
    version = DatasetVersion(task=task, seed=1, classes=classes, rows=tuple(rows))
    with project.transaction():
        datasets.add(project, version)
        request = SearchRequest(device_id="nano33ble")
        return searches.add(project, dataset=version.digest, request=request, job="none").id


def softly(called: ArrayLike, sure: float = 0.9) -> np.ndarray:
    """Return outputs ``(inputs, 2)`` that call each input what is asked."""
    return np.where(np.eye(2)[np.asarray(called)] > 0, sure, 1 - sure).astype(np.float32)


def add_candidate(
    path: Path,
    search: int,
    trial: int,
    given: dict[Split, Answers],
    *,
    how: Preprocessing = HOW,
    padding: int = 0,
    network: tuple[str, Mapping[str, object]] = NETWORK,
) -> int:
    """Add a candidate with its answers, of a space and values; its file is longer by padding."""
    with ProjectFile.open(path) as project:
        return put_candidate(
            project, search, trial, given, how=how, padding=padding, network=network
        )


def put_candidate(
    project: ProjectFile,
    search: int,
    trial: int,
    given: dict[Split, Answers],
    *,
    how: Preprocessing = HOW,
    padding: int = 0,
    network: tuple[str, Mapping[str, object]] = NETWORK,
) -> int:
    """Add a candidate to an open project, as `add_candidate`."""
    with project.transaction():
        validation = given[Split.VALIDATION]
        if isinstance(how, TablePreprocessing):
            told = ValuePredictions(
                split=Split.VALIDATION,
                predicted=validation.outputs[:, 0].astype(np.float64),
                truth=validation.truth.astype(np.float64),
                sample_ids=validation.numbers,
            )
            counted: AnyEvaluation = regress(told)
        else:
            counted = evaluate(
                validation.outputs, validation.truth, classes=CLASSES, split=Split.VALIDATION
            )
        id = candidates.add(
            project,
            search_id=search,
            trial=trial,
            space=network[0] if isinstance(how, TablePreprocessing) else "mcu-image-cnn",
            hyperparameters={"input": "input", **network[1]},
            parameters=10,
            validation=counted,
            preprocessing=how,
            weights=b"weights %d" % trial,
        )
        candidates.put_artifact(
            project,
            id,
            precision=Precision.INT8,
            format=ArtifactFormat.TFLITE,
            content=MODEL + bytes(padding),
            arena=Figure.measured(2048 + padding, "B", "by hand"),
            evaluation=None,
        )
        for split, found in given.items():
            answers.put(project, id, split, pack(found))
        return id
