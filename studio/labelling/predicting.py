"""Asking a candidate what every sample is, the unlabelled ones too; kept in the project."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from studio.domain.candidate import ArtifactFormat, Candidate, Precision
from studio.domain.errors import ModelError, StudioError
from studio.domain.sample import RowFacts, Sample, SkippedFile
from studio.labelling.model_process import ModelProcess, running
from studio.store import blobs, predictions, samples, tables
from studio.store.predictions import Prediction, Predictor
from studio.store.project_file import ProjectFile
from studio.tasks import Given, find_task

__all__ = ["PredictSummary", "predict"]

_BATCH = 64
"""Samples a transaction, and between two looks at whether the person wants to stop."""

_MOST_CHILDREN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictSummary:
    """What asking a model did.

    Attributes:
        candidate_id: The candidate that was asked, or None for the nearest neighbours.
        predicted: Samples it was asked about now.
        already: Samples it had been asked about before.
        skipped: Samples that could not be shown to it, and why.
        cancelled: Whether the person stopped it; what was predicted until then stays.
    """

    candidate_id: int | None
    predicted: int
    already: int
    skipped: tuple[SkippedFile, ...] = ()
    cancelled: bool = False


def predict(
    project: ProjectFile,
    candidate: Candidate,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> PredictSummary:
    """Ask a candidate about the samples it has not seen yet, in batches that are each durable.

    The int8 file answers (the float32 one where there is no other), as the reference kernels
    run it, in a child process; inputs are prepared as the candidate wants them. Excluded
    samples are not asked about.

    Args:
        project: Whose samples.
        candidate: Whom to ask.
        progress: Called with samples done and samples in all.
        cancelled: Asked between the batches.

    Raises:
        ModelError: ``model.no_file``, or what `ModelProcess` says of a model it cannot run.
        ProjectError: ``project.read_only`` while another program has the project open.
    """
    project.claim_writing()
    _refuse_amounts(candidate)
    model = _model_of(project, candidate)
    with project.transaction():
        predictions.forget_removed(project)
        asked = predictions.put_predictor(project, candidate.id, candidate.classes)
    waiting = predictions.missing(project, asked.id, find_task(candidate.task).kind)
    already = predictions.count(project, asked.id)
    work = _Work(project, candidate, asked, len(waiting), progress, cancelled)
    if waiting:
        work.run(model, waiting)
    return PredictSummary(
        candidate_id=candidate.id,
        predicted=work.done,
        already=already,
        skipped=tuple(work.skipped),
        cancelled=work.stopped,
    )


def _refuse_amounts(candidate: Candidate) -> None:
    if not candidate.classes:
        raise ModelError(
            "This candidate tells amounts, and a prediction here is a class.",
            "Its largest errors are in the report of the search.",
            code="model.tells_amounts",
        )


def _model_of(project: ProjectFile, candidate: Candidate) -> bytes:
    for precision in (Precision.INT8, Precision.FLOAT32):
        artifact = candidate.artifact(precision, ArtifactFormat.TFLITE)
        if artifact is not None:
            return blobs.get(project, artifact.digest)
    raise ModelError(
        f"Candidate {candidate.id} has no TensorFlow Lite file.",
        "Choose another candidate.",
        code="model.no_file",
    )


_Batch = tuple[list[int], NDArray[np.uint8]]
"""Inputs, and for each the row number of its sample; windows of a recording follow one another."""


class _Work:
    """One run of `predict`: children at work, and what has come of it."""

    def __init__(
        self,
        project: ProjectFile,
        candidate: Candidate,
        asked: Predictor,
        total: int,
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> None:
        self._project = project
        self._candidate = candidate
        self._asked = asked
        self._total = total
        self._progress = progress
        self._cancelled = cancelled
        self.done = 0
        self.stopped = False
        self.skipped: list[SkippedFile] = []

    def run(self, model: bytes, waiting: Sequence[tuple[int, str, str]]) -> None:
        """Show every sample to a child; pictures are decoded while the children think."""
        batches = -(-len(waiting) // _BATCH)
        count = max(1, min(_MOST_CHILDREN, (os.cpu_count() or 2) - 1, batches))
        with ExitStack() as stack:
            idle = deque(stack.enter_context(running(model)) for _ in range(count))
            busy: deque[tuple[ModelProcess, list[int]]] = deque()
            for ids, pixels in self._batches(waiting):
                if not idle:
                    idle.append(self._finish(*busy.popleft()))
                if self.stopped:
                    return
                child = idle.popleft()
                child.ask(pixels)
                busy.append((child, ids))
            while busy and not self.stopped:
                self._finish(*busy.popleft())

    def _batches(self, waiting: Sequence[tuple[int, str, str]]) -> Iterator[_Batch]:
        task, how = find_task(self._candidate.task), self._candidate.preprocessing
        for start in range(0, len(waiting), _BATCH):
            ids: list[int] = []
            inputs: list[NDArray[np.uint8]] = []
            for sample in samples.get(self._project, [id for id, *_ in waiting[start:][:_BATCH]]):
                try:
                    made = task.prepare(self._given(sample), how)
                except StudioError as error:
                    self.skipped.append(SkippedFile(name=sample.name, why=str(error)))
                    continue
                if not len(made):
                    why = "It is shorter than the model's window."
                    self.skipped.append(SkippedFile(name=sample.name, why=why))
                ids += [sample.id] * len(made)
                inputs.append(made)
            if ids:
                yield ids, np.concatenate(inputs)

    def _given(self, sample: Sample) -> Given:
        """Return a sample, whole, as its task prepares it."""
        facts = sample.facts
        table = facts.table if isinstance(facts, RowFacts) else ""
        return Given(
            name=sample.name,
            digest=sample.digest,
            media_type=sample.media_type,
            facts=facts,
            read=partial(blobs.get, self._project, sample.digest),
            columns=tables.columns_of(self._project, table) if table else {},
            session=sample.session,
        )

    def _finish(self, child: ModelProcess, ids: list[int]) -> ModelProcess:
        """Keep the answer to a child's batch; one durable change."""
        outputs = child.answer()
        if outputs.shape != (len(ids), len(self._candidate.classes)):
            raise ModelError(
                f"The model answers {outputs.shape} for {len(ids)} samples and"
                f" {len(self._candidate.classes)} classes.",
                "Choose another candidate.",
                code="model.cannot_run",
            )
        each = sorted(set(ids), key=ids.index)
        place = {id: number for number, id in enumerate(each)}
        sums = np.zeros((len(each), outputs.shape[1]))
        np.add.at(sums, [place[id] for id in ids], np.clip(np.nan_to_num(outputs), 0, 1))
        counts = np.bincount([place[id] for id in ids])[:, np.newaxis]
        shares = (sums / counts).tolist()  # what the windows of a recording say, on average
        with self._project.transaction():
            predictions.put(
                self._project,
                self._asked.id,
                (
                    Prediction(sample_id=id, shares=tuple(row))
                    for id, row in zip(each, shares, strict=True)
                ),
            )
        self.done += len(each)
        self._progress(self.done + len(self.skipped), self._total)
        self.stopped = self._cancelled()
        return child
