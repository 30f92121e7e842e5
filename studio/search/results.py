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
from studio.domain.evaluation import AnyEvaluation, evaluation_from_json
from studio.domain.event import JobEvent
from studio.domain.figure import Figure

__all__ = ["CandidateFiles", "FinishedTrial", "MadeFile", "Order", "finished_trials"]


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
    evaluation: AnyEvaluation | None = None

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
            evaluation=evaluation_from_json(tested) if tested else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One training, asked for: all that decides its result, but for a shortage of time.

    Attributes:
        trial: Number in the search, from 0.
        space: Search space id.
        hyperparameters: Values of the space, and ``input``: the variant of the snapshot.
        seed: Of first weights, order and augmentation.
        rung: How far it goes, from 0; see `studio.search.schedule`.
        share: Of the usual number of steps.
        continues: Trial whose weights it goes on from; None for a new network.
        weights: Those weights, as `JobDirectory.add_artifact` names them.
        convert_above: Score from which the result is converted to int8; None for always.
        int8: What these weights were converted to already, as `MadeFile` has it; None if they
            were not. Only for making a candidate exportable.
    """

    trial: int
    space: str
    hyperparameters: dict[str, Any]
    seed: int
    rung: int
    share: float
    continues: int | None = None
    weights: dict[str, Any] | None = None
    convert_above: float | None = None
    int8: dict[str, Any] | None = None

    @property
    def variant(self) -> str:
        """Which of the snapshot's inputs it learns from."""
        return str(self.hyperparameters["input"])

    def as_json(self) -> dict[str, Any]:
        """Return the plain form."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedTrial:
    """A trial that ended with a trained model: the data of ``trial_finished``.

    Attributes:
        trial: Number in the search, from 0.
        space: Search space id.
        hyperparameters: Values of the space, and ``input``: the variant of the snapshot.
        rung: How far it went.
        continues: Trial whose weights it went on from, or None.
        parameters: Number of trained weights.
        epochs: How many were trained.
        seconds: How long it took, conversion included.
        converting_seconds: How much of that was converting and testing; 0 if it was not
            converted, or by an earlier version.
        operations: Multiplications for one input; 0 if it was not counted.
        score: What the search maximises, see `studio.search.scoring`; of the int8 model where
            it was converted, else of the float network.
        weights: The ``.npz`` among the artifacts.
        validation: int8 result on the validation split; None if it was not converted.
        int8: The int8 model; None if it was not converted.
        outputs: The `studio.search.answers` of its int8 model on the validation split; None if
            it was not converted.
    """

    trial: int
    space: str
    hyperparameters: dict[str, Any]
    rung: int = 0
    continues: int | None = None
    parameters: int
    epochs: int
    seconds: float
    converting_seconds: float = 0.0
    operations: int = 0
    score: float
    weights: dict[str, Any]
    validation: AnyEvaluation | None = None
    int8: MadeFile | None = None
    outputs: dict[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the data of the event."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        made = {name: plain[name] and plain[name].as_json() for name in ("validation", "int8")}
        return {**plain, **made}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> FinishedTrial:
        """Rebuild from the data of the event; raises SearchError ``job.damaged_journal``."""
        with _checked():
            tested, made = data["validation"], data["int8"]
            fields = {
                **data,
                "validation": evaluation_from_json(tested) if tested else None,
                "int8": MadeFile.from_json(made) if made else None,
            }
            return cls(**fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateFiles:
    """Every artifact of a candidate, tested: the data of ``candidate_ready``.

    Attributes:
        trial: Number in the search, from 0.
        files: The converted models.
        answers: The `studio.search.answers` of its int8 model on the test split; None in
            journals of before these were kept.
    """

    trial: int
    files: tuple[MadeFile, ...]
    answers: dict[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the data of the event."""
        files = [file.as_json() for file in self.files]
        return {"trial": self.trial, "files": files, "answers": self.answers}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> CandidateFiles:
        """Rebuild from the data of the event; raises SearchError ``job.damaged_journal``."""
        with _checked():
            files = tuple(map(MadeFile.from_json, data["files"]))
            return cls(trial=data["trial"], files=files, answers=data.get("answers"))


def finished_trials(events: Iterable[JobEvent]) -> list[FinishedTrial]:
    """Return the finished trials of a journal, in the order they ended."""
    found = []
    for event in events:
        if event.name == "trial_finished":
            with contextlib.suppress(SearchError):
                found.append(FinishedTrial.from_json(event.data))
    return found
