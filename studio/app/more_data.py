"""Would more data help? The best configuration, trained on a quarter, half and all of it."""

from __future__ import annotations

import math
import random
import shutil
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence

from studio import jobs
from studio.app.answered import Answering
from studio.datasets import groups_of, write_snapshot
from studio.domain.candidate import Candidate
from studio.domain.dataset import DatasetVersion, Split
from studio.domain.errors import EvaluationError
from studio.domain.judgement import LearningCurve
from studio.evaluation import learning_curve, learning_points
from studio.evaluation.comparison import Predictions
from studio.jobs import JobDirectory
from studio.search.answers import unpack
from studio.search.curve import CurvePoint, CurveSpec, Subset
from studio.store import datasets
from studio.store.project_file import ProjectFile

__all__ = ["measure_curve", "subsets_of"]

_VARIANT = "input"
_POLL_SECONDS = 0.1
_SHARES = ((1.0, 1), (0.5, 1), (0.25, 1), (0.25, 2), (0.5, 2), (0.25, 3), (1.0, 2))
"""Shares and seeds, the most needed first. Small parts differ more from draw to draw."""


def measure_curve(
    project: ProjectFile,
    answering: Answering,
    candidate: Candidate,
    seconds: float,
    progress: Callable[[int, int], None],
) -> LearningCurve:
    """Train a candidate's configuration on parts of its training side, in a worker.

    Args:
        project: The project; nothing is written to it.
        answering: Knows the sessions.
        candidate: Whose configuration.
        seconds: Time the worker has.
        progress: Called with trainings done and trainings planned.

    Raises:
        EvaluationError: ``evaluation.no_curve`` with what the worker said;
            ``evaluation.too_few_points`` if the time was too short.
    """
    version = datasets.get(project, candidate.dataset_digest)
    directory = JobDirectory(jobs.jobs_root() / f"curve-{uuid.uuid4().hex[:12]}")
    try:
        directory.artifacts.mkdir(parents=True)
        subsets = subsets_of(version, answering.units(version))
        spec = CurveSpec(
            space=candidate.space,
            classes=candidate.classes,
            variant=_VARIANT,
            preprocessing=candidate.preprocessing,
            hyperparameters=candidate.hyperparameters,
            subsets=subsets,
            seconds=seconds,
        )
        directory.write_spec(spec.as_json())
        write_snapshot(project, version, {_VARIANT: candidate.preprocessing}, directory.data)
        points = _run(directory, lambda done: progress(done, len(subsets)))
        runs: dict[float, list[tuple[int, Predictions]]] = defaultdict(list)
        for point in points:
            answers = unpack(directory.read_artifact(point.answers))
            found = answering.of_answers(candidate, Split.VALIDATION, answers)
            runs[point.share].append((point.samples, found.predictions))
    finally:
        shutil.rmtree(directory.root, ignore_errors=True)
    return learning_curve(learning_points(list(map(_pooled, runs.values()))))


def _pooled(runs: Sequence[tuple[int, Predictions]]) -> tuple[int, list[Predictions]]:
    """Return trainings on one share: draws of whole sessions differ a little in samples."""
    mean = sum(samples for samples, _ in runs) / len(runs)
    return round(mean), [predictions for _, predictions in runs]


def _run(directory: JobDirectory, progress: Callable[[int], None]) -> list[CurvePoint]:
    """Return what the worker measured."""
    points: list[CurvePoint] = []
    job = jobs.start(directory, jobs.claim(directory))
    try:
        while job.running:
            for event in job.poll():
                if event.name == "curve_point":
                    points.append(CurvePoint.from_json(event.data))
                if event.name == "job_failed":
                    raise EvaluationError(
                        f"The trainings ended early: {event.data.get('sentence', '')}",
                        "Choose another candidate.",
                        code="evaluation.no_curve",
                    )
            progress(len(points))
            time.sleep(_POLL_SECONDS)
    finally:
        job.close()
    return points


def subsets_of(version: DatasetVersion, units: Sequence[Hashable]) -> tuple[Subset, ...]:
    """Return parts of the training side, drawn by whole sessions and class by class.

    Half the pictures of every burst would be nearly as good as all of them; half the bursts
    are what half the data means. With one seed the smaller parts are in the larger.

    Args:
        version: Of which.
        units: The session, or else the original, of every row.
    """
    groups = groups_of(version)
    rows: dict[Hashable, list[int]] = defaultdict(list)
    for row, unit in enumerate(units):
        if version.rows[row].split is Split.TRAIN:
            rows[unit].append(row)
    by_class: dict[str, list[Hashable]] = defaultdict(list)
    for unit, members in rows.items():
        by_class[version.rows[members[0]].class_name].append(unit)
    found: dict[tuple[int, ...], Subset] = {}
    for share, seed in _SHARES:
        dice = random.Random(seed)
        chosen: list[int] = []
        for _, mine in sorted(by_class.items()):
            shuffled = dice.sample(mine, len(mine))
            for unit in shuffled[: math.ceil(share * len(mine))]:
                chosen += rows[unit]
        subset = Subset(
            share=share,
            samples=len(chosen),
            groups=tuple(sorted({groups[row] for row in chosen})),
            seed=seed,
        )
        found.setdefault((seed, *subset.groups), subset)
    return tuple(found.values())
