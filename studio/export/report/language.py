"""The words of a report in one language."""

from __future__ import annotations

from collections.abc import Callable

from studio.domain.figure import Figure, FigureKind
from studio.domain.phrase import Phrase
from studio.domain.report import Verdict
from studio.domain.wording import KIND_MARKS
from studio.export.report.model import Quote, Span
from studio.export.wording import figure_text
from studio.languages import mark, translator

__all__ = ["ENGLISH", "VERDICTS", "Words"]

_KINDS = {
    FigureKind.MEASURED: mark("measured"),
    FigureKind.EMULATED: mark("emulated"),
    FigureKind.ESTIMATED: mark("estimated"),
    FigureKind.PUBLISHED: mark("published"),
    FigureKind.UNKNOWN: mark("unknown"),
}
VERDICTS = {
    Verdict.FITS: mark("✓ fits"),
    Verdict.FITS_WITH_CHANGE: mark("↻ fits with a change"),
    Verdict.DOES_NOT_FIT: mark("✕ does not fit"),
    Verdict.UNKNOWN: mark("? not known"),
}


class Words:
    """Says the program's English in one language.

    Args:
        language: Code of `studio.languages.LANGUAGES`.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._translate: Callable[[str], str] = translator(language)

    def tr(self, text: str, /, **values: object) -> str:
        """Return a text with its ``{blanks}`` filled in."""
        found = self._translate(text)
        return found.format(**values) if values else found

    def plural(self, one: str, many: str, n: int, /, **values: object) -> str:
        """Return the form for a number, which both texts may show as ``{n}``."""
        return self.tr(one if n == 1 else many, n=f"{n:,}", **values)

    def given(self, text: str | Phrase) -> Span:
        """Return a sentence of another part of the program: translated, or marked as English."""
        if isinstance(text, Phrase):
            return text.text(self._translate)
        found = self._translate(text)
        return Quote(text) if found == text and text and self.language != "en" else found

    def kind(self, kind: FigureKind) -> str:
        """Return the mark and the word of a kind of figure."""
        return f"{KIND_MARKS[kind]} {self.tr(_KINDS[kind])}"

    def verdict(self, verdict: Verdict) -> str:
        """Return an answer with its sign."""
        return self.tr(VERDICTS[verdict])

    def figure(self, figure: Figure) -> str:
        """Return a figure with its range and its kind."""
        text = figure_text(figure, self.tr)
        if figure.value is None:
            return f"{KIND_MARKS[figure.kind]} {text}"
        return f"{text} {self.kind(figure.kind)}"


ENGLISH = Words("en")
