"""A report as data: parts of sections of blocks, in one language, made once and drawn twice.

What is text here is text: a renderer escapes it. Nothing here knows of HTML or PDF.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from studio.domain.report import Verdict

__all__ = [
    "Bar",
    "Bars",
    "Block",
    "Chips",
    "Document",
    "Items",
    "Line",
    "Look",
    "Page",
    "Paragraph",
    "Picture",
    "Quote",
    "Section",
    "Strong",
    "Table",
    "spans",
    "text_of",
]


@dataclass(frozen=True, slots=True)
class Strong:
    """A word that matters."""

    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A text given in English as it stands, in a report of another language."""

    text: str


Span = str | Strong | Quote
Line = str | Strong | Quote | tuple[Span, ...]
"""What stands on one line: a text, or several one behind the other."""


def spans(line: Line) -> tuple[Span, ...]:
    """Return the pieces of a line."""
    return line if isinstance(line, tuple) else (line,)


def text_of(line: Line) -> str:
    """Return a line without its looks."""
    return "".join(one if isinstance(one, str) else one.text for one in spans(line))


class Look(StrEnum):
    """How a paragraph looks."""

    PLAIN = "plain"
    MUTED = "muted"
    BIG = "big"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph.

    Attributes:
        line: Its text.
        look: How it looks.
        verdict: Set where it is the answer itself; its sign is part of the text.
    """

    line: Line
    look: Look = Look.PLAIN
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Chips:
    """Names side by side."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A part of a whole, drawn and in words.

    Attributes:
        name: What it is.
        text: How much of how much, with its kind.
        low: Share that is sure to be needed; None where nothing is known.
        high: Share that may be needed at worst; may be over 1.
    """

    name: str
    text: str
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Bars:
    """Parts of wholes below one another."""

    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under titles.

    Attributes:
        head: Titles of the columns.
        rows: The first cell of each names the row.
        numbers: How many columns at the end are set to the right.
        widths: Share of the page each column takes; empty leaves it to the renderer.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    numbers: int = 0
    widths: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if {len(row) for row in self.rows} - {len(self.head)}:
            raise ValueError("every row has a cell for each column")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that was drawn already.

    Attributes:
        png: Its bytes.
        alternative: What it shows, for whoever does not see it.
    """

    png: bytes
    alternative: str


Block = Paragraph | Items | Chips | Bars | Table | Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Blocks under a title; its id is the same in every language."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Sections that begin a new page on paper.

    Attributes:
        title: Above them; empty for the first.
        sections: In order.
        on_one: Whether they stand on one page of paper, drawn smaller if they must.
    """

    title: str
    sections: tuple[Section, ...]
    on_one: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole report.

    Attributes:
        language: Code of its language.
        title: Of the report.
        subtitle: What it is about, in a line.
        pages: The first is for the expert.
    """

    language: str
    title: str
    subtitle: str
    pages: tuple[Page, ...]

    def sections(self) -> Iterator[Section]:
        """Yield every section in order."""
        for page in self.pages:
            yield from page.sections
