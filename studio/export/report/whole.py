"""From what a report is about to the report, in one language."""

from __future__ import annotations

from collections.abc import Mapping

from studio.export.report.drawing import draw
from studio.export.report.engineer import engineer_page
from studio.export.report.expert import expert_page
from studio.export.report.language import Words
from studio.export.report.model import Document
from studio.export.report.subject import Subject

__all__ = ["make_report"]


def make_report(
    subject: Subject, language: str, pictures: Mapping[str, bytes] | None = None
) -> Document:
    """Return the whole report.

    Args:
        subject: What it is about.
        language: Code of `studio.languages.LANGUAGES`.
        pictures: As `draw` gives them in this language; None draws them.
    """
    say = Words(language)
    tr, device = say.tr, subject.device.name
    drawn = draw(subject, say) if pictures is None else pictures
    if subject.learned is None:
        subtitle = tr("A model file on {device}", device=device)
    else:
        number = subject.learned.candidate.id
        subtitle = tr("Candidate #{id} for {device}", id=number, device=device)
    return Document(
        language=language,
        title=subject.title,
        subtitle=subtitle,
        pages=(expert_page(subject, say), engineer_page(subject, say, drawn)),
    )
