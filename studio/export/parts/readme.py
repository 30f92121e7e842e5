"""The bundle's README: what is inside and how to verify it. It sees all other parts."""

from __future__ import annotations

from collections.abc import Iterator

from studio.export.carray import template
from studio.export.escaping import markdown_text
from studio.export.part import Draft, Member, Part
from studio.export.sketch import missing, reserve_text, sketch_for
from studio.export.wording import VERDICT_WORDS, percent, percent_range

__all__ = ["ENTRY"]


def _make(draft: Draft) -> Iterator[Member]:
    contents = draft.contents
    text = template("readme.md.txt").substitute(
        title=markdown_text(contents.project_title),
        device=markdown_text(contents.device.name),
        device_id=markdown_text(contents.device.id),
        candidate=contents.candidate.id,
        accuracy=_accuracy(draft),
        verdict=VERDICT_WORDS[contents.report.verdict],
        summary=markdown_text(contents.report.summary),
        files="\n".join(
            f"| `{member.name}` | {member.about} |" for member in sorted_members(draft)
        ),
        program=_program(draft),
    )
    yield Member(name="README.md", content=text.encode("utf-8", "replace"), about="this text")


def sorted_members(draft: Draft) -> list[Member]:
    """Return the files made so far, as the README lists them."""
    return sorted(draft.made, key=lambda member: member.name)


def _accuracy(draft: Draft) -> str:
    test = draft.contents.candidate.test
    if test is None:
        return "not tested"
    share = test.accuracy
    tested = f"{percent(share.value)} of {test.samples} test photos"
    return f"{tested} (95 % interval {percent_range(share)})"


def _program(draft: Draft) -> str:
    sketch = sketch_for(draft.contents.device)
    if sketch is None:
        return "There is none: this device runs the model files in `model/` as they are."
    if why := missing(draft):
        return f"There is none for this board. {markdown_text(why)}"
    return (
        template("readme_program.md.txt")
        .substitute(
            path=sketch.path.format(name=draft.safe_name),
            runtime=sketch.runtime,
            reserve=reserve_text(),
        )
        .rstrip()
    )


ENTRY = Part(id="readme", make=_make, order=2)
