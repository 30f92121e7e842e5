"""What a job that trains on less and less data is asked, and what its journal says."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from studio.domain.errors import SearchError
from studio.domain.preprocessing import Preprocessing, preprocessing_from_json

__all__ = ["CurvePoint", "CurveSpec", "Subset"]

_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Subset:
    """Part of the training side.

    Attributes:
        share: Of the training side, about.
        samples: How many rows of the dataset version it has.
        groups: Numbers of the originals it is made of, see `groups_of` of datasets.
        seed: Of the draw, and of the training on it.
    """

    share: float
    samples: int
    groups: tuple[int, ...]
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveSpec:
    """What a worker that measures a learning curve is to do.

    Attributes:
        space: Search space id.
        classes: Class names in output order; empty where the task learns an amount.
        variant: Name of the snapshot's only variant.
        preprocessing: What its inputs went through.
        hyperparameters: Values of the space.
        subsets: What to train on, in this order, as far as the time goes.
        seconds: From the worker's start; a training that is not done by then counts nothing.
    """

    space: str
    classes: tuple[str, ...]
    variant: str
    preprocessing: Preprocessing
    hyperparameters: dict[str, Any]
    subsets: tuple[Subset, ...]
    seconds: float

    def as_json(self) -> dict[str, Any]:
        """Return the plain form, with the job kind and the format's number."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        subsets = [asdict(subset) for subset in self.subsets]
        how = self.preprocessing.as_json()
        more = {"format": _FORMAT, "kind": "learning-curve"}
        return {**plain, **more, "subsets": subsets, "preprocessing": how}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> CurveSpec:
        """Rebuild from `as_json`; raises SearchError ``job.bad_spec``."""
        try:
            fields = {**data}
            if (fields.pop("format"), fields.pop("kind")) != (_FORMAT, "learning-curve"):
                raise ValueError("another format")
            fields["classes"] = tuple(fields["classes"])
            fields["preprocessing"] = preprocessing_from_json(fields["preprocessing"])
            fields["subsets"] = tuple(
                Subset(**{**subset, "groups": tuple(subset["groups"])})
                for subset in fields["subsets"]
            )
            return cls(**fields)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise SearchError(
                f"The job's specification is not usable: {error}.",
                "Start it again.",
                code="job.bad_spec",
            ) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint:
    """One training on part of the training side: the data of ``curve_point``.

    Attributes:
        share: Of the training side, as of the subset.
        samples: Rows it was trained on.
        seed: As of the subset.
        seconds: How long it took.
        answers: The `studio.search.answers` of the float network on the validation side, among
            the artifacts.
    """

    share: float
    samples: int
    seed: int
    seconds: float
    answers: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """Return the data of the event."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> CurvePoint:
        """Rebuild from the data of the event; raises SearchError ``job.damaged_journal``."""
        try:
            return cls(**data)
        except TypeError as error:
            raise SearchError(
                "A line of the job's journal is damaged.",
                "Start it again.",
                code="job.damaged_journal",
            ) from error
