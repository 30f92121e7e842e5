"""The record every task module fills in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from studio.domain.errors import DatasetError, SearchError
from studio.domain.preprocessing import Preprocessing
from studio.domain.sample import Facts, SampleKind

__all__ = ["Given", "Goal", "Inputs", "Task", "unusable"]

Inputs = NDArray[np.uint8]
"""What a model sees of one dataset row: uint8 ``(inputs, *how.shape)``, 0 or more inputs."""


class Goal(StrEnum):
    """What a model of a task tells."""

    CLASSIFICATION = "classification"
    REGRESSION = "regression"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A row of a dataset version, as a task fits its preprocessing on it and prepares it.

    Attributes:
        name: Of the sample, for the person.
        digest: Of the sample's original bytes; rows of one recording share it.
        media_type: Of the sample.
        facts: Of the sample; None where the project no longer holds it (its bytes it does).
        read: Returns the original bytes; called where they are needed and not before.
        columns: What the columns of the row's table are; empty where nobody said.
        session: Name of the session the sample was taken in, or None.
        range_s: The stretch of the recording that is meant, or None for all of it.
        class_name: What it is; ``""`` where the task learns an amount.
        amount: What is to be told, where the task learns an amount; else None.
    """

    name: str
    digest: str
    media_type: str
    facts: Facts | None
    read: Callable[[], bytes]
    columns: Mapping[str, str] = field(default_factory=dict)
    session: str | None = None
    range_s: tuple[float, float] | None = None
    class_name: str = ""
    amount: float | None = None


def unusable(given: Given, why: object) -> DatasetError:
    """Return the error for a sample that cannot be decoded or taken together with the others.

    Args:
        given: Which.
        why: The end of a sentence.
    """
    return DatasetError(
        f"{given.name!r} cannot be used: {why}.",
        "Exclude it and freeze again.",
        code="dataset.unreadable",
    )


def _cannot_be_searched() -> SearchError:
    return SearchError(
        "The studio cannot search for models of this task yet.",
        "Data can be imported, labelled and checked; searches come with a later version.",
        code="search.not_for_this_task",
    )


def _no_variants(givens: Sequence[Given]) -> dict[str, Preprocessing]:
    raise _cannot_be_searched()


def _no_preparation(givens: Sequence[Given], hows: Sequence[Preprocessing]) -> list[list[Inputs]]:
    raise _cannot_be_searched()


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be learned, and from what.

    Attributes:
        id: As the command line takes it.
        title: For the person.
        kind: What its samples are.
        importers: Ids of the importers whose samples it takes; the first is the usual one.
        import_options: Options its importers are given where the person says nothing.
        goal: Whether its models tell a class or an amount.
        spaces: Search space ids: ``small`` for microcontrollers, ``large`` for phones, boards
            with Linux and PCs. Empty when the task cannot be searched yet.
        instant: Search space id of the instant model; ``""`` for none.
        variants: From the rows of the training side, and these only, to the preprocessings a
            search may choose among, by name; the first is the usual one. Raises SearchError
            where nothing can be learned from them, and DatasetError ``dataset.unreadable``.
        prepare_all: Prepares many rows for several preprocessings, decoding each original
            once: for each preprocessing, for each row, its `Inputs`. The rows of one
            recording are best given one after the other. Raises DatasetError
            ``dataset.unreadable`` for a row that cannot be decoded.
    """

    id: str
    title: str
    kind: SampleKind
    importers: tuple[str, ...]
    import_options: Mapping[str, str] = field(default_factory=dict)
    goal: Goal = Goal.CLASSIFICATION
    spaces: Mapping[str, str] = field(default_factory=dict)
    instant: str = ""
    variants: Callable[[Sequence[Given]], dict[str, Preprocessing]] = _no_variants
    prepare_all: Callable[[Sequence[Given], Sequence[Preprocessing]], list[list[Inputs]]] = (
        _no_preparation
    )

    def prepare(self, given: Given, how: Preprocessing) -> Inputs:
        """Return what a model sees of one row: uint8 ``(inputs, *how.shape)``.

        One input of a picture or a table's row, a window each of a recording, which are none
        where it is shorter than a window.
        """
        return self.prepare_all([given], [how])[0][0]
