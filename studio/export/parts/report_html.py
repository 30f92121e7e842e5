"""The report for people, in every language, as HTML and as PDF: no scripts, no links out."""

from __future__ import annotations

from collections.abc import Iterator

from studio.export.part import Draft, Member, Part
from studio.export.report.drawing import draw
from studio.export.report.html import html_page
from studio.export.report.language import Words
from studio.export.report.model import Document
from studio.export.report.subject import subject_of
from studio.export.report.whole import make_report
from studio.languages import LANGUAGES

__all__ = ["ENTRY"]

_FOLDER = "pictures/"
_NAMES = {"en": "report", "ko": "report.ko"}
_ABOUT = {
    "en": "the report for people; open it in a browser or print it",
    "ko": "the report in Korean",
}


def _make(draft: Draft) -> Iterator[Member]:
    from studio.export.report.pdf import pdf_pages  # its library takes a while to load

    for language in LANGUAGES:
        document, name = _report(draft, language), _NAMES[language]
        page = html_page(document).encode("utf-8", "replace")
        yield Member(name=f"{name}.html", content=page, about=_ABOUT[language])
        yield Member(
            name=f"{name}.pdf", content=pdf_pages(document), about=f"{_ABOUT[language]}, as PDF"
        )


def _report(draft: Draft, language: str) -> Document:
    """Return the report of a bundle; the English one has the pictures that lie in the bundle."""
    subject = subject_of(draft.contents)
    if language != "en":
        return make_report(subject, language, draw(subject, Words(language)))
    pictures = {
        member.name.removeprefix(_FOLDER).removesuffix(".png"): member.content
        for member in draft.named(_FOLDER)
    }
    return make_report(subject, language, pictures)


ENTRY = Part(id="report_html", make=_make, order=1)
