"""The pages after the first: for the engineer who has to trust it."""

from __future__ import annotations

from collections.abc import Mapping

from studio.export.report.language import Words
from studio.export.report.model import Items, Page, Section
from studio.export.report.on_device import code, memory, operators, speed
from studio.export.report.open_points import open_points
from studio.export.report.origin import dataset, made_with, purpose, search
from studio.export.report.results import certainty, detail, models
from studio.export.report.subject import Subject

__all__ = ["engineer_page"]

Pictures = Mapping[str, bytes]
_SECTIONS = (models, detail, certainty, memory, speed, operators, code, dataset, search)


def engineer_page(subject: Subject, say: Words, pictures: Pictures) -> Page:
    """Return everything the first page rests on.

    Args:
        subject: What it is about.
        say: The words.
        pictures: PNG by name, as `studio.export.report.drawing.draw` gives them.
    """
    tr = say.tr
    made = [make(subject, say, pictures) for make in _SECTIONS]
    made += [_open(subject, say), purpose(subject, say), made_with(subject, say)]
    return Page(
        title=tr("For the engineer"),
        sections=tuple(section for section in made if section.blocks),
    )


def _open(subject: Subject, say: Words) -> Section:
    tr, points = say.tr, Items(open_points(subject, say))
    return Section(id="not_proved", title=tr("What was not proved"), blocks=(points,))
