"""The record every task module fills in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.domain.preprocessing import ImagePreprocessing
from studio.domain.sample import Sample

__all__ = ["Task"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be learned, and from what.

    Attributes:
        id: As the command line takes it.
        title: For the person.
        importers: Ids of the importers whose samples it takes.
        space: Search space id.
        choose_preprocessing: From samples to what is done to an input.
        prepare: From a sample's bytes to the model's input, uint8 ``(height, width, channels)``.
    """

    id: str
    title: str
    importers: tuple[str, ...]
    space: str
    choose_preprocessing: Callable[[Sequence[Sample]], ImagePreprocessing]
    prepare: Callable[[bytes, ImagePreprocessing], NDArray[np.uint8]]
