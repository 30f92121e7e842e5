"""The report for machines: the same facts as ``report.html``."""

from __future__ import annotations

from collections.abc import Iterator

from studio.export.facts import report_facts
from studio.export.manifest import as_json_bytes
from studio.export.part import Draft, Member, Part
from studio.export.report.subject import subject_of

__all__ = ["ENTRY"]


def _make(draft: Draft) -> Iterator[Member]:
    yield Member(
        name="report.json",
        content=as_json_bytes(report_facts(subject_of(draft.contents))),
        about="the facts of the report for machines",
    )


ENTRY = Part(id="report_json", make=_make)
