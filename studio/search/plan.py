"""The specification of a search job: ``spec.json``, checked on both sides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from studio.domain.errors import SearchError
from studio.domain.preprocessing import Preprocessing, preprocessing_from_json

__all__ = ["FinishSpec", "SearchSpec"]

_FORMAT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchSpec:
    """What a search worker is to do.

    Attributes:
        space: Search space id.
        instant: Id of the instant model's space; ``""`` for none.
        classes: Class names in output order; empty where the task learns an amount.
        variants: What the snapshot's inputs went through, by the name of the variant. The
            first is the usual one; all are of the same samples and sides.
        dataset_digest: The dataset version in the snapshot.
        seconds: Wall-clock budget, from the worker's start to its last event.
        trials: Largest number of trials, or None.
        seed: Seed of proposals and training.
        flash_bytes: Room for the int8 model file; None for as much as it wants.
        ram_bytes: Room for its tensor arena beside the largest input; None as above.
        rungs: Of the schedule: 1, or 3 where trainings take longer than setting them up.
        executor: Where trials run, an id of `studio.worker.executors`.
        most_at_once: Trials at once; 0 for as many as fit.
        address: Of the cluster, where the executor has one; ``""`` for none.
    """

    space: str
    instant: str = ""
    classes: tuple[str, ...]
    variants: Mapping[str, Preprocessing]
    dataset_digest: str
    seconds: float
    trials: int | None
    seed: int
    flash_bytes: int | None
    ram_bytes: int | None
    rungs: int = 3
    executor: str = "local"
    most_at_once: int = 0
    address: str = ""

    def __post_init__(self) -> None:
        if len(self.classes) == 1:
            raise ValueError("a classifier has at least two classes")
        if self.rungs not in (1, 3) or self.most_at_once < 0:
            raise ValueError("a schedule has one rung or three")
        if not self.variants:
            raise ValueError("a search needs inputs")
        if self.seconds <= 0 or (self.trials is not None and self.trials < 1):
            raise ValueError("a search needs time and at least one trial")
        if min(self.flash_bytes or 1, self.ram_bytes or 1) <= 0:
            raise ValueError("a model needs some flash and RAM")

    @property
    def outputs(self) -> int:
        """Numbers a model puts out: one a class, or the one amount."""
        return len(self.classes) or 1

    def as_json(self) -> dict[str, Any]:
        """Return the plain form, with the job kind and the format's number."""
        variants = {name: how.as_json() for name, how in self.variants.items()}
        plain = {name: getattr(self, name) for name in self.__slots__}
        return {"format": _FORMAT, "kind": "search", **plain, "variants": variants}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> SearchSpec:
        """Rebuild from `as_json`.

        Raises:
            SearchError: ``job.bad_spec`` for another format, missing or nonsensical fields.
        """
        return _rebuilt(cls, data, "search", {"variants": _variants})


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishSpec:
    """What a worker that makes one candidate exportable is to do.

    Attributes:
        space: Search space id.
        classes: Class names in output order; empty where the task learns an amount.
        variant: Name of the snapshot's only variant.
        preprocessing: What its inputs went through.
        trial: Number of the trial in its search.
        hyperparameters: Values of the space.
        weights: The ``.npz`` among the job's artifacts.
        int8: The int8 file the candidate was ranked by, a `MadeFile` as JSON, if it has one: it
            is kept as it is, however conversion changes from version to version.
    """

    space: str
    classes: tuple[str, ...]
    variant: str
    preprocessing: Preprocessing
    trial: int
    hyperparameters: dict[str, Any]
    weights: dict[str, Any]
    int8: dict[str, Any] | None = None

    @property
    def outputs(self) -> int:
        """Numbers a model puts out: one a class, or the one amount."""
        return len(self.classes) or 1

    def as_json(self) -> dict[str, Any]:
        """Return the plain form, with the job kind and the format's number."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        how = self.preprocessing.as_json()
        return {"format": _FORMAT, "kind": "finish", **plain, "preprocessing": how}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> FinishSpec:
        """Rebuild from `as_json`; raises SearchError ``job.bad_spec``."""
        return _rebuilt(cls, data, "finish", {"preprocessing": preprocessing_from_json})


_Spec = TypeVar("_Spec", SearchSpec, FinishSpec)


def _variants(data: Mapping[str, Any]) -> dict[str, Preprocessing]:
    return {name: preprocessing_from_json(how) for name, how in data.items()}


def _rebuilt(
    cls: type[_Spec],
    data: dict[str, Any],
    kind: str,
    rebuild: Mapping[str, Callable[[Any], Any]],
) -> _Spec:
    try:
        fields = {**data}
        if (fields.pop("format"), fields.pop("kind")) != (_FORMAT, kind):
            raise ValueError("another format")
        fields["classes"] = tuple(fields["classes"])
        fields.update({name: make(fields[name]) for name, make in rebuild.items()})
        return cls(**fields)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SearchError(
            f"The job's specification is not usable: {error}.",
            "Start it again.",
            code="job.bad_spec",
        ) from error
