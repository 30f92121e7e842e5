"""Sorting photos into classes."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from studio.domain.errors import SearchError
from studio.domain.preprocessing import ImagePreprocessing, Preprocessing
from studio.domain.sample import ImageFacts, SampleKind
from studio.tasks import pictures
from studio.tasks._task import Given, Inputs, Task, unusable

__all__ = ["ENTRY", "prepare_all", "variants"]

_SIDES = (16, 24, 32, 48, 64, 96)
"""Input sides offered; 96 is what the person-detection model of MLPerf Tiny uses."""

_MOST_SIDES = 4
"""Sides a search chooses among: from the usual one down to about a ninth of its pixels."""


def variants(givens: Sequence[Given]) -> dict[str, Preprocessing]:
    """Return square inputs, from the one that keeps the detail of the usual picture down.

    Inputs are grey only if every picture holds nothing but greys; else there is each side in
    colour and in grey, which needs a third of the memory.

    Raises:
        SearchError: ``search.no_samples`` if there is no picture.
    """
    facts = [given.facts for given in givens if isinstance(given.facts, ImageFacts)]
    if not facts:
        raise SearchError(
            "There is no picture to learn from.",
            "Import pictures, label them and freeze a dataset version.",
            code="search.no_samples",
        )
    usual = statistics.median(min(fact.width, fact.height) for fact in facts)
    largest = next((n for n, side in enumerate(_SIDES) if side >= usual), len(_SIDES) - 1)
    sides = _SIDES[max(0, largest + 1 - _MOST_SIDES) : largest + 1]
    colours = (3, 1) if any(fact.channels == 3 for fact in facts) else (1,)
    return {
        f"{side}-{'colour' if channels == 3 else 'grey'}": ImagePreprocessing(
            width=side, height=side, channels=channels
        )
        for side in reversed(sides)
        for channels in colours
    }


def prepare_all(givens: Sequence[Given], hows: Sequence[Preprocessing]) -> list[list[Inputs]]:
    """Return each picture as each preprocessing leaves it, uint8 ``(1, *how.shape)``.

    Raises:
        DatasetError: ``dataset.unreadable`` if one cannot be decoded.
    """
    images = [how for how in hows if isinstance(how, ImagePreprocessing)]
    if len(images) != len(hows):
        raise TypeError("a picture takes the preprocessing of pictures")
    made = [_prepared(given, images) for given in givens]
    return [[found[number][None] for found in made] for number in range(len(images))]


def _prepared(given: Given, hows: Sequence[ImagePreprocessing]) -> list[Inputs]:
    try:
        return pictures.prepare_all(given.read(), hows)
    except pictures.BadPicture as error:
        raise unusable(given, error) from error


ENTRY = Task(
    id="image-classification",
    title="Sort photos into classes",
    kind=SampleKind.IMAGE,
    importers=(
        *("image-folder", "image-list", "boxes-coco", "boxes-voc", "boxes-yolo", "labels-file"),
    ),
    spaces={"small": "mcu-image-cnn", "large": "large-image-cnn"},
    instant="instant-image",
    variants=variants,
    prepare_all=prepare_all,
)
