"""What a search's journal says of its trials, as records.

The worker writes these events and reads them again when it resumes; the session reads them
when it takes results into the project. This is the one place that knows their fields.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.errors import SearchError
from studio.domain.evaluation import Evaluation
from studio.domain.event import JobEvent
from studio.domain.figure import Figure

__all__ = ["CandidateFiles", "FinishedTrial", "MadeFile", "finished_trials"]


@contextmanager
def _checked() -> Iterator[None]:
    """Turn what damaged fields trip over into one error."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SearchError(
            "A line of the search's journal is damaged.",
            "Its trial is left out; resume the search to train it again.",
            code="job.damaged_journal",
        ) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeFile:
    """A converted model among a job's artifacts.

    Attributes:
        precision: Number type.
        format: File format.
        file: Where it is, as `JobDirectory.add_artifact` names it.
        arena: Tensor arena under TensorFlow Lite Micro.
        evaluation: Its own test result, if it was measured.
    """

    precision: Precision
    format: ArtifactFormat
    file: dict[str, Any]
    arena: Figure
    evaluation: Evaluation | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the plain form."""
        return {
            "precision": str(self.precision),
            "format": str(self.format),
            "file": self.file,
            "arena": self.arena.as_json(),
            "evaluation": self.evaluation.as_json() if self.evaluation else None,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> MadeFile:
        """Rebuild from `as_json`."""
        tested = data["evaluation"]
        return cls(
            precision=Precision(data["precision"]),
            format=ArtifactFormat(data["format"]),
            file=data["file"],
            arena=Figure.from_json(data["arena"]),
            evaluation=Evaluation.from_json(tested) if tested else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedTrial:
    """A trial that ended with a trained, converted model: the data of ``trial_finished``.

    Attributes:
        trial: Number in the search, from 0.
        hyperparameters: Values of the space.
        parameters: Number of trained weights.
        epochs: How many were trained.
        seconds: How long it took, conversion included.
        validation: int8 result on the validation split.
        score: What the search maximises: validation accuracy, as int8.
        weights: The ``.npz`` among the artifacts.
        int8: The int8 model.
    """

    trial: int
    hyperparameters: dict[str, Any]
    parameters: int
    epochs: int
    seconds: float
    validation: Evaluation
    score: float
    weights: dict[str, Any]
    int8: MadeFile

    def as_json(self) -> dict[str, Any]:
        """Return the data of the event."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        return {**plain, "validation": self.validation.as_json(), "int8": self.int8.as_json()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> FinishedTrial:
        """Rebuild from the data of the event; raises SearchError ``job.damaged_journal``."""
        with _checked():
            fields = {
                **data,
                "validation": Evaluation.from_json(data["validation"]),
                "int8": MadeFile.from_json(data["int8"]),
            }
            return cls(**fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateFiles:
    """Every artifact of a candidate, tested: the data of ``candidate_ready``."""

    trial: int
    files: tuple[MadeFile, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the data of the event."""
        return {"trial": self.trial, "files": [file.as_json() for file in self.files]}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> CandidateFiles:
        """Rebuild from the data of the event; raises SearchError ``job.damaged_journal``."""
        with _checked():
            files = tuple(map(MadeFile.from_json, data["files"]))
            return cls(trial=data["trial"], files=files)


def finished_trials(events: Iterable[JobEvent]) -> list[FinishedTrial]:
    """Return the finished trials of a journal, in the order they ended."""
    found = []
    for event in events:
        if event.name == "trial_finished":
            with contextlib.suppress(SearchError):
                found.append(FinishedTrial.from_json(event.data))
    return found
