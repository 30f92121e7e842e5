"""What a worker that converts is asked: ``spec.json``, checked on both sides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from studio.domain.conversion import GateLimits
from studio.domain.errors import SearchError
from studio.domain.preprocessing import Preprocessing, preprocessing_from_json

__all__ = ["ConvertFileSpec", "ConvertSpec"]

_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertSpec:
    """What a worker that converts a candidate is to do.

    Attributes:
        recipes: Ids of `studio.conversion.CATALOGUE`, in the order they are made.
        space: Search space id.
        classes: Class names in output order; empty where the task learns an amount.
        variant: Name of the snapshot's only variant.
        preprocessing: What its inputs went through.
        trial: Number of the trial in its search.
        hyperparameters: Values of the space.
        weights: The ``.npz`` among the job's artifacts.
        sessions: Number of the session of every group of the snapshot, by the group's number.
        limits: Of the gate.
        seed: Of what is drawn and trained.
    """

    recipes: tuple[str, ...]
    space: str
    classes: tuple[str, ...]
    variant: str
    preprocessing: Preprocessing
    trial: int
    hyperparameters: dict[str, Any]
    weights: dict[str, Any]
    sessions: tuple[int, ...]
    limits: GateLimits = GateLimits()  # noqa: RUF009 (frozen)
    seed: int = 1

    def as_json(self) -> dict[str, Any]:
        """Return the plain form, with the job kind and the format's number."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        made = {"preprocessing": self.preprocessing.as_json(), "limits": self.limits.as_json()}
        return {"format": _FORMAT, "kind": "convert", **plain, **made}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Rebuild from `as_json`; raises SearchError ``job.bad_spec``."""
        try:
            fields = _checked(data, "convert")
            for name in ("recipes", "classes", "sessions"):
                fields[name] = tuple(fields[name])
            fields["preprocessing"] = preprocessing_from_json(fields["preprocessing"])
            fields["limits"] = GateLimits.from_json(fields["limits"])
            return cls(**fields)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise _bad(error) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertFileSpec:
    """What a worker that converts a stranger's TensorFlow Lite file is to do.

    Attributes:
        recipes: Ids of `studio.conversion.CATALOGUE`, in the order they are made.
        file: The model among the job's artifacts.
    """

    recipes: tuple[str, ...]
    file: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """Return the plain form, with the job kind and the format's number."""
        return {
            "format": _FORMAT,
            "kind": "convert-file",
            "recipes": self.recipes,
            "file": self.file,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Rebuild from `as_json`; raises SearchError ``job.bad_spec``."""
        try:
            fields = _checked(data, "convert-file")
            return cls(recipes=tuple(fields["recipes"]), file=dict(fields["file"]))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise _bad(error) from error


def _checked(data: dict[str, Any], kind: str) -> dict[str, Any]:
    fields = {**data}
    if (fields.pop("format"), fields.pop("kind")) != (_FORMAT, kind):
        raise ValueError("another format")
    return fields


def _bad(error: Exception) -> SearchError:
    return SearchError(
        f"The job's specification is not usable: {error}.",
        "Start it again.",
        code="job.bad_spec",
    )
