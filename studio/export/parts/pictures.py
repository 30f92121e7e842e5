"""What the model got right and the sizes against the device's limits, as pictures."""

from __future__ import annotations

from collections.abc import Iterator

from studio.export.part import Draft, Member, Part
from studio.export.report.drawing import draw
from studio.export.report.language import ENGLISH
from studio.export.report.subject import subject_of
from studio.export.wording import words_of

__all__ = ["ENTRY"]

_ABOUT = {
    "memory": "flash and RAM by part against the device's limits",
    "confusion": "confusion matrix of the int8 model on {many}",
    "residuals": "how far off the int8 model was on {many}, by what it said",
    "reliability": "how often the int8 model was right, by how sure it was",
}


def _make(draft: Draft) -> Iterator[Member]:
    contents = draft.contents
    side = "test" if contents.test else "validation"
    many = f"the {side} {words_of(contents.preprocessing).many}"
    for name, png in draw(subject_of(contents), ENGLISH).items():
        yield Member(name=f"pictures/{name}.png", content=png, about=_ABOUT[name].format(many=many))


ENTRY = Part(id="pictures", make=_make)
