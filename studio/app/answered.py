"""From the answers a project keeps of its candidates to predictions on its samples."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from studio import datasets as freezing
from studio.datasets import groups_of
from studio.domain.candidate import Candidate
from studio.domain.dataset import DatasetRow, DatasetVersion, Split
from studio.domain.errors import EvaluationError
from studio.domain.evaluation import AnyEvaluation, Evaluation
from studio.domain.preprocessing import TablePreprocessing
from studio.domain.sample import SampleKind
from studio.evaluation import (
    ClassPredictions,
    ValuePredictions,
    classify,
    group_numbers,
    regress,
)
from studio.evaluation.predictions import Ints
from studio.search.answers import Answers, unpack
from studio.store import answers, datasets, samples
from studio.store.project_file import ProjectFile
from studio.tasks import find_task

__all__ = ["Answered", "Answering", "on_same_samples"]

Predictions = ClassPredictions | ValuePredictions

_FEWEST_FOR_INTERVAL = 9
"""Of a prediction interval at 0.9, see `studio.evaluation.prediction_interval`."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answered:
    """A candidate's answers on one side.

    Attributes:
        candidate: Whose.
        predictions: By the number of each input; those of one session, or else of one original,
            are a group.
        samples: The project's sample each input is from, by the input's number.
    """

    candidate: Candidate
    predictions: Predictions
    samples: Mapping[int, int]

    def of_samples(self, evaluation: AnyEvaluation) -> AnyEvaluation:
        """Return an evaluation with samples of the project in place of numbers of inputs."""
        if not isinstance(evaluation, Evaluation):
            far = tuple(
                replace(one, sample_id=self.samples[one.sample_id]) for one in evaluation.mistakes
            )
            return replace(evaluation, mistakes=far)
        if evaluation.details is None:
            return evaluation
        cells = tuple(
            replace(cell, sample_ids=tuple(self.samples[number] for number in cell.sample_ids))
            for cell in evaluation.details.cells
        )
        mistakes = tuple(
            replace(one, sample_id=self.samples[one.sample_id])
            for one in evaluation.details.mistakes
        )
        details = replace(evaluation.details, cells=cells, mistakes=mistakes)
        return replace(evaluation, details=details)


class Answering:
    """Reads what candidates answered; what belongs to a dataset version is worked out once."""

    def __init__(self, project: ProjectFile) -> None:
        self._project = project
        self._versions: dict[str, DatasetVersion] = {}

    def has(self, candidate: Candidate, split: Split) -> bool:
        """Return whether the answers of a candidate on a side are kept."""
        return answers.get(self._project, candidate.id, split) is not None

    def of(self, candidate: Candidate, split: Split) -> Answered:
        """Return what a candidate answered on a side; *slow* the first time.

        Raises:
            EvaluationError: ``evaluation.no_answers``, and those of the predictions.
            SearchError: ``search.damaged_answers``.
        """
        content = answers.get(self._project, candidate.id, split)
        if content is None:
            raise EvaluationError(
                f"The answers of candidate #{candidate.id} on the {split} side are not kept.",
                "Export the candidate, which tests it, or search again."
                if split is Split.TEST
                else "It was found by an earlier version; search again.",
                code="evaluation.no_answers",
            )
        return self.of_answers(candidate, split, unpack(content))

    def of_answers(self, candidate: Candidate, split: Split, found: Answers) -> Answered:
        """Return answers as predictions on the samples of a candidate's dataset version."""
        version = self._version(candidate.dataset_digest)
        rows = self._rows(version, found)
        ids = [version.rows[row].sample_id for row in rows]
        groups = self._groups(version, rows)
        return Answered(
            candidate=candidate,
            predictions=_classes(candidate, split, found, groups)
            if version.classes
            else _amounts(candidate, split, found, groups, [version.rows[row] for row in rows]),
            samples=dict(zip(found.numbers.tolist(), ids, strict=True)),
        )

    def _version(self, digest: str) -> DatasetVersion:
        if digest not in self._versions:
            self._versions[digest] = datasets.get(self._project, digest)
        return self._versions[digest]

    def _rows(self, version: DatasetVersion, found: Answers) -> list[int]:
        """Return the place in the version of the row each input is from.

        Of a recording with several labelled stretches it is the first: which original it is.
        """
        if find_task(version.task).kind is SampleKind.RECORDING:
            first: dict[int, int] = {}
            for row, group in enumerate(groups_of(version)):
                first.setdefault(group, row)
            rows = [first.get(group, -1) for group in found.groups.tolist()]
        else:
            rows = found.numbers.tolist()  # one input a row
        if not all(0 <= row < len(version.rows) for row in rows):
            raise EvaluationError(
                "The kept answers belong to another dataset version.",
                "Search again.",
                code="evaluation.shapes",
            )
        return rows

    def evaluate(self, answered: Answered) -> AnyEvaluation:
        """Return figures with intervals that take sessions as independent.

        Of amounts on the test side with a prediction interval, where there is validation for it.

        Raises:
            EvaluationError: ``evaluation.too_few`` for a single sample.
        """
        found, candidate = answered.predictions, answered.candidate
        if isinstance(found, ClassPredictions):
            return classify(found)
        if found.split is Split.TEST and self.has(candidate, Split.VALIDATION):
            validation = self.of(candidate, Split.VALIDATION).predictions
            if isinstance(validation, ValuePredictions) and len(validation) >= _FEWEST_FOR_INTERVAL:
                return regress(found, validation=validation)
        return regress(found)

    def units(self, version: DatasetVersion) -> list[Hashable]:
        """Return what each row of a version belongs to: its session, or else its original."""
        sessions = [self._sessions.get(row.sample_id) for row in version.rows]
        return [
            ("original", original) if session is None else session
            for session, original in zip(sessions, groups_of(version), strict=True)
        ]

    def _groups(self, version: DatasetVersion, rows: Sequence[int]) -> Ints:
        units = self.units(version)
        return group_numbers([units[row] for row in rows])

    @cached_property
    def _sessions(self) -> Mapping[int, str]:
        """The session of every sample that has one: kept, or found as freezing finds it."""
        kept = {s.id: s.session for s in samples.page(self._project) if s.session is not None}
        found = freezing.found_sessions(freezing.Material(self._project))
        return {**{id: session.name for session in found for id in session.sample_ids}, **kept}


def _classes(candidate: Candidate, split: Split, found: Answers, groups: Ints) -> ClassPredictions:
    return ClassPredictions(
        split=split,
        classes=candidate.classes,
        outputs=found.outputs.astype(np.float64),
        truth=found.truth,
        sample_ids=found.numbers,
        groups=groups,
    )


def _amounts(
    candidate: Candidate, split: Split, found: Answers, groups: Ints, rows: Sequence[DatasetRow]
) -> ValuePredictions:
    """Return amounts as the table has them: what is kept is scaled, each variant as it likes."""
    how = candidate.preprocessing
    target = how.target if isinstance(how, TablePreprocessing) else None
    offset, scale = (target.offset, target.scale) if target else (0.0, 1.0)
    if found.outputs.shape[1] != 1:
        raise EvaluationError(
            "The kept answers are no amounts.", "Search again.", code="evaluation.shapes"
        )
    return ValuePredictions(
        split=split,
        predicted=offset + scale * found.outputs[:, 0].astype(np.float64),
        truth=np.array([row.amount for row in rows], np.float64),
        sample_ids=found.numbers,
        groups=groups,
    )


def on_same_samples(given: Sequence[Answered]) -> list[Predictions]:
    """Return predictions that can be compared input by input.

    Candidates that look at windows of different lengths have different inputs. Then each
    answers once for every recording and class in it, with the mean of its outputs; what one of
    them has no window of is left out for all.
    """
    predictions = [one.predictions for one in given]
    classes = [p for p in predictions if isinstance(p, ClassPredictions)]
    alike = {p.sample_ids.tobytes() + p.truth.tobytes() for p in classes}
    if len(classes) < len(predictions) or len(alike) < 2:
        return predictions
    tables = [_by_recording(one) for one in given]
    common = sorted(set.intersection(*(set(table) for table in tables)))
    return [
        _pooled(p, [table[key] for key in common], common)
        for p, table in zip(classes, tables, strict=True)
    ]


def _by_recording(one: Answered) -> dict[tuple[int, int], list[int]]:
    """Return the places of the inputs of each sample and class."""
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    ids, truth = one.predictions.sample_ids.tolist(), one.predictions.truth.tolist()
    for place, (number, true) in enumerate(zip(ids, truth, strict=True)):
        found[one.samples[number], true].append(place)
    return found


def _pooled(
    p: ClassPredictions, places: Sequence[list[int]], keys: Sequence[tuple[int, int]]
) -> ClassPredictions:
    groups = p.groups if p.groups is not None else np.arange(len(p))
    return ClassPredictions(
        split=p.split,
        classes=p.classes,
        outputs=np.array([p.outputs[some].mean(axis=0) for some in places]).reshape(
            len(places), len(p.classes)
        ),
        truth=np.array([true for _, true in keys], np.int64),
        sample_ids=np.arange(len(keys)),
        groups=np.array([groups[some[0]] for some in places], np.int64),
    )
