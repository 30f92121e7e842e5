"""What the importers of boxes do the same way."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from studio.domain.sample import Box, SkippedFile
from studio.importers import _pictures
from studio.importers._importer import Found, Importer, ImportPreview, Options
from studio.importers._links import link_question
from studio.importers._sources import Entry, entries
from studio.importers._words import counted

__all__ = ["Drawn", "box_importer", "box_of_corners"]

_EDGE = 0.02
"""Boxes may stick out of the picture by a rounding; what sticks out further is a mistake."""


@dataclass(slots=True, kw_only=True)
class Drawn:
    """What was drawn on one picture, and what of it does not serve.

    Attributes:
        boxes: The rectangles.
        size: Width and height in pixels of the picture they were drawn on, if it is said.
        bad: How many rectangles were left out: no area, or outside the picture.
    """

    boxes: list[Box] = field(default_factory=list)
    size: tuple[int, int] | None = None
    bad: int = 0

    def add(self, box: Box | None) -> None:
        """Keep a rectangle, or count that it does not serve."""
        if box is None:
            self.bad += 1
        else:
            self.boxes.append(box)


Reader = Callable[[Sequence[Entry], Sequence[Entry]], tuple[Mapping[str, Drawn], list[SkippedFile]]]
"""From all files, and the pictures among them, to what was drawn by the picture's name."""


def box_of_corners(
    class_name: str, left: float, top: float, right: float, bottom: float
) -> Box | None:
    """Return the box between two corners, all as shares, or None if it cannot be."""
    corners = (left, top, right, bottom)
    if not all(map(math.isfinite, corners)) or not class_name:
        return None
    if min(corners) < -_EDGE or max(corners) > 1 + _EDGE:
        return None
    left, top, right, bottom = (min(max(value, 0.0), 1.0) for value in corners)
    if right - left <= 0 or bottom - top <= 0:
        return None
    return Box(class_name=class_name, x=left, y=top, width=right - left, height=bottom - top)


def box_importer(
    id: str, title: str, suits: Callable[[Sequence[Entry]], int], read: Reader
) -> Importer:
    """Return the importer of a box format.

    Args:
        id: As tasks name it.
        title: For the person.
        suits: How strongly it claims what was given.
        read: What is the format's own.
    """

    def find(
        paths: Sequence[Path], options: Options | None = None
    ) -> tuple[list[Found], list[SkippedFile]]:
        return _find(read, paths)

    def preview(paths: Sequence[Path], options: Options | None = None) -> ImportPreview:
        return _preview(read, id, paths, options or {})

    return Importer(
        id=id,
        title=title,
        suits=suits,
        find=find,
        read=_pictures.read,
        preview=preview,
        links=True,
    )


def _find(read: Reader, paths: Sequence[Path]) -> tuple[list[Found], list[SkippedFile]]:
    """Find the pictures and put the boxes on them; those without boxes come in as they are.

    Raises:
        ImportFailed: ``import.no_images``, and as ``read`` and `entries` do.
    """
    listed, skipped = entries(paths)
    images = [entry for entry in listed if _pictures.is_picture(entry)]
    if not images:
        raise _pictures.no_pictures(", ".join(path.name or str(path) for path in paths))
    drawn, bad = read(listed, images)
    found = []
    for entry in images:
        on_it = drawn.get(entry.name, Drawn())
        found.append(Found(entry=entry, name=entry.name, boxes=tuple(on_it.boxes), size=on_it.size))
        if on_it.bad:
            why = f"{counted(on_it.bad, 'box', 'boxes')} left out: without area or outside of it."
            bad.append(SkippedFile(name=entry.name, why=why))
    return found, skipped + bad


def _preview(read: Reader, importer: str, paths: Sequence[Path], options: Options) -> ImportPreview:
    """Say what would come in; raises ImportFailed as `_find` does."""
    found, skipped = _find(read, paths)
    without = sum(not file.boxes for file in found)
    notes = [f"{counted(without, 'photo')} without boxes."] if without else []
    questions = link_question(options, found)
    return _pictures.preview_of(importer, found, skipped, questions=questions, notes=notes)
