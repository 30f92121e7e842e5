"""Markup, built so that text from outside can only ever be text."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from studio.domain.figure import Figure
from studio.domain.wording import KIND_MARKS
from studio.export.escaping import html_text
from studio.export.wording import figure_text

__all__ = ["Content", "Markup", "figure", "items", "join", "picture", "section", "table", "tag"]


@dataclass(frozen=True, slots=True)
class Markup:
    """HTML that was built here; a plain ``str`` beside it is text and gets escaped."""

    text: str


Content = str | Markup


def _escaped(content: Content) -> str:
    return content.text if isinstance(content, Markup) else html_text(content)


def join(*parts: Content) -> Markup:
    """Return the parts one after the other."""
    return Markup("".join(map(_escaped, parts)))


def tag(name: str, *content: Content, cls: str = "", **attributes: str) -> Markup:
    """Return one element; attribute values are escaped too."""
    given = {"class": cls, **attributes} if cls else attributes
    shown = "".join(f' {key}="{html_text(value)}"' for key, value in given.items())
    return Markup(f"<{name}{shown}>{join(*content).text}</{name}>")


def section(title: str, *content: Content) -> Markup:
    """Return a titled section."""
    return join(tag("section", tag("h2", title), *content), Markup("\n"))


def items(sentences: Iterable[Content]) -> Markup:
    """Return a list."""
    return tag("ul", *(tag("li", sentence) for sentence in sentences))


def table(head: Sequence[str], rows: Iterable[Sequence[Content]], *, numbers: int = 0) -> Markup:
    """Return a table.

    Args:
        head: Titles of the columns.
        rows: Cells; the first of each row is its title.
        numbers: How many columns at the end are set to the right.
    """
    classes = ["" if i < len(head) - numbers else "number" for i in range(len(head))]
    titles = (tag("th", t, cls=c, scope="col") for t, c in zip(head, classes, strict=True))
    body = (tag("tr", *_cells(row, classes)) for row in rows)
    lines = [tag("thead", tag("tr", *titles)), tag("tbody", *body)]
    return tag("div", tag("table", *lines), cls="wide")


def _cells(row: Sequence[Content], classes: Sequence[str]) -> Iterable[Markup]:
    first, *others = zip(row, classes, strict=True)
    yield tag("th", first[0], scope="row")
    yield from (tag("td", cell, cls=cls) for cell, cls in others)


def figure(value: Figure) -> Markup:
    """Return a figure with its range, and its kind as mark and word."""
    kind = tag("span", f"{KIND_MARKS[value.kind]} {value.kind}", cls="kind")
    return join(figure_text(value), " ", kind)


def picture(png: bytes, alternative: str) -> Markup:
    """Return a picture that travels inside the page."""
    data = base64.b64encode(png).decode("ascii")
    return Markup(f'<img src="data:image/png;base64,{data}" alt="{html_text(alternative)}">')
