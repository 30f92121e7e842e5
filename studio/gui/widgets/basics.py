"""Labels, buttons, cards and rows in the one hand of the window."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QPolygonF
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from studio.gui.icons import icon
from studio.gui.theme import CLASS_COLOURS, SPACING

__all__ = [
    "Card",
    "button",
    "class_icon",
    "clear",
    "filler",
    "label",
    "page_layout",
    "paint_class_mark",
    "plain",
    "scrolled",
]


def label(text: str = "", role: str = "", *, wrap: bool = True) -> QLabel:
    """Return a label that shows its text as it is, never as markup."""
    widget = QLabel(text)
    widget.setTextFormat(Qt.TextFormat.PlainText)
    widget.setWordWrap(wrap)
    if role:
        widget.setProperty("role", role)
    return widget


def button(
    text: str, on_click: Callable[[], object], *, role: str = "", picture: str = ""
) -> QPushButton:
    """Return a push button; `role` is ``primary``, ``link`` or empty."""
    widget = QPushButton(text)
    if role:
        widget.setProperty("role", role)
    if picture:
        widget.setIcon(icon(picture))
    widget.setAccessibleName(text)
    widget.setAutoDefault(True)
    widget.clicked.connect(lambda checked=False: on_click())
    return widget


class Card(QFrame):
    """A bordered surface that stacks what it is given, from the top or from the left."""

    def __init__(self, *, across: bool = False) -> None:
        super().__init__()
        self.setObjectName("card")
        self.box: QBoxLayout = QHBoxLayout(self) if across else QVBoxLayout(self)
        self.box.setContentsMargins(SPACING[3], SPACING[2], SPACING[3], SPACING[2])
        self.box.setSpacing(SPACING[1])

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Add a widget at the end."""
        self.box.addWidget(widget, stretch)

    def add_layout(self, layout: QLayout) -> None:
        """Add a layout at the end."""
        self.box.addLayout(layout)

    def add_stretch(self) -> None:
        """Let what follows stand at the other end."""
        self.box.addStretch()


def plain(text: str) -> str:
    """Return a tooltip that shows `text` as it is, whatever markup a name may hold."""
    return f"<span>{escape(text)}</span>" if "<" in text else text


def page_layout(page: QWidget, layout: QLayout) -> None:
    """Give a page its layout with the usual margins."""
    page.setObjectName("page")
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    layout.setContentsMargins(*[SPACING[3]] * 4)
    layout.setSpacing(SPACING[2])
    page.setLayout(layout)


def scrolled(content: QWidget) -> QScrollArea:
    """Return a widget in a frame that scrolls; the keys go to what is inside, not to the frame."""
    area = QScrollArea(widgetResizable=True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area


def clear(layout: QLayout) -> None:
    """Remove everything from a layout."""
    while layout.count() and (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def filler() -> QWidget:
    """Return an empty widget that takes what room is left."""
    widget = QWidget()
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    return widget


def _shape(number: int, box: QRectF) -> QPolygonF | None:
    """Return the outline of the n-th mark, None for a circle."""
    x, y, r = box.center().x(), box.center().y(), box.width() / 2
    outlines = [
        None,
        [(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)],
        [(x, y - r), (x + r, y + r), (x - r, y + r)],
        [(x, y - r), (x + r, y), (x, y + r), (x - r, y)],
        [(x - r, y - r), (x + r, y - r), (x, y + r)],
    ]
    points = outlines[number % len(outlines)]
    return QPolygonF([QPointF(*p) for p in points]) if points else None


def paint_class_mark(painter: QPainter, number: int, box: QRectF) -> None:
    """Draw the mark of the n-th class: a colour and a shape, 40 pairs in all."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(CLASS_COLOURS[number % len(CLASS_COLOURS)]))
    outline = _shape(number, box)
    painter.drawEllipse(box) if outline is None else painter.drawPolygon(outline)


def class_icon(number: int) -> QIcon:
    """Return the mark of the n-th class as an icon."""
    picture = QPixmap(28, 28)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_class_mark(painter, number, QRectF(5, 5, 18, 18))
    painter.end()
    picture.setDevicePixelRatio(2)
    return QIcon(picture)
