"""A report as PDF: A4, text that can be selected, the same bytes for the same report."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from reportlab.lib.colors import HexColor, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    Image,
    KeepInFrame,
    ListFlowable,
    ListItem,
    PageBreak,
    SimpleDocTemplate,
    Spacer,
)
from reportlab.platypus import Paragraph as Text
from reportlab.platypus import Table as Grid

from studio.domain.report import Verdict
from studio.export.report.lettering import BOLD, REGULAR, marked_up, plain_text, register
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
    Section,
    Strong,
    Table,
    spans,
)

__all__ = ["pdf_pages"]

_MARGIN, _FOOT = 18 * mm, 16 * mm
_WIDTH = A4[0] - 2 * _MARGIN
_HEIGHT = A4[1] - _MARGIN - _FOOT
_TEXT, _MUTED, _LINE = HexColor("#1F2328"), HexColor("#5B6169"), HexColor("#C9C7C1")
_ACCENT, _BAD = HexColor("#0B6E75"), HexColor("#B42318")
_VERDICTS = {
    Verdict.FITS: HexColor("#1B7F5C"),
    Verdict.FITS_WITH_CHANGE: HexColor("#A14A00"),
    Verdict.DOES_NOT_FIT: _BAD,
    Verdict.UNKNOWN: _MUTED,
}
_TALLEST_PICTURE = 0.6 * _HEIGHT
_POINTS_A_DOT = 0.68 * 72 / 130  # pictures have 130 dots an inch; on paper a third smaller
_LEAST_BELOW_A_HEADING = 32 * mm
_PAD = 6  # what a frame keeps free on each side


def pdf_pages(document: Document) -> bytes:
    """Return the report as PDF; the first page of it is always one page."""
    register()
    buffer = io.BytesIO()
    made = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=_MARGIN - _PAD,
        rightMargin=_MARGIN - _PAD,
        topMargin=_MARGIN - _PAD,
        bottomMargin=_FOOT - _PAD,
        title=document.title,
        subject=document.subtitle,
        author="Edge AutoML Studio",
        creator="Edge AutoML Studio",
        lang=document.language,
        invariant=1,
    )

    def foot(canvas: Canvas, doc: SimpleDocTemplate) -> None:
        _draw_foot(canvas, doc.page, document)

    made.build(list(_story(document)), onFirstPage=foot, onLaterPages=foot)
    return buffer.getvalue()


def _draw_foot(canvas: Canvas, number: int, document: Document) -> None:
    canvas.setFont(REGULAR, 7.5)
    canvas.setFillColor(_MUTED)
    text = plain_text(f"{document.title[:60]} · {document.subtitle[:70]}")
    canvas.drawString(_MARGIN, 8 * mm, text)
    canvas.drawRightString(A4[0] - _MARGIN, 8 * mm, str(number))


def _story(document: Document) -> Iterator[Flowable]:
    first, *others = document.pages
    head = [
        Text(marked_up(document.title[:200], bold=True), _style("title", 18, BOLD)),
        Text(marked_up(document.subtitle), _style("subtitle", 9.5, colour=_MUTED, after=6)),
    ]
    content = [*head, *_page(first)]
    if first.on_one:
        content = [KeepInFrame(_WIDTH, _HEIGHT - 1, content, mode="shrink")]
    yield from content
    for page in others:
        yield PageBreak()
        yield from _page(page)


def _page(page: Page) -> Iterator[Flowable]:
    if page.title:
        yield Text(marked_up(page.title, bold=True), _style("part", 15, BOLD, after=4))
    for section in page.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[Flowable]:
    yield CondPageBreak(_LEAST_BELOW_A_HEADING)
    style = _style("heading", 11.5, BOLD, before=9, after=3)
    yield _Heading(section, style)
    for block in section.blocks:
        yield from _BLOCKS[type(block)](block)


def _style(
    name: str,
    size: float,
    font: str = REGULAR,
    *,
    colour: Any = _TEXT,
    before: float = 0,
    after: float = 3,
    right: bool = False,
) -> ParagraphStyle:
    return ParagraphStyle(
        name,
        fontName=font,
        fontSize=size,
        leading=size * 1.38,
        textColor=colour,
        spaceBefore=before,
        spaceAfter=after,
        alignment=2 if right else 0,
        splitLongWords=True,
    )


class _Heading(Text):  # type: ignore[misc]  # it ships no types
    """The title of a section, which stands in the outline too."""

    def __init__(self, section: Section, style: ParagraphStyle) -> None:
        super().__init__(marked_up(section.title, bold=True), style)
        self._place = section.id, section.title[:120]

    def draw(self) -> None:
        """Draw it, and name this place."""
        id, title = self._place
        self.canv.bookmarkPage(id)
        self.canv.addOutlineEntry(title, id, level=0)
        super().draw()


class _Drawn(Flowable):  # type: ignore[misc]  # as above
    """A bar: what is sure filled, what may come on top striped, a frame for the whole."""

    def __init__(self, bar: Bar) -> None:
        super().__init__()
        self._bar, self.width, self.height = bar, _WIDTH, 9.0

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height + 4

    def draw(self) -> None:
        """Draw it."""
        low, high = min(self._bar.low or 0, 1.0), min(self._bar.high or 0, 1.0)
        self.canv.setFillColor(_ACCENT)
        self.canv.rect(0, 4, low * self.width, self.height, stroke=0, fill=1)
        self._stripes(low * self.width, high * self.width)
        over = (self._bar.high or 0) > 1
        self.canv.setStrokeColor(_BAD if over else _MUTED)
        self.canv.setLineWidth(1.6 if over else 0.6)
        self.canv.rect(0, 4, self.width, self.height, stroke=1, fill=0)

    def _stripes(self, start: float, end: float) -> None:
        self.canv.saveState()
        path = self.canv.beginPath()
        path.rect(start, 4, max(0.0, end - start), self.height)
        self.canv.clipPath(path, stroke=0, fill=0)
        self.canv.setStrokeColor(_ACCENT)
        self.canv.setLineWidth(1.2)
        at = start - self.height
        while at < end:
            self.canv.line(at, 4, at + self.height, 4 + self.height)
            at += 3.5
        self.canv.restoreState()


def _marked(line: Line) -> str:
    return "".join(
        marked_up(one if isinstance(one, str) else one.text, bold=isinstance(one, Strong))
        for one in spans(line)
    )


def _paragraph(block: Paragraph) -> Iterator[Flowable]:
    if block.verdict is not None:
        style = _style("verdict", 14, BOLD, colour=_VERDICTS[block.verdict])
        yield Text(_bold(block.line), style)
    elif block.look is Look.BIG:
        yield Text(_bold(block.line), _style("big", 24, BOLD, colour=_ACCENT, after=2))
    else:
        muted = block.look is Look.MUTED
        yield Text(
            _marked(block.line),
            _style("text", 8 if muted else 9.5, colour=_MUTED if muted else _TEXT),
        )


def _bold(line: Line) -> str:
    return "".join(
        marked_up(one if isinstance(one, str) else one.text, bold=True) for one in spans(line)
    )


def _items(block: Items) -> Iterator[Flowable]:
    style = _style("item", 9.5, after=1)
    lines = [ListItem(Text(_marked(line), style), leftIndent=12) for line in block.lines]
    if lines:
        yield ListFlowable(
            lines, bulletType="bullet", start="•", bulletFontName=REGULAR, bulletFontSize=9,
            leftIndent=12,
        )  # fmt: skip
        yield Spacer(0, 3)


def _chips(block: Chips) -> Iterator[Flowable]:
    names = ' <font color="#5B6169">·</font> '.join(
        marked_up(name, bold=True) for name in block.names
    )
    yield Text(names, _style("chips", 9.5))


def _bars(block: Bars) -> Iterator[Flowable]:
    for bar in block.bars:
        line = f"{marked_up(bar.name, bold=True)} {marked_up(bar.text)}"
        yield Text(line, _style("bar", 9.5, before=3, after=0))
        if bar.high is not None:
            yield _Drawn(bar)


def _table(block: Table) -> Iterator[Flowable]:
    shares = block.widths or (1 / len(block.head),) * len(block.head)
    first_number = len(block.head) - block.numbers
    styles = [
        (
            _style("head", 8, colour=_MUTED, after=0, right=i >= first_number),
            _style("cell", 8.5, after=0, right=i >= first_number),
        )
        for i in range(len(block.head))
    ]
    head = [Text(marked_up(text), style[0]) for text, style in zip(block.head, styles, strict=True)]
    rows = [_row(row, [style[1] for style in styles]) for row in block.rows]
    yield Grid(
        [head, *rows],
        colWidths=[share * _WIDTH for share in shares],
        repeatRows=1,
        splitInRow=1,
        hAlign="LEFT",
        style=[
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, _LINE),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 7),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
            ("BACKGROUND", (0, 0), (-1, -1), white),
        ],
    )
    yield Spacer(0, 6)


def _row(row: Sequence[Line], styles: Sequence[ParagraphStyle]) -> list[Text]:
    return [Text(_marked(cell), style) for cell, style in zip(row, styles, strict=True)]


def _picture(block: Picture) -> Iterator[Flowable]:
    width, height = ImageReader(io.BytesIO(block.png)).getSize()
    scale = min(_POINTS_A_DOT, _WIDTH / width, _TALLEST_PICTURE / height)
    yield Image(io.BytesIO(block.png), width * scale, height * scale)
    yield Spacer(0, 4)


_BLOCKS: Mapping[type[Block], Callable[[Any], Iterator[Flowable]]] = {
    Paragraph: _paragraph,
    Items: _items,
    Chips: _chips,
    Bars: _bars,
    Table: _table,
    Picture: _picture,
}
