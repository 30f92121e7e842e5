"""The converted models and what their outputs mean."""

from __future__ import annotations

from collections.abc import Iterator

from studio.export.amount import FILE, AmountOutput
from studio.export.escaping import one_line
from studio.export.manifest import as_json_bytes
from studio.export.part import Draft, Member, Part
from studio.export.report.open_points import artifact_name
from studio.export.wording import unit_of

__all__ = ["ENTRY"]


def _make(draft: Draft) -> Iterator[Member]:
    for artifact in draft.contents.candidate.artifacts:
        yield Member(
            name=f"model/model_{artifact.precision}.{artifact.format}",
            content=draft.contents.files[artifact.digest],
            about=f"the model, {artifact_name(artifact)}",
        )
    if draft.contents.target is not None:
        output = AmountOutput.of(draft.contents.target, draft.output)
        yield Member(
            name=FILE,
            content=as_json_bytes(output.as_json(unit_of(draft.contents.test))),
            about="from the model's output to the amount",
        )
        return
    # A class name cannot break a line here: one line is one output of the model.
    names = (one_line(name) for name in draft.contents.candidate.classes)
    yield Member(
        name="labels.txt",
        content="".join(f"{name}\n" for name in names).encode("utf-8", "replace"),
        about="class names in the order of the outputs, one a line, UTF-8",
    )


ENTRY = Part(id="model", make=_make)
