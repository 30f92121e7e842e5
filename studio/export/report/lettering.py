"""Text for paper: which font writes which sign, and in what order.

The report's own font comes first, then DejaVu Sans, which matplotlib brings. A sign that
neither has is written as its number, so that nothing is silently lost.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from studio.export.escaping import one_line
from studio.export.fonts import own_path

__all__ = ["BOLD", "REGULAR", "marked_up", "plain_text", "register"]

REGULAR, BOLD, _MORE = "report", "report-bold", "report-more"


@cache
def register() -> None:
    """Make the fonts known to ReportLab."""
    from matplotlib import get_data_path

    more = f"{get_data_path()}/fonts/ttf/DejaVuSans.ttf"
    for name, path in ((REGULAR, own_path()), (BOLD, own_path(bold=True)), (_MORE, more)):
        pdfmetrics.registerFont(TTFont(name, str(path)))


@cache
def _signs(font: str) -> frozenset[int]:
    register()
    return frozenset(pdfmetrics.getFont(font).face.charToGlyph)


def marked_up(text: str, *, bold: bool = False) -> str:
    """Return text as ReportLab's paragraphs take it: escaped, each piece with its font."""
    pieces = (f'<font name="{font}">{escape(piece)}</font>' for font, piece in _pieces(text, bold))
    return "".join(pieces)


def plain_text(text: str) -> str:
    """Return text that the report's own font can write, for where there is one font only."""
    return "".join(c if ord(c) in _signs(REGULAR) else "?" for c in one_line(text))


def _pieces(text: str, bold: bool) -> Iterator[tuple[str, str]]:
    """Yield font and text, one behind the other."""
    order = (BOLD, REGULAR, _MORE) if bold else (REGULAR, _MORE)
    written = [_written(sign, order) for sign in _in_order(one_line(text))]
    for font, group in groupby(written, key=lambda one: one[0]):
        yield font, "".join(piece for _, piece in group)


def _written(sign: str, order: tuple[str, ...]) -> tuple[str, str]:
    if unicodedata.category(sign) == "Cf" or unicodedata.name(sign, "").startswith("VARIATION"):
        return order[0], ""
    for font in order:
        if ord(sign) in _signs(font):
            return font, sign
    return order[0], f"[U+{ord(sign):04X}]"


def _in_order(text: str) -> str:
    """Return the text as the eye meets it from the left: what runs the other way is turned.

    A simple form of the bidirectional algorithm (UAX 9): letters that run from right to left,
    with the spaces between them, are turned; nothing is nested and no forms are joined.
    """
    if all(unicodedata.bidirectional(c) not in ("R", "AL") for c in text):
        return text
    turned: list[str] = []
    run: list[str] = []
    for sign in text:
        kind = unicodedata.bidirectional(sign)
        if kind in ("R", "AL") or (run and kind in ("WS", "NSM", "CS", "ON")):
            run.append(sign)
            continue
        turned += [*_turned(run), sign]
        run = []
    return "".join([*turned, *_turned(run)])


def _turned(run: list[str]) -> list[str]:
    """Return a run from its end; the neutral signs after its last letter stay behind it."""
    letters = len(run)
    while letters and unicodedata.bidirectional(run[letters - 1]) not in ("R", "AL", "NSM"):
        letters -= 1
    return [*reversed(run[:letters]), *run[letters:]]
