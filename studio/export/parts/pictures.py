"""What the model got right and the sizes against the device's limits, as pictures."""

from __future__ import annotations

from collections.abc import Iterator

from studio.domain.evaluation import AnyEvaluation, Evaluation, RegressionEvaluation
from studio.export.part import Draft, Member, Part
from studio.export.plots import confusion_png, memory_png, residuals_png
from studio.export.wording import words_of

__all__ = ["ENTRY"]


def _make(draft: Draft) -> Iterator[Member]:
    contents = draft.contents
    yield from _of_test(contents.test, words_of(contents.preprocessing).many)
    if contents.report.memory:
        yield Member(
            name="pictures/memory.png",
            content=memory_png(contents.report),
            about="flash and RAM by part against the device's limits",
        )


def _of_test(test: AnyEvaluation | None, many: str) -> Iterator[Member]:
    if isinstance(test, Evaluation):
        yield Member(
            name="pictures/confusion.png",
            content=confusion_png(test),
            about=f"confusion matrix of the int8 model on the test {many}",
        )
    if isinstance(test, RegressionEvaluation) and test.residuals:
        yield Member(
            name="pictures/residuals.png",
            content=residuals_png(test),
            about=f"how far off the int8 model was on the test {many}, by what it said",
        )


ENTRY = Part(id="pictures", make=_make)
