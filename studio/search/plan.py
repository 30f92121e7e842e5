"""The specification of a search job: ``spec.json``, checked on both sides."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from studio.domain.errors import SearchError
from studio.domain.preprocessing import ImagePreprocessing

__all__ = ["FinishSpec", "SearchSpec"]

_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchSpec:
    """What a search worker is to do.

    Attributes:
        space: Search space id.
        classes: Class names in output order.
        preprocessing: What the snapshot's inputs went through.
        dataset_digest: The dataset version in the snapshot.
        seconds: Wall-clock budget, from the worker's start to its last event.
        trials: Largest number of trials, or None.
        seed: Seed of proposals and training.
        flash_bytes: Room for the int8 model file.
        ram_bytes: Room for its tensor arena.
    """

    space: str
    classes: tuple[str, ...]
    preprocessing: ImagePreprocessing
    dataset_digest: str
    seconds: float
    trials: int | None
    seed: int
    flash_bytes: int
    ram_bytes: int

    def __post_init__(self) -> None:
        if len(self.classes) < 2:
            raise ValueError("a classifier has at least two classes")
        if self.seconds <= 0 or (self.trials is not None and self.trials < 1):
            raise ValueError("a search needs time and at least one trial")
        if min(self.flash_bytes, self.ram_bytes) <= 0:
            raise ValueError("a model needs some flash and RAM")

    def as_json(self) -> dict[str, Any]:
        """Return the plain form, with the job kind and the format's number."""
        return {"format": _FORMAT, "kind": "search", **asdict(self)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> SearchSpec:
        """Rebuild from `as_json`.

        Raises:
            SearchError: ``job.bad_spec`` for another format, missing or nonsensical fields.
        """
        return _rebuilt(cls, data, "search")


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishSpec:
    """What a worker that makes one candidate exportable is to do.

    Attributes:
        space: Search space id.
        classes: Class names in output order.
        preprocessing: What the snapshot's inputs went through.
        trial: Number of the trial in its search.
        hyperparameters: Values of the space.
        weights: The ``.npz`` among the job's artifacts.
    """

    space: str
    classes: tuple[str, ...]
    preprocessing: ImagePreprocessing
    trial: int
    hyperparameters: dict[str, Any]
    weights: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """Return the plain form, with the job kind and the format's number."""
        return {"format": _FORMAT, "kind": "finish", **asdict(self)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> FinishSpec:
        """Rebuild from `as_json`; raises SearchError ``job.bad_spec``."""
        return _rebuilt(cls, data, "finish")


_Spec = TypeVar("_Spec", SearchSpec, FinishSpec)


def _rebuilt(cls: type[_Spec], data: dict[str, Any], kind: str) -> _Spec:
    try:
        fields = {**data}
        if (fields.pop("format"), fields.pop("kind")) != (_FORMAT, kind):
            raise ValueError("another format")
        fields["classes"] = tuple(fields["classes"])
        fields["preprocessing"] = ImagePreprocessing.from_json(fields["preprocessing"])
        return cls(**fields)
    except (KeyError, TypeError, ValueError) as error:
        raise SearchError(
            f"The job's specification is not usable: {error}.",
            "Start it again.",
            code="job.bad_spec",
        ) from error
