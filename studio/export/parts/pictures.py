"""The confusion matrix and the sizes against the device's limits, as pictures."""

from __future__ import annotations

from collections.abc import Iterator

from studio.export.part import Draft, Member, Part
from studio.export.plots import confusion_png, memory_png

__all__ = ["ENTRY"]


def _make(draft: Draft) -> Iterator[Member]:
    contents = draft.contents
    if contents.candidate.test is not None:
        yield Member(
            name="pictures/confusion.png",
            content=confusion_png(contents.candidate.test),
            about="confusion matrix of the int8 model on the test photos",
        )
    if contents.report.memory:
        yield Member(
            name="pictures/memory.png",
            content=memory_png(contents.report),
            about="flash and RAM by part against the device's limits",
        )


ENTRY = Part(id="pictures", make=_make)
