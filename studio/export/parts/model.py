"""The converted models and the class names in output order."""

from __future__ import annotations

from collections.abc import Iterator

from studio.export.escaping import one_line
from studio.export.facts import artifact_name
from studio.export.part import Draft, Member, Part

__all__ = ["ENTRY"]


def _make(draft: Draft) -> Iterator[Member]:
    for artifact in draft.contents.candidate.artifacts:
        yield Member(
            name=f"model/model_{artifact.precision}.{artifact.format}",
            content=draft.contents.files[artifact.digest],
            about=f"the model, {artifact_name(artifact)}",
        )
    # A class name cannot break a line here: one line is one output of the model.
    names = (one_line(name) for name in draft.contents.candidate.classes)
    yield Member(
        name="labels.txt",
        content="".join(f"{name}\n" for name in names).encode("utf-8", "replace"),
        about="class names in the order of the outputs, one a line, UTF-8",
    )


ENTRY = Part(id="model", make=_make)
