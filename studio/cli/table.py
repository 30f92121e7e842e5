"""Plain tables for a terminal, in which Korean and Chinese stand straight."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

__all__ = ["bar", "fit", "plain", "render", "width"]

_GAP = "  "
# Line breaks, escape sequences, direction overrides and the like: they never come from us, so
# they are shown and not obeyed.
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
# Joiners are format characters that names of many languages need.
_NEEDED = {"\u200c", "\u200d"}


def plain(text: str) -> str:
    """Return text safe to print on one line: control characters become their escapes."""
    return "".join(
        character.encode("unicode_escape").decode("ascii")
        if unicodedata.category(character) in _UNPRINTABLE and character not in _NEEDED
        else character
        for character in text
    )


def width(text: str) -> int:
    """Return how many terminal columns a text takes.

    Source:
        Unicode Standard Annex 11: wide and fullwidth characters take two columns. Combining
        marks and joiners take none.
    """
    return sum(map(_character_width, text))


def _character_width(character: str) -> int:
    if character in _NEEDED or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    # Vowels and final consonants of decomposed Hangul are drawn inside the leading one.
    if "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def fit(text: str, columns: int) -> str:
    """Return the text cut to so many columns, with an ellipsis where something was cut."""
    if width(text) <= columns:
        return text
    kept, used = "", 1
    for character in text:
        used += _character_width(character)
        if used > columns:
            break
        kept += character
    return kept + "…"


def render(headers: Sequence[str], rows: Iterable[Sequence[object]], *, right: str = "") -> str:
    """Return a table as lines of text.

    Args:
        headers: One a column.
        rows: Cells; anything with a text form. A name of a stranger is made harmless.
        right: Headers of the columns set flush right, divided by spaces.
    """
    cells = [[plain(str(cell)) for cell in row] for row in rows]
    lines = [list(headers), *cells]
    widths = [max(width(line[i]) for line in lines) for i in range(len(headers))]
    flush_right = set(right.split())
    marks = [header in flush_right for header in headers]
    rule = ["-" * columns for columns in widths]
    return "\n".join(_line(line, widths, marks) for line in [lines[0], rule, *cells])


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = []
    for cell, columns, flush_right in zip(cells, widths, right, strict=True):
        space = " " * (columns - width(cell))
        padded.append(space + cell if flush_right else cell + space)
    return _GAP.join(padded).rstrip()


def bar(share: float, columns: int = 20) -> str:
    """Return a progress bar for a share of one."""
    full = round(max(0.0, min(1.0, share)) * columns)
    return "#" * full + "." * (columns - full)
