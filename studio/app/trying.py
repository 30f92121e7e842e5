"""One candidate's int8 model, ready to answer about things that are in no project.

What it sees goes through the task's own preparation, as in training and in a bundle; what it
says is decided by the rule of ``answer.json``. So it answers here as it answers on a device.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.app.answered import Answering
from studio.app.certainty import certainty_of
from studio.app.exporting import one_of
from studio.domain.candidate import ArtifactFormat, Candidate, Precision
from studio.domain.errors import DatasetError, ModelError
from studio.domain.judgement import Costs
from studio.domain.preprocessing import Preprocessing, SignalPreprocessing, TablePreprocessing
from studio.domain.sample import SampleKind
from studio.export.deciding import AnswerRule
from studio.importers.recording import KINDS
from studio.runtimes.litert import run_reference_raw
from studio.runtimes.tflite_file import read_model
from studio.store import blobs, candidates, samples
from studio.store.project_file import ProjectFile
from studio.tasks import Given, find_task, windows
from studio.tasks.recordings import reading_of

__all__ = ["Answer", "Answerer", "Trying"]

_LARGEST_FILE_BYTES = 256 << 20
_MOST_WINDOWS = 200
"""Of a file that is tried: enough to hear what it is, few enough to answer at once."""

_MOST_LOOKED_AT = 200
"""Samples of the project whose media types say how its recordings are read."""

_CODE_OF_BYTE = np.uint8(0x80)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a model says of one thing.

    Attributes:
        classes: In the order of ``shares``; empty where an amount is told.
        shares: How sure it is of each class, 0 to 1: the mean over the windows of a recording.
        said: The class, or ``""`` for "not sure"; of several windows the one said most often.
        amount: What it tells of an amount, in the unit of the table; else None.
        windows: How many inputs were looked at.
        agreeing: How many of these said ``said``.
        threshold: How sure it must be to answer at all; 0 where nobody could choose that.
        seen: The last input as the model saw it, uint8 of the shape of its preprocessing.
    """

    classes: tuple[str, ...]
    shares: tuple[float, ...]
    said: str
    amount: float | None
    windows: int
    agreeing: int
    threshold: float
    seen: NDArray[np.uint8]


class Answerer:
    """Answers on the thread that asks; holds no project, so that it may be kept."""

    def __init__(
        self,
        candidate: Candidate,
        content: bytes,
        threshold: float,
        media_types: Mapping[str, str],
    ) -> None:
        self.candidate = candidate
        self._media_types = media_types
        self.how: Preprocessing = candidate.preprocessing
        self.kind: SampleKind = find_task(candidate.task).kind
        self._content = content
        self._output = read_model(content).outputs[0]
        self._rule = AnswerRule.of(threshold, self._output)

    def of_file(self, path: Path) -> Answer:
        """Answer about a picture or a recording in a file.

        Raises:
            DatasetError: ``trying.too_large``, ``trying.cannot_read``, ``dataset.unreadable``.
            ModelError: what the model refuses.
        """
        content = _read(path)
        kind = KINDS.get(path.suffix.lower(), "")
        media_type = self._media_types.get(kind, kind)
        return self._of(path.name, lambda: content, media_type)

    def of_picture(self, content: bytes) -> Answer:
        """Answer about the bytes of a picture, as `of_file`."""
        return self._of("picture", lambda: content, "")

    def of_pixels(self, pixels: NDArray[np.uint8]) -> Answer:
        """Answer about a frame of a camera: uint8 ``(height, width, 3)``, red, green, blue."""
        made = io.BytesIO()
        Image.fromarray(pixels, "RGB").save(made, "BMP")  # loses nothing, and takes no time
        return self.of_picture(made.getvalue())

    def of_row(self, cells: Mapping[str, Any]) -> Answer:
        """Answer about a row by column; None for what is missing."""
        content = json.dumps(dict(cells)).encode()
        return self._of("row", lambda: content, "application/json")

    def of_values(self, values: NDArray[np.float32]) -> Answer:
        """Answer about a signal as it comes in, float32 ``(samples, channels)``.

        Channels are those of the preprocessing, in its order and at its rate.

        Raises:
            DatasetError: ``trying.too_short`` for less than one window.
        """
        assert isinstance(self.how, SignalPreprocessing)
        return self._answer(windows.windows_of(values, self.how))

    @property
    def needed(self) -> int:
        """Values a channel that make one window; 1 where there are no windows."""
        how = self.how
        return how.keep_every * how.window if isinstance(how, SignalPreprocessing) else 1

    def _of(self, name: str, read: Callable[[], bytes], media_type: str) -> Answer:
        digest = hashlib.sha256(read()).hexdigest()
        given = Given(name=name, digest=digest, media_type=media_type, facts=None, read=read)
        try:
            return self._answer(find_task(self.candidate.task).prepare(given, self.how))
        except DatasetError as error:
            # The remedy for a sample of a dataset is none for a thing that is tried.
            raise DatasetError(error.happened, "Try another one.", code=error.code) from error

    def _answer(self, inputs: NDArray[np.uint8]) -> Answer:
        if not len(inputs):
            raise DatasetError(
                "This is shorter than what the model looks at.",
                f"Try one of at least {self.needed} values a channel.",
                code="trying.too_short",
            )
        inputs = inputs[:_MOST_WINDOWS]
        codes = run_reference_raw(self._content, (inputs ^ _CODE_OF_BYTE).view(np.int8))
        outputs = (codes.astype(np.float64) - self._rule.zero_point) * self._rule.step
        if not self.candidate.classes:
            return self._told(outputs, inputs)
        names = ("", *self.candidate.classes)
        said = Counter(names[place + 1] for place in self._rule.answers(codes))
        most, agreeing = said.most_common(1)[0]
        return Answer(
            classes=self.candidate.classes,
            shares=tuple(float(share) for share in outputs.mean(axis=0)),
            said=most,
            amount=None,
            windows=len(inputs),
            agreeing=agreeing,
            threshold=min(1.0, self._rule.threshold),
            seen=inputs[-1],
        )

    def _told(self, outputs: NDArray[np.float64], inputs: NDArray[np.uint8]) -> Answer:
        target = self.how.target if isinstance(self.how, TablePreprocessing) else None
        offset, scale = (target.offset, target.scale) if target else (0.0, 1.0)
        return Answer(
            classes=(),
            shares=(),
            said="",
            amount=offset + scale * float(outputs[0, 0]),
            windows=len(inputs),
            agreeing=len(inputs),
            threshold=0.0,
            seen=inputs[-1],
        )


class Trying:
    """What `studio.app.Session.trying` gives; every method is *slow*."""

    def __init__(self, project: ProjectFile) -> None:
        self._project = project

    def answerer(self, candidate_id: int | None = None, *, costs: Costs | None = None) -> Answerer:
        """Return a candidate (the best) ready to answer.

        Args:
            candidate_id: Which.
            costs: Of wrong answers; without them "not sure" is as a bundle without costs has it.

        Raises:
            ModelError: ``model.no_int8`` where it has no int8 file yet.
        """
        ranked = candidates.best_first(self._project)
        candidate = one_of(ranked, candidate_id)
        artifact = candidate.artifact(Precision.INT8, ArtifactFormat.TFLITE)
        if artifact is None:
            raise ModelError(
                f"Model #{candidate.id} has no int8 file.",
                "Choose another model.",
                code="model.no_int8",
            )
        certainty = certainty_of(Answering(self._project), candidate, costs)
        chosen = certainty.not_sure if certainty else None
        content = blobs.get(self._project, artifact.digest)
        threshold = chosen.threshold if chosen else 0.0
        return Answerer(candidate, content, threshold, self._media_types())

    def _media_types(self) -> dict[str, str]:
        """Return how the project's recordings are read, by their kind: the first of each."""
        found: dict[str, str] = {}
        for sample in samples.page(self._project, limit=_MOST_LOOKED_AT):
            found.setdefault(reading_of(sample.media_type)[0], sample.media_type)
        return found


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST_FILE_BYTES:
            raise DatasetError(
                f"{path.name} is larger than {_LARGEST_FILE_BYTES >> 20} MB.",
                "Try a smaller one.",
                code="trying.too_large",
            )
        return path.read_bytes()
    except OSError as error:
        raise DatasetError(
            f"{path.name} cannot be read.",
            "Check that it is a file and that you may read it.",
            code="trying.cannot_read",
        ) from error
