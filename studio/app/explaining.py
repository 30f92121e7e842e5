"""Where a model looks: its answer again and again, with one part of the input hidden each time.

The int8 model itself is asked, in a child process. What is hidden is replaced by the mean of
the input, channel by channel. How much less sure of its answer the model is then is how much
the answer depends on the part.

Source:
    Zeiler, M. D. and Fergus, R. (2014), Visualizing and Understanding Convolutional Networks,
    ECCV, section 4.2 (occlusion sensitivity).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from studio.app.exporting import one_of
from studio.domain.candidate import ArtifactFormat, Candidate, Precision
from studio.domain.errors import EvaluationError
from studio.domain.preprocessing import FrontEnd, ImagePreprocessing, SignalPreprocessing
from studio.domain.sample import Sample
from studio.runtimes.reference import reference_outputs
from studio.runtimes.tflite_file import Tensor, read_model
from studio.store import blobs, candidates, samples
from studio.store.project_file import ProjectFile
from studio.tasks import Given, find_task

__all__ = ["Explaining", "Occlusion"]

_PARTS = (8, 4, 2)
"""A picture is hidden in squares of an eighth of its side, moved by half of that; in larger
ones where the model is as sure whichever of them is hidden. A model that says 100 % may be so
far beyond that no small part matters."""

_STRETCHES = (16, 8, 4, 2)
_LITTLE = 0.02
"""A fall of sureness that is no more than rounding."""

_CODE_OF_BYTE = np.uint8(0x80)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Occlusion:
    """How much an answer depends on each part of an input.

    Attributes:
        sample: Of which.
        said: The class that the model finds most likely.
        share: How sure it is of it, 0 to 1, with nothing hidden.
        drops: By how much less sure where a part is hidden, 0 to 1, float32: for a picture
            ``(height, width)``, for a signal ``(window, 1)``. A rise counts as 0.
        seen: The input as the model sees it, uint8 ``(height, width, channels)`` or
            ``(window, 1, channels)``; of a recording its first window.
        questions: How often the model was asked.
        parts: What was hidden each time was about one of so many parts of the side.
    """

    sample: Sample
    said: str
    share: float
    drops: NDArray[np.float32]
    seen: NDArray[np.uint8]
    questions: int
    parts: int


class Explaining:
    """What `studio.app.Session.explaining` gives; every method is *slow*."""

    def __init__(self, project: ProjectFile) -> None:
        self._project = project

    def occlusion(self, candidate_id: int | None, sample_id: int) -> Occlusion:
        """Return how much a candidate's answer depends on each part of a sample.

        Raises:
            EvaluationError: ``explaining.not_here`` for rows, for statistics of a signal, and
                for a sample that is gone or makes no input.
            ModelError: what the child process says of the model.
        """
        candidate = one_of(candidates.best_first(self._project), candidate_id)
        found = samples.get(self._project, [sample_id])
        artifact = candidate.artifact(Precision.INT8, ArtifactFormat.TFLITE)
        if not _has_parts(candidate) or artifact is None or not found:
            raise _not_here()
        seen = self._input(candidate, found[0])
        content = blobs.get(self._project, artifact.digest)
        questions = 0
        for parts in _PARTS if seen.shape[1] > 1 else _STRETCHES:
            hidden = _hidden(seen, parts)
            asked = np.stack([seen, *(np.where(mask, _mean(seen), seen) for mask in hidden)])
            shares = _shares(content, asked.astype(np.uint8))
            questions += len(asked)
            place = int(shares[0].argmax())
            falls = np.maximum(shares[0, place] - shares[1:, place], 0.0)
            drops = _spread(hidden, falls)
            if drops.max() >= _LITTLE:
                break
        return Occlusion(
            sample=found[0],
            said=candidate.classes[place],
            share=float(shares[0, place]),
            drops=drops,
            seen=seen,
            questions=questions,
            parts=parts,
        )

    def _input(self, candidate: Candidate, sample: Sample) -> NDArray[np.uint8]:
        given = Given(
            name=sample.name,
            digest=sample.digest,
            media_type=sample.media_type,
            facts=sample.facts,
            read=partial(blobs.get, self._project, sample.digest),
        )
        made = find_task(candidate.task).prepare(given, candidate.preprocessing)
        if not len(made):
            raise _not_here()
        first: NDArray[np.uint8] = made[0]
        return first


def _has_parts(candidate: Candidate) -> bool:
    how = candidate.preprocessing
    if isinstance(how, SignalPreprocessing):
        return how.front_end is FrontEnd.RAW and bool(candidate.classes)
    return isinstance(how, ImagePreprocessing)


def _not_here() -> EvaluationError:
    return EvaluationError(
        "There are no parts to hide in what this model sees of it.",
        "Choose a model that looks at pictures or at the values of a signal.",
        code="explaining.not_here",
    )


def _hidden(seen: NDArray[np.uint8], parts: int) -> list[NDArray[np.bool_]]:
    """Return masks ``(height, width, 1)`` of what is hidden, overlapping by half."""
    high, wide = seen.shape[:2]
    tall, broad = max(1, round(high / parts)), max(1, round(wide / parts))
    masks = []
    for top in _starts(high, tall):
        for left in _starts(wide, broad):
            mask = np.zeros((high, wide, 1), bool)
            mask[top : top + tall, left : left + broad] = True
            masks.append(mask)
    return masks


def _starts(length: int, part: int) -> list[int]:
    step = max(1, part // 2)
    last = max(0, length - part)
    return sorted({*range(0, last + 1, step), last})


def _mean(seen: NDArray[np.uint8]) -> NDArray[np.float64]:
    return np.asarray(np.floor(seen.mean(axis=(0, 1)) + 0.5))


def _shares(content: bytes, inputs: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return what the int8 model puts out for each input, ``(N, classes)``."""
    output: Tensor = read_model(content).outputs[0]
    codes = (inputs ^ _CODE_OF_BYTE).reshape(len(inputs), -1)
    answers = reference_outputs(content, codes)[0].view(np.int8)
    zero = output.zero_points[0] if output.zero_points else 0
    return (answers.astype(np.float64).reshape(len(inputs), -1) - zero) * output.scales[0]


def _spread(hidden: list[NDArray[np.bool_]], falls: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return for each place the mean of what hiding it cost."""
    total = np.zeros(hidden[0].shape[:2])
    times = np.zeros_like(total)
    for mask, fall in zip(hidden, falls, strict=True):
        total += fall * mask[..., 0]
        times += mask[..., 0]
    return np.asarray(total / np.maximum(times, 1), np.float32)
