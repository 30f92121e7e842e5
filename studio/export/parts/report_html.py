"""The report for people: one self-contained page, no scripts, no links out."""

from __future__ import annotations

from collections.abc import Iterator

from studio.export.carray import template
from studio.export.escaping import html_text
from studio.export.part import Draft, Member, Part
from studio.export.report.engineer import engineer_pages
from studio.export.report.expert import expert_page
from studio.resources import assets

__all__ = ["ENTRY"]


def _make(draft: Draft) -> Iterator[Member]:
    contents = draft.contents
    text = template("report.html.txt").substitute(
        title=html_text(contents.project_title),
        device=html_text(contents.device.name),
        candidate=contents.candidate.id,
        style=(assets() / "templates" / "report.css").read_text(encoding="utf-8"),
        expert=expert_page(contents).text,
        engineer=engineer_pages(draft).text,
    )
    yield Member(
        name="report.html",
        content=text.encode("utf-8", "replace"),
        about="the report for people; open it in a browser or print it",
    )


ENTRY = Part(id="report_html", make=_make, order=1)
