"""What a model said of samples, beside the truth; checked once, here."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from studio.domain.dataset import Split
from studio.domain.errors import EvaluationError

__all__ = [
    "ClassPredictions",
    "Floats",
    "Ints",
    "ValuePredictions",
    "check_classes",
    "check_same_samples",
    "group_numbers",
    "need_samples",
    "need_split",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_LARGEST = 1e100


def group_numbers(sessions: Sequence[Hashable | None]) -> Ints:
    """Return a number per sample, the same for samples of one session.

    A sample without a session (None) is a group of its own.
    """
    numbers: dict[object, int] = {}
    # An object is equal to itself alone, so every None gets a number nobody else has.
    keys = [object() if session is None else ("session", session) for session in sessions]
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], np.int64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ClassPredictions:
    """Outputs of a classifier on one side of a dataset version.

    They are kept by sample id, in whatever order they are given.

    Attributes:
        split: Which side.
        classes: Class names in output order.
        outputs: ``(samples, classes)``, finite; the largest is the prediction.
        truth: ``(samples,)``, index into the classes.
        sample_ids: ``(samples,)``, no two alike.
        groups: ``(samples,)``, equal for samples that belong together (a session, the windows
            of a recording), see `group_numbers`; None where every sample stands alone.

    Raises:
        EvaluationError: ``evaluation.no_samples``, ``evaluation.no_classes``,
            ``evaluation.not_finite``, ``evaluation.unknown_class``,
            ``evaluation.shapes``, ``evaluation.repeated_sample``.
    """

    split: Split
    classes: tuple[str, ...]
    outputs: Floats
    truth: Ints
    sample_ids: Ints
    groups: Ints | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "classes", tuple(self.classes))
        object.__setattr__(self, "outputs", _floats(self.outputs))
        object.__setattr__(self, "truth", _ints(self.truth))
        _check_samples(self)
        _same_shape(self.outputs.shape, (len(self.truth), len(self.classes)))
        check_classes(self.truth, self.classes)
        _sort(self, "outputs")

    def __len__(self) -> int:
        return len(self.truth)

    @property
    def predicted(self) -> Ints:
        """The class with the largest output; of equal ones the first, as ``ARG_MAX`` does."""
        return np.asarray(self.outputs.argmax(axis=1), np.int64)

    @property
    def right(self) -> NDArray[np.bool_]:
        """Whether each sample was called rightly."""
        return np.asarray(self.predicted == self.truth)

    def as_json(self) -> dict[str, Any]:
        """Return the plain form."""
        return {"classes": list(self.classes), "outputs": self.outputs.tolist(), **_plain(self)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> ClassPredictions:
        """Rebuild from `as_json`; raises EvaluationError or ValueError on nonsense."""
        return _rebuilt(cls, data)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ValuePredictions:
    """Amounts a model predicted on one side of a dataset version.

    They are kept by sample id, in whatever order they are given.

    Attributes:
        split: Which side.
        unit: Unit of the amounts; may be empty.
        predicted: ``(samples,)``, finite.
        truth: ``(samples,)``, finite.
        sample_ids: ``(samples,)``, no two alike.
        groups: As in `ClassPredictions`.

    Raises:
        EvaluationError: as `ClassPredictions` does.
    """

    split: Split
    unit: str = ""
    predicted: Floats
    truth: Floats
    sample_ids: Ints
    groups: Ints | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "predicted", _floats(self.predicted))
        object.__setattr__(self, "truth", _floats(self.truth))
        _check_samples(self)
        _same_shape(self.predicted.shape, (len(self.truth),))
        _sort(self, "predicted")

    def __len__(self) -> int:
        return len(self.truth)

    @property
    def off(self) -> Floats:
        """Absolute error of each sample."""
        return np.abs(self.predicted - self.truth)

    def as_json(self) -> dict[str, Any]:
        """Return the plain form."""
        return {"unit": self.unit, "predicted": self.predicted.tolist(), **_plain(self)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> ValuePredictions:
        """Rebuild from `as_json`; raises EvaluationError or ValueError on nonsense."""
        return _rebuilt(cls, data)


_Predictions = ClassPredictions | ValuePredictions
_P = TypeVar("_P", ClassPredictions, ValuePredictions)


def _plain(predictions: _Predictions) -> dict[str, Any]:
    groups = predictions.groups
    return {
        "split": str(predictions.split),
        "truth": predictions.truth.tolist(),
        "sample_ids": predictions.sample_ids.tolist(),
        "groups": None if groups is None else groups.tolist(),
    }


def _rebuilt(cls: type[_P], data: dict[str, Any]) -> _P:
    try:
        return cls(**{**data, "split": Split(data["split"])})
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"no predictions: {error}") from error


def _floats(values: ArrayLike) -> Floats:
    found = np.asarray(values, np.float64)
    # The square of what is beyond _LARGEST is no number any more; a NaN fails this as well.
    if not (np.abs(found) <= _LARGEST).all():
        raise EvaluationError(
            "The model's outputs or the true amounts hold values that are no usable numbers.",
            "The model diverged, or a true amount is missing; choose another candidate.",
            code="evaluation.not_finite",
        )
    return found


def _ints(values: ArrayLike) -> Ints:
    found = np.asarray(values)
    if found.size and found.dtype.kind not in "iu":
        raise EvaluationError(
            "Classes, samples and groups are given as whole numbers.",
            "This file of predictions is damaged; test the candidate again.",
            code="evaluation.shapes",
        )
    return found.astype(np.int64)


def _check_samples(predictions: _Predictions) -> None:
    ids = _ints(predictions.sample_ids)
    object.__setattr__(predictions, "sample_ids", ids)
    if len(ids) == 0:
        raise EvaluationError(
            f"There is no sample on the {predictions.split} side.",
            "Label more samples and freeze a new dataset version.",
            code="evaluation.no_samples",
        )
    _same_shape(ids.shape, (len(predictions.truth),))
    if len(np.unique(ids)) < len(ids):
        raise EvaluationError(
            "One sample was predicted twice.",
            "Give every sample once.",
            code="evaluation.repeated_sample",
        )
    if predictions.groups is not None:
        groups = _ints(predictions.groups)
        object.__setattr__(predictions, "groups", groups)
        _same_shape(groups.shape, ids.shape)


def _sort(predictions: _Predictions, answers: str) -> None:
    """Put everything into the order of the sample ids: no figure depends on another."""
    order = np.argsort(predictions.sample_ids)
    for name in (answers, "truth", "sample_ids", "groups"):
        values = getattr(predictions, name)
        if values is not None:
            object.__setattr__(predictions, name, values[order])


def _same_shape(found: tuple[int, ...], wanted: tuple[int, ...]) -> None:
    if found != wanted:
        raise EvaluationError(
            f"The predictions do not fit the samples: {found} for {wanted}.",
            "They belong to another dataset version; test the candidate again.",
            code="evaluation.shapes",
        )


def check_classes(truth: NDArray[np.integer[Any]], classes: Sequence[str]) -> None:
    """Raise EvaluationError unless there are classes and every label is one of them."""
    if not classes:
        raise EvaluationError(
            "There are no classes.", "Label samples first.", code="evaluation.no_classes"
        )
    if len(truth) and not 0 <= int(truth.min()) <= int(truth.max()) < len(classes):
        raise EvaluationError(
            f"A sample is of a class that is not among the {len(classes)} of the model.",
            "Freeze a new dataset version and search again.",
            code="evaluation.unknown_class",
        )


def need_samples(count: int, least: int, what: str) -> None:
    """Raise EvaluationError ``evaluation.too_few`` below ``least`` samples."""
    if count < least:
        raise EvaluationError(
            f"{count} of at least {least} samples are there for {what}.",
            "Label more samples and freeze a new dataset version.",
            code="evaluation.too_few",
        )


def need_split(predictions: _Predictions, split: Split) -> None:
    """Raise EvaluationError ``evaluation.wrong_split`` for samples of another side."""
    if predictions.split is not split:
        raise EvaluationError(
            f"This needs samples of the {split} side, not of the {predictions.split} side.",
            "What is chosen on the samples it is then tested on looks too good.",
            code="evaluation.wrong_split",
        )


def check_same_samples(first: _Predictions, second: _Predictions) -> None:
    """Raise EvaluationError ``evaluation.different_samples`` unless truth and samples agree."""
    same = type(first) is type(second) and all(
        np.array_equal(getattr(first, name), getattr(second, name))
        for name in ("sample_ids", "truth")
    )
    if isinstance(first, ClassPredictions) and isinstance(second, ClassPredictions):
        same = same and first.classes == second.classes
    if not same or first.split is not second.split:
        raise EvaluationError(
            "The two candidates were not tested on the same samples.",
            "Test both on one dataset version.",
            code="evaluation.different_samples",
        )
