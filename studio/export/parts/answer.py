"""From the outputs of a classifier to its answer: as data and in Python."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from studio.export import answer
from studio.export.deciding import FILE, certainty_facts, rule_of
from studio.export.manifest import as_json_bytes
from studio.export.part import Draft, Member, Part

__all__ = ["ENTRY", "python_source"]


def python_source() -> bytes:
    """Return the module that gives the answers, as it travels; the same bytes everywhere."""
    return Path(answer.__file__).read_text(encoding="utf-8").encode("utf-8")


def _make(draft: Draft) -> Iterator[Member]:
    if draft.contents.target is not None:
        return
    rule = rule_of(draft.contents, draft.output)
    content = {
        **rule.as_json(),
        **certainty_facts(draft.contents.certainty),
        "golden": rule.answers(draft.outputs),
    }
    yield Member(
        name=FILE,
        content=as_json_bytes(content),
        about="when the answer is 'not sure', how that was chosen and what it does",
    )
    yield Member(
        name="answer.py",
        content=python_source(),
        about="gives the answer in plain Python; run it to make the golden answers again",
    )


ENTRY = Part(id="answer", make=_make)
