"""A report as one HTML page: self-contained, without scripts, for screen and paper.

Markup is built so that text from outside can only ever be text.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from studio.domain.report import Verdict
from studio.export.carray import template
from studio.export.escaping import html_text
from studio.export.report.model import (
    Bar,
    Bars,
    Block,
    Chips,
    Document,
    Items,
    Line,
    Look,
    Page,
    Paragraph,
    Picture,
    Quote,
    Section,
    Span,
    Strong,
    Table,
    spans,
)
from studio.resources import assets

__all__ = ["html_page"]

_VERDICTS = {
    Verdict.FITS: "good",
    Verdict.FITS_WITH_CHANGE: "change",
    Verdict.DOES_NOT_FIT: "bad",
    Verdict.UNKNOWN: "open",
}


def html_page(document: Document) -> str:
    """Return the page."""
    return template("report.html.txt").substitute(
        language=document.language,
        title=html_text(document.title),
        subtitle=html_text(document.subtitle),
        style=(assets() / "templates" / "report.css").read_text(encoding="utf-8"),
        pages=_join(*map(_page, document.pages)).text,
    )


@dataclass(frozen=True, slots=True)
class _Markup:
    """HTML that was built here; a plain ``str`` beside it is text and gets escaped."""

    text: str


_Content = str | _Markup


def _escaped(content: _Content) -> str:
    return content.text if isinstance(content, _Markup) else html_text(content)


def _join(*parts: _Content) -> _Markup:
    return _Markup("".join(map(_escaped, parts)))


def _tag(name: str, *content: _Content, cls: str = "", **attributes: str) -> _Markup:
    """Return one element; attribute values are escaped too."""
    given = {"class": cls, **attributes} if cls else attributes
    shown = "".join(f' {key}="{html_text(value)}"' for key, value in given.items())
    return _Markup(f"<{name}{shown}>{_join(*content).text}</{name}>")


def _page(page: Page) -> _Markup:
    title = [_tag("p", page.title, cls="part")] if page.title else []
    return _join(_tag("div", *title, *map(_section, page.sections), cls="page"), _Markup("\n"))


def _section(section: Section) -> _Markup:
    blocks = (_BLOCKS[type(block)](block) for block in section.blocks)
    return _join(_tag("section", _tag("h2", section.title), *blocks, id=section.id), _Markup("\n"))


def _line(line: Line) -> _Markup:
    return _join(*map(_span, spans(line)))


def _span(span: Span) -> _Content:
    if isinstance(span, Strong):
        return _tag("strong", _tag("bdi", span.text))
    if isinstance(span, Quote):
        return _tag("span", span.text, lang="en")
    return span


def _paragraph(block: Paragraph) -> _Markup:
    look = "" if block.look is Look.PLAIN else str(block.look)
    if block.verdict is not None:
        look = f"verdict {_VERDICTS[block.verdict]}"
    return _tag("p", _line(block.line), cls=look)


def _items(block: Items) -> _Markup:
    return _tag("ul", *(_tag("li", _line(line)) for line in block.lines))


def _chips(block: Chips) -> _Markup:
    return _tag("ul", *(_tag("li", _tag("bdi", name)) for name in block.names), cls="chips")


def _bars(block: Bars) -> _Markup:
    return _tag("div", *map(_bar, block.bars), cls="bars")


def _bar(bar: Bar) -> _Markup:
    text = _tag("p", _tag("strong", bar.name), " ", bar.text)
    if bar.high is None:
        return text
    low, high = min(bar.low or 0, 1), min(bar.high, 1)
    over = " over" if bar.high > 1 else ""
    parts = (
        _tag("span", cls="sure", style=f"width:{100 * low:.2f}%"),
        _tag("span", cls="perhaps", style=f"width:{100 * (high - low):.2f}%"),
    )
    return _join(text, _tag("div", *parts, cls=f"bar{over}", role="img", **{"aria-hidden": "true"}))


def _table(block: Table) -> _Markup:
    classes = [
        "" if i < len(block.head) - block.numbers else "number" for i in range(len(block.head))
    ]
    titles = (_tag("th", t, cls=c, scope="col") for t, c in zip(block.head, classes, strict=True))
    body = (_tag("tr", *_cells(row, classes)) for row in block.rows)
    lines = [_tag("thead", _tag("tr", *titles)), _tag("tbody", *body)]
    return _tag("div", _tag("table", *lines), cls="wide")


def _cells(row: Sequence[Line], classes: Sequence[str]) -> Iterable[_Markup]:
    first, *others = zip(row, classes, strict=True)
    yield _tag("th", _line(first[0]), scope="row")
    yield from (_tag("td", _line(cell), cls=cls) for cell, cls in others)


def _picture(block: Picture) -> _Markup:
    data = base64.b64encode(block.png).decode("ascii")
    alternative = html_text(block.alternative)
    return _Markup(f'<img src="data:image/png;base64,{data}" alt="{alternative}">')


_BLOCKS: Mapping[type[Block], Callable[[Any], _Markup]] = {
    Paragraph: _paragraph,
    Items: _items,
    Chips: _chips,
    Bars: _bars,
    Table: _table,
    Picture: _picture,
}
