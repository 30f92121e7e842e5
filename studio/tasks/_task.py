"""The record every task module fills in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from studio.domain.errors import SearchError
from studio.domain.preprocessing import ImagePreprocessing
from studio.domain.sample import Sample

__all__ = ["Task"]


def _cannot_be_searched() -> SearchError:
    return SearchError(
        "The studio cannot search for models of this task yet.",
        "Data can be imported, labelled and checked; searches come with a later version.",
        code="search.not_for_this_task",
    )


def _no_preprocessing(samples: Sequence[Sample]) -> ImagePreprocessing:
    raise _cannot_be_searched()


def _no_preparation(content: bytes, how: ImagePreprocessing) -> NDArray[np.uint8]:
    raise _cannot_be_searched()


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be learned, and from what.

    Attributes:
        id: As the command line takes it.
        title: For the person.
        importers: Ids of the importers whose samples it takes; the first is the usual one.
        import_options: Options its importers are given where the person says nothing.
        space: Search space id; ``""`` when the task cannot be searched yet.
        choose_preprocessing: From samples to what is done to an input. Raises SearchError
            ``search.not_for_this_task`` when the task cannot be searched yet.
        prepare: From a sample's bytes to the model's input, uint8 ``(height, width, channels)``.
    """

    id: str
    title: str
    importers: tuple[str, ...]
    import_options: Mapping[str, str] = field(default_factory=dict)
    space: str = ""
    choose_preprocessing: Callable[[Sequence[Sample]], ImagePreprocessing] = _no_preprocessing
    prepare: Callable[[bytes, ImagePreprocessing], NDArray[np.uint8]] = _no_preparation
